#!/usr/bin/env python3
"""Speed, beside what one would use instead: `make bench`, or bench/run.py build/goldthread.

Prints each figure with its goal and a verdict, all from one run on this machine. What is measured
and how is told in docs/bench.md. A figure that misses its goal does not fail the run: a busy machine
would; what is lacking here is skipped with a word. Nothing is left behind.
"""
import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import council
import engine
import pages
import servers
import writing

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
TODAY, PERIOD = '2014-07-01', '2013-14-Q4'
PAGES = {'measure': f'/luton/measures/NI%20117?period={PERIOD}',
         'scorecard': f'/luton/scorecards/corporate?period={PERIOD}'}


class Table:
    """The lines of the result: what, figure, goal, verdict."""

    def __init__(self):
        self.met = self.missed = 0

    def head(self, text):
        print(f'\n{text}')

    def line(self, what, figure, goal='', good=None):
        verdict = '' if good is None else 'met' if good else 'MISSED'
        self.met += good is True
        self.missed += good is False
        print(f'  {what:<44} {figure:>30}  {goal:<22} {verdict}'.rstrip(), flush=True)

    def skip(self, what, why):
        print(f'  {what:<44} skipped: {why}', flush=True)


def command(*words, **how):
    done = subprocess.run(words, capture_output=True, text=True, **how)
    if done.returncode != 0:
        raise RuntimeError(f'{" ".join(words)}: {done.stderr.strip() or done.stdout.strip()}')
    return done.stdout


def timed(words, **how):
    """Seconds by the wall clock and of the processor for one command."""
    before = os.times()
    started = time.monotonic()
    command(*words, **how)
    wall = time.monotonic() - started
    after = os.times()
    return wall, (after.children_user + after.children_system -
                  before.children_user - before.children_system)


def machine():
    model = platform.processor() or platform.machine()
    with open('/proc/cpuinfo') as f:
        found = re.search(r'model name\s*:\s*(.*)', f.read())
    model = found.group(1).strip() if found else model
    busy = os.getloadavg()[0]
    print(f'{time.strftime("%-d %B %Y")}; {os.cpu_count()} processors, {model}; '
          f'{platform.system()} {platform.release()}; load before the run {busy:.1f}')
    if busy > 0.5:
        print('This machine was doing other things: times by the wall clock are worse than they '
              'need be.')


# ---- pages ----

def measure_pages(t, binary, folder, seconds, rounds):
    record = os.path.join(folder, 'luton.db')
    command(binary, '--record', record, '--today', TODAY, 'import',
            os.path.join(ROOT, 'examples', 'luton'))
    first_page(t, binary, record, folder)
    if not servers.tool('wrk'):
        t.skip('pages', 'wrk is not installed')
        return
    started = []
    try:
        ours = servers.goldthread(binary, record, TODAY, os.path.join(folder, 'ours.log'))
        started.append(ours)
        compare_pages(t, ours, record, folder, started, seconds, rounds)
    finally:
        for server in started:
            server.stop()


def first_page(t, binary, record, folder):
    """From the command to the last byte of the first page, the record just loaded."""
    runs = []
    for _ in range(7):
        before = time.monotonic()
        server = servers.goldthread(binary, record, TODAY, os.path.join(folder, 'start.log'))
        servers.fetch(server.address + f'/luton?period={PERIOD}')
        runs.append((time.monotonic() - before) * 1000)
        server.stop()
    found = statistics.median(runs)
    t.head('Start to first page (the overview of examples/luton; median of 7)')
    t.line('goldthread serve', f'{found:.0f} ms', 'at most 100 ms', found <= 100)


def start_others(t, pages_served, record, folder, started):
    """nginx with our bytes, Fastify with our record; None where something is lacking."""
    nginx = fastify = None
    if servers.tool('nginx'):
        nginx = servers.nginx(folder, pages_served, os.path.join(folder, 'nginx.log'))
        started.append(nginx)
    else:
        t.skip('beside nginx', 'nginx is not installed')
    if not (servers.tool('node') or servers.tool('nodejs')):
        t.skip('beside Fastify', 'Node is not installed')
    elif not os.path.isdir(os.path.join(HERE, 'node_modules', 'fastify')):
        t.skip('beside Fastify', 'its packages are not installed (tools/install.sh bench)')
    else:
        fastify = servers.fastify(record, 'luton', TODAY, os.path.join(folder, 'fastify.log'))
        started.append(fastify)
    return nginx, fastify


def compare_pages(t, ours, record, folder, started, seconds, rounds):
    plain, packed = {}, {}
    for name, path in PAGES.items():
        plain[name] = servers.fetch(ours.address + path)
        packed[name] = servers.fetch(ours.address + path, gzip=True)
    served = {f'/{name}': page for name, page in plain.items()}
    served |= {f'/{name}.gz': page for name, page in packed.items()}
    nginx, fastify = start_others(t, served, record, folder, started)
    peaks = []
    for name, path in PAGES.items():
        load = servers.Load(seconds, rounds)
        load.add('ours', ours.address + path)
        load.add('ours gzip', ours.address + path, gzip=True)
        if nginx:
            load.add('nginx', f'{nginx.address}/{name}')
            load.add('nginx gzip', f'{nginx.address}/{name}.gz', gzip=True)
        if fastify:
            load.add('fastify', fastify.address + path)
        results = load.run(lambda who: peaks.append(ours.memory()) if 'ours' in who else None)
        sizes = {'plain': len(plain[name][1]), 'gzip': len(packed[name][1])}
        other = servers.fetch(fastify.address + path)[1] if fastify else b''
        tell_pages(t, name, results, sizes, other, plain[name][1])
    unkept(t, ours, fastify, folder, seconds, peaks)
    rss, pss = max(r for r, _ in peaks), max(p for _, p in peaks)
    t.head('Memory while serving the example under the loads above (largest seen)')
    t.line('goldthread: resident', f'{rss:.1f} MB', 'at most 30 MB', rss <= 30)
    t.line('goldthread: its share of what is shared', f'{pss:.1f} MB')
    if fastify:
        rss, pss = fastify.memory()
        t.line(f'Fastify, {servers.PROCESSES} processes and their parent',
               f'{rss:.0f} MB, share {pss:.0f} MB')


def tell_pages(t, name, results, sizes, other, plain):
    def figure(who):
        rate, worst = results[who]
        return f'{rate:,.0f}/s, p99 {worst:.2f} ms'

    t.head(f'Pages: the {name} page of examples/luton (wrk, {servers.CONNECTIONS} connections; '
           f'{sizes["plain"]:,} bytes, {sizes["gzip"]:,} compressed)')
    for form, words in (('', 'as it is'), (' gzip', 'compressed')):
        t.line(f'goldthread, {words}', figure(f'ours{form}'))
        if f'nginx{form}' in results:
            rate, worst = results[f'ours{form}']
            of_rate, of_worst = results[f'nginx{form}']
            t.line(f'nginx, the same bytes from a file, {words}', figure(f'nginx{form}'))
            t.line('  goldthread / nginx, pages', f'{rate / of_rate:.2f}', 'at least 0.6',
                   rate >= 0.6 * of_rate)
            t.line('  goldthread / nginx, p99', f'{worst / of_worst:.2f}', 'at most 2',
                   worst <= 2 * of_worst)
    if 'fastify' in results:
        same, shown = pages.compare(name, plain.decode(), other.decode())
        t.line(f'Fastify, better-sqlite3, eta: {len(other):,} bytes', figure('fastify'))
        t.line('  the same figures on its page', f'{same} of {shown}')
        ratio = results['ours'][0] / results['fastify'][0]
        t.line('  goldthread / Fastify, pages', f'{ratio:.1f}', 'at least 4', ratio >= 4)


def unkept(t, ours, fastify, folder, seconds, peaks):
    """Each request asks for another address, so that no finished page can be given again."""
    script = os.path.join(folder, 'unkept.lua')
    with open(script, 'w') as f:
        f.write('local n = 0\n'
                'request = function()\n'
                '  n = n + 1\n'
                '  return wrk.format(nil, wrk.path .. "&n=" .. n .. os.time())\n'
                'end\n')
    t.head('The same pages made anew for each request (every address another, none kept)')
    for name, path in PAGES.items():
        # The first second fills the room there is for finished pages.
        servers.wrk(ours.address + path, 2, script=script)
        rate, worst = servers.wrk(ours.address + path, seconds, script=script)
        peaks.append(ours.memory())
        t.line(f'goldthread, {name}', f'{rate:,.0f}/s, p99 {worst:.1f} ms')
        if fastify:
            other, _ = servers.wrk(fastify.address + path, seconds, script=script)
            t.line('  goldthread / Fastify, pages', f'{rate / other:.1f}')


# ---- import ----

def measure_import(t, binary, folder, runs):
    big = os.path.join(folder, 'million')
    council.frame(big, 1000)
    file = os.path.join(folder, 'observations.csv')
    rows = council.figures(file, 1000, 25)
    t.head(f'Import of {rows:,} figures ({os.path.getsize(file) / 1e6:.0f} MB; median of {runs})')
    empty = os.path.join(folder, 'frame.db')
    command(binary, '--record', empty, '--today', TODAY, 'import', big)
    if not servers.tool('sqlite3'):
        t.skip('beside sqlite3', 'it is not installed')
    ours, theirs = [], []
    for _ in range(runs):
        record, bare = os.path.join(folder, 'million.db'), os.path.join(folder, 'bare.db')
        shutil.copy(empty, record)
        ours.append(timed([binary, '--record', record, '--today', TODAY, 'import',
                           '--organisation', 'big', file]))
        os.remove(record)
        if servers.tool('sqlite3'):
            theirs.append(timed([servers.tool('sqlite3'), bare,
                                 'CREATE TABLE o (measure TEXT, part TEXT, period TEXT, value TEXT,'
                                 ' numerator TEXT, denominator TEXT)',
                                 f'.import --csv --skip 1 {file} o']))
            os.remove(bare)

    def middle(times):
        return statistics.median(w for w, _ in times), statistics.median(c for _, c in times)

    wall, cpu = middle(ours)
    t.line('goldthread import, everything checked', f'{wall:.2f} s ({cpu:.2f} s processor)')
    if theirs:
        of_wall, of_cpu = middle(theirs)
        t.line('sqlite3 .import into a bare table', f'{of_wall:.2f} s ({of_cpu:.2f} s processor)')
        t.line('  goldthread / sqlite3', f'{wall / of_wall:.2f}', 'at most 3', wall <= 3 * of_wall)


# ---- the snapshot ----

def measure_rebuild(t, binary, folder):
    build = os.path.dirname(os.path.abspath(binary))
    t.head('Snapshot rebuilt after a change: 1,000 measures x 40 quarters, a figure and a target '
           'each')
    if not os.path.exists(os.path.join(build, 'build.ninja')) or not servers.tool('ninja'):
        t.skip('rebuild', f'{build} is no build folder')
        return
    command('ninja', '-C', build, 'bench/rebuild')
    big = os.path.join(folder, 'big')
    council.frame(big, 1000)
    council.figures(os.path.join(big, 'observations.csv'), 1000, 1)
    council.targets(os.path.join(big, 'targets.csv'), 1000)
    record = os.path.join(folder, 'big.db')
    command(binary, '--record', record, '--today', '2024-04-30', 'import', big)
    out = command(os.path.join(build, 'bench', 'rebuild'), record, 'big', 'M0500', '2020-21-Q1', '30')
    runs = [tuple(map(float, line.split())) for line in out.splitlines()]
    first, rest = runs[0], runs[1:]
    wall = statistics.median(w for w, _, _, _ in rest)
    cpu = statistics.median(c for _, c, _, _ in rest)
    part = statistics.median(p for _, _, _, p in rest)
    t.line('the first picture after opening', f'{first[0]:.1f} ms')
    t.line('fastest of 30', f'{min(w for w, _, _, _ in rest):.1f} ms')
    t.line('processor time, all threads (median)', f'{cpu:.1f} ms')
    t.line('median of 30, by the wall clock', f'{wall:.1f} ms', 'at most 20 ms', wall <= 20)
    t.line('and what somebody sees who sees half of it (median)', f'{part:.1f} ms')


# ---- the engine ----

def measure_engine(t, binary, folder):
    build = os.path.dirname(os.path.abspath(binary))
    if not os.path.exists(os.path.join(build, 'build.ninja')) or not servers.tool('ninja'):
        t.skip('the engine', f'{build} is no build folder')
        return
    command('ninja', '-C', build, 'bench/engine')
    command('ninja', '-C', build, 'bench/simulate')
    engine.measure(t, binary, os.path.join(build, 'bench', 'engine'), folder,
                   servers.tool('node') or servers.tool('nodejs'))
    engine.tell_simulation(t, os.path.join(build, 'bench', 'simulate'))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('goldthread', help='the program, in its build folder')
    parser.add_argument('--seconds', type=int, default=5, help='length of each load (default 5)')
    parser.add_argument('--rounds', type=int, default=3, help='loads on each server (default 3)')
    parser.add_argument('--only', choices=['pages', 'import', 'rebuild', 'engine', 'writes'])
    options = parser.parse_args()
    binary = os.path.abspath(options.goldthread)
    t = Table()
    machine()
    with tempfile.TemporaryDirectory(prefix='goldthread-bench-') as folder:
        if options.only in (None, 'rebuild'):
            measure_rebuild(t, binary, folder)
        if options.only in (None, 'engine'):
            measure_engine(t, binary, folder)
        if options.only in (None, 'pages'):
            measure_pages(t, binary, folder, options.seconds, options.rounds)
        if options.only in (None, 'import'):
            measure_import(t, binary, folder, 3)
        if options.only in (None, 'writes'):
            place = os.path.join(folder, 'writing')
            os.mkdir(place)
            writing.measure(t, binary, place, options.seconds)
    print(f'\nGoals met: {t.met} of {t.met + t.missed}.')


if __name__ == '__main__':
    try:
        main()
    except (RuntimeError, OSError, subprocess.CalledProcessError) as fault:
        sys.exit(f'make bench: {fault}')
    except KeyboardInterrupt:
        sys.exit(130)
