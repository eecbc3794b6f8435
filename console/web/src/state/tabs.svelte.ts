import { session } from './session.svelte';

const KEY = 'redward.tabs';
const MOST_KEPT_CHARACTERS = 1_000_000;

export interface Tab {
  readonly id: string;
  title: string;
  text: string;
  /** Grows when the text is set from outside the editor. */
  revision: number;
  /** Of its parameters, by name. */
  values: Record<string, string>;
}

interface Kept {
  tabs: { title: string; text: string; values?: Record<string, string> }[];
  current: number;
}

const WELCOME = `-- Ctrl-Enter runs the statement under the cursor, Ctrl-Shift-Enter all of them.
select current_user, current_database(), version();
`;

function key(): string {
  return `${KEY}.${session.user}`;
}

/** The editor's tabs, kept in the browser for the user who is logged in. */
class Tabs {
  all = $state<Tab[]>([]);
  current = $state('');
  readonly shown = $derived(this.all.find((tab) => tab.id === this.current));

  restore(): void {
    const kept = this.read();
    this.all = kept.tabs.map((tab) => ({
      ...tab,
      values: tab.values ?? {},
      id: crypto.randomUUID(),
      revision: 0,
    }));
    this.current = (this.all[kept.current] ?? this.all[0])?.id ?? '';
    if (this.all.length === 0) {
      this.add(WELCOME);
    }
  }

  add(text = '', title = ''): Tab {
    const taken = new Set(this.all.map((tab) => tab.title));
    let number = this.all.length + 1;
    while (taken.has(`Query ${number}`)) {
      number++;
    }
    const tab = {
      id: crypto.randomUUID(),
      title: title || `Query ${number}`,
      text,
      revision: 0,
      values: {},
    };
    this.all.push(tab);
    this.current = tab.id;
    this.keep();
    return tab;
  }

  close(id: string): void {
    const index = this.all.findIndex((tab) => tab.id === id);
    this.all.splice(index, 1);
    if (this.all.length === 0) {
      this.add();
    } else if (this.current === id) {
      this.current = this.all[Math.min(index, this.all.length - 1)]?.id ?? '';
    }
    this.keep();
  }

  step(by: number): void {
    const index = this.all.findIndex((tab) => tab.id === this.current);
    this.current = this.all[(index + by + this.all.length) % this.all.length]?.id ?? this.current;
  }

  edit(id: string, text: string): void {
    const tab = this.all.find((each) => each.id === id);
    if (tab) {
      tab.text = text;
      this.keep();
    }
  }

  setValue(name: string, value: string): void {
    if (this.shown) {
      this.shown.values[name] = value;
      this.keep();
    }
  }

  /** Replaces the text of the tab that is shown. */
  replace(text: string): void {
    if (this.shown) {
      this.shown.text = text;
      this.shown.revision++;
      this.keep();
    }
  }

  keep(): void {
    const kept: Kept = {
      tabs: this.all.map(({ title, text, values }) => ({
        title,
        values,
        text: text.slice(0, MOST_KEPT_CHARACTERS),
      })),
      current: this.all.findIndex((tab) => tab.id === this.current),
    };
    try {
      localStorage.setItem(key(), JSON.stringify(kept));
    } catch {
      // The browser's store is full; the tabs last as long as the page.
    }
  }

  private read(): Kept {
    try {
      const kept = JSON.parse(localStorage.getItem(key()) ?? '') as Partial<Kept>;
      return { tabs: kept.tabs ?? [], current: kept.current ?? 0 };
    } catch {
      return { tabs: [], current: 0 };
    }
  }
}

export const tabs = new Tabs();
