// Walks the site as a reader could: from the front page along every link on the same host.
//
// Each path is visited once; with another query (another period, order or filter) only twice for
// each set of parameters and at most `VARIANTS` times for each kind of page, or the walk would have
// no end: filters and orders multiply.
const VARIANTS = 30;

// What a page is an example of: "/luton/measures/NI%20117?period=..." is "/luton/measures/*".
export function kindOf(url) {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const shown = parts.map((part, depth) => (depth >= 2 ? '*' : part));
  const ending = /\.(json|csv|html|css|svg|txt)$/.exec(url.pathname)?.[0] ?? '';
  return `/${shown.join('/')}${shown.at(-1) === '*' ? ending : ''}`;
}

function linksIn(html, base) {
  const found = [];
  // Attributes are double-quoted in all our pages (tidy looks after that).
  for (const match of html.matchAll(/<(?:a|link|img|use)\s[^>]*?\b(?:href|src)="([^"]*)"/g)) {
    const text = match[1].replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    if (text !== '' && !text.startsWith('#')) {
      found.push(new URL(text, base));
    }
  }
  return found;
}

// All pages that can be reached, as {url, kind, status, type, body, from}; links that leave the
// host are given to `leaving(url, from)`. `most` bounds the walk; reaching it is an error, so that
// nothing goes untested without anybody noticing.
export async function walk(base, { most = 8000, leaving = () => {} } = {}) {
  const start = new URL(base);
  const seen = new Set();
  const variants = new Map();
  const queue = [{ url: start, from: '(start)' }];
  const pages = [];

  function wanted(url) {
    url.hash = '';
    if (seen.has(url.href)) {
      return false;
    }
    seen.add(url.href);
    if (!seen.has(url.pathname)) {
      seen.add(url.pathname);
      return true;
    }
    const kind = kindOf(url);
    const key = `${kind}?${[...new Set(url.searchParams.keys())].sort().join('&')}`;
    if ((variants.get(key) ?? 0) >= 2 || (variants.get(kind) ?? 0) >= VARIANTS) {
      return false;
    }
    variants.set(key, (variants.get(key) ?? 0) + 1);
    variants.set(kind, (variants.get(kind) ?? 0) + 1);
    return true;
  }

  wanted(start);
  while (queue.length > 0) {
    const { url, from } = queue.shift();
    const response = await fetch(url, { redirect: 'manual' });
    const body = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const status = response.status;
    pages.push({ url, kind: kindOf(url), status, type, body, from });
    if (pages.length > most) {
      throw new Error(`more than ${most} pages: the site has grown, or links go on without end`);
    }
    const next = status >= 300 && status < 400
      ? [new URL(response.headers.get('location'), url)]
      : type.startsWith('text/html') ? linksIn(body, url) : [];
    for (const link of next) {
      if (link.host !== start.host || !link.protocol.startsWith('http')) {
        leaving(link, url);
      } else if (wanted(link)) {
        queue.push({ url: link, from: url.pathname + url.search });
      }
    }
  }
  return pages;
}

// A fair choice of the HTML pages for the slow checks: `each` of every kind, spread over the whole.
export function sample(pages, each) {
  const kinds = byKind(pages);
  const chosen = [];
  for (const list of kinds.values()) {
    const step = Math.max(1, list.length / each);
    for (let at = 0; at < list.length; at += step) {
      chosen.push(list[Math.floor(at)]);
    }
  }
  return chosen;
}

function byKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page]);
  }
  return kinds;
}
