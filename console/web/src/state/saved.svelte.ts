import { messageOf } from '../api/call';
import { list, read, remove, write, type Entry } from '../notebook/store';
import { session } from './session.svelte';
import { tabs } from './tabs.svelte';

/** Queries that the user has saved, by name. */
class Saved {
  entries = $state.raw<readonly Entry[]>([]);
  failure = $state('');

  load(): Promise<void> {
    return this.tried(async () => undefined);
  }

  /** Keeps the text of the tab that is shown, by the tab's name. */
  save(): Promise<void> {
    const tab = tabs.shown;
    return this.tried(async () => {
      if (tab) {
        const known = this.entries.find((entry) => entry.name === tab.title);
        const id = known?.id ?? crypto.randomUUID();
        await write('queries', session.database, session.user, id, tab.title, tab.text);
      }
    });
  }

  open(entry: Entry): Promise<void> {
    return this.tried(async () => {
      tabs.add(await read('queries', session.database, session.user, entry.id), entry.name);
    });
  }

  remove(entry: Entry): Promise<void> {
    return this.tried(() => remove('queries', session.database, session.user, entry.id));
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.entries = await list('queries', session.database, session.user);
      this.failure = '';
    } catch (error) {
      this.failure = messageOf(error);
    }
  }
}

export const saved = new Saved();
