// Drives the console in headless Chromium against a server: URL USER PASSWORD [SCREENSHOTS].
// Prints a line for each thing seen to work; ends with 1 at the first that does not.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { editor } from './editor.mjs';
import { figures } from './figures.mjs';
import { hostile } from './hostile.mjs';
import { load, preview, schedules } from './load.mjs';
import { pages } from './pages.mjs';

const [url, user, password, screenshots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const context = await browser.newContext({
  viewport: { width: 1120, height: 700 },
  permissions: ['clipboard-read', 'clipboard-write'],
});
const page = await context.newPage();
page.setDefaultTimeout(60_000);
const troubles = [];
page.on('pageerror', (error) => troubles.push(`error on the page: ${error.message}`));
page.on('dialog', (dialog) => {
  troubles.push(`a script ran: ${dialog.message()}`);
  void dialog.dismiss();
});

function ok(what) {
  if (troubles.length > 0) {
    throw new Error(`${what}: ${troubles.join('; ')}`);
  }
  console.log(`ok ${what}`);
}

function check(condition, what) {
  if (!condition) {
    throw new Error(`not so: ${what}`);
  }
  ok(what);
}

/** No violation of any kind by axe's rules. */
async function accessible(name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () =>
    (await window.axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`),
  );
  check(found.length === 0, `${name} is accessible ${found.join(' | ')}`.trim());
}

async function shot(name) {
  if (screenshots) {
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: `${screenshots}/${name}.png` });
  }
}

async function login() {
  const response = await page.goto(`${url}/`);
  const policy = response?.headers()['content-security-policy'] ?? '';
  check(!/unsafe|\*/.test(policy) && policy.includes("default-src 'none'"), 'the policy is strict');
  await page.fill('input[name=user]', user);
  await page.fill('input[name=password]', `${password}-not`);
  await page.click('button.primary');
  await page.waitForSelector('.failure:has-text("password authentication failed")');
  await accessible('login');
  await page.fill('input[name=password]', password);
  await page.click('button.primary');
  await page.waitForSelector('.cm-content');
  const cookies = await context.cookies(`${url}/console/`);
  check(
    cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === 'Strict',
    'the login is a cookie that scripts and other sites cannot use',
  );
}

const tools = { page, check, ok, accessible, shot };
try {
  await login();
  if (process.env.FIGURES) {
    await figures(tools);
  } else {
    await editor(tools);
    await pages(tools);
    await load(tools);
    await schedules(tools);
    await preview(tools);
    await hostile(tools);
  }
} catch (error) {
  await page.screenshot({ path: process.env.FAILURE_SHOT ?? '/tmp/console-failure.png' }).catch(() => undefined);
  console.log(`FAILED ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
