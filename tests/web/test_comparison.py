#!/usr/bin/env python3
"""Real figures beside a real council's lists of neighbours: test_comparison.py PROGRAM SOURCE_FOLDER

The lists and the figures are read as published, through mappings; what the page of a measure then
says (which period, who reported, ranks, median, quartiles) is worked out here once more from the
published files. Skipped where they are not there.
"""
import atexit
import csv
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

SHARED = os.environ.get('GOLDTHREAD_SHARED', os.path.join(SOURCE, '..', 'shared'))
THEMES = os.path.join(SHARED, 'data', 'trafford-themes')
OURS = 'E08000009'
WORK = tempfile.mkdtemp(prefix='goldthread-comparison-')
atexit.register(shutil.rmtree, WORK, True)

LISTS = {'cipfa2021': 'CIPFA nearest neighbours', 'cipfalga0724': 'CIPFA nearest neighbours',
         'cssn': "Children's services statistical neighbours"}
# Code: file, indicator, polarity, decimals, frequency, list.
MEASURES = {
    'READY': ('children/school_readiness', 'School readiness: percentage of children achieving a '
              'good level of development at the end of Reception', 'higher', 1, 'year', 'cssn'),
    'NEET': ('children/neet', 'Not in education, employment or training (NEET)(16-17 years old)',
             'lower', 1, 'other', 'cssn'),
    'MAJOR': ('economy/planning_applications_major', 'Percentage of major planning applications '
              'decided within 13 weeks or agreed time', 'higher', 0, 'quarter', 'cipfalga0724'),
    'SMOKE': ('health/adults_smoking', 'Smoking Prevalence in adults (aged 18 and over) - current '
              'smokers (APS)', 'lower', 1, 'other', 'cipfa2021'),
    'NEITHER': ('children/neet', 'Not in education, employment or training (NEET)(16-17 years old)',
                'none', 0, 'other', 'cipfa2021'),
}
PLACE = {}


def rows_of(name):
    path = os.path.join(THEMES, name + '.csv')
    with open(path, encoding='utf-8-sig', newline='') as file:
        return list(csv.DictReader(file))


def command(*arguments):
    done = subprocess.run([PROGRAM, '--record', 'a.db', *arguments], capture_output=True,
                          text=True, timeout=300, cwd=WORK)
    taps.equal(done.returncode, 0, done.stdout + done.stderr)


def write(name, *rows):
    with open(os.path.join(WORK, name), 'w', encoding='utf-8', newline='') as file:
        csv.writer(file).writerows(rows)


def fill_record():
    write('organisation.csv', ('code', 'name', 'gss_code', 'financial_year_start'),
          ('trafford', 'Trafford Council', OURS, '04'))
    write('measures.csv',
          ('code', 'title', 'value_type', 'decimals', 'polarity', 'frequency', 'compare_with'),
          *((code, code, 'percent', m[3], m[2], m[4], m[5]) for code, m in MEASURES.items()))
    command('import', 'organisation.csv', 'measures.csv')
    for name, title in LISTS.items():
        command('import', os.path.join(THEMES, name + '.csv'), '--as', 'comparators', '--map',
                'organisation=area_code,name=area_name', '--set', 'group=' + name, '--set',
                'set=' + title, '--number', 'order')
    for code, (name, indicator, *rest) in MEASURES.items():
        one = ['import', os.path.join(THEMES, name + '.csv'), '--where', 'indicator=' + indicator,
               '--set', 'measure=' + code, '--ignore', '*']
        command(*one, '--as', 'comparator_values', '--map',
                'organisation=area_code,period=period,value=value')
        command(*one, '--as', 'observations', '--where', 'area_code=' + OURS, '--map',
                'period=period,value=value')


def serve():
    """The address of the program serving the record, which is made first."""
    if not PLACE:
        if not os.path.isdir(THEMES):
            raise taps.Skip('the shared data is not there')
        fill_record()
        PLACE['process'] = subprocess.Popen(
            [PROGRAM, '--record', 'a.db', '--today', '2026-06-01', 'serve', '--listen',
             '127.0.0.1:0'], stdout=subprocess.PIPE, text=True, cwd=WORK)
        first = PLACE['process'].stdout.readline()
        PLACE['at'] = re.search(r'http://127\.0\.0\.1:\d+', first)[0]
    return PLACE['at']


def close():
    if PLACE:
        PLACE['process'].terminate()
        PLACE['process'].wait(30)
        PLACE['process'].stdout.close()


def page(address):
    with urllib.request.urlopen(serve() + '/trafford/measures/' + address, timeout=60) as answer:
        return answer.read().decode()


def published(code):
    """Figures of the list's members and of ours for the latest period with at least three."""
    name, indicator, polarity, decimals, frequency, group = MEASURES[code]
    members = {row['area_code'] for row in rows_of(group)} - {OURS}
    periods = {}
    for row in rows_of(name):
        if row['indicator'] == indicator and row['value'] not in ('', 'NA'):
            periods.setdefault(row['period'], {})[row['area_code']] = row['value']
    enough = [p for p, values in periods.items() if len(members & values.keys()) >= 3]
    latest = periods[max(enough)]
    shown = {who: round(float(value) + 1e-9, decimals) for who, value in latest.items()
             if who in members or who == OURS}
    return members, shown


def ranks_of(values, lower_is_better):
    return {who: 1 + sum(1 for other in values.values()
                         if (other < value if lower_is_better else other > value))
            for who, value in values.items()}


def quantile(values, p):
    """Hyndman and Fan's type 7."""
    ordered = sorted(values)
    h = (len(ordered) - 1) * p
    low = int(h)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (h - low) * (ordered[high] - ordered[low])


def near(found, expected, what):
    if found is None or abs(found - expected) > 5.01e-4:
        raise AssertionError('%s: %r, not %r' % (what, found, expected))


def test_ranks_and_averages_of_published_figures():
    serve()
    for code, (_, _, polarity, _, _, _) in MEASURES.items():
        if code == 'NEITHER':
            continue
        members, values = published(code)
        found = json.loads(page(code + '.json'))['comparison']
        others = [value for who, value in values.items() if who != OURS]
        taps.equal(found['members'], len(members), code + ' members')
        taps.equal(found['reported'], len(others), code + ' reported')
        taps.equal(found['ranked'], len(values), code + ' ranked')
        near(found['median'], statistics.median(others), code + ' median')
        if len(others) >= 5:
            near(found['quartile_1'], quantile(others, 0.25), code + ' first quartile')
            near(found['quartile_3'], quantile(others, 0.75), code + ' third quartile')
        ranks = ranks_of(values, polarity == 'lower')
        rows = [row for row in found['table']['rows'] if row['value'] is not None]
        taps.equal({row['organisation']: row['rank'] for row in rows}, ranks, code)
        taps.equal([row['rank'] for row in rows], sorted(ranks.values()), code + ' order')
        taps.equal([row['organisation'] for row in rows if row['own']], [OURS], code + ' own')
        # No numerators and denominators are published with them, so no interval and no band.
        taps.equal([row for row in rows if row['lower'] is not None or row['band_best'] is not None
                    or row['verdict'] is not None], [], code + ' intervals')
        print('# %s: %s; %d of %d others' % (code, found['sentence'], len(others), len(members)))


def test_the_file_has_the_same_rows_as_the_page():
    serve()
    rows = json.loads(page('SMOKE.json'))['comparison']['table']['rows']
    file = list(csv.DictReader(io.StringIO(page('SMOKE.csv?table=comparison'), newline='')))
    taps.equal([(r['organisation'], r['value'], r['rank'], r['own']) for r in file],
               [(r['organisation'], '' if r['value'] is None else '%.1f' % r['value'],
                 str(r['rank'] or ''), 'yes' if r['own'] else 'no') for r in rows])


def test_the_page_draws_each_figure_once():
    serve()
    text = page('SMOKE')
    section = text[text.index('id="compared"'):]
    section = section[:section.index('</section>')]
    rows = json.loads(page('SMOKE.json'))['comparison']['chart']['rows']
    taps.equal(section.count('<circle class="gt-chart__mark"'), 2 * (len(rows) - 1), 'rings')
    taps.equal(section.count('<path class="gt-chart__bar"'), 2, 'diamonds')


def test_two_neighbours_are_too_few():
    serve()
    found = json.loads(page('NEITHER.json'))['comparison']
    taps.equal(found['any'], False)
    taps.equal(found['sentence'].startswith('Too few to compare: of 15 others in the group 2 '),
               True, found['sentence'])
    taps.equal([row for row in found['table']['rows'] if row['rank'] is not None], [])
    taps.equal((found['median'], found['benchmark'], found.get('chart')), (None, None, None))


if __name__ == '__main__':
    taps.run(globals())
