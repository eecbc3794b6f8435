import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { identifier } from '../sql/quote';
import { statementAt } from '../sql/split';
import { catalog, type Relation } from '../state/catalog.svelte';
import { session } from '../state/session.svelte';

const WORD = /[\w$"]*$/;
const NAME = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)`;
const SOURCE = new RegExp(
  String.raw`\b(?:from|join|update|into|using)\s+(${NAME}(?:\.${NAME})?)(?:\s+(?:as\s+)?(${NAME}))?`,
  'gi',
);
const NO_ALIAS = new Set(
  'where on group order limit join inner left right full cross using having set values select union'.split(
    ' ',
  ),
);

interface Source {
  relation: Relation;
  alias: string;
}

function plain(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

/** The tables that a statement names, with what it calls them. */
export function sources(sql: string, relations: readonly Relation[]): Source[] {
  const found: Source[] = [];
  for (const match of sql.matchAll(SOURCE)) {
    const parts = (match[1] ?? '').match(new RegExp(NAME, 'g'))?.map(plain) ?? [];
    const name = parts.at(-1);
    const schema = parts.length > 1 ? parts[0] : undefined;
    const candidates = relations.filter(
      (relation) => relation.name === name && (!schema || relation.schema === schema),
    );
    const relation = candidates.find((each) => each.schema === 'public') ?? candidates[0];
    const alias = plain(match[2] ?? '');
    if (relation) {
      found.push({ relation, alias: alias && !NO_ALIAS.has(alias) ? alias : relation.name });
    }
  }
  return found;
}

async function columnsOf(source: Source): Promise<Completion[]> {
  const { schema, name } = source.relation;
  const columns = await catalog.columns(session.database, schema, name).catch(() => []);
  return columns.map((column) => ({
    label: identifier(column.name),
    type: 'property',
    detail: `${column.type} · ${source.alias}`,
    boost: 20,
  }));
}

function tables(schema?: string): Completion[] {
  return catalog.relations
    .filter((relation) => !schema || relation.schema === schema)
    .map((relation) => ({
      label: identifier(relation.name),
      type: relation.kind === 'table' ? 'class' : 'interface',
      detail: relation.schema,
      boost: 10,
    }));
}

/** Offers columns of the statement's tables, tables, and schemas. */
export async function completeNames(context: CompletionContext): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const around = statementAt(text, context.pos);
  const sql = around ? text.slice(around.from, around.end) : '';
  const word = context.matchBefore(WORD);
  const from = word?.from ?? context.pos;
  const qualifier = new RegExp(`(${NAME})\\.$`).exec(text.slice(Math.max(0, from - 130), from));
  const named = sources(sql, catalog.relations);
  if (qualifier) {
    const wanted = plain(qualifier[1] ?? '');
    const source = named.find((each) => each.alias === wanted || each.relation.name === wanted);
    const options = source ? await columnsOf(source) : tables(wanted);
    return { from, options, validFor: WORD };
  }
  if (!context.explicit && from === context.pos) {
    return null;
  }
  const columns = (await Promise.all(named.map(columnsOf))).flat();
  const schemas = catalog.schemas.map((schema) => ({ label: identifier(schema), type: 'namespace' }));
  return { from, options: [...columns, ...tables(), ...schemas], validFor: WORD };
}
