/** Drops a file on the page, as a person would. */
async function dropFile(page, name, text) {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent('.editor', 'drop', { dataTransfer: data });
}

export async function load({ page, check, ok, accessible, shot }) {
  await page.click('nav a[title=Editor]');
  await dropFile(page, 'Cities 2026.csv', 'city,people,founded\nBonn,330000,0011-01-01\nKiel,250000,1233-05-01\n"<b>x</b>",1,2000-02-29\n');
  const dialog = page.locator('dialog[aria-label="Load a file"]');
  await dialog.locator('td:has-text("Kiel")').waitFor();
  check((await dialog.locator('.type').nth(1).inputValue()) === 'bigint', 'a dropped file is shown with the columns that it has');
  await accessible('loading a file');
  await shot('load-file');
  await dialog.locator('.type').nth(1).fill('integer');
  await dialog.locator('button:has-text("Load")').last().click();
  await page.waitForSelector('.tab.current:has-text("cities_2026")');
  await page.keyboard.press('Control+Enter');
  await page.click('.editor .cm-content');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('footer:has-text("3 rows")');
  ok('a dropped file is a table');
  await page.click('nav a[title=Editor]');
  await dropFile(page, 'picture.png', 'x');
  await dialog.locator('.bad:has-text("cannot tell what is in the file")').waitFor();
  ok('a file that cannot be loaded is told so');
  await page.keyboard.press('Escape');
}

export async function schedules({ page, check, ok, accessible, shot }) {
  await page.click('nav a[title=Editor]');
  await page.keyboard.press('Alt+t');
  await page.click('.editor .cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('insert into digits select 10 where 1 = 0');
  await page.click('.tools button:has-text("Schedule")');
  const row = page.locator('table[aria-label=Schedules] tbody tr').first();
  await row.waitFor();
  check(!(await row.locator('input[type=checkbox]').isChecked()), 'a schedule is off until it is switched on');
  const soon = new Date(Date.now() + 4000).toISOString().slice(0, 19);
  await row.locator('.timing').fill(`at(${soon})`);
  await row.locator('.timing').press('Tab');
  await row.locator('input[type=checkbox]').check();
  await page.waitForSelector('table[aria-label=Runs] tr:has-text("success")');
  ok('what is scheduled runs, and its history is shown');
  await accessible('schedules');
  await shot('schedules');
}

export async function preview({ page, check, ok, accessible, shot }) {
  await page.click('nav a[title=Editor]');
  await page.click('.tools button:has-text("Preview")');
  await page.click('.editor .cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('with amounts as (select region, amount from sales) select count(*) from amounts', { delay: 10 });
  await page.waitForSelector('section[aria-label=Preview] #cell-0-0');
  await page.waitForFunction(() => document.querySelector('section[aria-label=Preview] p')?.textContent?.includes('of the statement'));
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.waitForSelector('section[aria-label=Preview] p:has-text("of amounts")');
  ok('the WITH query at the cursor is shown while one types');
  await accessible('the preview');
  await shot('preview');
  await page.click('.tools button:has-text("Preview")');
  await page.keyboard.press('Alt+v');
  await page.keyboard.press('Alt+v');
  await page.click('.editor .cm-content');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('footer:has-text("1 row")');
  await page.click('footer button:has-text("Columns")');
  await page.waitForSelector('aside[aria-label="Columns of the result"] svg');
  const told = await page.locator('aside[aria-label="Columns of the result"]').innerText();
  check(told.includes('0.0 % missing') && told.includes('1 distinct'), 'what is in each column is told beside a result');
  await accessible('columns of a result');
  await shot('columns');
  await page.click('footer button:has-text("Columns")');
}
