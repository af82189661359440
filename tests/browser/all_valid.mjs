// Every page, JSON and CSV that can be reached from the front page is valid:
//
//     node tests/browser/all_valid.mjs BINARY       starts it over the demonstration
//     node tests/browser/all_valid.mjs http://HOST/
import { withDemo } from './demo.mjs';
import { finish, result } from './tap.mjs';
import { faultsOfAnswer } from './valid.mjs';
import { walk } from './walk.mjs';

// One case for each kind of page, so that the list of cases stays short.
async function look(base) {
  const kinds = new Map();
  for (const { url, kind, status, type, body, from } of await walk(base)) {
    const faults = status === 200 ? faultsOfAnswer(type, body)
      : status >= 400 ? [`answers ${status}, linked from ${from}`] : [];
    const entry = kinds.get(kind) ?? { count: 0, told: [] };
    entry.count += 1;
    entry.told.push(...faults.map((fault) => `${url.pathname}${url.search}: ${fault}`));
    kinds.set(kind, entry);
  }
  for (const [kind, { count, told }] of [...kinds].sort()) {
    result(`${kind} (${count})`, told.slice(0, 20));
  }
}

const target = process.argv[2];
if (target.startsWith('http:')) {
  await look(target);
} else {
  const status = await withDemo(target, look);
  result('the server ends cleanly when told to', status === 0 ? [] : [`exit status ${status}`]);
}
finish();
