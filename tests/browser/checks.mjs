// What every page must keep to, looked at in a real browser. Each check gives a list of faults.
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url)('axe-core');

// The arguments keep Debian's Chromium from asking the outside world for anything.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const CHROMIUM = '/usr/bin/chromium';

export const BYTES_MAX = 100000;
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
// A4 less the margins of assets/_print.scss, in CSS pixels (96 to the inch).
const PAPER = { portrait: 688, landscape: 1031 };

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
}

// Loads the page once and counts what it cost; then every check looks at it, in its own size,
// medium and colours.
export async function faultsOf(browser, url, headers = {}) {
  const context = await browser.newContext({ viewport: WIDE, extraHTTPHeaders: headers });
  try {
    const page = await context.newPage();
    const faults = await load(context, page, url);
    faults.push(...(await structure(page)), ...(await accessible(page)), ...(await keyboard(page)));
    await page.setViewportSize(NARROW);
    faults.push(...(await overflow(page, NARROW.width, 'at 320 px')));
    faults.push(...(await spacedText(page)));
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ forcedColors: 'active' });
    faults.push(...(await statusesVisible(page)));
    await page.emulateMedia({ media: 'print', forcedColors: null });
    faults.push(...(await paper(page)));
    faults.push(...(await withoutScript(browser, url, page, headers)));
    return faults;
  } finally {
    await context.close();
  }
}

// The same of a page that stands open and may not be loaded again (a form that was sent): structure,
// axe at both widths, nothing that scrolls sideways.
export async function faultsHere(page) {
  await page.setViewportSize(WIDE);
  const faults = [...(await structure(page)), ...(await accessible(page))];
  await page.setViewportSize(NARROW);
  faults.push(...(await overflow(page, NARROW.width, 'at 320 px')));
  faults.push(...(await accessible(page)).map((fault) => `at 320 px: ${fault}`));
  await page.setViewportSize(WIDE);
  return faults;
}

async function load(context, page, url) {
  const faults = [];
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (to.host !== new URL(url).host && to.protocol !== 'data:') {
      faults.push(`asks another host for ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => faults.push(`could not load ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) {
      faults.push(`${response.url()} answered ${response.status()}`);
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(`the browser complains: ${message.text()}`);
    }
  });
  await page.goto(url, { waitUntil: 'load' });
  if (bytes > BYTES_MAX) {
    faults.push(`${bytes} bytes transferred, at most ${BYTES_MAX} are allowed`);
  }
  return faults;
}

// One h1, no level left out, no id twice, a title.
function structure(page) {
  return page.evaluate(() => {
    const faults = [];
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
    const levels = headings.map((heading) => Number(heading.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) {
      faults.push(`${levels.filter((level) => level === 1).length} h1, there must be one`);
    }
    levels.forEach((level, at) => {
      if (at > 0 && level > levels[at - 1] + 1) {
        faults.push(`h${levels[at - 1]} is followed by h${level}: "${headings[at].textContent}"`);
      }
    });
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) {
      faults.push(`the id "${id}" stands twice`);
    }
    if (document.title.trim() === '') {
      faults.push('no title');
    }
    for (const table of document.querySelectorAll('table')) {
      if (table.caption === null || table.caption.textContent.trim() === '') {
        faults.push(`a table without a caption: "${table.textContent.trim().slice(0, 40)}"`);
      }
    }
    return faults;
  });
}

async function accessible(page) {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const report = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return report.violations.flatMap((violation) => violation.nodes.slice(0, 3).map((node) =>
      `axe ${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.split('\n')[1] ?? ''}`));
  });
  return violations;
}

// Along the first tab stops: the skip link comes first, every stop can be seen and shows that it
// has the focus.
async function keyboard(page) {
  const faults = [];
  const stops = 30;
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate((first) => {
      const element = document.activeElement;
      if (element === null || element === document.body) {
        return null;
      }
      const name = element.outerHTML.slice(0, 100);
      if (first && !(element.getAttribute('href') ?? '').startsWith('#')) {
        return `the first tab stop is no skip link: ${name}`;
      }
      const box = element.getBoundingClientRect();
      if (box.width < 1 || box.height < 1 || box.bottom < 0 || box.top > window.innerHeight) {
        return `a tab stop that cannot be seen: ${name}`;
      }
      const style = getComputedStyle(element);
      const label = element.tagName === 'SUMMARY' ? element.firstElementChild : null;
      const shown = [style, label === null ? style : getComputedStyle(label)].some((look) =>
        (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none');
      return shown ? null : `the focus does not show on ${name}`;
    }, stop === 0);
    if (fault !== null) {
      faults.push(fault);
    }
  }
  await page.evaluate(() => document.activeElement?.blur());
  return [...new Set(faults)];
}

function overflow(page, width, where) {
  return page.evaluate(([limit, words]) => {
    if (document.documentElement.scrollWidth <= limit) {
      return [];
    }
    // The innermost element outside a pane that sticks out, to say where to look.
    const inPane = (element) => {
      for (let at = element.parentElement; at !== document.body; at = at.parentElement) {
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) {
          return true;
        }
      }
      return false;
    };
    const over = (element) => element.getBoundingClientRect().right > limit;
    const widest = [...document.body.querySelectorAll('*')].find((element) => over(element) &&
      !inPane(element) && ![...element.children].some(over));
    return [`${document.documentElement.scrollWidth} px wide ${words}: ` +
      (widest?.outerHTML.slice(0, 120) ?? 'something placed absolutely inside a pane')];
  }, [width, where]);
}

// SC 1.4.12: a reader's own spacing of text must not push anything off the page.
async function spacedText(page) {
  const style = await page.evaluateHandle(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; ' +
      'word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return sheet;
  });
  const faults = await overflow(page, NARROW.width, 'at 320 px with the text spaced out');
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  await style.dispose();
  return faults;
}

// Without colours of ours, a status still has its word, and the word its contrast (UI-35).
function statusesVisible(page) {
  return page.evaluate(() => {
    const faults = [];
    for (const tag of document.querySelectorAll('.govuk-tag, .gt-status')) {
      const look = getComputedStyle(tag);
      const word = [...tag.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.data).join('').trim();
      if (!/[A-Za-z]{2}/.test(word)) {
        faults.push(`a status without a word: ${tag.outerHTML.slice(0, 120)}`);
      }
      if (look.color === look.backgroundColor) {
        faults.push(`a status that forced colours hide: ${tag.outerHTML.slice(0, 120)}`);
      }
    }
    return faults;
  });
}

// On paper nothing may stick out to the right: it would be cut off.
async function paper(page) {
  const wide = await page.evaluate(() => document.querySelector('.gt-landscape') !== null);
  const width = wide ? PAPER.landscape : PAPER.portrait;
  await page.setViewportSize({ width, height: 1000 });
  const faults = await overflow(page, width, `on A4 ${wide ? 'landscape' : 'portrait'}`);
  const controls = await page.evaluate(() => ['.govuk-service-navigation', '.gt-search',
    '.govuk-skip-link'].filter((name) => {
    const element = document.querySelector(name);
    return element !== null && getComputedStyle(element).display !== 'none';
  }));
  return [...faults, ...controls.map((name) => `${name} is printed`)];
}

// The page says the same with scripts switched off.
async function withoutScript(browser, url, page, headers) {
  const context = await browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: headers });
  try {
    const plain = await context.newPage();
    await plain.goto(url, { waitUntil: 'load' });
    const [with_, without] = await Promise.all([page, plain].map((one) =>
      one.locator('main').first().textContent()));
    return with_ === without ? [] : ['main says something else when scripts are off'];
  } finally {
    await context.close();
  }
}
