#!/usr/bin/env python3
"""Both examples through the real program: test_examples.py PROGRAM SOURCE_FOLDER

Statuses against those worked out independently and against those a council published; what was
known on a day; every explanation; the report in its three forms; bad input in one sentence.
"""
import atexit
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import figures  # noqa: E402
import taps  # noqa: E402

Decimal = figures.Decimal
TODAY, LATER = '2014-05-15', '2014-07-01'
SCORED = ('on_target', 'slightly_off', 'off_target')
WORK = tempfile.mkdtemp(prefix='goldthread-examples-')
atexit.register(shutil.rmtree, WORK, True)


def path(*names):
    return os.path.join(SOURCE, *names)


def run(*arguments, record=None, exit_status=0):
    """(output, messages); fails when the program ends otherwise than said."""
    command = [PROGRAM] + (['--record', record] if record else []) + list(arguments)
    done = subprocess.run(command, capture_output=True, text=True, cwd=WORK, timeout=120,
                          env={**os.environ, 'TERM': 'dumb'})
    if done.returncode != exit_status:
        raise AssertionError('%s\nended with %d, not %d: %s' % (
            ' '.join(arguments), done.returncode, exit_status, done.stderr or done.stdout[-500:]))
    return done.stdout, done.stderr


def record_of(name, *folders):
    """A record with these folders imported one after the other, made once."""
    record = os.path.join(WORK, name + '.db')
    if not os.path.exists(record):
        for folder in folders:
            organisation = [] if os.path.exists(os.path.join(folder, 'organisation.csv')) else \
                ['--organisation', 'luton']
            run('import', folder, *organisation, record=record)
    return record


def luton():
    return record_of('luton', path('examples', 'luton'))


def revised():
    return record_of('revised', path('examples', 'luton'), path('examples', 'luton', 'revisions'))


def bracknell():
    return record_of('bracknell', path('examples', 'bracknell-forest'))


def both():
    return record_of('both', path('examples', 'luton'), path('examples', 'bracknell-forest'))


def rows_of(*names):
    with open(path(*names), encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def statuses(record, period, *options):
    """The rows of `status --csv` for measures as a whole, by code."""
    output, _ = run('status', '--csv', '--period', period, *options, record=record)
    rows = list(csv.DictReader(output.splitlines()))
    return {row['measure']: row for row in rows if not row['part']}


def compare(found, expected_file):
    """Every measure of the file: value, status, computed status and period."""
    faults = []
    for row in rows_of('tests', 'data', expected_file):
        for key in ('value', 'status', 'computed_status', 'period'):
            if found[row['measure']][key] != row[key]:
                faults.append('%s, %s: %r, not %r' % (row['measure'], key,
                                                      found[row['measure']][key], row[key]))
        if row['status'] in SCORED and row['target'] and ' to ' not in found[row['measure']]['reason']:
            if Decimal(found[row['measure']]['target']) != Decimal(row['target']):
                faults.append('%s: target %s, not %s' % (row['measure'],
                                                         found[row['measure']]['target'],
                                                         row['target']))
    taps.equal(faults, [])


# ---- statuses ----

def test_luton_has_the_statuses_worked_out_independently():
    compare(statuses(luton(), '2013-14-Q4', '--today', TODAY), 'luton_expected_2013-14-Q4.csv')


def test_luton_after_its_revisions():
    compare(statuses(revised(), '2013-14-Q4', '--today', LATER),
            'luton_expected_2013-14-Q4_revised.csv')


def test_luton_as_known_before_its_revisions():
    compare(statuses(revised(), '2013-14-Q4', '--at', '2014-06-10', '--today', TODAY),
            'luton_expected_2013-14-Q4.csv')


def test_revisions_stand_from_the_day_they_were_known():
    values = [statuses(revised(), '2013-14-Q4', '--at', day)['NI 125']['value']
              for day in ('2014-06-23', '2014-06-24', '2014-12-31')]
    taps.equal(values, ['83.3', '80.6', '80.6'])
    # The day of --at is its today, too: on 1 February nobody was late with the last quarter.
    then = statuses(revised(), '2013-14-Q4', '--at', '2014-02-01')
    taps.equal(then['NI 125']['status'], 'not_due')
    taps.equal(statuses(revised(), '2013-14-Q4', '--today', LATER)['NI 142']['status'], 'missing')


def test_bracknell_forest_has_37_of_37_published_statuses():
    rows, agreed = rows_of('tests', 'data', 'bracknell_published.csv'), 0
    for row in rows:
        found = statuses_of_bracknell(row['period'])[row['measure']]
        for key in ('value', 'target'):
            taps.equal(Decimal(found[key]), Decimal(row[key]), '%(period)s %(measure)s' % row)
        agreed += found['status'] == row['status']
    taps.equal((agreed, len(rows)), (37, 37))


_bracknell = {}


def statuses_of_bracknell(period):
    if period not in _bracknell:
        _bracknell[period] = statuses(bracknell(), period, '--today', '2025-11-15')
    return _bracknell[period]


def shared(*names):
    folder = os.environ.get('GOLDTHREAD_SHARED', os.path.join(SOURCE, '..', 'shared'))
    found = os.path.join(folder, 'data', *names)
    if not os.path.exists(found):
        raise taps.Skip('the published tables are not here')
    return found


def test_the_published_tables_themselves():
    colours = {'Green': 'on_target', 'Amber': 'slightly_off', 'Red': 'off_target'}
    trends = {'Getting better': 'improved', 'Better': 'improved', 'Getting worse': 'worse',
              'Worse': 'worse', 'No change': 'same'}
    agreed, differs = 0, []
    for quarter in ('2024-25_Q3', '2024-25_Q4', '2025-26_Q1', '2025-26_Q2'):
        file_name = shared('published', 'bracknell_forest_kpis_%s.csv' % quarter)
        with open(file_name, encoding='utf-8-sig', newline='') as file:
            for row in csv.DictReader(file):
                found = statuses_of_bracknell(quarter.replace('_', '-'))[row['Indicator']]
                status = row.get('Status') or row['RAG status']
                taps.equal(found['status'], colours[status], quarter + ' ' + row['Indicator'])
                agreed += 1
                if row.get('Trend') and found['travel_short'] != trends[row['Trend']]:
                    differs.append((quarter, row['Indicator'], found['travel_short']))
    taps.equal(agreed, 37)
    # Shares of the year to date: the council compares the first quarter with all of the year
    # before, which is not done here (methods of direction of travel: only within a year).
    taps.equal(differs, [('2025-26_Q1', '1.1.4.KR', 'not_comparable'),
                         ('2025-26_Q1', '1.1.4.PI', 'not_comparable')])


# ---- explanations ----

def shown(number):
    """1234.50 as a person reads it."""
    return '{:,}'.format(Decimal(number)).replace('-', '−')


def test_each_explanation_tells_figure_target_and_tolerance():
    for row in rows_of('tests', 'data', 'bracknell_published.csv'):
        output, _ = run('explain', row['measure'], '--period', row['period'], '--today',
                        '2025-11-15', record=bracknell())
        words = {'on_target': '● On target', 'slightly_off': '◆ Slightly off target',
                 'off_target': '▲ Off target'}
        lines = output.split('\n')
        taps.equal(lines[0], words[row['status']])
        text = ' '.join(output.split())
        for part in (shown(row['value']), shown(Decimal(row['target']).normalize().__format__('f')),
                     'no more than 5% of it', 'no more than 10%; off target beyond that'):
            if part not in text:
                raise AssertionError('%(period)s %(measure)s does not say ' % row + part + '\n' + output)
        sentence = text[len(words[row['status']]) + 1:text.index(' Measure ')]
        if not re.fullmatch(r'(Set by judgement to .*|[^ ]+ against a target of .*)\.', sentence):
            raise AssertionError('no sentence: ' + sentence)


def test_every_measure_of_luton_can_be_explained():
    measures = statuses(luton(), '2013-14-Q4', '--today', TODAY)
    for code, row in measures.items():
        output, _ = run('explain', code, '--period', '2013-14-Q4', '--json', '--today', TODAY,
                        record=luton())
        told = json.loads(output)
        taps.equal(told['status']['code'], row['status'], code)
        taps.equal(told['computed_status']['code'], row['computed_status'], code)
        taps.equal(told['sentence'], row['reason'], code)
        facts = {fact['key']: fact['value'] for fact in told['facts']}
        for key in ('Measure', 'Period', 'Figure', 'Target', 'Rule', 'Due', 'Status'):
            if not facts.get(key):
                raise AssertionError('%s tells no %s' % (code, key))
        for text in [told['sentence']] + [value for value in facts.values()]:
            if '(null)' in text or '  ' in text or text != text.strip():
                raise AssertionError('%s: "%s"' % (code, text))
        if not told['sentence'].endswith('.'):
            raise AssertionError('%s: "%s" is no sentence' % (code, told['sentence']))


def test_a_part_is_explained_by_itself():
    output, _ = run('explain', 'NI 117', '--part', 'Aged 18', '--period', '2013-14-Q4', '--today',
                    TODAY, record=luton())
    if '13.8% against a target of 10.5% or less' not in output:
        raise AssertionError(output)


def test_an_explanation_as_csv():
    output, _ = run('explain', 'NI 117', '--csv', '--period', '2013-14-Q4', '--today', TODAY,
                    record=luton())
    rows = list(csv.DictReader(output.splitlines()))
    taps.equal(rows[0]['key'], 'Measure')
    taps.equal(rows[-1], {'key': 'Status', 'value': 'Off target', 'note': ''})


# ---- status on a terminal, as JSON, as CSV ----

def test_status_in_words_counts_what_its_head_counts():
    output, messages = run('status', '--period', '2013-14-Q4', '--today', TODAY, record=luton())
    taps.equal(messages, '')
    if '\033' in output:
        raise AssertionError('colours where there is no terminal')
    head = dict(re.findall(r'[●◆▲✕–○□◇■] ([A-Z][a-z ]+) (\d+)', output.split('\n\n')[1]))
    groups = dict(re.findall(r'^[●◆▲✕–○□◇■] ([A-Z][a-z ]+) \((\d+)', output, re.MULTILINE))
    taps.equal(groups, head)
    taps.equal(sum(map(int, head.values())), 64)
    for code in statuses(luton(), '2013-14-Q4', '--today', TODAY):
        if not re.search('^  ' + re.escape(code) + ' ', output, re.MULTILINE):
            raise AssertionError(code + ' is not there')
    if '30 of the 52 measures with a status are on target (58%)' not in output:
        raise AssertionError(output[:500])
    for line in output.split('\n'):
        if len(line) > 100:
            raise AssertionError('over 100 columns: ' + line)


def test_status_has_the_same_figures_in_json_and_csv():
    options = ('--period', '2013-14-Q4', '--today', TODAY)
    view = json.loads(run('status', '--json', *options, record=luton())[0])
    text, _ = run('status', '--csv', *options, record=luton())
    taps.equal(list(figures.csv_faults(figures.json_tables(view)['statuses'], text)), [])
    taps.equal(figures.csv_rows(text)[0],
               ['measure', 'part', 'title', 'period', 'value', 'target', 'status',
                'computed_status', 'reason', 'travel_short', 'travel_long', 'rule', 'marker'])


def test_status_of_one_measure():
    output, _ = run('status', '--measure', 'NI 117', '--period', '2013-14-Q4', '--csv', '--today',
                    TODAY, record=luton())
    taps.equal({row['measure'] for row in csv.DictReader(output.splitlines())}, {'NI 117'})


def test_the_latest_quarter_is_the_default():
    output, _ = run('status', '--json', '--today', TODAY, record=luton())
    taps.equal(json.loads(output)['period']['id'], '2013-14-Q4')
    output, _ = run('status', '--json', '--today', '2013-11-20', record=luton())
    taps.equal(json.loads(output)['period']['id'], '2013-14-Q2')


# ---- the report ----

REPORTS = (('luton', luton, '2013-14-Q4', TODAY), ('bracknell', bracknell, '2025-26-Q2',
                                                   '2025-11-15'),
           ('revised', revised, '2013-14-Q4', LATER))
_reports = {}


def report(name):
    """{html, page, view, csv {id: text}} of one of REPORTS, made once."""
    if name not in _reports:
        _, record, period, today = next(r for r in REPORTS if r[0] == name)
        folder = os.path.join(WORK, 'report-' + name)
        output, _ = run('report', 'quarterly', '--period', period, '--out', folder, '--today',
                        today, record=record())
        stem = os.path.join(folder, 'quarterly-' + period)
        made = {'paths': output.split('\n')[:-1], 'csv': {}}
        for file_name in os.listdir(folder):
            with open(os.path.join(folder, file_name), encoding='utf-8', newline='') as file:
                text = file.read()
            if file_name.endswith('.csv'):
                made['csv'][file_name[len('quarterly-' + period) + 1:-4]] = text
            elif file_name.endswith('.html'):
                made['html'], made['page'] = text, figures.page_of(text)
            else:
                made['view'] = json.loads(text, parse_float=Decimal)
        taps.equal(sorted(made['paths']),
                   sorted(os.path.join(folder, each) for each in os.listdir(folder)))
        taps.equal(made['paths'][0], stem + '.html')
        _reports[name] = made
    return _reports[name]


def each_report(check):
    for name, *_ in REPORTS:
        faults = list(check(report(name)))
        if faults:
            raise AssertionError('%s:\n%s' % (name, '\n'.join(faults[:20])))


def test_the_report_holds_the_same_figures_in_json_and_csv():
    def check(made):
        tables = figures.json_tables(made['view'])
        names = {re.sub(r'[^A-Za-z0-9.-]', '_', name): name for name in tables}
        taps.equal(set(made['csv']) - {''}, set(names))
        for name, text in made['csv'].items():
            if name:
                for fault in figures.csv_faults(tables[names[name]], text):
                    yield '%s: %s' % (name, fault)
    each_report(check)


def test_the_report_holds_the_same_figures_in_html_and_json():
    def check(made):
        tables = figures.json_tables(made['view'])
        for name, table in tables.items():
            if not table['rows']:
                continue
            if name not in made['page'].tables:
                yield name + ' is not in the page'
                continue
            for fault in figures.html_faults(table, made['page'].tables[name]):
                yield '%s: %s' % (name, fault)
        if set(made['page'].tables) - set(tables):
            yield 'tables that the view does not have: %s' % (set(made['page'].tables) - set(tables))
        for item in made['view']['exceptions']['items']:
            number = '%s.%s' % (made['view']['exceptions']['n'], item['paragraph'])
            said = made['page'].items.get(number, '')
            for text in (item['code'], item['reason'], item['status']['word']):
                if ' '.join(text.split()) not in said:
                    yield '%s does not say: %s' % (number, text)
        if made['view']['glance']['rollup']['sentence'] not in made['page'].text:
            yield 'the sentence of the quarter is not there'
    each_report(check)


def percent(part, base):
    return (200 * part + base) // (2 * base)


def test_counts_and_shares_come_out_of_its_own_list_of_measures():
    retired = {row['code'] for folder in ('luton', 'bracknell-forest')
               for row in rows_of('examples', folder, 'measures.csv') if row['state'] == 'retired'}

    def check(made):
        rows = [row for row in csv.DictReader(made['csv'][''].splitlines())
                if not row['part'] and row['measure'] not in retired]
        rollup = made['view']['glance']['rollup']
        count = {status: sum(row['status'] == status for row in rows)
                 for status in {row['status'] for row in rows}}
        scored = sum(count.get(status, 0) for status in SCORED)
        expected = {'total': len(rows), 'scored': scored, 'not_scored': len(rows) - scored,
                    'on_target': count.get('on_target', 0),
                    'slightly_off': count.get('slightly_off', 0),
                    'off_target': count.get('off_target', 0),
                    'on_target_of_scored': percent(count.get('on_target', 0), scored),
                    'on_target_of_all': percent(count.get('on_target', 0), len(rows))}
        for key, value in expected.items():
            if rollup[key] != value:
                yield '%s: %s, not %s' % (key, rollup[key], value)
        told = {each['code']: each['count'] for each in rollup['statuses']}
        if {code: n for code, n in told.items() if n} != count:
            yield 'statuses %s, not %s' % (told, count)
        for table in made['view']['summary']['tables']:
            for row in table['rows']:
                if row['scored'] and row['on_target_of_scored'] != percent(row['on_target'],
                                                                           row['scored']):
                    yield '%s: %s' % (row['title'], row['on_target_of_scored'])
                if row['on_target_of_all'] != percent(row['on_target'], row['total']):
                    yield '%s: %s' % (row['title'], row['on_target_of_all'])
        # Every percentage in the page that names its figures is theirs.
        for part, base, share in re.findall(r'(\d+) of (\d+) \((\d+)%\)', made['page'].text):
            if percent(int(part), int(base)) != int(share):
                yield '%s of %s is not %s%%' % (part, base, share)
        off = [row['measure'] for row in rows if row['status'] == 'off_target']
        listed = [item['code'] for item in made['view']['exceptions']['items']
                  if item['status_code'] == 'off_target']
        if sorted(off) != sorted(listed):
            yield 'off target %s, exceptions %s' % (off, listed)
    each_report(check)


def test_reds_without_commentary_or_action_are_said_to_be():
    said = {(row['measure'], row['period']): row for row in rows_of('examples', 'luton',
                                                                    'commentary.csv')}
    acting = {row['measure'] for row in rows_of('examples', 'luton', 'actions.csv')
              if row['state'] in ('not_started', 'in_progress')}
    made = report('luton')
    silent = 0
    for item in made['view']['exceptions']['items']:
        number = '%s.%s' % (made['view']['exceptions']['n'], item['paragraph'])
        text = made['page'].items[number]
        commentary = said.get((item['code'], item['period']))
        action = item['code'] in acting or bool(commentary and commentary['action'])
        taps.equal('No commentary recorded.' in text, commentary is None, item['code'])
        taps.equal('No action recorded.' in text, not action, item['code'])
        if commentary and commentary['what_happened'] not in text:
            raise AssertionError('%s: what happened is not told' % item['code'])
        silent += item['status_code'] == 'off_target' and not (commentary and action)
    taps.equal(made['view']['exceptions']['silent'], silent)
    if silent < 2 or '%d measures are off target without commentary or without an action.' % silent \
            not in made['page'].text:
        raise AssertionError('%d silent' % silent)


def test_targets_changed_since_the_last_report():
    made = report('revised')
    rows = made['view']['targets_changed']['table']['rows']
    taps.equal({row['code']: (row['was'], row['now']) for row in rows},
               {'NI 117': (Decimal('7.5'), 8), 'NI 155': (110, 125), 'LBC 5': (28, 24)})
    taps.equal(report('luton')['view']['targets_changed']['count'], 0)


# What tidy 5.6 does not know of SVG inside HTML; anything else it says is a fault.
KNOWN_TO_SVG = {('svg', name) for name in ('x', 'y', 'overflow', 'font-size', 'font-family',
                                           'focusable', 'role', 'aria-labelledby')} | {
                                               ('title', 'id'), ('desc', 'id')}


def test_the_report_is_valid_html():
    if not shutil.which('tidy'):
        raise taps.Skip('tidy is not installed')

    def check(made):
        done = subprocess.run(['tidy', '-q', '-e', '-utf8', '--drop-empty-elements', 'no'],
                              input=made['html'], capture_output=True, text=True, timeout=60)
        for line in done.stderr.splitlines():
            told = re.search(r'Warning: <(\w+)> proprietary attribute "([\w:-]+)"', line)
            if not told or told.groups() not in KNOWN_TO_SVG:
                yield line
    each_report(check)


def test_the_report_needs_nothing_beside_it():
    def check(made):
        for tag, name, value in made['page'].resources:
            if not value.startswith('data:'):
                yield '<%s> asks for %s "%s"' % (tag, name, value)
        for link in made['page'].links:
            if not link.startswith('#'):
                yield 'leads to ' + link
            elif 'id="%s"' % link[1:] not in made['html']:
                yield 'leads nowhere: ' + link
        style = made['html'][made['html'].index('<style>'):made['html'].index('</style>')]
        for url in re.findall(r'url\(([^)]*)\)', style):
            if not url.strip('"\'').startswith('data:'):
                yield 'the style sheet asks for ' + url
        if '@import' in style or '<script' in made['html']:
            yield 'imports or runs something'
    each_report(check)


def test_the_report_says_that_its_figures_are_illustrative():
    notice = rows_of('examples', 'luton', 'organisation.csv')[0]['notice']
    if notice not in report('luton')['page'].text:
        raise AssertionError('the notice is not there')


def test_a_report_in_one_format():
    folder = os.path.join(WORK, 'only-json')
    output, _ = run('report', 'quarterly', '--format', 'json', '--period', '2013-14-Q4', '--out',
                    folder, '--today', TODAY, record=luton())
    taps.equal(os.listdir(folder), ['quarterly-2013-14-Q4.json'])
    taps.equal(output, os.path.join(folder, 'quarterly-2013-14-Q4.json') + '\n')


def test_any_kind_of_period_makes_a_report():
    for period in ('2013-12', '2013-14-H1', '2013-14-FY', '2012-13-Q1', '2015-16-Q1'):
        folder = os.path.join(WORK, 'periods')
        run('report', 'quarterly', '--period', period, '--out', folder, '--today', TODAY,
            record=luton())
        with open(os.path.join(folder, 'quarterly-%s.json' % period), encoding='utf-8') as file:
            taps.equal(json.load(file)['report']['period_id'], period)


# ---- bad input: one sentence, the right exit status ----

def refused(arguments, exit_status, *parts, record=None):
    output, messages = run(*arguments, record=record, exit_status=exit_status)
    taps.equal(output, '', ' '.join(arguments))
    lines = messages.rstrip('\n').split('\n')
    told = lines[0]
    # What the log has beside it begins with the time.
    taps.equal([line for line in lines[1:] if not re.match(r'time=\d{4}-\d\d-\d\dT', line)], [],
               ' '.join(arguments))
    if not told.startswith('goldthread: ') or not told.endswith('.'):
        raise AssertionError('no sentence: ' + told)
    for part in parts:
        if part not in told:
            raise AssertionError('%s does not say "%s"' % (told, part))


def test_bad_periods_and_unknown_names():
    for period in ('2013-14', 'Q4', '2013-14-Q5', '2014_2016', 'next', ''):
        refused(['status', '--period', period], 2, 'not a reporting period', '2025-26-Q1',
                record=luton())
        refused(['report', 'quarterly', '--period', period], 2, 'not a reporting period',
                record=luton())
    for command in (['status', '--measure', 'NI 999'], ['explain', 'NI 999']):
        refused(command, 1, 'Luton Borough Council has no measure "NI 999"', record=luton())
    refused(['explain', 'NI 117', '--part', 'Aged 99'], 1, 'no part "Aged 99"', record=luton())
    refused(['explain'], 2, 'missing', record=luton())
    refused(['explain', 'NI 117', 'NI 118'], 2, '"NI 118"', record=luton())
    refused(['report', 'yearly'], 2, 'no report "yearly"', 'quarterly', record=luton())
    refused(['report', 'quarterly', '--format', 'pdf'], 2, 'html, json and csv', record=luton())
    refused(['status', '--at', '31/3/2014'], 2, '--at wants a date', record=luton())
    refused(['status', '--json', '--csv'], 2, 'not both', record=luton())


def test_no_record_and_an_empty_one():
    absent = os.path.join(WORK, 'absent.db')
    for command in (['status'], ['explain', 'NI 117'], ['report', 'quarterly'], ['serve']):
        refused(command, 1, 'no record at ' + absent, 'import', record=absent)
        taps.equal(os.path.exists(absent), False)
    empty = os.path.join(WORK, 'empty.db')
    shutil.copy(luton(), empty)
    with sqlite3.connect(empty) as database:
        database.execute('PRAGMA foreign_keys = OFF')
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'events'"
        for name, in database.execute(tables).fetchall():
            database.execute('DELETE FROM "%s"' % name)
    database.close()
    for command in (['status'], ['explain', 'NI 117'], ['report', 'quarterly']):
        refused(command, 1, 'is empty', 'import', record=empty)


def test_several_organisations():
    for command in (['status'], ['explain', 'NI 117'], ['report', 'quarterly']):
        refused(command, 2, '2 organisations', '--organisation', 'bracknell-forest, luton',
                record=both())
        refused(command + ['--organisation', 'lutn'], 1, 'no organisation "lutn"',
                'bracknell-forest, luton', record=both())
    alone = statuses(luton(), '2013-14-Q4', '--today', TODAY)
    taps.equal(statuses(both(), '2013-14-Q4', '--today', TODAY, '--organisation', 'luton'), alone)


def test_files_that_are_no_record():
    noise = os.path.join(WORK, 'noise.db')
    with open(noise, 'wb') as file:
        file.write(b'This is a letter, not a record. ' * 500)
    refused(['status'], 3, 'not a Goldthread record', record=noise)
    foreign = os.path.join(WORK, 'foreign.db')
    database = sqlite3.connect(foreign)
    database.execute('CREATE TABLE invoices (number INTEGER)')
    database.commit()
    database.close()
    refused(['status'], 3, 'another program', record=foreign)
    short = os.path.join(WORK, 'short.db')
    with open(luton(), 'rb') as whole, open(short, 'wb') as file:
        file.write(whole.read()[:20000])
    refused(['status'], 3, 'damaged', record=short)
    refused(['status'], 3, 'not a file', record=WORK)


def test_a_report_that_cannot_be_written():
    blocked = os.path.join(WORK, 'blocked')
    with open(blocked, 'w', encoding='utf-8'):
        pass
    refused(['report', 'quarterly', '--period', '2013-14-Q4', '--out', blocked], 3, blocked,
            record=luton())


if __name__ == '__main__':
    taps.run(globals())
