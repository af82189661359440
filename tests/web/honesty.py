"""What may be said of change or chance, counted from the council folder alone: by the end of the
period asked for a measure needs thirteen figures of its own frequency for limits and for what is
held against them (methods.md 1.6), and ten for a median and its runs (1.7), unless it asks for the
chart that takes thirteen."""
import csv
import os
import re

import figures

ENOUGH, RUN_ENOUGH = 13, 10
OF_LIMITS = re.compile(r'Target out of reach|Will meet target|Hit and miss|Failing by design|'
                       r'Off target by chance')
SAID = re.compile(r'Real (?:improvement|worsening|rise|fall)\b|No real change|'
                  r'Really getting worse|' + OF_LIMITS.pattern)
# Values that a run chart has none of.
LIMIT_KEYS = ('assurance', 'assurance_said', 'mean', 'lower_limit', 'upper_limit')
FREQUENCIES = {'month': r'\d{4}-\d\d', 'quarter': r'\d{4}-\d\d-Q\d', 'half': r'\d{4}-\d\d-H\d',
               'year': r'\d{4}-\d\d-FY'}
SPANS = {'Q1': 6, 'Q2': 9, 'Q3': 12, 'Q4': 15, 'H1': 9, 'H2': 15, 'FY': 15}


def last_month(period):
    """The month a period of the financial year or a month ends with, counted from the year 0."""
    span = re.fullmatch(r'(\d{4})-\d\d-(Q\d|H\d|FY)', period)
    if span:
        return int(span[1]) * 12 + SPANS[span[2]]
    month = re.fullmatch(r'(\d{4})-(\d\d)', period)
    return int(month[1]) * 12 + int(month[2]) if month else None


class Counts:
    """Of one council folder: how many figures each series has by a period."""

    def __init__(self, folder):
        def rows(name):
            with open(os.path.join(folder, name), encoding='utf-8-sig', newline='') as file:
                return list(csv.DictReader(file))
        self.ends, self.codes = {}, set()
        measures = {row['code']: row for row in rows('measures.csv')}
        for row in rows('observations.csv'):
            measure = measures[row['measure']]
            pattern = FREQUENCIES.get(measure['frequency'])
            if (not pattern or not re.fullmatch(pattern, row['period'])
                    or measure.get('cumulative') == 'yes'
                    or measure['value_type'] in ('yes_no', 'text')
                    or measure.get('limits') == 'none'
                    or not (row['value'] or row['numerator'])):
                continue
            self.ends.setdefault((row['measure'], row['part']), []).append(
                last_month(row['period']))
        self.codes = set(measures)
        self.xmr = {code for code, row in measures.items()
                    if row.get('limits') in ('mdc', 'plotthedots')}

    def may_speak(self, code, part, period, limits):
        """Whether it may have limits, or (not `limits`) whether it may say anything."""
        until = last_month(period)
        if until is None:
            return True  # no period of a folder in financial years: nothing to hold it against
        count = sum(end <= until for end in self.ends.get((code, part), ()))
        return count >= (ENOUGH if limits or code in self.xmr else RUN_ENOUGH)

    def may_say(self, code, part, period, text):
        return self.may_speak(code, part, period, OF_LIMITS.search(text) is not None)


def view_faults(view, counts):
    """Values in a page's JSON that tell of change or chance where nobody could."""
    period = view['period']['id']
    seen = [0]

    def walk(at, code, part):
        if isinstance(at, list):
            for each in at:
                yield from walk(each, code, part)
            return
        if not isinstance(at, dict):
            return
        if isinstance(at.get('code'), str) and at['code'] in counts.codes:
            code, part = at['code'], at.get('part') or ''
        elif isinstance(at.get('part'), str):
            part = at['part']
        for key in ('variation', 'assurance', 'variation_said', 'assurance_said', 'lower_limit',
                    'upper_limit', 'mean', 'median', 'signal'):
            if at.get(key) is not None and (key not in ('mean', 'median') or 'segment' in at):
                seen[0] += 1
                if not counts.may_speak(code, part, period, key in LIMIT_KEYS):
                    yield '%s %s: %s is %r' % (code, part, key, at[key])
        for value in at.values():
            yield from walk(value, code, part)
    faults = list(walk(view, None, ''))
    return faults, seen[0]


def page_faults(text, page, view, counts):
    """The same in the HTML: words in rows of tables, lines and frames in charts."""
    period = view['period']['id']
    own = view.get('code') if isinstance(view.get('code'), str) else None
    part_shown = view.get('part') or ''
    for limits, drawn in ((True, 'limit'), (False, 'mean|step')):
        if re.search(r'gt-chart__(?:%s)"' % drawn, text) and not (
                own is not None and counts.may_speak(own, part_shown, period, limits)):
            yield 'draws ' + drawn
    for name, table in page.tables.items():
        for cells in table['rows']:
            row = ' '.join(cell['text'] for cell in cells)
            if not SAID.search(row):
                continue
            if name == 'figures':
                able = own is not None and counts.may_say(own, part_shown, period, row)
            elif name == 'parts':
                part = cells[0]['text'].replace(' (this page)', '')
                able = counts.may_say(own, part, period, row)
            else:
                # The longest code: "NI 112 PH" is not "NI 112".
                code = max((c for c in counts.codes if re.search(r'(?<!\w)%s\b' % re.escape(c), row)),
                           key=len, default=None)
                able = counts.may_say(code, '', period, row)
            if not able:
                yield 'table %s says: %s' % (name, row)
    verdict = text.split('<div class="gt-process">')
    said = figures.page_of(verdict[1].split('</div>')[0]).text if len(verdict) > 1 else ''
    if own is not None and SAID.search(said) and not counts.may_say(own, part_shown, period, said):
        yield 'says it in words'


def csv_faults(rows, counts, period, code=None, part=''):
    """The same in a CSV file whose rows have a measure's code, or are all of one measure."""
    heads = rows[0]
    for cells in rows[1:]:
        row = dict(zip(heads, cells))
        for key in ('variation', 'assurance', 'mean', 'median', 'lower_limit', 'upper_limit',
                    'signal'):
            if row.get(key) and not counts.may_speak(code or row['code'], part, period,
                                                     key in LIMIT_KEYS):
                yield '%s: %s is %s' % (code or row['code'], key, row[key])
