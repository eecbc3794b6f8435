import { messageOf } from '../api/call';
import { route } from '../state/route.svelte';
import { session } from '../state/session.svelte';
import { write } from './store';

/** What the user has just asked to have scheduled. */
class Offer {
  failure = $state('');

  /** Adds a schedule, switched off, and goes to the page where it is switched on. */
  async add(name: string, body: string, notebook = ''): Promise<void> {
    try {
      await write(session.database, session.user, {
        id: crypto.randomUUID(),
        name,
        timing: 'cron(0 6 * * ? *)',
        body,
        notebook,
        enabled: false,
      });
      this.failure = '';
    } catch (error) {
      this.failure = messageOf(error);
    }
    route.go('schedules');
  }
}

export const offer = new Offer();
