import MiniSearch from 'minisearch';

interface Found {
  heading: string;
  page: string;
  address: string;
  start: string;
}

const FIELDS = { fields: ['heading', 'page', 'text'], storeFields: ['heading', 'page', 'address', 'start'] };
const MOST = 12;

const field = document.querySelector<HTMLInputElement>('#search');
const list = document.querySelector<HTMLElement>('#found');
let index: Promise<MiniSearch> | undefined;

async function load(): Promise<MiniSearch> {
  const text = await (await fetch('/manual/index.json')).text();
  return MiniSearch.loadJSON(text, FIELDS);
}

function entry(found: Found): HTMLElement {
  const link = document.createElement('a');
  link.href = found.address;
  const title = document.createElement('strong');
  title.textContent = found.heading;
  const page = document.createElement('span');
  page.textContent = found.page === found.heading ? '' : ` ${found.page}`;
  const start = document.createElement('small');
  start.textContent = found.start;
  link.append(title, page, start);
  return link;
}

async function search(): Promise<void> {
  const words = field?.value.trim() ?? '';
  if (!list) {
    return;
  }
  list.hidden = words === '';
  if (words === '') {
    return;
  }
  index ??= load();
  const results = (await index).search(words, {
    prefix: true,
    fuzzy: 0.15,
    combineWith: 'AND',
    boost: { heading: 4, page: 2 },
  });
  const entries = results.slice(0, MOST).map((result) => entry(result as unknown as Found));
  const none = document.createElement('p');
  none.textContent = 'Nothing found.';
  list.replaceChildren(...(entries.length > 0 ? entries : [none]));
}

field?.addEventListener('input', () => void search());
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== field) {
    event.preventDefault();
    field?.focus();
  } else if (event.key === 'Escape' && field && list) {
    field.value = '';
    list.hidden = true;
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const links = [...(list?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    if (list && !list.hidden && (at >= 0 || document.activeElement === field)) {
      event.preventDefault();
      (links[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? field)?.focus();
    }
  }
});

const theme = localStorage.getItem('redward.theme') ?? 'system';
const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.classList.toggle('dark', dark);
document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'center' });
