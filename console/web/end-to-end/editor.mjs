/** Puts a text into the editor and the cursor at its beginning. */
export async function type(page, text) {
  await page.click('nav a[title=Editor]');
  await page.click('.editor .cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+Home');
}

export async function run(page, text) {
  await type(page, text);
  await page.keyboard.press('Control+Enter');
}

/** The text of the cell in a row and column of the shown result, both from 0. */
export function cell(page, row, column) {
  return page.locator(`#cell-${row}-${column}`);
}

export async function editor({ page, check, ok, accessible, shot }) {
  await run(page, 'select region, amount, 9007199254740993 as large, null as nothing\nfrom sales order by 2;\n\nselect 2;');
  await cell(page, 0, 0).waitFor();
  check((await cell(page, 0, 2).innerText()) === '9007199254740993', 'large numbers keep their digits');
  check((await cell(page, 0, 3).innerText()) === 'NULL', 'the statement under the cursor ran, NULL is told');
  await page.click('.relation:has-text("sales")');
  await page.waitForSelector('.column:has-text("amount")');
  await accessible('the editor');
  await shot('editor');

  await page.focus('.grid');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  await page.waitForSelector('.message:has-text("Copied 1 row")');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check(/^\w+\t[\d.]+$/.test(copied), 'a selection is copied with tabs');

  const saving = page.waitForEvent('download');
  await page.click('footer button:has-text("CSV")');
  check((await (await saving).suggestedFilename()).endsWith('.csv'), 'a result is saved as CSV');

  await page.click('footer button:has-text("Chart")');
  await page.waitForSelector('canvas');
  await page.waitForTimeout(300);
  await accessible('a chart');
  await shot('chart');
  await page.click('footer button:has-text("Rows")');

  await profiled(page, check, accessible, shot);
  await mapped(page, check, accessible, shot);
  await saved(page, check);
  await parameters(page, check, accessible, shot);
  await completion(page, check);
  await plan(page, check, accessible, shot, ok);
  await wrong(page, check, accessible, shot);
  await million(page, check);
  await stopped(page, ok);
  await kept(page, check);
}

async function profiled(page, check, accessible, shot) {
  await page.click('.foot button:has-text("Profile")');
  await page.waitForSelector('table[aria-label="Column profile"] tr:has-text("region")');
  await page.waitForSelector('svg[aria-label="Histogram of amount"]');
  const row = await page.locator('table[aria-label="Column profile"] tr:has-text("amount")').innerText();
  check(row.includes('12.50') && row.includes('143.75'), 'a table is profiled, with least, greatest and histograms');
  await accessible('a profile');
  await shot('profile');
  await page.keyboard.press('Escape');
}

async function mapped(page, check, accessible, shot) {
  await run(
    page,
    `select 'triangle' as name, st_geomfromtext('POLYGON((0 0,4 0,2 3,0 0))') as shape
union all select 'here', st_point(1, 1);`,
  );
  await page.click('footer button:has-text("Map")');
  await page.waitForSelector('svg[aria-label="Map of 2 shapes"]');
  const names = await page.locator('svg[aria-label="Map of 2 shapes"] title').allTextContents();
  check(names.join().includes('name: triangle'), 'shapes are drawn on a map');
  await accessible('a map');
  await shot('map');
  await page.click('footer button:has-text("Rows")');
}

async function saved(page, check) {
  await type(page, 'select 7 as saved_before');
  await page.keyboard.press('Control+s');
  await page.waitForSelector('section[aria-label="Saved queries"] .name');
  await type(page, 'select 8');
  await page.click('section[aria-label="Saved queries"] .name');
  await page.waitForSelector('.editor .cm-content:has-text("saved_before")');
  check((await page.locator('.tab').count()) >= 2, 'a query is saved in the warehouse and opened again');
  await page.keyboard.press('Alt+w');
}

async function parameters(page, check, accessible, shot) {
  await type(page, "select region || ':no', count(*)::int, :Least::int from sales\nwhere region = :place and amount > :least group by 1");
  await page.fill('form[aria-label=Parameters] label:has-text(":least") input', '100');
  await page.fill('form[aria-label=Parameters] label:has-text(":place") input', 'north');
  check((await page.locator('form[aria-label=Parameters] input').count()) === 2, 'parameters of a statement have a form');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#cell-0-0')?.textContent === 'north:no');
  check((await cell(page, 0, 1).innerText()) === '1', 'a statement runs with the values of its parameters');
  await accessible('parameters');
  await shot('parameters');
  await page.fill('form[aria-label=Parameters] label:has-text(":place") input', "x' or 'a' = 'a");
  await page.keyboard.press('Enter');
  await page.waitForSelector('footer:has-text("0 rows")');
  await run(page, 'select :place,\n amuont from sales');
  await page.waitForSelector('.note .message');
  check((await page.locator('.cm-lintRange-error').innerText()) === 'amuont', 'an error behind parameters is marked at its place');
}

async function completion(page, check) {
  await type(page, 'select  from sales');
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.type('am', { delay: 30 });
  await page.waitForSelector('.cm-tooltip-autocomplete li:has-text("amount")');
  // The editor takes no key as a choice in the first 75 ms, so that nobody chooses by accident.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  const text = await page.locator('.editor .cm-content').innerText();
  check(text.includes('select amount from sales'), 'a column is completed');
}

async function plan(page, check, accessible, shot, ok) {
  await type(page, 'select region, sum(amount) from sales join digits on d = region_id\ngroup by region order by 2;');
  await page.keyboard.press('Alt+p');
  await page.waitForSelector('svg[role=img] text:has-text("Scan on sales")');
  ok('a plan is drawn');
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('svg[role=img] g')].flatMap((group) => {
      const box = group.querySelector('rect').getBoundingClientRect();
      return [...group.querySelectorAll('text')]
        .filter((text) => text.getBoundingClientRect().right > box.right + 1)
        .map((text) => text.textContent);
    }),
  );
  check(outside.length === 0, `texts of a plan fit their boxes ${outside.join(' | ')}`.trim());
  check((await page.locator('svg[role=img] g.worst').count()) === 1, 'the dearest operator is marked');
  await accessible('a plan');
  await shot('plan');
}

async function wrong(page, check, accessible, shot) {
  await run(page, 'select region,\n       amuont\nfrom sales;');
  await page.waitForSelector('.note .message');
  const note = await page.locator('.note').innerText();
  check(note.includes('amuont') && note.includes('^'), 'an error shows its line and a caret');
  check(/Hint/.test(note), 'an error shows its hint');
  check((await page.locator('.cm-lintRange-error').innerText()) === 'amuont', 'an error is marked at its place');
  await accessible('an error');
  await shot('error');
}

async function million(page, check) {
  await run(
    page,
    `select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d as n, 'row' as word
from digits a, digits b, digits c, digits e, digits f, digits g order by 1;`,
  );
  await page.waitForSelector('footer:has-text("1,000,000 rows")', { timeout: 120_000 });
  await page.focus('.grid');
  await page.keyboard.press('Control+End');
  await cell(page, 999_999, 0).waitFor();
  await page.waitForFunction(() => document.querySelector('#cell-999999-0')?.textContent === '999999');
  const shown = await page.locator('.grid .row').count();
  check(shown < 100, 'the last of a million rows is seen, with few on the page');
}

async function stopped(page, ok) {
  await run(
    page,
    `select sum(sin(a.d + b.d + c.d)) from digits a, digits b, digits c, digits e, digits f, digits g,
digits h, digits i, digits j, digits k, digits l;`,
  );
  await page.waitForSelector('.tools button:has-text("Stop")');
  await page.waitForSelector('progress');
  ok('a running statement tells how far it has come');
  await page.waitForSelector('table[aria-label=Steps] tr.active:has-text("digits")');
  ok('its steps tell the rows that they have passed on so far');
  await page.waitForSelector('.progress:has-text("left")');
  ok('the time left is told');
  await page.click('.tools button:has-text("Stop")');
  await page.waitForSelector('.pane:has-text("Stopped.")', { timeout: 60_000 });
  ok('a running statement is stopped');
}

async function kept(page, check) {
  await page.keyboard.press('Alt+t');
  await type(page, 'select 42 as kept');
  await page.reload();
  await page.waitForSelector('.editor .cm-content');
  const text = await page.locator('.editor .cm-content').innerText();
  check(text.includes('42 as kept'), 'tabs and the login outlive a reload');
}
