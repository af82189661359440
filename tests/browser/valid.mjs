// What can be judged without a browser: HTML by tidy, JSON and CSV by reading them.
import { spawnSync } from 'node:child_process';

// What tidy says of right HTML: it is older than SVG inside of pages, than aria-current, and than
// autofocus and inputmode as attributes of everything.
// (axe judges ARIA, and a browser draws the charts.)
const KNOWN = [
  /<(svg|g|path|rect|line|circle|polygon|polyline|text|tspan|title|desc)> proprietary attribute/,
  /<[a-z0-9]+> proprietary attribute "aria-[a-z]+"/,
  /<[a-z0-9]+> proprietary attribute "(autofocus|inputmode)"/,
];

// HTML lets rows of a <dl> stand in <div>s; tidy does not know that and would complain of every
// line to the end of the page. So it gets the lists without them.
function withoutRows(html) {
  return html.replace(/<dl[\s>][^]*?<\/dl>/g, (list) =>
    list.replace(/<div[^>]*>(?=\s*<dt)/g, '').replace(/(<\/dd>\s*)<\/div>/g, '$1'));
}

// The faults tidy finds in a page, attributes it does not know among them.
export function htmlFaults(html) {
  const run = spawnSync('tidy', ['-errors', '-quiet', '-utf8', '--drop-empty-elements', 'no',
    '--warn-proprietary-attributes', 'yes'], { input: withoutRows(html), encoding: 'utf8' });
  if (run.error) {
    throw run.error;
  }
  return run.stderr.split('\n').filter((line) => /Warning:|Error:/.test(line))
    .filter((line) => !KNOWN.some((known) => known.test(line)));
}

export function jsonFaults(text) {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`no JSON: ${error.message}`];
  }
}

// A head of plain column names, and in every row as many cells as in the head (RFC 4180).
export function csvFaults(text) {
  const rows = text.match(/(?:"(?:[^"]|"")*"|[^"\n])+/g) ?? [];
  const cells = (row) => row.replace(/"(?:[^"]|"")*"/g, 'x').replace(/\r$/, '').split(',');
  const head = cells(rows[0] ?? '');
  if (!head.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) {
    return [`no head of column names: "${rows[0] ?? ''}"`];
  }
  return rows.flatMap((row, at) => (cells(row).length === head.length
    ? [] : [`row ${at + 1} has ${cells(row).length} cells, the head ${head.length}`]));
}

// By the type the server gave it.
export function faultsOfAnswer(type, body) {
  const judge = { 'text/html': htmlFaults, 'application/json': jsonFaults, 'text/csv': csvFaults };
  return judge[type.split(';')[0].trim()]?.(body) ?? [];
}
