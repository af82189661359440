#!/usr/bin/env python3
"""Charts of pages beside `goldthread analyse` of the same figures: test_charts.py PROGRAM SOURCE

A council of its own is imported and served. Where a page has limits of each period's own, or a
median, its JSON and CSV hold what analyse says of the same series, point by point; and where there
are too few figures they hold nothing.
"""
import atexit
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-charts-')
atexit.register(shutil.rmtree, WORK, True)
PLACE = {}
QUARTERS = ['%d-%02d-Q%d' % (year, (year + 1) % 100, quarter)
            for year in range(2018, 2024) for quarter in range(1, 5)]

SIZES = (50, 120, 210, 60, 95, 180, 45, 130)
SHARES = [(round(size * (.78 + .06 * ((7 * at) % 5) / 4)), size)
          for at, size in enumerate(SIZES * 2)]
SHARES[-1] = (60, 130)  # far below
EVENTS = [(3 + (5 * at) % 7, size * 10) for at, size in enumerate(SIZES * 2)]
ALIKE = [(80 + (3 * at) % 7, 100 + at) for at in range(16)]
COUNTS = [50, 51, 50, 52, 51, 49, 53, 51, 50, 52, 61, 62, 63, 64, 62, 63, 61, 62, 64, 65]
# Code: value type, `limits`, figures, and the chart its page has (None: none).
MEASURES = {
    'SHARE': ('percent', '', SHARES, 'p_prime'),
    'EVENT': ('rate', '', EVENTS, 'u_prime'),
    'ALIKE': ('percent', '', ALIKE, 'xmr'),
    'ASKED': ('percent', 'p_prime', ALIKE, 'p_prime'),
    'XMR': ('percent', 'mdc', SHARES, 'xmr'),
    'ELEVEN': ('number', '', [60, 70, 61, 72, 59, 71, 62, 73, 58, 74, 65], 'run'),
    'RUN': ('number', 'run', COUNTS, 'run'),
    'NINE': ('number', '', [60, 70, 61, 72, 59, 71, 62, 73, 58], None),
    'TWELVE': ('percent', 'mdc', SHARES[:12], None),
}


def command(*arguments, text=None):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, input=text,
                          timeout=120, cwd=WORK)
    taps.equal(done.returncode, 0, done.stdout + done.stderr)
    return done.stdout


def written(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def fill_record():
    def write(name, *rows):
        with open(os.path.join(WORK, name), 'w', encoding='utf-8', newline='') as file:
            file.write(written(rows))
    write('organisation.csv', ('code', 'name', 'financial_year_start'),
          ('town', 'Town Council', '04'))
    write('measures.csv',
          ('code', 'title', 'value_type', 'decimals', 'polarity', 'frequency', 'aggregation', 'per',
           'limits'),
          *((code, code, kind, 1, 'higher', 'quarter', 'last' if kind == 'number' else 'ratio',
             1000 if kind == 'rate' else '', limits)
            for code, (kind, limits, _, _) in MEASURES.items()))
    rows = []
    for code, (kind, _, given, _) in MEASURES.items():
        for quarter, each in zip(QUARTERS, given):
            rows.append((code, quarter, each, '', '') if kind == 'number'
                        else (code, quarter, '', *each))
    write('observations.csv', ('measure', 'period', 'value', 'numerator', 'denominator'), *rows)
    command('--record', 'a.db', 'import', 'organisation.csv', 'measures.csv', 'observations.csv')


def serve():
    if not PLACE:
        fill_record()
        PLACE['process'] = subprocess.Popen(
            [PROGRAM, '--record', 'a.db', '--today', '2024-06-01', 'serve', '--listen',
             '127.0.0.1:0'], stdout=subprocess.PIPE, text=True, cwd=WORK)
        PLACE['at'] = re.search(r'http://127\.0\.0\.1:\d+', PLACE['process'].stdout.readline())[0]
        atexit.register(close)
    return PLACE['at']


def close():
    PLACE['process'].terminate()
    PLACE['process'].wait(30)
    PLACE['process'].stdout.close()


def page(code, ending=''):
    last = QUARTERS[len(MEASURES[code][2]) - 1]
    ending, _, query = ending.partition('?')
    address = '%s/town/measures/%s%s?period=%s&%s' % (serve(), code, ending, last, query)
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def figures_of(code):
    """Rows of the chart's table, oldest first."""
    view = json.loads(page(code, '.json'))
    return view, view['chart_figure']['table']['rows'][::-1]


def close_to(found, wanted, about):
    """As close as the places that are printed."""
    if (found is None) != (wanted == '') or (found is not None
                                             and abs(found - float(wanted)) > 5.1e-5):
        raise AssertionError('%s: %r is not %r' % (about, found, wanted))


def test_which_chart_each_has():
    for code, (_, _, _, chart) in MEASURES.items():
        view = json.loads(page(code, '.json'))
        taps.equal(view['process']['chart'], chart, code)


def test_limits_are_those_of_analyse_proportion_chart():
    for code, kind in (('SHARE', 'p_prime'), ('ASKED', 'p_prime'), ('EVENT', 'u_prime')):
        given = MEASURES[code][2]
        told = command('analyse', 'proportion_chart', '--chart', kind, '--multiplier',
                       '1000' if kind == 'u_prime' else '100', '--decimals', '6',
                       text=written([('series', 'period', 'numerator', 'denominator'),
                                     *((code, at, *each) for at, each in enumerate(given))]))
        analysed = list(csv.DictReader(io.StringIO(told)))
        _, rows = figures_of(code)
        file = list(csv.DictReader(io.StringIO(page(code, '.csv?table=figures'))))[::-1]
        taps.equal((len(rows), len(file)), (len(analysed), len(analysed)), code)
        for row, line, point in zip(rows, file, analysed):
            for key, of in (('mean', 'mean'), ('lower_limit', 'lower'), ('upper_limit', 'upper')):
                about = '%s %s %s' % (code, row['period'], key)
                close_to(row[key], point[of], about)
                close_to(float(line[key]), point[of], about)
            outside = row['signal'] in ('above_upper', 'below_lower')
            taps.equal(outside, point['outside'] == '1', '%s %s' % (code, row['period']))
        widths = {round(row['upper_limit'] - row['lower_limit'], 3) for row in rows}
        taps.equal(len(widths) > 3, True, '%s has limits of its own' % code)


def test_median_and_run_are_those_of_analyse_run_chart():
    for code in ('ELEVEN', 'RUN'):
        told = command('analyse', 'run_chart', '--decimals', '6',
                       text=written([('series', 'period', 'value'),
                                     *((code, at, each)
                                       for at, each in enumerate(MEASURES[code][2]))]))
        analysed = next(csv.DictReader(io.StringIO(told)))
        view, rows = figures_of(code)
        for row in rows:
            close_to(row['median'], analysed['median'], code)
            taps.equal((row['lower_limit'], row['upper_limit']), (None, None), code)
        # Of RUN both halves are runs of ten.
        wanted = 2 * int(analysed['longest_run']) if analysed['signal'] == 'both' else 0
        taps.equal(sum((row['signal'] or '').startswith('shift') for row in rows), wanted, code)
        taps.equal(wanted, 20 if code == 'RUN' else 0, code)
        heads = page(code, '.csv?table=figures').split('\n')[0]
        taps.equal((',median,' in heads, ',mean,' in heads), (True, False), heads)
        taps.equal(view['process']['assurance'], None, code)


def test_pages_say_which_chart_and_why():
    for code, sentence in (
            ('SHARE', 'The number of cases differs more than twofold between quarters, so each '
                      'quarter has limits of its own.'),
            ('ELEVEN', 'With 11 figures only the median and runs can be told.'),
            ('RUN', 'The measure&#39;s settings ask for a run chart: the median and runs, no '
                    'limits.')):
        text = page(code)
        taps.equal(sentence in text or sentence.replace('&#39;', "'") in text, True, code)
    taps.equal('limits of its own' in page('XMR'), False)
    drawn = {code: len(re.findall('class="gt-chart__limit"', page(code)))
             for code in ('SHARE', 'XMR', 'RUN', 'NINE')}
    taps.equal((drawn['XMR'], drawn['RUN'], drawn['NINE'], drawn['SHARE'] > 2 * 2 * 10),
               (4, 0, 0, True), drawn)
    taps.equal(('>Median<' in page('RUN'), '>Average<' in page('RUN')), (True, False))


def test_too_few_have_none():
    for code in ('NINE', 'TWELVE'):
        view, rows = figures_of(code)
        taps.equal(view['process']['sentence'].startswith('Too few points'), True, code)
        taps.equal([row for row in rows if any(row[key] is not None for key in
                                               ('mean', 'median', 'lower_limit', 'upper_limit',
                                                'signal', 'variation'))], [], code)
        taps.equal('gt-chart__mean' in page(code), False, code)


if __name__ == '__main__':
    taps.run(globals())
