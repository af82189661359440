// Results as TAP, which meson reads: one line a case, its faults below it as comments.
let number = 0;
let failed = 0;

export function result(name, faults) {
  number += 1;
  failed += faults.length > 0 ? 1 : 0;
  console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${number} - ${name.replaceAll('#', '%23')}`);
  for (const fault of faults) {
    console.log(`# ${fault.replaceAll('\n', '\n# ')}`);
  }
}

// Last of all; without a single case something is wrong with the test itself.
export function finish() {
  console.log(`1..${number}`);
  process.exitCode = failed > 0 || number === 0 ? 1 : 0;
}

// Says why nothing can be tested here, and ends.
export function skipAll(reason) {
  console.log(`1..0 # SKIP ${reason}`);
}
