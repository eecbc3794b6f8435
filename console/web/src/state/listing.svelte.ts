import { messageOf } from '../api/call';
import { query } from '../api/statement';
import { session } from './session.svelte';

type Row = Record<string, string | null>;

/** The rows of one of the console's own queries, read again when asked. */
export class Listing {
  rows = $state.raw<readonly Row[] | undefined>();
  failure = $state('');
  private busy = false;

  constructor(private readonly sql: () => string) {}

  async read(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      this.rows = await query(session.database, this.sql());
      this.failure = '';
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.busy = false;
  }
}
