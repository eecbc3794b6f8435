import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { keywordCompletionSource, sql } from '@codemirror/lang-sql';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { statementAt } from '../sql/split';
import { completeNames } from './completion';
import { warehouseSql } from './dialect';
import { editorTheme } from './theme';

export interface Actions {
  run: () => void;
  runAll: () => void;
  changed: (text: string) => void;
  /** The text has changed or the cursor has moved. */
  moved?: (text: string, head: number) => void;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const inStatement = Decoration.line({ class: 'cm-statement' });

/** Shades the lines of the statement that would run. */
const shadeStatement = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = shade(view.state);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.selectionSet) {
        this.decorations = shade(update.state);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function shade(state: EditorState): DecorationSet {
  const statement = statementAt(state.doc.toString(), state.selection.main.head);
  if (!statement) {
    return Decoration.none;
  }
  const lines = [];
  const last = state.doc.lineAt(statement.to).number;
  for (let n = state.doc.lineAt(statement.from).number; n <= last; n++) {
    lines.push(inStatement.range(state.doc.line(n).from));
  }
  return Decoration.set(lines);
}

export function sqlExtensions(actions: Actions, label: string): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run: () => (actions.run(), true) },
        { key: 'Mod-Shift-Enter', run: () => (actions.runAll(), true) },
      ]),
    ),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTypingDelay: 40, maxRenderedOptions: 60 }),
    search(),
    highlightSelectionMatches(),
    sql({ dialect: warehouseSql, upperCaseKeywords: false }).extension,
    warehouseSql.language.data.of({ autocomplete: completeNames }),
    warehouseSql.language.data.of({ autocomplete: keywordCompletionSource(warehouseSql, false) }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    editorTheme,
    shadeStatement,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        actions.changed(update.state.doc.toString());
      }
      if (update.docChanged || update.selectionSet) {
        actions.moved?.(update.state.doc.toString(), update.state.selection.main.head);
      }
    }),
  ];
}

export function wholePage(): Extension {
  return [lineNumbers(), highlightActiveLineGutter()];
}

export function editorState(text: string, extensions: Extension): EditorState {
  return EditorState.create({ doc: text, extensions });
}

/** Marks where a statement went wrong, or nothing. */
export function mark(view: EditorView, position: number, message: string): void {
  const at = Math.min(position, view.state.doc.length);
  const word = /^[\w$"]+|^\S/.exec(view.state.doc.sliceString(at, at + 100))?.[0] ?? '';
  const to = Math.min(at + Math.max(1, word.length), view.state.doc.length);
  view.dispatch(
    setDiagnostics(
      view.state,
      position < 0 ? [] : [{ from: Math.min(at, to), to, severity: 'error', message }],
    ),
  );
}
