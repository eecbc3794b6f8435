// Makes the manual's pages and their search index from docs/manual.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import MiniSearch from 'minisearch';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = here('../../../docs/manual');
const target = here('../../target/web.next/manual');
const groups = [
  ['', 'Guides'],
  ['statements', 'Statements'],
  ['types', 'Types'],
  ['functions', 'Functions'],
  ['views', 'System views'],
];
const first = ['coming-from-amazon-redshift', 'coming-from-postgresql', 'coming-from-duckdb', 'console', 'connecting'];

function files(directory) {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

/** Where a page of the source is served, below /manual/. */
function address(file) {
  return relative(source, file)
    .replaceAll('\\', '/')
    .replace(/README\.md$/, 'index.html')
    .replace(/\.md$/, '.html');
}

const markdown = new MarkdownIt({ html: false, linkify: false });

/** Links between pages lead to their HTML; those that leave the manual are text. */
function settleLinks(tokens, file) {
  for (const inline of tokens.filter((token) => token.children)) {
    let plain = false;
    for (const token of inline.children) {
      if (token.type === 'link_open') {
        const href = token.attrGet('href') ?? '';
        const [path, mark] = href.split('#');
        const to = join(dirname(file), path);
        plain = !/^https?:/.test(href) && path !== '' && (!path.endsWith('.md') || relative(source, to).startsWith('..'));
        if (plain) {
          token.tag = 'span';
          token.attrs = [['title', href]];
        } else if (path.endsWith('.md') && !/^https?:/.test(href)) {
          token.attrSet('href', `/manual/${address(to)}${mark ? `#${mark}` : ''}`);
        }
      } else if (token.type === 'link_close' && plain) {
        token.tag = 'span';
        plain = false;
      }
    }
  }
}

function read(file) {
  const tokens = markdown.parse(readFileSync(file, 'utf8'), {});
  settleLinks(tokens, file);
  let title = '';
  const sections = [];
  let section = { heading: '', id: '', text: [] };
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') {
      const heading = tokens[index + 1].content.replaceAll('`', '');
      token.attrSet('id', slug(heading));
      title = title || heading;
      section = { heading, id: slug(heading), text: [] };
      sections.push(section);
    } else if (token.type === 'inline' || token.type === 'fence') {
      section.text.push(token.content);
    }
  });
  return {
    address: address(file),
    folder: dirname(relative(source, file)).replace(/^\.$/, ''),
    title,
    sections,
    html: markdown.renderer.render(tokens, markdown.options, {}),
  };
}

function rank(page) {
  const at = first.indexOf(page.address.replace('.html', ''));
  return at < 0 ? first.length : at;
}

const pages = files(source)
  .filter((file) => file.endsWith('.md'))
  .map(read)
  .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));

function navigation(current) {
  return groups
    .map(([folder, title]) => {
      const links = pages
        .filter((page) => page.folder === folder)
        .map(
          (page) =>
            `<li><a href="/manual/${page.address}"${page.address === current ? ' aria-current="page"' : ''}>${escape(page.title)}</a></li>`,
        );
      return links.length > 0 ? `<h2>${title}</h2><ul>${links.join('')}</ul>` : '';
    })
    .join('');
}

function whole(title, current, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · Redward manual</title>
<link rel="icon" href="/console/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/manual/manual.css">
<script type="module" src="/manual/search.js"></script>
</head>
<body>
<header><a class="mark" href="/manual/"><img src="/console/icon.svg" alt="" width="22" height="22"> Redward manual</a>
<search><input id="search" type="search" placeholder="Search the manual ( / )" aria-label="Search the manual" autocomplete="off"><div id="found" aria-live="polite" hidden></div></search>
<a href="/console/">Console</a></header>
<nav aria-label="Pages" tabindex="0">${navigation(current)}</nav>
<main tabindex="-1">${body}</main>
</body>
</html>
`;
}

mkdirSync(target, { recursive: true });
for (const page of pages) {
  const file = join(target, page.address);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, whole(page.title, page.address, page.html));
}
writeFileSync(
  join(target, 'index.html'),
  whole('Contents', 'index.html', `<h1>The manual</h1><div class="contents">${navigation('')}</div>`),
);
for (const file of files(source).filter((each) => each.endsWith('.png'))) {
  const to = join(target, relative(source, file));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(file, to);
}

const index = new MiniSearch({
  fields: ['heading', 'page', 'text'],
  storeFields: ['heading', 'page', 'address', 'start'],
});
index.addAll(
  pages.flatMap((page) =>
    page.sections.map((section, number) => {
      const text = section.text.join(' ').replace(/\s+/g, ' ');
      return {
        id: `${page.address}#${number}`,
        heading: section.heading,
        page: page.title,
        address: `/manual/${page.address}${number > 0 ? `#${section.id}` : ''}`,
        start: text.slice(section.heading.length, section.heading.length + 140).trim(),
        text,
      };
    }),
  ),
);
writeFileSync(join(target, 'index.json'), JSON.stringify(index));
cpSync(here('../src/manual/manual.css'), join(target, 'manual.css'));
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: target,
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: here('../src/manual/search.ts'), formats: ['es'], fileName: () => 'search.js' },
  },
});
