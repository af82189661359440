// The usual way to write such pages on Node: Fastify, better-sqlite3 with prepared statements, a
// compiled template, one process a core. Every request reads the record and renders the page.
//
//   node server.mjs RECORD ORGANISATION TODAY PORT PROCESSES
import cluster from 'node:cluster';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import Fastify from 'fastify';
import { measurePage, scorecardPage } from './pages.mjs';
import { read } from './periods.mjs';
import { Record } from './record.mjs';

const [file, organisation, today, port, processes] = process.argv.slice(2);

async function work() {
  const record = new Record(file, organisation, today);
  const views = path.join(path.dirname(fileURLToPath(import.meta.url)), 'views');
  const eta = new Eta({ views, cache: true });
  const app = Fastify({ logger: false });
  const answer = (template, page) => async (request, reply) => {
    const period = read(request.query.period ?? '');
    const shown = period?.kind === 'quarter' ? page(request.params.code, period) : null;
    if (!shown) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such page.');
    return reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache')
      .send(eta.render(template, shown));
  };
  app.get(`/${organisation}/measures/:code`,
          answer('./measure', (code, period) => measurePage(record, code, period)));
  app.get(`/${organisation}/scorecards/:code`,
          answer('./scorecard', (code, period) => scorecardPage(record, code, period)));
  await app.listen({ host: '127.0.0.1', port: Number(port) });
  process.send('ready');
}

if (cluster.isPrimary) {
  let ready = 0;
  for (let i = 0; i < Number(processes); i++) {
    cluster.fork().on('message', () => {
      if (++ready === Number(processes)) console.log('ready');
    });
  }
  cluster.on('exit', (worker, code) => process.exit(code || 1));
  process.on('SIGTERM', () => process.exit(0));
} else {
  process.on('disconnect', () => process.exit(0));
  await work();
}
