// Signing in, the second factor, one's account and other people's in a real browser, as somebody with
// a keyboard goes through them: node tests/browser/sign_in.mjs BINARY
//
// The accounts are made while the server runs: from then on it asks for somebody.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join, resolve } from 'node:path';

import { withDemo } from './demo.mjs';
import { finish, result } from './tap.mjs';
import { faultsHere as faultsSeen, launch } from './checks.mjs';
import { htmlFaults } from './valid.mjs';

// What is seen, and the markup behind it.
async function faultsHere(page) {
  return [...(await faultsSeen(page)), ...htmlFaults(await page.content())];
}

const binary = resolve(process.argv[2]);
const PASSWORD = 'eleven quiet herons wade';

function command(record, typed, ...words) {
  const done = spawnSync(binary, ['--record', record, ...words], { input: typed, encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`${words.join(' ')}: ${done.stderr}`);
  }
}

// RFC 6238, written once more.
function totp(secret, ahead = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
  const digest = createHmac('sha1', key).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, '0');
}

async function open(browser, base) {
  const page = await (await browser.newContext()).newPage();
  page.go = (path) => page.goto(new URL(path, base).href);
  page.send = async (name) => {
    await Promise.all([page.waitForNavigation(),
      page.locator('main').getByRole('button', { name, exact: true }).click()]);
  };
  page.signIn = async (code) => {
    await page.fill('#name', code);
    await page.fill('#password', PASSWORD);
    await page.send('Sign in');
  };
  return page;
}

function differs(found, wanted, what) {
  return found === wanted ? [] : [`${what}: ${found}, not ${wanted}`];
}

async function signingIn(browser, base) {
  const page = await open(browser, base);
  await page.go('/luton/measures');
  result('the way to a page leads by sign-in', [...differs(new URL(page.url()).pathname, '/sign-in', 'at'),
    ...(await faultsHere(page))]);
  await page.send('Sign in');
  const focus = await page.evaluate(() => document.activeElement.className);
  const title = await page.title();
  result('an empty form is told what to enter, and the focus is there', [
    ...differs(focus, 'govuk-error-summary', 'the focus is on'),
    ...differs(title.startsWith('Error: '), true, 'Error: in the title'),
    ...(await faultsHere(page))]);
  await page.click('.govuk-error-summary a');
  result('the summary leads to the field',
    differs(await page.evaluate(() => document.activeElement.id), 'name', 'the focus is on'));
  await page.signIn('officer');
  result('signed in, one is where one wanted to be',
    [...differs(new URL(page.url()).pathname, '/luton/measures', 'at'), ...(await faultsHere(page))]);
  const cookies = await page.context().cookies();
  result('the cookie is what it should be', [
    ...differs(cookies.length, 1, 'cookies'), ...differs(cookies[0].name, '__Host-session', 'name'),
    ...differs(cookies[0].httpOnly && cookies[0].secure, true, 'HttpOnly and Secure'),
    ...differs(cookies[0].sameSite, 'Lax', 'SameSite'), ...differs(cookies[0].expires, -1, 'expires')]);
  return page;
}

async function secondFactor(browser, base, page) {
  await page.go('/account/second-factor');
  result('setting up: what it is', await faultsHere(page));
  await page.send('Set it up');
  const secret = await page.locator('.gt-key code').first().innerText();
  result('setting up: the key', await faultsHere(page));
  await page.fill('#code', '000000');
  await page.fill('#current', PASSWORD);
  await page.send('Continue');
  result('setting up: a code that does not fit', [
    ...differs(await page.inputValue('#current'), '', 'the password stands there'),
    ...(await faultsHere(page))]);
  await page.fill('#code', totp(secret));
  await page.fill('#current', PASSWORD);
  await page.send('Continue');
  result('setting up: recovery codes', [
    ...differs(await page.locator('.gt-codes li').count(), 10, 'codes'), ...(await faultsHere(page))]);
  await page.go('/account');
  const again = await open(browser, base);
  await again.go('/luton');
  await again.signIn('officer');
  result('the second factor is asked for', [
    ...differs(new URL(again.url()).pathname, '/sign-in/second-factor', 'at'),
    ...(await faultsHere(again))]);
  await again.fill('#code', totp(secret, 1));
  await again.send('Continue');
  result('and with it one is in', differs(new URL(again.url()).pathname, '/luton', 'at'));
  await again.go('/account');
  result('one\'s account, with two sessions', [
    ...differs(await again.locator('#sessions li').count(), 2, 'sessions'),
    ...(await faultsHere(again))]);
  await again.send('End all others');
  result('ending the others', [...differs(await again.locator('#sessions li').count(), 1, 'sessions'),
    ...(await faultsHere(again))]);
  await page.go('/luton');
  result('the other browser is out', differs(new URL(page.url()).pathname, '/sign-in', 'at'));
  return again;
}

async function ownPages(page) {
  for (const path of ['/account/name', '/account/password', '/account/tokens', '/sign-out']) {
    await page.go(path);
    result(path, await faultsHere(page));
  }
  await page.go('/account/tokens');
  await page.fill('#purpose', 'A test');
  await page.send('Make the token');
  result('a new token', await faultsHere(page));
  await page.go('/people');
  result('what one may not see says whom to ask', [
    ...differs((await page.innerText('main')).includes('administrator'), true, 'whom to ask'),
    ...(await faultsHere(page))]);
  await page.go('/account');
  await page.send('Sign out');
  result('signed out', [...differs((await page.context().cookies()).length, 0, 'cookies'),
    ...(await faultsHere(page))]);
}

async function administrator(browser, base) {
  const page = await open(browser, base);
  await page.go('/people');
  await page.signIn('boss');
  for (const path of ['/people', '/people/new', '/people/settings', '/people/account/officer',
    '/people/account/public']) {
    await page.go(path);
    result(path, await faultsHere(page));
  }
  await page.go('/people/new');
  await page.fill('#full-name', 'Team lead');
  await page.fill('#code', 'lead');
  await page.send('Save');
  result('a first password is shown once', await faultsHere(page));
  await page.go('/people/account/lead');
  await page.getByText('Grant a role').click();
  await page.fill('#scope-code', 'NOT-THERE');
  await page.selectOption('#scope', 'unit');
  await page.send('Grant');
  result('a unit that is not there', [
    ...differs(await page.inputValue('#scope-code'), 'NOT-THERE', 'what was typed'),
    ...(await faultsHere(page))]);
}

await withDemo(binary, async (base, folder) => {
  const record = join(folder, 'goldthread.db');
  command(record, `${PASSWORD}\n`, 'user', 'add', 'boss', '--name', 'Head of IT', '--password-file', '-');
  command(record, '', 'user', 'grant', 'boss', 'administrator');
  command(record, `${PASSWORD}\n`, 'user', 'add', 'officer', '--name', 'Performance officer',
    '--password-file', '-');
  command(record, '', 'user', 'grant', 'officer', 'performance', '--organisation', 'luton');
  const browser = await launch();
  try {
    const page = await signingIn(browser, base);
    await ownPages(await secondFactor(browser, base, page));
    await administrator(browser, base);
  } finally {
    await browser.close();
  }
});
finish();
