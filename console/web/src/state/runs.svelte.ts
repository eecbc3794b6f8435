import { messageOf } from '../api/call';
import { Result } from '../api/result.svelte';
import { awaitEnd, cancel, TabSession } from '../api/statement';
import { parseError, type SqlError } from '../sql/error';
import { numbered, parameterNames, placeOf } from '../sql/parameters';
import { session } from './session.svelte';

export type RunStatus = 'waiting' | 'running' | 'done' | 'failed' | 'stopped';

/** One statement on its way. */
export class Run {
  status = $state<RunStatus>('waiting');
  elapsedMillis = $state(0);
  error = $state.raw<SqlError | undefined>();
  result = $state.raw<Result | undefined>();
  rowCount = $state(-1);
  /** The session's process, by which system views know what runs. */
  processId = $state(0);
  notice = $state('');
  private id = '';
  private cancelled = false;

  private readonly values: Readonly<Record<string, string>>;

  /**
   * @param offset of the statement in its tab's text
   * @param values of parameters, of this statement's and others
   */
  constructor(
    readonly sql: string,
    readonly offset: number,
    values: Readonly<Record<string, string>> = {},
  ) {
    this.values = Object.fromEntries(parameterNames(sql).map((name) => [name, values[name] ?? '']));
  }

  get running(): boolean {
    return this.status === 'waiting' || this.status === 'running';
  }

  /** True if it has ended well. */
  async go(over: TabSession): Promise<boolean> {
    const begun = performance.now();
    const clock = setInterval(() => (this.elapsedMillis = performance.now() - begun), 100);
    this.status = 'running';
    try {
      this.id = (await over.submit(this.sql, this.values)).Id;
      if (over.renewed) {
        this.notice = 'The session had ended; settings and temporary tables of before are gone.';
      }
      if (this.cancelled) {
        await cancel(this.id);
      }
      const end = await awaitEnd(this.id, (step) => {
        this.processId = step.RedshiftPid || this.processId;
      });
      this.elapsedMillis = end.Duration / 1e6;
      if (end.Status === 'FINISHED') {
        await this.finish(end.HasResultSet, end.ResultRows);
      } else if (end.Status === 'ABORTED') {
        this.status = 'stopped';
      } else {
        const error = parseError(end.Error ?? '', numbered(this.sql));
        this.fail({ ...error, position: placeOf(this.sql, error.position) });
      }
    } catch (error) {
      this.fail({ message: messageOf(error), position: -1, detail: '', hint: '' });
    } finally {
      clearInterval(clock);
    }
    return this.finished;
  }

  get finished(): boolean {
    return this.status === 'done';
  }

  private async finish(hasRows: boolean, rowCount: number): Promise<void> {
    this.rowCount = rowCount;
    if (hasRows) {
      const result = new Result(this.id);
      await result.open();
      this.result = result;
      this.rowCount = result.rowCount;
    }
    this.status = 'done';
  }

  private fail(error: SqlError): void {
    this.error = error;
    this.status = 'failed';
  }

  stop(): void {
    this.cancelled = true;
    if (this.status === 'waiting') {
      this.status = 'stopped';
    } else if (this.id) {
      void cancel(this.id).catch(() => undefined);
    }
  }
}

/** What has been run in one tab the last time. */
export class TabRuns {
  all = $state.raw<readonly Run[]>([]);
  shown = $state(0);
  readonly current = $derived(this.all[this.shown]);
  readonly busy = $derived(this.all.some((run) => run.running));
  private over = new TabSession(session.database);

  /** Runs statements one after another, to the first that fails. */
  async start(runs: readonly Run[]): Promise<void> {
    if (this.busy) {
      return;
    }
    if (this.over.database !== session.database) {
      this.over = new TabSession(session.database);
    }
    this.all = runs;
    this.shown = 0;
    for (const [index, run] of runs.entries()) {
      if (run.status !== 'waiting') {
        continue;
      }
      this.shown = index;
      if (!(await run.go(this.over))) {
        runs.slice(index + 1).forEach((rest) => rest.stop());
        break;
      }
    }
  }

  stop(): void {
    this.all.filter((run) => run.running).forEach((run) => run.stop());
  }
}
