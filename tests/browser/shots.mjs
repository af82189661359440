// Pictures of pages, for people to look at:
//
//     node tests/browser/shots.mjs http://HOST/ FOLDER [PATH ...]
//
// Without paths, one page of every kind. Each at 1280 and 320 px, as printed, in forced colours and
// without any style sheet.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { launch } from './checks.mjs';
import { sample, walk } from './walk.mjs';

const [, , base, folder, ...paths] = process.argv;
const LOOKS = [
  ['1280', { viewport: { width: 1280, height: 900 } }, {}],
  ['320', { viewport: { width: 320, height: 640 } }, {}],
  ['print', { viewport: { width: 688, height: 971 } }, { media: 'print' }],
  ['forced', { viewport: { width: 1280, height: 900 } }, { forcedColors: 'active' }],
  ['plain', { viewport: { width: 1280, height: 900 } }, {}],
];

async function shoot(browser, url, name) {
  for (const [look, options, media] of LOOKS) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    if (look === 'plain') {
      await page.route('**/*.css', (route) => route.abort());
    }
    await page.emulateMedia(media);
    await page.goto(url, { waitUntil: 'load' });
    if (look === 'print' && (await page.locator('.gt-landscape').count()) > 0) {
      await page.setViewportSize({ width: 1031, height: 688 });
    }
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
    await context.close();
  }
}

mkdirSync(folder, { recursive: true });
const urls = paths.length > 0
  ? paths.map((path) => new URL(path, base))
  : sample((await walk(base)).filter((page) => page.type.startsWith('text/html')), 1)
    .map((page) => page.url);
const browser = await launch();
try {
  for (const url of urls) {
    const name = (url.pathname + url.search).replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
    await shoot(browser, url.href, name || 'front');
    console.log(url.href);
  }
} finally {
  await browser.close();
}
