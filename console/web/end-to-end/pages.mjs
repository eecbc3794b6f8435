import { run } from './editor.mjs';

export async function pages({ page, check, ok, accessible, shot }) {
  await page.click('nav a[title=Queries]');
  await page.waitForSelector('table[aria-label=Queries] tr:has-text("sum(amount)"), table[aria-label=Queries] tr:has-text("from sales")');
  await page.click('table[aria-label=Queries] tr:has-text("order by 2") button.link');
  await page.waitForSelector('svg[role=img], .detail .note');
  ok('queries of before are listed, with their plan');
  await accessible('queries');
  await shot('queries');

  for (const [place, table] of [
    ['Loads', 'Load errors'],
    ['Tables', 'Tables'],
    ['Storage', 'Block cache'],
  ]) {
    await page.click(`nav a[title=${place}]`);
    await page.waitForSelector(`table[aria-label="${table}"]`);
    await accessible(place.toLowerCase());
    await shot(place.toLowerCase());
  }
  check(await page.locator('meter').count() > 0, 'storage and cache are told');

  await notebooks(page, check, accessible, shot);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('sales');
  await page.waitForSelector('[role=option]:has-text("Query public.sales")');
  await accessible('the palette');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tab.current:has-text("sales")');
  ok('the palette finds a table');

  await page.click('button[title^="Theme"]');
  await page.click('button[title^="Theme"]');
  await run(page, 'select region, sum(amount) as amount from sales group by 1 order by 2 desc');
  await page.waitForSelector('#cell-0-0');
  await accessible('the dark theme');
  await shot('dark');
  await page.click('button[title^="Theme"]');
}

async function notebooks(page, check, accessible, shot) {
  await page.click('nav a[title=Notebooks]');
  await page.click('button:has-text("New")');
  await page.fill('input.name', 'Sales by region');
  await page.click('article .cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText("select region, sum(amount) as amount from sales where amount > :least group by 1 order by 1");
  await page.fill('form[aria-label=Parameters] input', '50');
  await page.click('button:has-text("Run all")');
  await page.waitForSelector('.outcome .cell');
  await page.click('article footer button:has-text("Chart")');
  await page.click('.outcome [role=radio]:has-text("line")');
  await page.waitForSelector('.outcome canvas');
  await page.click('button:has-text("Save"):visible');
  await page.waitForSelector('li button:has-text("Sales by region")');
  await accessible('notebooks');
  await shot('notebook');
  await page.reload();
  await page.click('li button:has-text("Sales by region")');
  await page.waitForSelector('article .cm-content:has-text("sum(amount)")');
  check((await page.inputValue('form[aria-label=Parameters] input')) === '50', 'values of parameters are kept with a notebook');
  await page.click('button:has-text("Run all")');
  await page.waitForSelector('.outcome canvas');
  check(await page.locator('.outcome [role=radio][aria-checked=true]:has-text("line")').count() === 1, 'a chart is kept with a notebook');
  check((await page.locator('article h1').innerText()) === 'What this is about', 'a notebook is kept in the warehouse');
}
