type Choice = 'system' | 'light' | 'dark';

const KEY = 'redward.theme';
const ORDER: readonly Choice[] = ['system', 'light', 'dark'];
const dark = matchMedia('(prefers-color-scheme: dark)');

function stored(): Choice {
  const value = localStorage.getItem(KEY);
  return ORDER.find((choice) => choice === value) ?? 'system';
}

/** Light or dark, by choice or as the system has it. */
class Theme {
  choice = $state<Choice>(stored());
  private systemDark = $state(dark.matches);
  readonly isDark = $derived(this.choice === 'system' ? this.systemDark : this.choice === 'dark');

  constructor() {
    dark.addEventListener('change', (event) => (this.systemDark = event.matches));
  }

  next(): void {
    this.choice = ORDER[(ORDER.indexOf(this.choice) + 1) % ORDER.length] ?? 'system';
    localStorage.setItem(KEY, this.choice);
  }
}

export const theme = new Theme();
