"""The engine over a whole country, beside DuckDB, R and a plain loop; and as a stream."""
import json
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SERIES, LENGTH = 400_000, 25
POINTS = SERIES * LENGTH
# NHSRplotthedots 0.2.2 with facets, points a second: published with the formulas, not measured here.
REFERENCE_PACE = 14_000
CLOSE = 1e-9
CHARTS = 200_000


def output_of(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f'{" ".join(words[:2])}: {done.stderr.strip() or done.stdout.strip()}')
    return done.stdout


class Ours:
    """What bench/engine.c printed."""

    def __init__(self, text):
        self.times, self.bytes, self.answers, self.signals = {}, {}, {}, None
        for line in text.splitlines():
            kind, *words = line.split()
            if kind == 'time':
                self.times[words[0], int(words[1])] = float(words[2])
            elif kind == 'bytes':
                self.bytes[words[0]] = int(words[1])
            elif kind == 'answer':
                self.answers.setdefault(words[0], {})[words[1]] = float(words[2])
            elif kind == 'signals':
                self.signals = tuple(map(int, words))

    def pace(self, what, threads=1):
        return POINTS / self.times[what, threads]

    def rate(self, what, threads):
        """Bytes a second."""
        return self.bytes[what] / self.times[what, threads]


def differences(ours, theirs):
    """The answers of another, and those that differ: counts at all, sums by more than 1e-9."""
    return [name for name, value in theirs.items()
            if abs(value - ours[name]) > CLOSE * max(1, abs(ours[name]))]


def require_same(ours, theirs, who):
    wrong = differences(ours, theirs)
    if wrong:
        raise RuntimeError(f'{who} has other answers: {", ".join(wrong)}')


def tell_ours(t, ours):
    marked, special = ours.signals
    t.head(f'The engine over {SERIES:,} series x {LENGTH} points (fastest run; {marked:,} points '
           f'marked, {special:,} latest ones special)')
    pace = ours.pace('full')
    t.line('full SPC, status, travel: one thread', f'{pace / 1e6:,.0f} million points/s',
           'at least 50 million', pace >= 50e6)
    both = ours.pace('full', 2) / pace
    t.line('  two threads', f'{ours.pace("full", 2) / 1e6:,.0f} million points/s')
    t.line('  two threads / one', f'{both:.2f}', 'at least 1.9', both >= 1.9)
    ratio = pace / REFERENCE_PACE
    t.line('  / R reference (14,000/s, not measured here)', f'{ratio:,.0f}', 'at least 3,500',
           ratio >= 3500)
    for what, words in (('limits', 'limits, status, travel alone'),
                        ('plain', 'the same in a plain C loop')):
        one, two = (1e3 * ours.times[what, n] for n in (1, 2))
        t.line(words, f'{one:.1f} ms; two threads {two:.1f} ms')
    require_same(ours.answers['full'], ours.answers['limits'], 'the pass of limits')
    require_same(ours.answers['full'], ours.answers['plain'], 'the plain loop')
    for n in (1, 2):
        memory = max(ours.rate('read', n), ours.rate('triad', n))
        share = ours.rate('limits', n) / memory
        t.line(f'memory, {n} thread{"s"[:n - 1]}: read; triad',
               f'{ours.rate("read", n) / 1e9:.1f}; {ours.rate("triad", n) / 1e9:.1f} GB/s')
        # The machine's bandwidth is what all of its processors together draw.
        t.line('  of the faster, the limits pass reaches', f'{100 * share:.0f} %',
               'at least 30 %' if n == 2 else '', share >= 0.3 if n == 2 else None)


def tell_duckdb(t, ours, folder, runs, node):
    words = {'rows': 'DuckDB, a row a figure', 'sorted': 'DuckDB, the rows known to lie in order',
             'wide': 'DuckDB, a column a period'}
    t.head('Beside DuckDB: limits, status, travel of the same series, the same answers (fastest '
           f'of {runs})')
    script = os.path.join(HERE, 'engine_duckdb.mjs')
    for line in output_of(node, script, folder, str(LENGTH), str(runs)).splitlines():
        found = json.loads(line)
        require_same(ours.answers['limits'], found['answers'], words[found['way']])
        took, n = min(found['times']), found['threads']
        t.line(f'{words[found["way"]]}: {n} thread{"s"[:n - 1]}', f'{took * 1e3:,.0f} ms')
        ratio = took / ours.times['limits', n]
        if found['way'] == 'rows':
            t.line('  goldthread / DuckDB', f'{ratio:.0f}', 'at least 60', ratio >= 60)
        else:
            t.line('  goldthread / DuckDB', f'{ratio:.0f}')


def tell_r(t, ours, folder, runs):
    if not shutil.which('Rscript'):
        t.skip('beside R', 'it is not installed')
        return
    t.head(f'Beside R: limits alone, the same answers (fastest of {runs})')
    found, skipped, times = {}, [], {}
    for line in output_of('Rscript', os.path.join(HERE, 'engine.R'), folder, str(SERIES),
                          str(LENGTH), str(runs)).splitlines():
        kind, what, *rest = line.split()
        if kind == 'skip':
            skipped.append(what)
        elif kind == 'time':
            times[what] = float(rest[1]) / float(rest[0])
        else:
            found.setdefault(what, {})[rest[0]] = float(rest[1])
    for what, pace in times.items():
        require_same(ours.answers['limits'], found[what], what)
        t.line({'base': 'base R, means of columns'}.get(what, what),
               f'{pace / 1e6:,.0f} million points/s')
        t.line('  goldthread (limits, status, travel) / R', f'{ours.pace("limits") / pace:.1f}')
    for what in skipped:
        t.skip(what, 'it is not installed')


def tell_stream(t, binary, folder):
    """The program itself, from a file to nowhere: seconds and the most memory it had."""
    file = os.path.join(folder, 'readings.csv')
    t.head(f'goldthread analyse spc on {POINTS:,} points, {os.path.getsize(file) / 1e6:.0f} MB of '
           'CSV')
    for words, flags in (('a row a point', []), ('--summary', ['--summary'])):
        started = time.monotonic()
        with open(os.devnull, 'wb') as nowhere:
            process = subprocess.Popen([binary, 'analyse', 'spc', *flags, file], stdout=nowhere)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took, peak = time.monotonic() - started, used.ru_maxrss / 1024
        if process.returncode != 0:
            raise RuntimeError(f'analyse spc ended with {process.returncode}')
        t.line(words, f'{took:.1f} s, {POINTS / took / 1e6:.1f} million points/s')
        t.line('  memory at its most', f'{peak:.0f} MB', 'at most 100 MB', peak <= 100)


def tell_simulation(t, program):
    t.head('Chance on trial: false alarms, found shifts, coverage (docs/methods.md has the table)')
    done = subprocess.run([program, str(CHARTS)], capture_output=True, text=True)
    last = done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr
    t.line(f'bench/simulate {CHARTS}', last.split(';')[0].rstrip('.'), 'all as predicted',
           done.returncode == 0)
    with open(os.path.join(HERE, '..', 'docs', 'methods.md'), encoding='utf-8') as file:
        told = set(file.read().splitlines())
    rows = [line for line in done.stdout.splitlines() if line.startswith('| ')]
    same = sum(row in told for row in rows)
    t.line('  rows as docs/methods.md has them', f'{same} of {len(rows)}', 'all', same == len(rows))


def measure(t, binary, program, folder, node, runs=9):
    """`program` is bench/engine of the build folder, `node` None where there is none."""
    sizes = [str(SERIES), str(LENGTH), str(runs)]
    ours = Ours(output_of(program, *sizes))
    tell_ours(t, ours)
    output_of(program, *sizes, folder)
    if not node:
        t.skip('beside DuckDB', 'Node is not installed')
    elif not os.path.isdir(os.path.join(HERE, 'node_modules', '@duckdb')):
        t.skip('beside DuckDB', 'its package is not installed (tools/install.sh bench)')
    else:
        tell_duckdb(t, ours, folder, 3, node)
    tell_r(t, ours, folder, 3)
    tell_stream(t, binary, folder)
