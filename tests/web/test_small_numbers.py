#!/usr/bin/env python3
"""Small numbers stay kept back, by the real program: test_small_numbers.py PROGRAM SOURCE_FOLDER

A council with counts of 1 to 4 in wards, months, revisions, computed measures and figures of
others. Every page that links lead to, as HTML, JSON and CSV, every report file and every command
is searched for them; and whoever adds and subtracts all that is shown finds none of them either.
The same council without small_number shows that the search would have found them.
"""
import atexit
import collections
import csv
import fractions
import http.client
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import figures  # noqa: E402
import taps  # noqa: E402

TODAY = '2014-05-15'
LEAST = 5  # counts from 1 to 4 are kept back
WORK = tempfile.mkdtemp(prefix='goldthread-small-')
atexit.register(shutil.rmtree, WORK, True)

MONTHS = ['2013-%02d' % month for month in range(4, 13)] + ['2014-%02d' % month
                                                            for month in range(1, 4)]
QUARTERS = {'2013-14-Q%d' % (q + 1): MONTHS[3 * q:3 * q + 3] for q in range(4)}
LONGER = dict(QUARTERS, **{'2013-14-FY': MONTHS, '2013-14-H1': MONTHS[:6],
                           '2013-14-H2': MONTHS[6:]})

# Children on a plan, by ward and month: the whole is what they come to.
KIDS = {
    'East': [3, 21, 32, 11, 4, 18, 27, 3, 22, 1, 16, 14],
    'North': [41, 13, 26, 2, 33, 15, 12, 0, 17, 24, 1, 19],
    'Town': [12, 35, 28, 14, 4, 23, 31, 0, 25, 1, 29, 37],
    'West': [55, 47, 16, 38, 42, 22, 44, 0, 34, 0, 43, 26],
}
# Months and quarters given side by side.
MIXED = {'East': [3, 21, 32, 11, 14, 18], 'West': [41, 52, 63, 24, 35, 46],
         'Town': [62, 33, 44, 75, 36, 27]}
# The year so far, by ward: steps of 1 to 4 between months.
STEPS = {
    'East': [11, 2, 13, 1, 1, 1, 17, 9, 4, 22, 3, 8],
    'West': [14, 12, 19, 10, 26, 15, 11, 13, 17, 12, 18, 21],
    'North': [9, 7, 0, 6, 8, 5, 10, 6, 7, 9, 12, 14],
}
# Cases, and their denominators: no such figure comes about by chance.
SHARE = {
    'East': [(3, 7919), (61, 7927), (4, 7933), (72, 7937)],
    'West': [(81, 8011), (92, 8017), (57, 8039), (66, 8053)],
    'North': [(53, 8059), (2, 8069), (74, 8081), (85, 8087)],
    # All but a few: the rest is small.
    'South': [(8087, 8089), (8011, 8093), (8007, 8101), (8107, 8111)],
}
SECRETS = {
    'all but two': '8089', 'all but four': '8111', 'all those but four': '8107',
    'the denominator of a small count': '7919', 'another': '7933', 'a third': '8069',
    'an earlier version': '8837', 'a comparator': '6421', 'our own area among comparators': '6427',
    'a note': 'seven hundred and three', 'three of thousands, worked out': '3007',
    'the revised count': '4409',
}
OWN_AREA = '6427'  # shown on no page anyway: our own area is not compared with


def run(*arguments, record, good=(0,)):
    done = subprocess.run([PROGRAM, '--record', record, '--today', TODAY, *arguments],
                          capture_output=True, text=True, timeout=120, cwd=WORK)
    taps.equal(done.returncode in good, True, ' '.join(arguments) + ': ' + done.stderr)
    return done.stdout


def write(folder, name, rows):
    with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='') as out:
        csv.writer(out).writerows(rows)


def measure_rows(small):
    head = ['code', 'title', 'value_type', 'decimals', 'polarity', 'frequency', 'aggregation',
            'cumulative', 'public', 'rule', 'formula', 'small_number']
    rows = [
        ['KIDS', 'Children on a plan', 'number', 0, 'lower', 'month', 'sum', 'no', 'yes', 'STD', ''],
        ['SOFAR', 'Children seen this year', 'number', 0, 'higher', 'month', 'sum', 'yes', 'yes',
         'STD', ''],
        ['SHARE', 'Children waiting', 'percent', 3, 'lower', 'quarter', 'ratio', 'no', 'yes', 'STD',
         ''],
        ['REVISED', 'Children moved', 'percent', 3, 'lower', 'quarter', 'ratio', 'no', 'yes', 'STD',
         ''],
        ['MIXED', 'Children placed', 'number', 0, 'lower', 'other', 'sum', 'no', 'yes', '', ''],
        ['WORKED', 'Worked out', 'number', 0, 'lower', 'month', 'sum', 'no', 'yes', '',
         '[KIDS] * 1000 + 7'],
    ]
    return [head] + [row + ['' if row[0] == 'WORKED' else small] for row in rows]


def running(steps):
    return [sum(steps[:i + 1]) for i in range(len(steps))]


def figure_rows():
    rows = [['measure', 'part', 'period', 'value', 'numerator', 'denominator', 'note']]
    for code, wards in (('KIDS', KIDS), ('SOFAR', {w: running(s) for w, s in STEPS.items()})):
        for ward, counts in dict(wards, **{'': map(sum, zip(*wards.values()))}).items():
            rows += [[code, ward, month, count, '', '', '']
                     for month, count in zip(MONTHS, counts)]
    # Quarters that were given besides their months.
    for ward, counts in dict(MIXED, **{'': list(map(sum, zip(*MIXED.values())))}).items():
        rows += [['MIXED', ward, month, count, '', '', ''] for month, count in zip(MONTHS, counts)]
        rows += [['MIXED', ward, quarter, sum(counts[3 * i:3 * i + 3]), '', '', '']
                 for i, quarter in enumerate(list(QUARTERS)[:2])]
    for i, quarter in enumerate(QUARTERS):
        for ward, parts in SHARE.items():
            note = 'seven hundred and three' if parts[i][0] < LEAST else ''
            rows.append(['SHARE', ward, quarter, '', *parts[i], note])
        rows.append(['SHARE', '', quarter, '', *map(sum, zip(*(p[i] for p in SHARE.values()))), ''])
    rows += [['REVISED', '', '2013-14-Q1', '', 2, 8837, ''],
             ['REVISED', '', '2013-14-Q2', '', 63, 4409, '']]
    return rows


def make_folder(name, small):
    folder = os.path.join(WORK, name)
    os.makedirs(folder, exist_ok=True)
    write(folder, 'organisation.csv', [['code', 'name', 'gss_code'],
                                       ['ashby', 'Ashby Council', 'E06000001']])
    write(folder, 'rules.csv', [['code', 'title', 'kind', 'green_within', 'amber_within',
                                 'within_unit'], ['STD', 'Rule', 'tolerance', 0, 10, 'percent']])
    write(folder, 'measures.csv', measure_rows(small))
    write(folder, 'observations.csv', figure_rows())
    write(folder, 'targets.csv', [['measure', 'part', 'period', 'target']] +
          [[code, '', month, 90] for code in ('KIDS', 'SOFAR') for month in MONTHS] +
          [['SHARE', '', quarter, 1] for quarter in QUARTERS])
    others = ['E0600000%d' % i for i in range(2, 9)]
    write(folder, 'comparators.csv', [['group', 'organisation', 'name']] +
          [['near', code, 'Council ' + code[-1]] for code in others + ['E06000001']])
    write(folder, 'comparator_values.csv',
          [['measure', 'organisation', 'period', 'numerator', 'denominator']] +
          [['SHARE', code, '2013-14-Q1', *parts] for code, parts in
           zip(others + ['E06000001'], [(3, 6421), (70, 6449), (64, 6451), (71, 6469), (58, 6473),
                                        (83, 6481), (69, 6491), (3, 6427)])])
    return folder


def record_of(name, small):
    record = os.path.join(WORK, name + '.db')
    folder = make_folder(name, small)
    run('import', folder, record=record)
    later = os.path.join(WORK, name + '-later')
    os.makedirs(later, exist_ok=True)
    # A small count became a large one, and a large one a small one.
    write(later, 'observations.csv',
          [['measure', 'part', 'period', 'numerator', 'denominator'],
           ['REVISED', '', '2013-14-Q1', 71, 8839], ['REVISED', '', '2013-14-Q2', 3, 4421]])
    run('import', os.path.join(later, 'observations.csv'), '--organisation', 'ashby',
        record=record)
    return record


# ---- everything that is shown ----

def all_answers(record, follow):
    """{address: text} of every page that links lead to (of those it begins with, where links are
    not followed), in each format."""
    process = subprocess.Popen([PROGRAM, '--record', record, '--today', TODAY, 'serve', '--listen',
                                '127.0.0.1:0'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               text=True, cwd=WORK)
    try:
        port = int(re.search(r'http://127\.0\.0\.1:(\d+)', process.stdout.readline())[1])
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
        answers, waiting = {}, ['/']
        for code, of_ward in (('KIDS', KIDS), ('SOFAR', STEPS), ('SHARE', SHARE), ('WORKED', KIDS),
                              ('MIXED', MIXED)):
            for period in MONTHS + list(LONGER):
                waiting += ['/ashby/measures/%s?period=%s&part=%s' % (code, period, ward)
                            for ward in of_ward]
                waiting.append('/ashby/measures/%s?period=%s' % (code, period))
        waiting += ['/ashby/measures/REVISED?period=' + quarter for quarter in QUARTERS]
        seen = set(waiting)
        while waiting:
            link = waiting.pop()
            connection.request('GET', link)
            answer = connection.getresponse()
            text = answer.read().decode('utf-8', 'replace')
            answers[link] = text
            parts = urllib.parse.urlsplit(link)
            if answer.status != 200 or \
                    'text/html' not in answer.getheader('content-type', ''):
                continue
            query = '?' + parts.query if parts.query else ''
            found = [urllib.parse.urldefrag(each)[0] for each in figures.page_of(text).links]
            found = (found if follow else []) + [parts.path + '.json' + query]
            for each in found:
                if each.startswith('/') and each not in seen and each.count('&') < 2:
                    seen.add(each)
                    waiting.append(each)
        for link in [each for each in answers if '.json' in each and '/reports/' not in each]:
            for table in figures.json_tables(json.loads(answers[link])):
                target = link.replace('.json', '.csv') + ('&' if '?' in link else '?') + \
                    'table=' + urllib.parse.quote(table)
                connection.request('GET', target)
                answers[target] = connection.getresponse().read().decode('utf-8', 'replace')
        return answers
    finally:
        process.terminate()
        process.wait(20)


def all_outputs(record):
    """{command or file: text} of the command line and the reports."""
    said = {}
    for period in MONTHS[:2] + list(LONGER):
        for how in ('--csv', '--json'):
            for at in ((), ('--at', TODAY)):
                words = ['status', how, '--period', period, *at]
                said[' '.join(words)] = run(*words, record=record)
    for code, wards in (('KIDS', KIDS), ('SOFAR', STEPS), ('SHARE', SHARE), ('REVISED', {}),
                        ('WORKED', KIDS), ('MIXED', MIXED)):
        for period in MONTHS + list(LONGER):
            for part in ([], *(['--part', ward] for ward in wards)):
                for how in ([], ['--json']):
                    words = ['explain', code, '--period', period, *part, *how]
                    said[' '.join(words)] = run(*words, record=record, good=(0, 1))
    for rule in ('off_target:1', 'off_target:1/2', 'worsening', 'failing', 'missing:1',
                 'red_without_action'):
        for words in (['--back-test'], ['--back-test', '--table', 'quarters'],
                      ['--back-test', '--table', 'summary'], ['--table', 'referrals'],
                      ['--period', '2013-14-Q1']):
            for how in (['--csv'], ['--json'], []):
                if how or '--table' not in words:
                    asked = ['refer', '--rule', rule, *words, *how]
                    said[' '.join(asked)] = run(*asked, record=record, good=(0, 1))
    said['check'] = run('check', '--json', record=record, good=(0, 1))
    for period in QUARTERS:
        out = os.path.join(WORK, 'report-%s-%s' % (os.path.basename(record), period))
        run('report', 'quarterly', '--period', period, '--out', out, record=record)
        for folder, _, names in os.walk(out):
            for name in names:
                path = os.path.join(folder, name)
                said[path] = open(path, encoding='utf-8', errors='replace').read()
    return said


_kept = {}


def shown(small):
    """All answers and outputs of the council with, or without, small_number."""
    if small not in _kept:
        record = record_of('kept' if small else 'open', small)
        _kept[small] = record, dict(all_answers(record, bool(small)), **all_outputs(record))
    return _kept[small]


def places_of(secret, texts):
    forms = {secret, '{:,}'.format(int(secret))} if secret.isdigit() else {secret}
    looked = re.compile('|'.join(r'(?<![\d.])%s(?![\d])' % re.escape(form) for form in forms))
    return [place for place, text in texts.items() if looked.search(text)]


def test_no_page_file_or_command_shows_a_secret():
    record, texts = shown(LEAST)
    taps.equal(len(texts) > 1000, True, '%d pages, files and outputs' % len(texts))
    for what, secret in SECRETS.items():
        taps.equal(places_of(secret, texts)[:5], [], '%s (%s)' % (what, secret))


def test_the_search_finds_them_where_nothing_is_kept_back():
    _, texts = shown('')
    for what, secret in SECRETS.items():
        if secret != OWN_AREA:
            taps.equal(len(places_of(secret, texts)) > 0, True, '%s (%s)' % (what, secret))


def test_the_record_and_the_folder_of_the_council_keep_the_figures():
    record, _ = shown(LEAST)
    out = os.path.join(WORK, 'exported')
    run('export', out, record=record)
    rows = list(csv.DictReader(open(os.path.join(out, 'observations.csv'), encoding='utf-8')))
    found = [row['denominator'] for row in rows if row['measure'] == 'SHARE']
    taps.equal('7919' in found and '8069' in found, True, found)


# ---- adding and subtracting ----

def number(value):
    return None if value in (None, '') else fractions.Fraction(str(value))


def cells_of(code, texts, rest=False):
    """{(part, period): figure shown} of a measure by every table and reading, each asked alike: of
    shares the count, or the rest."""
    cells, suppressed = {}, set()

    def count_of(row):
        count, cases = number(row.get('numerator')), number(row.get('denominator'))
        return count if not rest or count is None or cases is None else cases - count

    def take(part, row):
        key = part, row['period']
        value = count_of(row) if code == 'SHARE' else number(row.get('value'))
        if value is not None and (code != 'SHARE' or number(row.get('value')) is not None):
            taps.equal(cells.setdefault(key, value), value, '%s %s' % (code, key))
        if row.get('status_code', row.get('status')) == 'suppressed' or \
                (row.get('marker') or '') == 'suppressed':
            suppressed.add(key)

    for place, text in texts.items():
        if place.startswith('/ashby/measures/%s.json' % code):
            view = json.loads(text, parse_float=fractions.Fraction)
            part = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(place).query)).get('part', '')
            for name, table in figures.json_tables(view).items():
                for row in table['rows'] if name in ('history', 'figures') else []:
                    if 'numerator' in row or code != 'SHARE':
                        take(part, row)
                for row in table['rows'] if name == 'parts' and code != 'SHARE' else []:
                    take(row['part'], row)
        elif place.startswith('status --csv') and code != 'SHARE':
            for row in csv.DictReader(io.StringIO(text)):
                if row['measure'] == code:
                    take(row['part'], row)
    return cells, suppressed


def is_determined(row, wanted):
    """Whether the sums `row` (lists of equal length, the last entry what they come to) fix the
    figure `wanted`, for whoever knows that no count is below nought."""
    rows = [list(map(fractions.Fraction, each)) for each in row]
    width, done = len(rows[0]) - 1, 0
    for column in [c for c in range(width) if c != wanted] + [wanted]:
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [x / rows[done][column] for x in rows[done]]
        for i, other in enumerate(rows):
            if i != done and other[column]:
                rows[i] = [x - other[column] * y for x, y in zip(other, rows[done])]
        done += 1
    return any(each[wanted] and not any(each[:wanted] + each[wanted + 1:width]) for each in rows)


def narrowed(rows, width, at_least):
    """The least and the most each figure can be, from the sums and what each is at least."""
    low, high = list(at_least), [None] * width
    changed = True
    while changed:
        changed = False
        for row in rows:
            used = [i for i in range(width) if row[i]]
            for i in used:
                rest = [k for k in used if k != i]
                most = row[width] - sum(low[k] for k in rest)
                least = None if any(high[k] is None for k in rest) else \
                    row[width] - sum(high[k] for k in rest)
                if high[i] is None or most < high[i]:
                    high[i], changed = most, True
                if least is not None and least > low[i]:
                    low[i], changed = least, True
    return low, high


def test_the_solver_finds_what_can_be_found():
    # East + West = 10 and West = 7; two hidden ones that come to 2; two that come to 9.
    taps.equal(is_determined([[1, 1, 10], [0, 1, 7]], 0), True)
    taps.equal(is_determined([[1, 1, 9]], 0), False)
    taps.equal(narrowed([[1, 1, 2]], 2, [1, 1]), ([1, 1], [1, 1]))
    taps.equal(narrowed([[1, 1, 9]], 2, [1, 1]), ([1, 1], [8, 8]))


def sums_of(cells, wards, periods, cumulative):
    """What is shown, as sums of the counts of each ward in each period; the whole is the sum of its
    wards. A figure of the year so far counts all months up to it."""
    unknown = {key: i for i, key in enumerate((w, p) for w in wards for p in periods)}
    rows = []
    for (part, period), value in cells.items():
        months = LONGER.get(period) if period not in periods else [period]
        if months is None or not set(months) <= set(periods):
            continue
        if cumulative:
            months = periods[:periods.index(months[-1]) + 1]
        row = [0] * len(unknown) + [value]
        for ward in ([part] if part else wards):
            for month in months:
                row[unknown[ward, month]] = 1
        rows.append(row)
    return unknown, rows


def check_measure(code, counts, periods, cumulative=False, least_secrets=3, rest=False):
    _, texts = shown(LEAST)
    cells, suppressed = cells_of(code, texts, rest)
    taps.equal(len(cells) > len(periods), True, '%s: %d cells' % (code, len(cells)))
    unknown, rows = sums_of(cells, list(counts), periods, cumulative)
    secrets = [key for key, i in unknown.items()
               if 0 < counts[key[0]][periods.index(key[1])] < LEAST]
    taps.equal(len(secrets) >= least_secrets, True, code)
    low, high = narrowed(rows, len(unknown), [0] * len(unknown))
    told = [key for key in secrets if is_determined(rows, unknown[key]) or
            low[unknown[key]] == high[unknown[key]]]
    taps.equal(told, [], '%s gives away' % code)
    return cells, suppressed, secrets


def test_children_by_ward_and_month_cannot_be_worked_out():
    cells, suppressed, secrets = check_measure('KIDS', KIDS, MONTHS)
    taps.equal([key for key in secrets if key in cells], [])
    taps.equal([key for key in secrets if key not in suppressed], [], 'not said to be suppressed')
    # Kept back is only what has to be: eight months have a ward to hide, and what is left is shown.
    taps.equal(cells['', '2013-05'], 116)
    taps.equal(cells['West', '2013-04'], 55)
    taps.equal(cells['', '2013-14-Q1'], 329)
    taps.equal(('East', '2013-14-Q1') in cells, False, 'a quarter with a month that is kept back')


def test_a_quarter_given_besides_its_months_gives_none_away():
    cells, _, _ = check_measure('MIXED', MIXED, MONTHS[:6], least_secrets=1)
    taps.equal(cells['', '2013-14-Q1'], 351)
    taps.equal([('East', '2013-14-Q1') in cells, ('East', '2013-14-Q2') in cells], [False, True])


def test_the_year_so_far_gives_no_month_away():
    cells, _, secrets = check_measure('SOFAR', STEPS, MONTHS, True)
    east = [cells.get(('East', month)) for month in MONTHS]
    steps = [b - a for a, b in zip([0] + [x for x in east if x is not None],
                                   [x for x in east if x is not None])]
    taps.equal([step for step in steps if 0 < step < LEAST], [])


def test_shares_by_ward_cannot_be_worked_out():
    counts = {ward: [pair[0] for pair in pairs] for ward, pairs in SHARE.items()}
    check_measure('SHARE', counts, list(QUARTERS))
    # Nor can those who are in no count: of 8,089 all but two.
    rests = {ward: [pair[1] - pair[0] for pair in pairs] for ward, pairs in SHARE.items()}
    cells, suppressed, _ = check_measure('SHARE', rests, list(QUARTERS), least_secrets=2, rest=True)
    taps.equal([('South', quarter) in cells for quarter in QUARTERS], [False, True, True, False])
    taps.equal(('South', '2013-14-Q1') in suppressed, True)


def test_referrals_are_searched_too():
    """Rules that fire on every figure tell of them in sentences: what the search would find."""
    _, open_texts = shown('')
    _, texts = shown(LEAST)
    told = [place for place in open_texts if place.startswith('refer ') and 'SHARE' in
            open_texts[place]]
    taps.equal(len(told) > 3, True, told)
    taps.equal(all(place in texts for place in told), True)


def test_what_is_kept_back_is_said():
    _, texts = shown(LEAST)
    page = texts['/ashby/measures/KIDS?period=2013-04&part=East']
    for words in ('Suppressed (a small number)', 'Counts from 1 to 4 are not shown, nor what would '
                  'give them away.'):
        taps.equal(words in page, True, words)
    revised = ''.join(text for place, text in texts.items()
                      if place.startswith('/ashby/measures/REVISED'))
    taps.equal('Was suppressed (a small number)' in revised, True)
    counts = collections.Counter(row['status'] for row in csv.DictReader(
        io.StringIO(texts['status --csv --period 2013-04'])) if row['measure'] == 'KIDS')
    taps.equal(counts['suppressed'] >= 2, True, dict(counts))


if __name__ == '__main__':
    taps.run(globals())
