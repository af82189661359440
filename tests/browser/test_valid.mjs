// valid.mjs finds what it is for: each text below must be told off for its fault, or for nothing.
import { finish, result } from './tap.mjs';
import { faultsOfAnswer } from './valid.mjs';

const html = (body) => `<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body>\n${body}</body></html>\n`;
const CHART = '<svg viewBox="0 0 9 9" role="img" aria-labelledby="a b"><title id="a">t</title>' +
  '<desc id="b">d</desc><path d="M0 0"/></svg>';

// Type, text, what the fault says (null: none).
const CASES = [
  ['text/html; charset=utf-8', html(`<h1>A</h1><ul></ul><details><summary>s</summary><div>t</div></details>${CHART}`), null],
  ['text/html', html('<dl><div class="r"><dt>k</dt><dd>v</dd></div>\n<div><dt>k</dt><dd><p>v</p></dd></div></dl>'), null],
  ['text/html', html('<dl><div><dt>k</dt></div></dl>'), 'discarding'],
  ['text/html', html('<dl><dt>k</dt><dd>v</div></dd></dl>'), 'discarding unexpected </div>'],
  ['text/html', html('<p><a href="/a" aria-current="true">a</a></p>'), null],
  ['text/html', html('<h1>A</h2>'), '</h'],
  ['text/html', html('<p>one<div>two</div></p>'), 'inserting implicit <p>'],
  ['text/html', html('<p id="a">a</p><p id="a">b</p>'), 'already defined'],
  ['text/html', html('<blink>x</blink>'), '<blink>'],
  ['text/html', html('<p lang="en" wide="yes">x</p>'), 'proprietary attribute "wide"'],
  ['text/html', html('<table><td>x</td></table>'), 'missing <tr>'],
  ['application/json', '{"a": 1}\n', null],
  ['application/json', '{"a": 1,}\n', 'no JSON'],
  ['text/csv', 'a,b_c\n1,"x, ""y""\nz"\n2,\n', null],
  ['text/csv', 'a,b\n1,2,3\n', 'row 2 has 3 cells'],
  ['text/csv', '<!DOCTYPE html>\n', 'no head'],
  ['text/plain', 'anything', null],
];

for (const [type, text, words] of CASES) {
  const faults = faultsOfAnswer(type, text);
  const right = words === null ? faults.length === 0 : faults.some((fault) => fault.includes(words));
  result(`${type}: ${words ?? 'nothing to say'}`, right ? [] : ['said:', ...faults]);
}
finish();
