// The pages of editing in a real browser, signed in: what every page must keep to, and the grid of
// figures filled in by keyboard alone.
//
//     node tests/browser/editing.mjs BINARY
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

import { withDemo } from './demo.mjs';
import { finish, result } from './tap.mjs';
import { faultsOf, launch } from './checks.mjs';

const PASSWORD = 'eleven quiet herons wade';
const binary = process.argv[2];

function command(folder, input, ...words) {
  const done = spawnSync(resolve(binary), ['--record', join(folder, 'goldthread.db'), ...words],
    { input, encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`${words.join(' ')}: ${done.stdout}${done.stderr}`);
  }
}

// Signs in as a form does; gives the Cookie header.
async function signIn(base) {
  const page = await (await fetch(`${base}sign-in`)).text();
  const names = [...page.matchAll(/<input[^>]* name="([^"]*)"/g)].map((found) => found[1]);
  const who = names.find((name) => !['q', 'csrf', 'password', 'return', 'next'].includes(name));
  const answer = await fetch(`${base}sign-in`, {
    method: 'POST', redirect: 'manual', headers: { 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ [who]: 'officer', password: PASSWORD }),
  });
  return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

const PAGES = ['edit', 'edit/actions', 'edit/actions/new', 'edit/measures/new',
  'edit/measures/NI%20117', 'edit/measures/NI%20117?form_part=2', 'edit/measures/NI%20117/history',
  'edit/measures/NI%20117/retire', 'edit/observations?measure=NI%20117', 'edit/commentary/new',
  'collect?period=2013-14-Q4', 'import'];

// Tab after tab from the first figure: each row's fields come in their order, and a row is entered
// without a mouse.
async function walkGrid(browser, base, cookie) {
  const faults = [];
  // A header of our own does not go with a form that is sent: here it is a cookie of the browser's.
  const context = await browser.newContext();
  await context.addCookies(cookie.split('; ').map((pair) => ({
    name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1),
    domain: new URL(base).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax',
  })));
  const page = await context.newPage();
  await page.goto(`${base}luton/collect?period=2013-14-Q4`);
  await page.focus('#f-value-0');
  await page.keyboard.type('31');
  const seen = [];
  for (let tab = 0; tab < 40; tab += 1) {
    seen.push(await page.evaluate(() => document.activeElement.id));
    await page.keyboard.press('Tab');
  }
  const fields = seen.filter((id) => id.startsWith('f-'));
  const rows = fields.map((id) => Number(id.split('-').at(-1)));
  if (rows.some((row, at) => at > 0 && row < rows[at - 1])) {
    faults.push(`the keyboard jumps about: ${fields.join(' ')}`);
  }
  if (!fields.includes('f-note-0') || !fields.includes('f-marker-0')) {
    faults.push(`the keyboard does not reach every field: ${fields.join(' ')}`);
  }
  await page.focus('#f-value-0');
  await page.keyboard.press('Enter');
  try {
    await page.waitForURL(/saved=figures/, { timeout: 20000 });
  } catch {
    const said = (await page.locator('main').innerText()).trim();
    faults.push(`Enter in a field does not save: ${said.slice(0, 300)}`);
  }
  await context.close();
  return faults;
}

const status = await withDemo(binary, async (base, folder) => {
  command(folder, `${PASSWORD}\n`, 'user', 'add', 'officer', '--name', 'Performance officer',
    '--email', 'officer@example.org', '--password-file', '-');
  command(folder, '', 'user', 'grant', 'officer', 'performance', '--organisation', 'luton');
  const cookie = await signIn(base);
  const browser = await launch();
  try {
    for (const path of PAGES) {
      result(`luton/${path}`, await faultsOf(browser, `${base}luton/${path}`, { Cookie: cookie }));
    }
    result('the grid by keyboard', await walkGrid(browser, base, cookie));
  } finally {
    await browser.close();
  }
});
result('the server ends cleanly when told to', status === 0 ? [] : [`exit status ${status}`]);
finish();
