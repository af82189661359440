"""Durable single-figure writes beside the engine's own limit, and people at quarter end."""
import os
import re
import shutil
import subprocess
import sys

import council
import servers

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tests', 'store'))
import with_postgres  # noqa: E402

WRITERS = (1, 8, 64)
TODAY = '2014-07-01'
PASSWORD = 'eleven quiet herons wade\n'
EACH_RUN = 100000  # figures kept apart for a run, so that each is a new one
DURABLE = ('fsync=on', 'full_page_writes=on', 'max_connections=200')


class Bench:
    """One engine: a record of 1,000 measures, an officer with a token, a server."""

    def __init__(self, binary, folder, url):
        self.binary, self.folder, self.url = binary, folder, url
        self.tools = os.path.join(os.path.dirname(binary), 'bench')
        self.first = 0
        self.run('import', os.path.join(folder, 'council'))
        self.run('user', 'add', 'officer', '--name', 'Officer', '--email', 'officer@example.org',
                 '--password-file', '-')
        self.run('user', 'grant', 'officer', 'performance', '--organisation', 'big')
        self.token = re.search(r'gt_[A-Za-z0-9_-]{20,}', self.run(
            'token', 'add', 'officer', '--purpose', 'bench', '--scope', 'write', '--days', '2'))[0]

    def run(self, *words):
        done = subprocess.run([self.binary, '--record', self.url, *words], input=PASSWORD,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{" ".join(words)}: {done.stderr.strip()}')
        return done.stdout

    def tool(self, name, *words):
        done = subprocess.run([os.path.join(self.tools, name), *map(str, words)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{name}: {done.stderr.strip()}')
        return [list(map(float, line.split())) for line in done.stdout.splitlines()]

    def serve(self):
        server = servers.Server([self.binary, '--record', self.url, '--today', TODAY, 'serve',
                                 '--listen', '127.0.0.1:0'], os.path.join(self.folder, 'log'))
        self.port = server.wait_for(r'http://127\.0\.0\.1:(\d+)')[1]
        return server

    def load(self, what, count, seconds, *paths, token=None):
        self.first += EACH_RUN
        return self.tool('load', what, self.port, 'big', self.token if token is None else token,
                         self.first, count, seconds, *paths)


def measure_writes(t, name, bench, limit_url, seconds, many=False):
    t.head(f'{name}: durable writes of a single figure, an answer only after its commit')
    server = bench.serve()
    try:
        for writers in WRITERS:
            limit = bench.tool('writes', 'limit', limit_url(writers), 1, seconds)[0][0]
            rate, middle, worst, _, failed = bench.load('writes', writers, seconds)[0]
            t.line(f'{writers} over HTTP (API, token, checks, trail)',
                   f'{rate:,.0f}/s, p50 {middle:.1f}, p95 {worst:.1f} ms', '0 refused', failed == 0)
            t.line('  the engine alone: insert and commit, one by one', f'{limit:,.0f}/s')
            goal = writers >= 8
            t.line('  goldthread / engine', f'{rate / limit:.2f}', 'at least 0.7' if goal else '',
                   rate >= 0.7 * limit if goal else None)
            if goal and many:
                limit = bench.tool('writes', 'limit', limit_url(writers), writers, seconds)[0][0]
                t.line(f'  the engine alone on {writers} connections',
                       f'{limit:,.0f}/s: {rate / limit:.2f}')
    finally:
        server.stop()


def measure_people(t, bench, seconds):
    """Signed-in pages beside anonymous ones, and 500 people at quarter end."""
    path = '/big/measures/M0001?period=2013-14-Q4'
    server = bench.serve()
    try:
        bench.load('pages', 8, 1, path)
        mine = bench.load('pages', 32, seconds, path)[0]
        t.head('People: the page of a measure, and 500 users who think 4 to 12 seconds')
        t.line('the page by token', f'{mine[0]:,.0f}/s, p95 {mine[2]:.2f} ms', '0 refused',
               mine[4] == 0)
        pages = [path, '/big?period=2013-14-Q4', '/big/measures?period=2013-14-Q4',
                 '/big/measures/M0500?period=2013-14-Q4']
        reads, writes = bench.load('users', 500, max(30, seconds), *pages)
        t.line('reads of 500 users', f'{reads[0]:.0f}/s, p95 {reads[2]:.0f} ms', 'at most 200 ms',
               reads[2] <= 200 and reads[4] == 0)
        t.line('writes of 500 users', f'{writes[0]:.1f}/s, p95 {writes[2]:.0f} ms',
               'at most 500 ms', writes[2] <= 500 and writes[4] == 0)
    finally:
        server.stop()


def measure_signed_in(t, binary, folder, seconds):
    """The same page of a record without accounts, and of one with."""
    url = os.path.join(folder, 'signed.db')
    path = '/big/measures/M0001?period=2013-14-Q4'
    done = subprocess.run([binary, '--record', url, 'import', os.path.join(folder, 'council')],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    open_record = os.path.join(folder, 'open.db')
    shutil.copy(url, open_record)
    known = Bench(binary, folder, url)
    anonymous = Bench.__new__(Bench)
    anonymous.binary, anonymous.folder, anonymous.url = binary, folder, open_record
    anonymous.tools, anonymous.first, anonymous.token = known.tools, 0, ''
    rates = {}
    for name, bench in (('anonymous', anonymous), ('signed in', known)):
        server = bench.serve()
        try:
            bench.load('pages', 32, 1, path)
            rates[name] = max(bench.load('pages', 32, seconds, path)[0][0] for _ in range(2))
        finally:
            server.stop()
    t.head('The page of a measure, anonymous (an open record) and signed in (by token)')
    for name, rate in rates.items():
        t.line(name, f'{rate:,.0f}/s')
    ratio = rates['signed in'] / rates['anonymous']
    t.line('  signed in / anonymous', f'{ratio:.2f}', 'at least 0.8', ratio >= 0.8)


def measure(t, binary, folder, seconds):
    build = os.path.dirname(binary)
    if not os.path.exists(os.path.join(build, 'build.ninja')) or not servers.tool('ninja'):
        t.skip('writes', f'{build} is no build folder')
        return
    for name in ('bench/writes', 'bench/load'):
        done = subprocess.run(['ninja', '-C', build, name], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stdout)
    council.frame(os.path.join(folder, 'council'), 1000)
    council.figures(os.path.join(folder, 'council', 'observations.csv'), 1000, 1)
    on_file = Bench(binary, folder, os.path.join(folder, 'writes.db'))
    measure_writes(t, 'SQLite', on_file, lambda n: os.path.join(folder, f'limit{n}.db'), seconds)
    measure_people(t, on_file, seconds)
    measure_signed_in(t, binary, folder, seconds)
    if with_postgres.programs() is None:
        t.skip('PostgreSQL', 'it is not installed')
        return
    with with_postgres.Cluster(*DURABLE) as cluster:
        on_server = Bench(binary, folder, cluster.schema('writes'))
        limit = cluster.schema('limit')
        measure_writes(t, 'PostgreSQL', on_server, lambda n: limit, seconds, many=True)
