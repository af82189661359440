#!/usr/bin/env python3
"""One million observations: goldthread import beside sqlite3 .import of the same file.

    bench/import.py build/goldthread [ROWS]

The other side reads the very file into a bare table without types, keys or checks. Ours checks
every cell, keeps versions and keys, and syncs. Runs alternate; the median of each is compared.
"""
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 3
GOAL = 3.0


def write_folder(folder, rows):
    chance = random.Random(1)
    per_measure = 1000
    with open(os.path.join(folder, 'organisation.csv'), 'w') as file:
        file.write('code,name\nbig,Big Council\n')
    with open(os.path.join(folder, 'measures.csv'), 'w') as file:
        file.write('code,title,value_type,decimals,polarity,frequency\n')
        for i in range((rows + per_measure - 1) // per_measure):
            file.write('M%04d,Measure %d,percent,1,higher,quarter\n' % (i, i))
    with open(os.path.join(folder, 'observations.csv'), 'w') as file:
        file.write('measure,part,period,value,numerator,denominator\n')
        for i in range(rows):
            measure, rest = divmod(i, per_measure)
            ward, quarter = divmod(rest, 40)
            year, quarter = divmod(quarter, 4)
            under = chance.randint(50, 5000)
            over = chance.randint(0, under)
            file.write('M%04d,W%02d,%d-%02d-Q%d,%.1f,%d,%d\n' % (
                measure, ward, 2010 + year, (2011 + year) % 100, quarter + 1,
                100 * over / under, over, under))


def timed(*words):
    started = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main():
    program = os.path.abspath(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    if shutil.which('sqlite3') is None:
        sys.exit('bench/import.py: sqlite3 is not installed')
    ours, theirs, again = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir('council')
        write_folder('council', rows)
        for _ in range(RUNS):
            for old in ('bare.db', 'record.db'):
                if os.path.exists(old):
                    os.remove(old)
            theirs.append(timed(
                'sqlite3', 'bare.db',
                'CREATE TABLE observations(measure, part, period, value, numerator, denominator)',
                '.import --csv --skip 1 council/observations.csv observations'))
            ours.append(timed(program, '--record', 'record.db', 'import', 'council'))
            again.append(timed(program, '--record', 'record.db', 'import', 'council'))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print('import of %d observations (median of %d)' % (rows, RUNS))
    print('  sqlite3 .import, a bare table, nothing checked  %6.2f s' % statistics.median(theirs))
    print('  goldthread import, everything checked           %6.2f s  %.2f times (goal: %.0f)  %s' % (
        statistics.median(ours), ratio, GOAL, 'reached' if ratio <= GOAL else 'NOT reached'))
    print('  the same again: all unchanged                   %6.2f s' % statistics.median(again))
    print('  most memory of any of them                      %6d MB' % (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))


if __name__ == '__main__':
    main()
