// The real program over the demonstration's record, on a free port, for the length of a test.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function makeDemo(binary, folder) {
  const made = spawnSync(join(root, 'tools/demo.sh'), {
    env: { ...process.env, GOLDTHREAD: binary, DEMO: folder, SERVE: 'no' },
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    throw new Error(`tools/demo.sh ended with ${made.status}:\n${made.stdout}${made.stderr}`);
  }
}

async function untilItAnswers(base, server) {
  const until = Date.now() + 20000;
  while (Date.now() < until) {
    if (server.exitCode !== null) {
      throw new Error(`goldthread serve ended with ${server.exitCode}`);
    }
    try {
      await fetch(base);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error('goldthread serve did not answer within 20 s');
}

// The server is ended by its own process id; what it said goes to our standard error.
function stop(server) {
  return new Promise((done) => {
    if (server.exitCode !== null) {
      done(server.exitCode);
      return;
    }
    const hard = setTimeout(() => server.kill('SIGKILL'), 10000);
    server.on('exit', (code) => {
      clearTimeout(hard);
      done(code);
    });
    server.kill('SIGTERM');
  });
}

// Runs `work(base, folder)` while the demonstration is served; gives the server's exit status.
export async function withDemo(binary, work) {
  const folder = mkdtempSync(join(tmpdir(), 'goldthread-demo-'));
  let server = null;
  try {
    makeDemo(resolve(binary), folder);
    const listen = `127.0.0.1:${await freePort()}`;
    server = spawn(resolve(binary), ['--record', join(folder, 'goldthread.db'), 'serve',
      '--listen', listen], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    const base = `http://${listen}/`;
    await untilItAnswers(base, server);
    await work(base, folder);
    return await stop(server);
  } finally {
    if (server !== null) {
      await stop(server);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
