import { ApiError, call, messageOf } from '../api/call';
import { Result } from '../api/result.svelte';
import { awaitEnd, cancel } from '../api/statement';
import type { Submitted } from '../api/types';
import { statementAt } from '../sql/split';
import { catalog } from '../state/catalog.svelte';
import { session } from '../state/session.svelte';
import { previewOf, type Preview } from './sql';

const KEY = 'redward.preview';
const DELAY_MILLIS = 100;

/** A few rows of the query that is being written, while it is written. */
class LivePreview {
  on = $state(localStorage.getItem(KEY) === 'on');
  shown = $state.raw<{ result: Result; of: Preview; millis: number } | undefined>();
  failure = $state('');
  private timer = 0;
  private wanted = '';
  private running = '';

  toggle(): void {
    this.on = !this.on;
    localStorage.setItem(KEY, this.on ? 'on' : 'off');
    this.clear();
  }

  clear(): void {
    this.wanted = '';
    this.shown = undefined;
    this.failure = '';
  }

  /** The text or the cursor has changed. */
  changed(text: string, head: number): void {
    if (!this.on) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.show(text, head), DELAY_MILLIS);
  }

  private async show(text: string, head: number): Promise<void> {
    const statement = statementAt(text, head);
    const preview =
      statement &&
      previewOf(
        text.slice(statement.from, statement.to),
        head - statement.from,
        catalog.relations,
      );
    if (!preview || preview.sql === this.wanted) {
      return;
    }
    this.wanted = preview.sql;
    if (this.running) {
      void cancel(this.running).catch(() => undefined);
    }
    const begun = performance.now();
    try {
      const { Id } = await call<Submitted>('ExecuteStatement', {
        Sql: preview.sql.replace(/^select/, 'select /* redward:console */'),
        Database: session.database,
        ResultFormat: 'TEXT',
        WaitTimeSeconds: 1,
      });
      this.running = Id;
      const end = await awaitEnd(Id);
      if (end.Status !== 'FINISHED') {
        throw new ApiError('StatementError', end.Error ?? '', 400);
      }
      const result = new Result(Id);
      await result.open();
      if (this.wanted === preview.sql) {
        this.shown = { result, of: preview, millis: performance.now() - begun };
        this.failure = '';
      }
    } catch (error) {
      if (this.wanted === preview.sql) {
        // Half a statement is mostly wrong: the last rows stay, with a word beside them.
        this.failure = messageOf(error).split('\n')[0] ?? '';
      }
    }
  }
}

export const live = new LivePreview();
