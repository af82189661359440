// Every kind of page of the demonstration in a real browser:
//
//     node tests/browser/pages.mjs BINARY          starts it over the demonstration
//     node tests/browser/pages.mjs http://HOST/    looks at what is served there
//
// The walk itself checks every page's status and that no link leaves the host but to where it may.
import { existsSync } from 'node:fs';

import { withDemo } from './demo.mjs';
import { finish, result } from './tap.mjs';
import { sample, walk } from './walk.mjs';
import { faultsOf, launch } from './checks.mjs';

const EACH = Number(process.env.PAGES_EACH ?? 3);

async function look(base) {
  const pages = await walk(base, {});
  const broken = pages.filter((page) => page.status >= 400)
    .map((page) => `${page.url.pathname}${page.url.search} answers ${page.status}, linked from ${page.from}`);
  result(`all ${pages.length} links lead somewhere`, broken);

  const html = pages.filter((page) => page.status === 200 && page.type.startsWith('text/html'));
  const browser = await launch();
  try {
    for (const page of sample(html, EACH)) {
      result(page.url.pathname + page.url.search, await faultsOf(browser, page.url.href));
    }
  } finally {
    await browser.close();
  }
}

const target = process.argv[2];
if (target.startsWith('http:')) {
  await look(target);
} else if (existsSync(target)) {
  const status = await withDemo(target, look);
  result('the server ends cleanly when told to', status === 0 ? [] : [`exit status ${status}`]);
} else {
  throw new Error(`there is no ${target}`);
}
finish();
