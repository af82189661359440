// The checks of checks.mjs find what they are for: each faulty page below must be told off for its
// fault, and the good page for nothing. Without the product, over a small server of our own.
import { createServer } from 'node:http';

import { BYTES_MAX, faultsOf, launch } from './checks.mjs';
import { finish, result } from './tap.mjs';
import { kindOf, walk } from './walk.mjs';

const STYLE = `
  body { font: 18px sans-serif; color: #111; background: #fff; margin: 8px }
  a { display: inline-block; min-height: 24px; color: #00c }
  :focus { outline: 3px solid #000 }
  @media print { .gt-search { display: none } }`;

function page(body, { title = 'A page', head = '' } = {}) {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css">${head}</head>
<body><a href="#main">Skip</a>${body}</body></html>`;
}

const MAIN = '<main id="main"><h1>Heading</h1><p>Text</p></main>';
const TABLE = '<table><caption>Figures</caption><tr><th scope="col">A</th></tr>' +
  '<tr><td>1</td></tr></table>';
const WIDE_TABLE = `<table><caption>Wide</caption><tr><th scope="col">${'wide'.repeat(90)}</th></tr></table>`;

// Address, page, what the fault says (null: a page without fault).
const CASES = [
  ['good', page(`<form class="gt-search" action="/good"><label>Search <input name="q"></label></form>
    <main id="main"><h1>Heading</h1>${TABLE}<strong class="govuk-tag"><span aria-hidden="true">●</span>
    On target</strong></main>`), null],
  ['wide-in-pane', page(`<main id="main"><h1>H</h1><div class="pane" tabindex="0" role="region"
    aria-label="Wide">${WIDE_TABLE}</div></main>`,
    { head: '<style>@media screen { .pane { overflow-x: auto } } @media print { th { font-size: 2px } }</style>' }), null],
  ['image', page(`${MAIN.replace('</main>', '<img src="/icon.svg"></main>')}`), 'axe image-alt'],
  ['contrast', page(MAIN, { head: '<style>p { color: #aaa }</style>' }), 'axe color-contrast'],
  ['target', page(MAIN.replace('</main>', '<button class="b">a</button><button class="b">b</button></main>'),
    { head: '<style>.b { padding: 0; border: 0; width: 12px; height: 12px; font-size: 8px }</style>' }),
  'axe target-size'],
  ['levels', page('<main id="main"><h1>One</h1><h3>Three</h3></main>'), 'is followed by h3'],
  ['two-h1', page('<main id="main"><h1>One</h1><h1>Two</h1></main>'), '2 h1'],
  ['twice', page(`${MAIN}<p id="a">a</p><p id="a">b</p>`), 'stands twice'],
  ['untitled', page(MAIN, { title: '' }), 'no title'],
  ['no-caption', page(MAIN.replace('</main>', `${TABLE.replace(/<caption>.*<.caption>/, '')}</main>`)),
    'without a caption'],
  ['wide', page(MAIN.replace('</main>', `${WIDE_TABLE}</main>`)), 'px wide at 320 px'],
  ['spaced', page(MAIN.replace('Text', '<span class="n">Words that just fit in here, until they are spaced</span>'),
    { head: '<style>.n { white-space: nowrap; font: 13px sans-serif }</style>' }), 'text spaced out'],
  ['paper', page(MAIN.replace('</main>', '<div class="pane"><div class="w">wide</div></div></main>'),
    { head: '<style>@media screen { .pane { overflow: hidden } } .w { width: 900px }</style>' }),
  'on A4 portrait'],
  ['no-focus', page(MAIN, { head: '<style>:focus { outline: none !important }</style>' }),
    'the focus does not show'],
  ['no-skip', page(MAIN).replace('<a href="#main">Skip</a>', '<a href="/good">Home</a>'), 'no skip link'],
  ['hidden-stop', page(MAIN.replace('</main>', '<a href="/good" class="away">Away</a></main>'),
    { head: '<style>.away { position: fixed; left: 0; top: -500px }</style>' }), 'cannot be seen'],
  ['printed', page(`<nav class="govuk-service-navigation"><a href="/good">Good</a></nav>${MAIN}`),
    'is printed'],
  ['wordless', page(MAIN.replace('Text', '<strong class="govuk-tag">●</strong>')), 'without a word'],
  ['scripted', page(MAIN.replace('</main>', '<p id="x"></p><script src="/script.js"></script></main>')),
    'when scripts are off'],
  ['outside', page(MAIN.replace('</main>', '<img alt="x" src="http://127.0.0.1:9/x.png"></main>')),
    'asks another host'],
  ['missing', page(MAIN, { head: '<link rel="stylesheet" href="/nothing.css">' }), 'answered 404'],
  ['heavy', page(MAIN + `<!-- ${'x'.repeat(BYTES_MAX)} -->`), 'bytes transferred'],
  ['policy', page(MAIN.replace('</main>', '<p style="margin: 0">x</p></main>')), 'the browser complains'],
];

const FILES = {
  '/style.css': ['text/css', STYLE],
  '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'],
  '/script.js': ['text/javascript', 'document.getElementById("x").textContent = "more";'],
  // For the walk.
  '/': ['text/html', '<a href="/a/b/c">c</a> <a href="/gone">gone</a> <a href="http://other.example/">o</a>'],
  '/a/b/c': ['text/html', '<a href="/a/b/d?n=1&amp;m=2">d</a> <a href="?n=1">1</a><a href="?n=2">2</a><a href="?n=3">3</a>'],
  '/a/b/d': ['text/html', '<a href="/">back</a>'],
};

function answer(request, response) {
  const path = new URL(request.url, 'http://x').pathname;
  const found = FILES[path] ?? CASES.filter(([name]) => path === `/${name}`)
    .map(([, html]) => ['text/html; charset=utf-8', html])[0];
  const headers = { 'Content-Type': found?.[0] ?? 'text/plain' };
  if (path === '/policy') {
    headers['Content-Security-Policy'] = "default-src 'self'";
  }
  response.writeHead(found === undefined ? 404 : 200, headers);
  response.end(found?.[1] ?? 'not found');
}

const server = createServer(answer);
await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await launch();
try {
  for (const [name, , words] of CASES) {
    const faults = await faultsOf(browser, base + name);
    const told = words === null ? faults
      : faults.some((fault) => fault.includes(words)) ? []
        : [`no fault says "${words}", but:`, ...faults];
    result(words === null ? `a good page: ${name}` : `a page with a fault: ${name}`, told);
  }
  const left = [];
  const pages = await walk(base, { leaving: (url) => left.push(url.host) });
  const seen = pages.map((one) => `${one.status} ${one.url.pathname}${one.url.search}`).sort().join(', ');
  const expected = '200 /, 200 /a/b/c, 200 /a/b/c?n=1, 200 /a/b/c?n=2, 200 /a/b/d?n=1&m=2, 404 /gone';
  result('a walk finds every page once, and a few variants', seen === expected ? [] : [seen]);
  result('a walk tells what leaves the host', left.join() === 'other.example' ? [] : [left.join()]);
  const kind = kindOf(new URL('http://x/luton/measures/NI%20117.json?period=2013-14-Q4'));
  result('a page is known by its kind', kind === '/luton/measures/*.json' ? [] : [kind]);
} finally {
  await browser.close();
  server.close();
}
finish();
