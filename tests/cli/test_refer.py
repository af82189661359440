#!/usr/bin/env python3
"""What rules refer, beside the same played by other means: test_refer.py PROGRAM SOURCE_FOLDER

The statuses are those of `status --csv`, period by period (they have tests of their own); the
figures, targets, actions and commentaries those of the folders. Rules, control limits and noise are
worked out here anew.
"""
import atexit
import collections
import csv
import datetime
import itertools
import json
import math
import os
import random
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-refer-')
atexit.register(shutil.rmtree, WORK, True)
RULES = ['off_target:1', 'off_target:2', 'off_target:4', 'off_target:1:slightly_off',
         'off_target:2/3', 'off_target:3/5', 'off_target:3/5:slightly_off', 'worsening', 'failing',
         'missing:1', 'missing:2', 'red_without_action']
ENOUGH, RUN = 13, 7


def run(*arguments, record=None, exit_status=0):
    command = [PROGRAM] + (['--record', record] if record else []) + list(arguments)
    done = subprocess.run(command, capture_output=True, text=True, cwd=WORK, timeout=120,
                          env={**os.environ, 'TERM': 'dumb'})
    if done.returncode != exit_status:
        raise AssertionError('%s\nended with %d: %s' % (' '.join(arguments), done.returncode,
                                                        done.stderr))
    return done.stdout


# ---- periods: (first day, last day, kind) ----

def day(text):
    return datetime.date.fromisoformat(text)


def month_end(year, month):
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return after - datetime.timedelta(1)


def months_from(year, month, count):
    """The span of `count` months from the first of one (any month number)."""
    start = month_end(year, month - 1) + datetime.timedelta(1)
    return start, month_end(year, month + count - 1)


def period(label):
    found = re.fullmatch(r'(\d{4})-(\d\d)-(Q|H|FY|AY)(\d?)', label)
    if found:
        year, kind, number = int(found[1]), found[3], int(found[4] or 1)
        length = {'Q': 3, 'H': 6, 'FY': 12, 'AY': 12}[kind]
        first = (9 if kind == 'AY' else 4) + (number - 1) * length
        return months_from(year, first, length) + (kind,)
    if re.fullmatch(r'\d{4}-\d\d', label):
        return months_from(int(label[:4]), int(label[5:]), 1) + ('M',)
    first, last = label.split('_')
    return datetime.date(int(first), 1, 1), datetime.date(int(last), 12, 31), 'Y'


def next_end(label):
    start, end, kind = period(label)
    months = {'M': 1, 'Q': 3, 'H': 6, 'FY': 12, 'AY': 12, 'Y': 12 * (end.year - start.year + 1)}[kind]
    return month_end(end.year, end.month + months)


def quarter_of(date):
    year = date.year if date.month >= 4 else date.year - 1
    return '%d-%02d-Q%d' % (year, (year + 1) % 100, (date.month - 4) % 12 // 3 + 1)


def every_period(first_year, last_year):
    for year in range(first_year, last_year):
        name = '%d-%02d' % (year, (year + 1) % 100)
        for month in range(4, 16):
            yield '%d-%02d' % (year + (month > 12), (month - 1) % 12 + 1)
        for label in ('Q1', 'Q2', 'Q3', 'Q4', 'H1', 'H2', 'FY', 'AY'):
            yield '%s-%s' % (name, label)


KINDS = {'month': 'M', 'quarter': 'Q', 'half': 'H', 'year': 'FY', 'academic_year': 'AY',
         'other': 'Y'}


# ---- one council ----

class Council:
    def __init__(self, folder, today, years):
        self.folder, self.today = folder, today
        self.record = os.path.join(WORK, os.path.basename(folder) + '.db')
        run('import', self.folder, record=self.record)
        self.measures = {row['code']: row for row in self.rows('measures.csv')}
        self.figures = self.by_period('observations.csv')
        self.targets = self.by_period('targets.csv')
        self.said = {(row['measure'], row['period']): row['action']
                     for row in self.rows('commentary.csv')}
        self.actions = collections.defaultdict(list)
        for row in self.rows('actions.csv'):
            self.actions[row['measure']].append(row)
        self.rebases = collections.defaultdict(list)
        for row in self.rows('rebases.csv'):
            self.rebases[row['measure']].append((row['period'], day(row['agreed_on'])))
        self.statuses = collections.defaultdict(dict)
        for label in every_period(*years):
            out = run('status', '--csv', '--period', label, '--today', today, record=self.record)
            for row in csv.DictReader(out.splitlines()):
                kind = KINDS[self.measures[row['measure']]['frequency']]
                if not row['part'] and period(row['period'])[2] == kind:
                    self.statuses[row['measure']][row['period']] = row['status']
        self.histories = {code: self.history(code) for code in self.measures}

    def rows(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return []
        with open(path, encoding='utf-8', newline='') as file:
            return [collections.defaultdict(str, row) for row in csv.DictReader(file)]

    def by_period(self, name):
        found = collections.defaultdict(dict)
        for row in self.rows(name):
            if not row['part']:
                found[row['measure']][row['period']] = row
        return found

    def labels(self, code):
        """Those the measure was judged for: from the first known or wanted to the last, all due."""
        today = day(self.today)
        ends = [period(label)[1] for label in self.figures[code]]
        wanted = [period(label)[1] for label in self.targets[code]]
        if not ends and not wanted:
            return []
        last = max(ends, default=datetime.date.min)
        if wanted and max(wanted) > last:
            last = max(wanted) if max(wanted) <= today else max(last, today)
        first = min(ends + wanted)
        labels = [label for label in self.statuses[code] if first <= period(label)[1] <= last]
        if self.measures[code]['frequency'] == 'other':
            labels = [label for label in labels if label in self.figures[code]]
        labels.sort(key=lambda label: period(label)[1])
        while labels and self.statuses[code][labels[-1]] == 'not_due':
            labels.pop()
        return labels

    def value(self, code, label, status):
        row = self.figures[code].get(label)
        if row is None or row['marker'] in ('suppressed', 'not_applicable') or \
                status in ('suppressed', 'not_applicable'):
            return None
        try:
            return float(row['value'])
        except ValueError:
            if row['value'] or not row['numerator']:
                return None
        times = {'percent': 100}.get(self.measures[code]['value_type'],
                                     float(self.measures[code]['per'] or 1))
        value = times * float(row['numerator']) / float(row['denominator'])
        return round(value, int(self.measures[code]['decimals']))

    def target(self, code, label):
        """(low, high) that is good; None: nothing to compare with."""
        measure, found = self.measures[code], self.targets[code].get(label)
        if found is None and measure['aggregation'] != 'sum' and period(label)[2] in 'MQH':
            end = period(label)[1]
            year = end.year if end.month >= 4 else end.year - 1
            found = self.targets[code].get('%d-%02d-FY' % (year, (year + 1) % 100))
        if found is None or measure['polarity'] == 'none':
            return None
        if measure['polarity'] == 'range':
            return (float(found['lower'] or '-inf'), float(found['upper'] or 'inf'))
        if not found['target']:
            return None
        value = float(found['target'])
        return (value, math.inf) if measure['polarity'] == 'higher' else (-math.inf, value)

    def is_answered(self, code, label, newest):
        if self.said.get((code, label)):
            return True
        _, end, _ = period(label)
        for action in self.actions[code]:
            if action['state'] in ('not_started', 'in_progress') and newest:
                return True
            begun = not action['start'] or day(action['start']) <= next_end(label)
            over = action['state'] == 'completed' and action['due'] and day(action['due']) < end
            if action['state'] != 'cancelled' and begun and not over:
                return True
        return False

    def is_charted(self, code):
        measure = self.measures[code]
        return measure['value_type'] not in ('text', 'yes_no') and measure['cumulative'] != 'yes' \
            and measure['frequency'] != 'other' and measure['state'] != 'development'

    def history(self, code):
        labels = self.labels(code)
        status = [self.statuses[code][label] for label in labels]
        values = [self.value(code, label, s) for label, s in zip(labels, status)]
        acting = [self.is_answered(code, label, at + 1 == len(labels))
                  for at, label in enumerate(labels)]
        targets = [self.target(code, label) for label in labels]
        lag = datetime.timedelta(int(self.measures[code]['lag_days'] or 0))
        starts = {labels.index(label): on for label, on in self.rebases[code]}
        charts = []
        for at, label in enumerate(labels):
            known = [row for row, on in starts.items() if row <= at and on <= period(label)[1] + lag]
            charts.append(chart(values[:at + 1], known, targets[at],
                                self.measures[code]['polarity'])
                          if self.is_charted(code) else None)
        shifts = [at in starts or any(charts[later] and at in charts[later]['shifted']
                      for later in range(at, min(at + RUN, len(labels))))
                  for at in range(len(labels))]
        return labels, status, acting, charts, shifts


# ---- a control chart, for its last point ----

def runs_of(signs):
    """Indices that lie in a run of RUN equal signs, none of them 0."""
    found = set()
    for at in range(len(signs) - RUN + 1):
        window = signs[at:at + RUN]
        if window[0] and all(sign == window[0] for sign in window):
            found.update(range(at, at + RUN))
    return found


def segments_of(values, starts):
    """Rows with a figure, parted where a step change starts (on a gap: at the next figure)."""
    parts = [[]]
    for at, value in enumerate(values):
        if at in starts and parts[-1]:
            parts.append([])
        if value is not None:
            parts[-1].append(at)
    return parts


def chart(values, starts, target, polarity):
    """None: a gap. `side` is 0 for usual variation, else which way; None where too few."""
    if values[-1] is None:
        return None
    parts = segments_of(values, starts)
    told = {'side': None, 'verdict': None, 'shifted': set(), 'figures': len(parts[-1])}
    for rows in parts:
        ys = [values[at] for at in rows]
        # No gap of two periods in the examples: moving ranges and runs go on over one.
        assert all(after - before <= 2 for before, after in zip(rows, rows[1:]))
        if len(ys) >= ENOUGH:
            mean = math.fsum(ys) / len(ys)
            side = [(y > mean) - (y < mean) for y in ys]
            told['shifted'] |= {rows[at] for at in runs_of(side)}
    if len(ys) < ENOUGH:
        return told
    mean = math.fsum(ys) / len(ys)
    moving = math.fsum(abs(after - before) for before, after in zip(ys, ys[1:])) / (len(ys) - 1)
    lower, upper = mean - 2.66 * moving, mean + 2.66 * moving
    near = 2 * 2.66 / 3 * moving
    ways = set()
    if not lower <= ys[-1] <= upper:
        ways.add(side[-1])
    steps = [(after > before) - (after < before) for before, after in zip(ys, ys[1:])]
    if steps[-1] and all(step == steps[-1] for step in steps[-RUN + 1:]):
        ways.add(steps[-1])
    last = list(zip(ys[-3:], side[-3:]))
    close = [abs(y - mean) > near for y, _ in last]
    if side[-1] and all(s == side[-1] for _, s in last) and sum(close) >= 2 and close[-1]:
        ways.add(side[-1])
    if len(ys) - 1 in runs_of(side):
        ways.add(side[-1])
    good = {'higher': 1, 'lower': -1}.get(polarity, 0)
    if good and good in ways:
        told['side'] = 'improvement'
    elif ways:
        told['side'] = 'concern' if good else 'neutral'
    else:
        told['side'] = 'common'
    if target:
        low, high = target
        if lower == upper and good:
            told['verdict'] = 'pass' if low <= lower <= high else 'fail'
        elif low <= lower and upper <= high and (not good or upper < high and low < lower):
            told['verdict'] = 'pass'
        else:
            told['verdict'] = 'fail' if high < lower or low > upper else 'inconsistent'
    return told


# ---- the rules ----

def read_rule(text):
    parts = text.split(':')
    rule = {'kind': parts[0], 'well': {'on_target'}}
    if len(parts) > 1:
        numbers = [int(number) for number in parts[1].split('/')]
        rule['n'], rule['m'] = numbers[0], numbers[-1]
        rule['running'] = len(numbers) == 1
    if len(parts) > 2:
        rule['well'].add(parts[2])
    return rule


def fires(rule, history, at):
    _, status, acting, charts, _ = history
    kind = rule['kind']
    if kind == 'red_without_action':
        return status[at] == 'off_target' and not acting[at]
    if kind == 'worsening':
        return bool(charts[at]) and charts[at]['side'] == 'concern'
    if kind == 'failing':
        return bool(charts[at]) and charts[at]['side'] and charts[at]['verdict'] == 'fail'
    wanted = {'off_target': 'off_target', 'missing': 'missing'}[kind]
    window = status[max(0, at + 1 - rule['m']):at + 1]
    if rule['running']:
        return len(window) == rule['n'] and set(window) == {wanted}
    return status[at] == wanted and window.count(wanted) >= rule['n']


def is_over(rule, history, at):
    _, status, acting, charts, _ = history
    kind = rule['kind']
    if kind == 'red_without_action':
        return acting[at] or status[at] in ('on_target', 'slightly_off')
    if kind == 'worsening':
        return bool(charts[at]) and charts[at]['side'] in ('common', 'improvement')
    if kind == 'failing':
        return bool(charts[at]) and charts[at]['verdict'] in ('pass', 'inconsistent')
    if kind == 'missing':
        return status[at] != 'missing'
    return status[at] in rule['well']


def noise_of(rule, history, charted, since, until):
    labels, status, _, charts, shifts = history
    if not charted or charts[since] is None or charts[since]['side'] is None:
        return 'cannot_tell'
    if charts[since]['side'] != 'common':
        return 'no'
    if charts[since]['verdict'] is None:
        return 'cannot_tell'
    if charts[since]['verdict'] != 'inconsistent':
        return 'no'
    if rule['kind'] == 'red_without_action':
        until = next((at for at in range(since + 1, len(labels))
                      if status[at] in ('on_target', 'slightly_off')), None)
    if until is None:
        return 'cannot_tell' if since + 2 >= len(labels) else 'no'
    if until - since > 2:
        return 'no'
    return 'no' if any(shifts[since + 1:until + 1]) else 'yes'


def play(council, text):
    """[(measure, since, until or None, periods, noise)], by day, then measure."""
    rule, found = read_rule(text), []
    for code, history in council.histories.items():
        since, labels = None, history[0]
        spans = []
        for at in range(len(labels)):
            if since is not None and is_over(rule, history, at):
                spans.append((since, at))
                since = None
            if since is None and fires(rule, history, at):
                since = at
        if since is not None:
            spans.append((since, None))
        for since, until in spans:
            last = len(labels) - 1 if until is None else until
            noise = noise_of(rule, history, council.is_charted(code), since, until)
            found.append((code, labels[since], until and labels[until], last - since, noise))
    found.sort(key=lambda each: (period(each[1])[1], each[0]))
    return found


def quarters(council, found):
    """(quarter, newly, open at its end, ended) of all from the first to the last period."""
    ends = [period(label)[1] for history in council.histories.values() for label in history[0]]
    at, told = min(ends), []
    while True:
        name = quarter_of(at)
        end = period(name)[1]
        newly = sum(quarter_of(period(since)[1]) == name for _, since, _, _, _ in found)
        ended = sum(bool(until) and quarter_of(period(until)[1]) == name
                    for _, _, until, _, _ in found)
        still = sum(period(since)[1] <= end and not (until and period(until)[1] <= end)
                    for _, since, until, _, _ in found)
        told.append((name, newly, still, ended))
        if end >= max(ends):
            return told
        at = end + datetime.timedelta(1)


# ---- tests ----

_councils = {}


def council(name):
    if name not in _councils:
        years = {'luton': (2011, 2014), 'bracknell-forest': (2023, 2027), 'town': (2020, 2024)}[name]
        today = {'luton': '2014-05-15', 'bracknell-forest': '2025-12-15', 'town': '2024-05-15'}[name]
        folder = make_town() if name == 'town' else os.path.join(SOURCE, 'examples', name)
        _councils[name] = Council(folder, today, years)
    return _councils[name]


def make_town():
    """Four years of months: processes with their targets near, far, or changed; levels that shift,
    some of them recorded; months without a figure; the same every time."""
    chance = random.Random(20241122)
    folder = os.path.join(WORK, 'town')
    os.mkdir(folder)
    files = {'organisation.csv': ['code,name\n', 'town,Town Council\n'],
             'rules.csv': ['code,title,kind,amber_within,within_unit\n',
                           'R,Within one,tolerance,1,absolute\n'],
             'measures.csv': ['code,title,value_type,decimals,polarity,frequency,aggregation,'
                              'rule,lag_days\n'],
             'observations.csv': ['measure,period,value\n'],
             'targets.csv': ['measure,period,target,lower,upper\n'],
             'rebases.csv': ['measure,period,reason,agreed_on\n']}
    months = [label for label in every_period(2020, 2024) if re.fullmatch(r'\d{4}-\d\d', label)]
    for number in range(64):
        code = 'T%02d' % number
        polarity = ('higher', 'lower', 'higher', 'lower', 'range', 'higher', 'lower',
                    'none')[number % 8]
        files['measures.csv'].append('%s,Measure %s,number,1,%s,month,mean,R,20\n' %
                                     (code, code, polarity))
        level, spread = 50.0, chance.choice([2, 4, 6])
        target = level + chance.choice([-8, -3, -1, 0, 1, 3, 8])
        shift_at = chance.randrange(18, 40) if number % 2 == 0 or number > 40 else None
        before_gap = False
        for at, label in enumerate(months):
            if at == shift_at:
                level += chance.choice([-5, -3, 3, 5])
                if number % 3:
                    files['rebases.csv'].append('%s,%s,It changed.,%s\n' % (
                        code, label, period(label)[1] + datetime.timedelta(chance.randrange(400))))
            gap = not before_gap and chance.random() < 0.06
            before_gap = gap
            if not gap:
                files['observations.csv'].append('%s,%s,%.1f\n' % (
                    code, label, chance.gauss(level, spread)))
            if polarity == 'range':
                files['targets.csv'].append('%s,%s,,%s,%s\n' % (code, label, target - 6, target + 6))
            else:
                files['targets.csv'].append('%s,%s,%s,,\n' % (code, label, target))
    for name, lines in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.writelines(lines)
    return folder


def table(name, *arguments):
    c = council(name)
    out = run('refer', *arguments, '--csv', '--today', c.today, record=c.record)
    return list(csv.DictReader(out.splitlines()))


def referred(rows):
    return [(row['measure'], row['since'],
             None if row['until'] == 'still open' else row['until'], int(row['periods']),
             row['noise']) for row in rows]


def every_referral(name):
    total = 0
    for rule in RULES:
        expected = play(council(name), rule)
        found = referred(table(name, '--rule', rule, '--back-test'))
        taps.equal(sorted(found), sorted(expected), rule)
        taps.equal([each[1] for each in found], [each[1] for each in expected], rule)
        total += len(expected)
    return total


def test_luton_every_rule_refers_what_is_referred_by_other_means():
    if every_referral('luton') < 150:
        raise AssertionError('hardly anything was referred')


def test_bracknell_forest_every_rule():
    if every_referral('bracknell-forest') < 10:
        raise AssertionError('hardly anything was referred')


def test_four_years_of_months_and_every_kind_of_noise():
    every_referral('town')
    told = collections.Counter(each[4] for rule in RULES for each in play(council('town'), rule))
    if min(told['yes'], told['no'], told['cannot_tell']) < 50:
        raise AssertionError(told)


def test_quarter_by_quarter():
    for name in ('luton', 'bracknell-forest', 'town'):
        for rule in RULES:
            rows = table(name, '--rule', rule, '--back-test', '--table', 'quarters')
            found = [(row['quarter'], int(row['newly']), int(row['open']), int(row['ended']))
                     for row in rows]
            taps.equal(found, quarters(council(name), play(council(name), rule)), name + rule)


def test_sums():
    for name, rule in itertools.product(('luton', 'town'), RULES):
        row, = table(name, '--rule', rule, '--back-test', '--table', 'summary')
        found = play(council(name), rule)
        over = [each[3] for each in found if each[2]]
        noise = collections.Counter(each[4] for each in found)
        most = max(open_ for _, _, open_, _ in quarters(council(name), found))
        told = noise['yes'] + noise['no']
        expected = {'referrals': len(found), 'measures': len({each[0] for each in found}),
                    'recovered': len(over), 'open': len(found) - len(over), 'retired': 0,
                    'most_open': most, 'noise': noise['yes'], 'not_noise': noise['no'],
                    'cannot_tell': noise['cannot_tell']}
        for key, value in expected.items():
            taps.equal(int(row[key]), value, '%s, %s' % (rule, key))
        taps.equal(float(row['median_periods'] or -1), float(statistics.median(over)) if over else -1.0)
        taps.equal(row['noise_share'],
                   str(math.floor(100 * noise['yes'] / told + 0.5)) if told else '', rule)


def test_now_is_what_the_past_left_open():
    for rule in RULES:
        expected = [each for each in play(council('luton'), rule) if not each[2]]
        taps.equal(sorted(referred(table('luton', '--rule', rule))), sorted(expected), rule)


def test_the_past_until_a_quarter_is_what_was_open_then():
    then = referred(table('luton', '--rule', 'off_target:2', '--period', '2012-13-Q2'))
    cut = referred(table('luton', '--rule', 'off_target:2', '--back-test', '--to', '2012-13-Q2'))
    taps.equal(then, [each for each in cut if not each[2]])
    whole = [each for each in play(council('luton'), 'off_target:2')
             if period(each[1])[1] <= period('2012-13-Q2')[1] and
             not (each[2] and period(each[2])[1] <= period('2012-13-Q2')[1])]
    taps.equal(sorted(each[:2] for each in then), sorted(each[:2] for each in whole))


def test_reds_without_action_are_those_the_checks_name():
    c = council('luton')
    out = run('check', '--csv', '--today', c.today, record=c.record, exit_status=1)
    named = {row['object'] for row in csv.DictReader(out.splitlines()) if row['code'] == 'RED-1'}
    taps.equal({row['measure'] for row in table('luton', '--rule', 'red_without_action')}, named)
    if len(named) < 3:
        raise AssertionError(named)


def test_brought_in_later_it_refers_at_once_what_is_long_red():
    rows = table('luton', '--rule', 'off_target:4', '--back-test', '--from', '2013-14-Q1')
    found = {row['measure']: row for row in rows}
    taps.equal(found['CCS 1']['since'], '2013-14-H1')
    if 'Off target 5 half years running' not in found['CCS 1']['why']:
        raise AssertionError(found['CCS 1']['why'])


def test_by_class_and_by_measure():
    codes = {row['code'] for row in council('luton').rows('measures.csv')
             if 'statutory' in row['class'].split(';')}
    rows = table('luton', '--rule', 'off_target:1', '--back-test', '--class', 'statutory')
    taps.equal({row['measure'] for row in rows},
               {each[0] for each in play(council('luton'), 'off_target:1')} & codes)
    rows = table('luton', '--rule', 'off_target:1', '--back-test', '--measure', 'NI 43')
    taps.equal([row['since'] for row in rows], ['2011-12-Q4', '2012-13-Q3'])


def test_several_rules_and_json():
    c = council('luton')
    out = run('refer', '--rule', 'worsening', '--rule=off_target:4', '--back-test', '--json',
              '--today', c.today, record=c.record)
    view = json.loads(out)
    taps.equal([rule['rule'] for rule in view['rules']], ['worsening', 'off_target:4'])
    for rule in ('worsening', 'off_target:4'):
        rows = [row for row in view['referrals']['rows'] if row['rule'] == rule]
        taps.equal(len(rows), len(play(c, rule)), rule)
    taps.equal((view['from']['id'], view['to']['id']), ('2011-12-Q1', '2013-14-Q4'))


def test_rules_of_the_record():
    record = os.path.join(WORK, 'ruled.db')
    shutil.copy(council('luton').record, record)
    path = os.path.join(WORK, 'referral_rules.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('code,title,kind,n,m,class,from,note\n'
                   'LONG,Off target for a year,off_target_running,4,,,,\n'
                   'OFTEN,Often off target,off_target_often,3,5,,,\n'
                   'OFTEN,More often off target,off_target_often,4,5,,2013-10-01,\n'
                   'SOON,Not yet in force,worsening,,,,2030-04-01,\n')
    run('import', path, '--organisation', 'luton', record=record)
    today = council('luton').today

    def ask(*arguments):
        out = run('refer', *arguments, '--csv', '--today', today, record=record)
        return list(csv.DictReader(out.splitlines()))
    taps.equal(sorted(referred(ask('--rule', 'LONG', '--back-test'))),
               sorted(play(council('luton'), 'off_target:4')))
    # The version in force today is played over the whole past ...
    taps.equal(sorted(referred(ask('--rule', 'OFTEN', '--back-test'))),
               sorted(play(council('luton'), 'off_target:4/5')))
    # ... also one that is not in force yet; which refers nothing now.
    taps.equal(sorted(referred(ask('--rule', 'SOON', '--back-test'))),
               sorted(play(council('luton'), 'worsening')))
    taps.equal(ask('--rule', 'SOON'), [])
    # Now: since the rule is in force, every rule of the record when none is named.
    now = ask()
    taps.equal({row['rule'] for row in now}, {'LONG', 'OFTEN'})
    if min(row['since'] for row in now if row['rule'] == 'OFTEN') < '2013-10':
        raise AssertionError([row['since'] for row in now])


# ---- docs/referral.md ----

def doc():
    with open(os.path.join(SOURCE, 'docs', 'referral.md'), encoding='utf-8') as file:
        return file.read()


def test_the_examples_of_the_document_print_what_it_shows():
    blocks = re.findall(r'^```console\n(.*?)^```$', doc(), re.M | re.S)
    shown = 0
    for block in blocks:
        lines = block.split('\n')
        commands = [line for line in lines if line.startswith('$ goldthread refer ')]
        taps.equal(len(commands), 1, block)
        expected = block.split(commands[0] + '\n')[1]
        taps.equal(run(*shlex.split(commands[0])[2:], record=council('luton').record), expected)
        shown += 1
    if shown < 4:
        raise AssertionError('only %d examples' % shown)


def test_the_rules_of_the_document_are_taken():
    record, path = os.path.join(WORK, 'documented.db'), os.path.join(WORK, 'documented')
    shutil.copy(council('luton').record, record)
    os.mkdir(path)
    with open(os.path.join(path, 'referral_rules.csv'), 'w', encoding='utf-8') as file:
        file.write(re.search(r'^```referral_rules.csv\n(.*?)^```$', doc(), re.M | re.S)[1])
    run('import', path, '--organisation', 'luton', record=record)
    view = json.loads(run('refer', '--json', record=record))
    taps.equal([rule['rule'] for rule in view['rules']], ['WORSE', 'YEAR'])


def test_the_rules_of_the_document_are_those_there_are():
    named = set(re.findall(r'^\| `(\w+)`[^|]*\| `([\w:/]+)` \|', doc(), re.M))
    taps.equal({kind for kind, _ in named},
               {'off_target_running', 'off_target_often', 'worsening', 'failing',
                'missing_running', 'red_without_action'})
    for _, text in named:
        run('refer', '--rule', text, record=council('luton').record)


if __name__ == '__main__':
    taps.run(globals())
