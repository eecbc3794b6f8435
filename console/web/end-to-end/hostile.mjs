import { cell, run } from './editor.mjs';

const IMAGE = '<img src=x onerror=alert(1)>';
const SCRIPT = '<script>alert(2)</script>';

/** Names and values that would be markup or script if anything read them as such. */
export async function hostile({ page, check }) {
  await run(page, `create table "${IMAGE}" ("${SCRIPT}" varchar(200), "n" integer)`);
  await page.waitForSelector('.pane:has-text("Done")');
  await run(page, `insert into "${IMAGE}" values ('${IMAGE}', 1), ('"><svg onload=alert(3)>', 2), ('javascript:alert(4)', 3)`);
  await page.waitForSelector('.pane:has-text("changed")');
  await run(page, `select "${SCRIPT}", n as "${IMAGE}", '=cmd|calc' as x from "${IMAGE}" order by n`);
  await cell(page, 0, 0).waitFor();
  check((await cell(page, 0, 0).innerText()) === IMAGE, 'a hostile value is text in the grid');
  await page.click('footer button:has-text("Chart")');
  await page.waitForSelector('canvas');
  await page.hover('canvas');
  await page.waitForTimeout(400);
  await page.click('footer button:has-text("Rows")');
  await page.click('button[aria-label="Read the catalog again"]');
  await page.waitForSelector(`.relation .name:text-is("${IMAGE}")`);
  await page.click(`.relation:has-text("${IMAGE}")`);
  await page.waitForSelector(`.column .name:text-is("${SCRIPT}")`);
  await run(page, `explain select * from "${IMAGE}" where "${SCRIPT}" = '${IMAGE}'`);
  await page.waitForSelector('svg[role=img] text');
  await run(page, `select "${SCRIPT.replace('2', '5')}" from "${IMAGE}"`);
  await page.waitForSelector('.note .message');
  await page.click('nav a[title=Queries]');
  await page.waitForSelector('table tr:has-text("onerror")');

  await page.click('nav a[title=Notebooks]');
  await page.click('button:has-text("New")');
  await page.click('button[aria-label="Edit cell 1"]');
  await page.fill('textarea', `${IMAGE}\n\n[link](javascript:alert(6)) ![picture](https://example.com/x.png)\n\n${SCRIPT}`);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.markdown');
  await page.waitForTimeout(300);
  const seen = await page.evaluate(() => ({
    images: [...document.images].filter((image) => !image.src.endsWith('/console/icon.svg')).length,
    links: [...document.querySelectorAll('a')].filter((a) => a.href.startsWith('javascript:')).length,
  }));
  check(seen.images === 0 && seen.links === 0, 'hostile names, values and notebooks are never markup');
}
