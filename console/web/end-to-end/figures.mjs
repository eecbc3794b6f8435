import { run } from './editor.mjs';

/** Prints how soon ten million rows are seen, and how fast the grid scrolls through them. */
export async function figures({ page }) {
  const digits = ['a', 'b', 'c', 'e', 'f', 'g', 'h'].map((name) => `digits ${name}`).join(', ');
  const begun = Date.now();
  await run(page, `select a.d + 10 * b.d as n, 'row' as word, c.d as c from ${digits};`);
  await page.waitForSelector('footer:has-text("10,000,000 rows")', { timeout: 120_000 });
  console.log(`figure 10,000,000 rows: first ones seen after ${Date.now() - begun} ms`);
  const gaps = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const grid = document.querySelector('.grid');
        const found = [];
        let last = performance.now();
        const end = last + 5000;
        const step = (now) => {
          found.push(now - last);
          last = now;
          grid.scrollTop += 120;
          if (now < end) {
            requestAnimationFrame(step);
          } else {
            resolve(found.slice(1));
          }
        };
        requestAnimationFrame(step);
      }),
  );
  const late = gaps.filter((gap) => gap > 25).length;
  const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
  console.log(
    `figure scrolling: ${(gaps.length / seconds).toFixed(1)} frames a second, ` +
      `${late} of ${gaps.length} frames later than 25 ms, longest ${Math.max(...gaps).toFixed(0)} ms`,
  );
  const cell = page.locator('.grid .row').last();
  console.log(`figure the last row on the screen says ${(await cell.innerText()).replace(/\s+/g, ' ')}`);
}
