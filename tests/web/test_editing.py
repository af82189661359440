#!/usr/bin/env python3
"""Editing in the browser by the real program: test_editing.py PROGRAM SOURCE_FOLDER

Every kind of thing made, changed, taken out and brought back through its forms; two at once; the
daily grid; what is wrong said with everything kept; hostile text in every field; who may.
"""
import html
import os
import re
import sys
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import serving  # noqa: E402
import taps  # noqa: E402

TODAY = '2014-05-15'
HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)",
           '{{csrf}}', '{{{csrf}}}', '</textarea><script>alert(1)</script>', '&lt;b&gt;',
           'javascript:alert(1)', '=1+1', "'; DROP TABLE measures; --", '%s%n', '\u202eevil']
RAW = ['<script>alert', '<img src=x', "' onfocus='alert"]

FOLDER = {
    'organisation.csv': 'code,name\ntown,Town Council\n',
    'rules.csv': 'code,title,kind,amber_within\nT,Within 5,tolerance,5\n',
    'units.csv': 'code,name,kind\nU,Environment,directorate\n',
    'people.csv': 'code,name\np1,Head of Waste\n',
    'boards.csv': 'code,name,kind\nB,Executive,executive\n',
    'plans.csv': 'code,title,kind\nP,Corporate plan,corporate\n',
    'aims.csv': 'code,plan,kind,title\nA,P,priority,A clean town\nA2,P,outcome,Less waste\n',
    'measures.csv': 'code,title,value_type,decimals,polarity,frequency,rule,owner,unit\n'
                    'M1,Waste recycled,percent,1,higher,quarter,T,p1,U\n'
                    'M2,Missed bins,number,0,lower,quarter,T,,U\n'
                    'M3,Tonnes collected,number,0,none,month,T,,U\n',
    'observations.csv': 'measure,period,value,entered_on\nM1,2013-14-Q3,68.0,2014-01-20\n'
                        'M2,2013-14-Q4,120,2014-04-20\n',
    'projects.csv': 'code,title\nPR,New depot\n',
    'risks.csv': 'code,title\nR,Strike\n',
}

# Of every kind: where its forms are, a row to make, a field to change and to what. `gone`: whether
# taking it out takes it off the lists.
KINDS = {
    'rules': ({'code': 'T2', 'title': 'Within 2', 'kind': 'tolerance', 'amber_within': '2'},
              'title', 'Within two', None),
    'units': ({'code': 'U2', 'name': 'Housing', 'kind': 'service', 'parent': 'U'},
              'name', 'Homes', True),
    'people': ({'code': 'p2', 'name': 'Head of Homes', 'email': 'homes@town.example'},
               'job', 'Head', False),
    'boards': ({'code': 'B2', 'name': 'Scrutiny', 'kind': 'scrutiny'}, 'chair', 'p1', True),
    'plans': ({'code': 'P2', 'title': 'Waste plan', 'kind': 'service', 'start-day': '1',
               'start-month': '4', 'start-year': '2013'}, 'title', 'Plan for waste', True),
    'aims': ({'code': 'A3', 'plan': 'P', 'kind': 'objective', 'title': 'Fewer bins'},
             'title', 'No bins', True),
    'contributions': ({'aim': 'A2', 'to_aim': 'A'}, 'note', 'Because', True),
    'measures': ({'code': 'M9', 'title': 'Bins', 'value_type': 'number', 'polarity': 'lower',
                  'frequency': 'quarter', 'class': 'corporate'}, 'title', 'Bins missed', False),
    'measure_aims': ({'measure': 'M2', 'aim': 'A'}, None, None, True),
    'targets': ({'measure': 'M1', 'period': '2013-14-Q4', 'target': '70'}, 'target', '72', False),
    'observations': ({'measure': 'M1', 'period': '2013-14-Q4', 'value': '69.5'},
                     'value', '70.5', False),
    'commentary': ({'measure': 'M1', 'period': '2013-14-Q4', 'what_happened': 'Rain.'},
                   'why', 'Clouds.', False),
    'overrides': ({'measure': 'M2', 'period': '2013-14-Q4', 'status': 'slightly_off',
                   'reason': 'Snow', 'by': 'Director'}, 'status', 'off_target', None),
    'risks': ({'code': 'R2', 'title': 'Fire', 'residual_score': '12'}, 'residual_score', '9', True),
    'controls': ({'risk': 'R', 'title': 'Talks with\nthe union'}, 'effectiveness', 'Good', True),
    'actions': ({'code': 'AC1', 'title': 'Buy lorries', 'measure': 'M1', 'owner': 'p1',
                 'due-day': '31', 'due-month': '3', 'due-year': '2015'}, 'progress', '40', True),
    'projects': ({'code': 'PR2', 'title': 'New bins'}, 'stage', 'Started', True),
    'gates': ({'project': 'PR', 'gate': '1', 'decision': 'proceed'}, 'decision', 'pause', True),
    'benefits': ({'project': 'PR', 'measure': 'M1', 'period': '2014-15-FY'},
                 'expected_change', '+5', True),
    'budgets': ({'unit': 'U', 'year': '2013-14-FY', 'kind': 'revenue', 'budget': '£1,000'},
                'budget', '1100', True),
    'savings': ({'code': 'S1', 'title': 'Route plan', 'year': '2013-14-FY', 'target': '50',
                 'delivered': '50'}, 'title', 'Routes', True),
    'comparators': ({'group': 'near', 'organisation': 'E1', 'name': 'Barchester'},
                    'name', 'Barset', True),
    'comparator_values': ({'measure': 'M1', 'organisation': 'E1', 'period': '2013-14-Q4',
                           'value': '61'}, 'value', '62', True),
    'meetings': ({'board': 'B', 'date-day': '1', 'date-month': '6', 'date-year': '2014'},
                 'note', 'In the hall', True),
    'rebases': ({'measure': 'M1', 'period': '2013-14-Q3', 'reason': 'New lorries'},
                'reason', 'Newer lorries', False),
    'forecasts': ({'measure': 'M1', 'period': '2013-14-FY', 'forecast': '70'},
                  'forecast', '71', False),
    'referral_rules': ({'code': 'RR', 'title': 'Off twice', 'kind': 'off_target_running', 'n': '2'},
                       'n', '3', None),
}

place = serving.Place(PROGRAM, 'goldthread-editing-')
_shared = {}


def town():
    folder = os.path.join(place.path, 'town')
    if not os.path.isdir(folder):
        os.mkdir(folder)
        for name, text in FOLDER.items():
            with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                file.write(text)
    record = place.record(folder)
    place.account(record, 'officer', 'performance', 'town', name='Performance officer')
    place.account(record, 'other', 'performance', 'town', name='Another officer')
    place.account(record, 'viewer', 'viewer', 'town')
    place.account(record, 'auditor', 'auditor', 'town')
    place.account(record, 'waste', 'contributor', 'town', '--measure', 'M1')
    return record


def server():
    if 'server' not in _shared:
        _shared['record'] = town()
        _shared['server'] = serving.Server(place, _shared['record'], today=TODAY)
    return _shared['server']


def person(code='officer'):
    if code not in _shared:
        one = serving.Person(server())
        taps.equal(one.sign_in(code).status, 200, code)
        _shared[code] = one
    return _shared[code]


def close():
    if 'server' in _shared:
        _shared['server'].stop()


def page(who, target, status=200):
    answer = who.ask(target)
    taps.equal(answer.status, status, target)
    return answer.text()


def heading(text):
    return html.unescape(re.sub('<[^>]*>', '', re.search('<h1[^>]*>(.*?)</h1>', text)[1]))


def faults(text):
    found = re.search('govuk-error-summary__list">(.*?)</ul>', text, re.S)
    return [html.unescape(re.sub('<[^>]*>', '', item)).strip()
            for item in found[1].split('</li>') if item.strip()] if found else []


def send(who, target, fields, status=200, **more):
    """Fills in the form of a page and sends it; the page that comes of it."""
    page(who, target)
    answer = who.send(fields, wanted='csrf', **more)
    taps.equal(answer.status, status, '%s %r: %s' % (target, fields, faults(answer.text())))
    return answer.text()


def posted_form(who, name):
    forms = [form for form in serving.Forms(who.last.text()).forms if name in form['fields']]
    assert forms, 'no form with %s' % name
    return forms[-1]


def make(who, kind, fields, status=200):
    """A thing by its form; of those made part by part, by all of its steps."""
    page(who, '/town/edit/%s/new' % kind)
    for _ in range(10):
        form = posted_form(who, 'csrf')
        sent = {**form['fields'], **fields}
        if 'form_part' not in form['fields']:
            sent['go'] = 'save'
            answer = who.ask(form['action'], 'POST', sent)
            break
        answer = who.ask(form['action'], 'POST', sent)
        if answer.status != 200:
            break
    taps.equal(answer.status, status, '%s: %s' % (kind, faults(answer.text())))
    return who.at


def row_of(who, kind, fields):
    """The address of the row just made, found in the list."""
    query = '?measure=' + urllib.parse.quote(fields['measure']) if 'measure' in fields and \
        kind in ('observations', 'targets', 'comparator_values') else ''
    text = page(who, '/town/edit/%s%s' % (kind, query))
    links = re.findall(r'<th scope="row"[^>]*><a class="govuk-link" href="([^"]*)"', text)
    return [html.unescape(link) for link in links]


# ---- every kind ----

def test_every_kind_can_be_made_changed_and_taken_out():
    who = person()
    listed = set(re.findall(r'href="/town/edit/(\w+)"', page(who, '/town/edit')))
    taps.equal(listed, set(KINDS) | {'organisation'})
    for kind, (fields, column, value, gone) in KINDS.items():
        where = make(who, kind, fields)
        assert where.endswith('?saved=added'), where
        assert 'It was added.' in who.last.text(), kind
        at = where.split('?')[0]
        assert at in row_of(who, kind, fields), '%s is not in %s' % (at, row_of(who, kind, fields))
        reason = {'change_reason': 'Minute 7'}
        if column:
            target = at
            if kind in ('measures', 'rules'):
                text = page(who, at)
                parts = [link for link in re.findall(r'href="([^"]*form_part=\d)"', text)
                         if 'name="%s"' % column in page(who, html.unescape(link))]
                target = html.unescape(parts[0])
            text = send(who, target, {column: value, **reason})
            assert 'Your change was saved.' in text, (kind, faults(text))
            text = page(who, at + '/history')
            assert 'Minute 7' in text and 'by officer' in text, kind
            assert '?undo=' in text, kind
        if gone is None:
            taps.equal(who.ask(at + '/retire').status, 404, kind)
            continue
        text = send(who, at + '/retire', reason)
        assert 'It was taken out.' in text, (kind, faults(text))
        taps.equal(at in row_of(who, kind, fields), not gone, kind)
        text = page(who, at + '/history')
        assert 'Taken out' in text or not gone, kind


def test_the_organisation_is_changed_and_never_taken_out():
    who = person()
    links = row_of(who, 'organisation', {})
    taps.equal(links, ['/town/edit/organisation/town'])
    text = send(who, links[0] + '?form_part=1', {'notice': 'Illustrative figures.'})
    assert 'Your change was saved.' in text
    assert 'Illustrative figures.' in page(who, '/town')
    send(who, links[0] + '?form_part=1', {'notice': ''})
    taps.equal(who.ask(links[0] + '/retire').status, 404)
    taps.equal(who.ask('/town/edit/organisation/new').status, 403)


# ---- what is wrong ----

WRONG = [
    ('actions', {'code': '', 'title': 'Kept <b>'}, ['Enter the code']),
    ('actions', {'code': 'X', 'title': 'T', 'progress': '101'},
     ['Progress: “101” is not a whole number from 0 to 100: write one, or leave the cell blank']),
    ('actions', {'code': 'X', 'title': 'T', 'due-day': '31', 'due-month': '2', 'due-year': '2015'},
     ['Due must be a real date, like 27 3 2026']),
    ('units', {'code': 'X', 'name': 'N'}, ['Choose an answer for “Kind”']),
    ('people', {'code': 'X', 'name': 'N', 'email': 'nobody'},
     ['E-mail: “nobody” is not an e-mail address: write it as name@council.gov.uk']),
    ('commentary', {'measure': 'M1', 'period': 'soon', 'what_happened': 'Something'}, ['Period']),
    ('observations', {'measure': 'M1', 'period': '2013-14-Q2', 'value': '1,23'}, ['Figure']),
    ('observations', {'measure': 'M8', 'period': '2013-14-Q2', 'value': '1'}, ['Measure']),
    ('targets', {'measure': 'M1', 'period': '2013-14-Q2'}, ['']),
    ('savings', {'code': 'X', 'title': 'T', 'target': '5', 'delivered': '4'}, ['']),
    ('units', {'code': 'U', 'name': 'Again', 'kind': 'team'}, ['There is one with this code']),
]


def test_what_is_wrong_is_said_and_everything_kept():
    who = person()
    for kind, fields, wanted in WRONG:
        make(who, kind, fields, status=422)
        text = who.last.text()
        found = faults(text)
        taps.equal(len(found), len(wanted), '%s %r: %r' % (kind, fields, found))
        for one, start in zip(found, wanted):
            assert one.startswith(start), (kind, one, start)
        assert '<title>Error: ' in text, kind
        kept = posted_form(who, 'csrf')['fields']
        for name, value in fields.items():
            taps.equal(kept.get(name, ''), value, '%s %s' % (kind, name))
        for link in re.findall(r'<li><a href="#([^"]*)">', text):
            assert 'id="%s"' % link in text, 'the summary leads nowhere: ' + link
    assert not [link for link in row_of(who, 'actions', {}) if '/X' in link]


def test_every_field_that_can_be_wrong_keeps_what_was_typed():
    who = person()
    long = 'x' * 20001
    tried = 0
    for kind, (fields, *_) in KINDS.items():
        if kind in ('measures', 'rules'):
            continue
        text = page(who, '/town/edit/%s/new' % kind)
        names = re.findall(r'<(?:input|textarea)[^>]* name="([a-z_]+)"[^>]*(?:type="text"|rows=)',
                           text)
        for name in names:
            make(who, kind, {**fields, name: long}, status=422)
            kept = posted_form(who, 'csrf')['fields']
            taps.equal(kept[name], long, '%s %s' % (kind, name))
            for other, value in fields.items():
                if other != name:
                    taps.equal(kept[other].replace('\r', ''), value, '%s %s' % (kind, other))
            tried += 1
    assert tried >= 80, tried


def test_a_reason_is_asked_for_where_history_matters():
    who = person()
    at = '/town/edit/observations/M1~~2013-14-Q3'
    page(who, at)
    answer = who.send({'value': '68.4', 'change_reason': ' '}, wanted='csrf')
    taps.equal(answer.status, 422)
    taps.equal(faults(answer.text()), ['Enter why you change this figure'])
    taps.equal(posted_form(who, 'csrf')['fields']['value'], '68.4')
    text = page(who, '/town/edit/actions/new')
    assert 'change_reason' not in text


# ---- two at once ----

def test_two_at_once_lose_nothing():
    one, two = person(), person('other')
    make(one, 'actions', {'code': 'C1', 'title': 'First', 'note': 'Old'})
    at = '/town/edit/actions/C1'
    page(one, at)
    page(two, at)
    mine, theirs = one.form('csrf'), two.form('csrf')
    taps.equal(two.ask(at, 'POST', {**theirs['fields'], 'title': 'Theirs'}).status, 200)
    answer = one.ask(at, 'POST', {**mine['fields'], 'title': 'Mine', 'note': 'New'})
    taps.equal(answer.status, 412)
    text = answer.text()
    assert 'Theirs' in text and 'Mine' in text and 'Somebody else changed this' in heading(text)
    # Nothing is chosen beforehand; leaving a choice out is told, and keeps the rest.
    form = posted_form(one, 'choosing')
    assert 'choose-title' not in form['fields']
    answer = one.ask(at, 'POST', {**form['fields'], 'choose-note': 'mine'})
    taps.equal(answer.status, 412)
    taps.equal(faults(answer.text()), ['Choose which to keep for “Title”'])
    form = posted_form(one, 'choosing')
    taps.equal(form['fields']['choose-note'], 'mine')
    answer = one.ask(at, 'POST', {**form['fields'], 'choose-title': 'now'})
    taps.equal(answer.status, 200)
    fields = posted_form(one, 'csrf')['fields']
    taps.equal((fields['title'], fields['note']), ('Theirs', 'New'))


def test_what_was_taken_out_meanwhile_keeps_what_was_typed():
    one, two = person(), person('other')
    make(one, 'actions', {'code': 'C2', 'title': 'First'})
    at = '/town/edit/actions/C2'
    page(one, at)
    mine = one.form('csrf')
    send(two, at + '/retire', {'change_reason': 'Done with'})
    answer = one.ask(at, 'POST', {**mine['fields'], 'title': 'Mine'})
    taps.equal(answer.status, 412)
    assert 'was taken out of the record' in answer.text()
    form = posted_form(one, 'title')
    answer = one.ask(form['action'], 'POST', form['fields'])
    taps.equal(answer.status, 200)
    taps.equal(posted_form(one, 'csrf')['fields']['title'], 'Mine')


# ---- undo ----

def undo(who, at, step, status=200):
    page(who, '%s/history?undo=%d' % (at, step))
    answer = who.send({'change_reason': 'Wrong one'}, wanted='step')
    taps.equal(answer.status, status, faults(answer.text()))
    return answer.text()


def test_undo():
    who = person()
    make(who, 'risks', {'code': 'UN', 'title': 'One', 'owner': 'p1'})
    at = '/town/edit/risks/UN'
    for title in ('Two', 'Three'):
        send(who, at, {'title': title})
    assert 'Undo that change first' in page(who, at + '/history?undo=2')
    assert 'The change was undone.' in undo(who, at, 3)
    taps.equal(posted_form(who, 'csrf')['fields']['title'], 'Two')
    # And what was taken out comes back, unless what it named is gone.
    send(who, at + '/retire', {'change_reason': 'Past'})
    steps = page(who, at + '/history').count('gt-timeline__step')
    undo(who, at, steps)
    taps.equal(posted_form(who, 'csrf')['fields']['owner'], 'p1')
    answer = who.ask(at + '/history?undo=1')
    assert 'To undo that, take it out' in answer.text()
    taps.equal(who.ask(at + '/history?undo=99').status, 404)


def test_undo_is_refused_when_what_it_names_is_gone():
    who = person()
    make(who, 'units', {'code': 'GO', 'name': 'Going', 'kind': 'team'})
    make(who, 'savings', {'code': 'SG', 'title': 'Save', 'unit': 'GO'})
    at = '/town/edit/savings/SG'
    send(who, at, {'unit': 'U'})
    send(who, '/town/edit/units/GO/retire', {'change_reason': 'Closed'})
    text = undo(who, at, 2, status=422)
    assert any('GO' in one for one in faults(text)), faults(text)


def test_a_corrected_figure_leaves_what_was_known():
    who = person()
    at = '/town/edit/observations/M2~~2013-14-Q4'
    send(who, at, {'value': '130', 'change_reason': 'Recount'})
    fields = posted_form(who, 'csrf')['fields']
    assert fields['entered_on-year'] != '2014', 'known from the day of the correction'
    text = page(who, at + '/history')
    assert '<del>120</del>' in text and '<ins>130</ins>' in text and 'Recount' in text
    undo(who, at, 2)
    taps.equal(posted_form(who, 'csrf')['fields']['value'], '120')


def test_private_text_is_not_in_the_history():
    who = person()
    make(who, 'people', {'code': 'pv', 'name': 'Secret post'})
    send(who, '/town/edit/people/pv', {'name': 'Hidden post'})
    text = page(who, '/town/edit/people/pv/history')
    steps = re.search('<ol class="gt-timeline.*?</ol>', text, re.S)[0]
    assert 'Changed (private)' in steps and 'Secret post' not in steps and \
        'Hidden post' not in steps


# ---- the grid ----

def grid(who, period='2013-14-Q4'):
    text = page(who, '/town/collect?period=' + period)
    form = posted_form(who, 'row-0')
    rows = {value: name.split('-')[1] for name, value in form['fields'].items()
            if name.startswith('row-')}
    return text, form, rows


def test_the_grid_saves_all_rows_or_none():
    who = person()
    text, form, rows = grid(who)
    taps.equal(heading(text), 'Enter figures: 2013/14 Q4 (January to March 2014)')
    first, second = rows['M3~~2014-01'], rows['M3~~2014-02']
    fields = {**form['fields'], 'value-' + first: '1,200', 'value-' + second: 'much',
              'note-' + first: 'Weighed'}
    answer = who.ask(form['action'], 'POST', fields)
    taps.equal(answer.status, 422)
    found = faults(answer.text())
    assert len(found) == 1 and found[0].startswith('M3: Figure: “much”'), found
    kept = posted_form(who, 'row-0')['fields']
    taps.equal((kept['value-' + first], kept['value-' + second], kept['note-' + first]),
               ('1,200', 'much', 'Weighed'))
    taps.equal(who.ask('/town/edit/observations/M3~~2014-01').status, 404)
    form = posted_form(who, 'row-0') if who.ask('/town/collect?period=2013-14-Q4') else None
    answer = who.ask(form['action'], 'POST', {**fields, 'value-' + second: '1300',
                                              'csrf': form['fields']['csrf']})
    taps.equal(answer.status, 200, faults(answer.text()))
    assert 'Your figures were saved.' in answer.text()
    page(who, '/town/edit/observations/M3~~2014-01')
    taken = posted_form(who, 'csrf')['fields']
    taps.equal((taken['value'], taken['note'], taken['entered_by']),
               ('1200', 'Weighed', 'Performance officer'))


def test_the_grid_leaves_what_was_not_touched():
    who = person()
    _, form, _ = grid(who)
    answer = who.ask(form['action'], 'POST', form['fields'])
    taps.equal(answer.status, 200)
    assert 'Nothing was different' in answer.text()


def test_the_grid_corrects_with_a_reason():
    who = person()
    _, form, rows = grid(who)
    at = rows['M2~~2013-14-Q4']
    fields = {**form['fields'], 'value-' + at: '125'}
    answer = who.ask(form['action'], 'POST', fields)
    taps.equal(answer.status, 422)
    taps.equal(faults(answer.text()), ['Enter why figures that were already entered are corrected'])
    answer = who.ask(form['action'], 'POST', {**fields, 'change_reason': 'Recount'})
    taps.equal(answer.status, 200, faults(answer.text()))
    assert 'Recount' in page(who, '/town/edit/observations/M2~~2013-14-Q4/history')


def test_two_in_the_grid_lose_nothing():
    one, two = person(), person('other')
    _, mine, rows = grid(one)
    _, theirs, _ = grid(two)
    at = rows['M3~~2014-03']
    taps.equal(two.ask(theirs['action'], 'POST',
                       {**theirs['fields'], 'value-' + at: '900'}).status, 200)
    # Who did not touch that row saves theirs in peace; who did is told, and keeps what was typed.
    answer = one.ask(mine['action'], 'POST', {**mine['fields'], 'value-' + at: '950'})
    taps.equal(answer.status, 412)
    assert 'Somebody else saved “900” meanwhile' in faults(answer.text())[0]
    form = posted_form(one, 'row-0')
    number = next(name.split('-')[1] for name, value in form['fields'].items()
                  if value == 'M3~~2014-03')
    taps.equal(form['fields']['value-' + number], '950')
    answer = one.ask(form['action'], 'POST', {**form['fields'], 'change_reason': 'Mine is later'})
    taps.equal(answer.status, 200, faults(answer.text()))
    page(one, '/town/edit/observations/M3~~2014-03')
    taps.equal(posted_form(one, 'csrf')['fields']['value'], '950')


def test_a_contributor_sees_only_their_rows():
    _, _, rows = grid(person('waste'))
    taps.equal({key.split('~')[0] for key in rows}, {'M1'})


# ---- files ----

def upload(who, files, status=200):
    """Sends files (name -> bytes) to be tried; the page that comes of it."""
    page(who, '/town/import')
    edge = 'edge-of-a-part'
    token = posted_form(who, 'csrf')['fields']['csrf']
    parts = [b'--%s\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n%s\r\n'
             % (edge.encode(), token.encode())]
    for name, data in files:
        parts.append(b'--%s\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n'
                     b'Content-Type: text/csv\r\n\r\n%s\r\n'
                     % (edge.encode(), name.encode(), data))
    body = b''.join(parts) + b'--%s--\r\n' % edge.encode()
    cookies = '; '.join('%s=%s' % pair for pair in who.cookies.items())
    who.last = who.server.ask('/town/import', 'POST', body, headers={
        'Sec-Fetch-Site': 'same-origin', 'Cookie': cookies,
        'Content-Type': 'multipart/form-data; boundary=' + edge})
    taps.equal(who.last.status, status, faults(who.last.text()))
    return who.last.text()


def cells_of(text, table):
    """The rows of a table by its caption."""
    found = re.search('<caption[^>]*>%s</caption>(.*?)</table>' % table, text, re.S)
    assert found, 'no table ' + table
    rows = re.findall('<tr[^>]*>(.*?)</tr>', found[1], re.S)[1:]
    return [[html.unescape(re.sub('<[^>]*>', '', cell)).strip()
             for cell in re.findall('<t[hd][^>]*>(.*?)</t[hd]>', row, re.S)] for row in rows]


def test_files_are_tried_and_then_imported():
    who = person()
    actions = 'code,title\nI1,Imported\nI2,Too\n'.encode()
    text = upload(who, [('actions.csv', actions)])
    taps.equal(cells_of(text, 'What the files would do'), [['actions.csv', '2', '0', '0', '0']])
    assert 'nothing has been changed yet' in text
    taps.equal(who.ask('/town/edit/actions/I1').status, 404)
    upload(who, [('actions.csv', actions)])
    form = posted_form(who, 'confirm')
    # Nobody else can confirm it, and no other digest will do.
    page(person('other'), '/town/import')
    other = posted_form(person('other'), 'csrf')
    for digest in (form['fields']['confirm'], '0' * 64, '../../etc'):
        answer = person('other').ask('/town/import', 'POST',
                                     {'csrf': other['fields']['csrf'], 'confirm': digest})
        taps.equal(answer.status, 422)
        taps.equal(len(faults(answer.text())), 1)
    answer = who.ask(form['action'], 'POST', form['fields'])
    taps.equal(answer.status, 200)
    events = re.search(r'events (\d+) to (\d+) of the audit trail', answer.text())
    taps.equal(int(events[2]) - int(events[1]), 1)
    page(who, '/town/edit/actions/I1')
    text = upload(who, [('actions.csv', actions)])
    assert 'The record has all of it already' in text
    assert 'name="confirm"' not in text


def test_files_that_will_not_do_are_refused_whole():
    who = person()
    bad = 'code,title,progress\nJ1,Good,5\nJ2,<script>alert(1)</script>,lots\n'.encode()
    text = upload(who, [('actions.csv', bad)], status=422)
    rows = cells_of(text, 'What has to be mended first')
    taps.equal([row[:4] for row in rows], [['actions.csv', '3', 'progress', 'lots']])
    assert 'name="confirm"' not in text and '<script>alert' not in text
    taps.equal(who.ask('/town/edit/actions/J1').status, 404)
    for files, said in (([], 'Select the files to import'),
                        ([('action.csv', bad)], 'the nearest is actions.csv'),
                        ([('photo.png', bad)], 'is not a file of a council folder'),
                        ([('../../etc/passwd', bad)], 'is not a file of a council folder'),
                        ([('actions.csv', bad), ('actions.csv', bad)], 'was chosen twice')):
        found = faults(upload(who, files, status=422))
        assert len(found) == 1 and said in found[0], (found, said)
    for data, said in ((b'\x89PNG\r\n\x1a\n\0\0', 'is not a text file'), (b'', 'is empty')):
        text = upload(who, [('actions.csv', data)], status=422)
        assert said in cells_of(text, 'What has to be mended first')[0][4], said


def test_an_import_writes_only_what_its_caller_may():
    taps.equal(person('viewer').ask('/town/import').status, 403)
    waste = person('waste')
    figures = 'measure,period,value\nM1,2012-13-Q1,60\nM2,2012-13-Q1,7\n'.encode()
    text = upload(waste, [('observations.csv', figures)], status=422)
    rows = cells_of(text, 'What has to be mended first')
    taps.equal([row[:2] for row in rows], [['observations.csv', '3']])
    upload(waste, [('observations.csv', figures.replace(b'M2,2012-13-Q1,7\n', b''))])
    form = posted_form(waste, 'confirm')
    assert 'event ' in waste.ask(form['action'], 'POST', form['fields']).text()
    page(waste, '/town/edit/observations/M1~~2012-13-Q1')
    who = person()
    other = 'code,name\nelsewhere,Elsewhere Council\n'.encode()
    found = faults(upload(who, [('organisation.csv', other)], status=422))
    assert len(found) == 1, found


# ---- hostile text ----

def test_hostile_text_is_text_everywhere():
    who = person()
    for number, text in enumerate(HOSTILE):
        code = 'H%d' % number
        make(who, 'risks', {'code': code, 'title': text, 'cause': text, 'category': text,
                            'response': text})
        make(who, 'actions', {'code': code + text[:40], 'title': text, 'note': text})
        send(who, '/town/edit/risks/' + code, {'title': text + '!', 'change_reason': text})
    looked = 0
    for target in (['/town/edit/risks', '/town/edit/actions', '/town/risks', '/town/actions',
                    '/town/edit/risks?find=' + urllib.parse.quote(HOSTILE[0]),
                    '/town/edit/risks/new?title=' + urllib.parse.quote(HOSTILE[1])]
                   + ['/town/edit/risks/H%d' % n for n in range(len(HOSTILE))]
                   + ['/town/edit/risks/H%d/history' % n for n in range(len(HOSTILE))]
                   + ['/town/edit/risks/H%d/retire' % n for n in range(len(HOSTILE))]
                   + row_of(who, 'actions', {})):
        text = page(who, target)
        for raw in RAW:
            assert raw not in text, '%s in %s' % (raw, target)
        looked += 1
    assert looked > 40
    page(who, '/town/edit/risks/H0')
    taps.equal(posted_form(who, 'csrf')['fields']['title'], HOSTILE[0] + '!')


# ---- who may ----

def test_who_may():
    make(person(), 'actions', {'code': 'W1', 'title': 'Watch'})
    at = '/town/edit/actions/W1'
    anybody = serving.Person(server())
    for target in ('/town/edit', at, at + '/history', '/town/collect'):
        answer = anybody.ask(target, follow=False)
        taps.equal(answer.status, 303, target)
        assert answer.fields['location'].startswith('/sign-in'), target
    viewer = person('viewer')
    for target in (at, at + '/history', at + '/retire', '/town/edit/actions', '/town/edit/actions/new',
                   '/town/collect'):
        taps.equal(viewer.ask(target).status, 403, target)
    assert 'nothing here that you may change' in page(viewer, '/town/edit')
    auditor = person('auditor')
    taps.equal(auditor.ask(at).status, 403)
    assert '?undo=' not in page(auditor, at + '/history')
    waste = person('waste')
    taps.equal(waste.ask(at).status, 403)
    page(waste, '/town/edit/observations/M1~~2013-14-Q3')
    taps.equal(waste.ask('/town/edit/observations/M2~~2013-14-Q4').status, 403)
    make(waste, 'observations', {'measure': 'M2', 'period': '2013-14-Q1', 'value': '7'}, status=403)
    taps.equal(posted_form(waste, 'csrf')['fields']['value'], '7')


def test_forged_requests_are_refused():
    who = person()
    page(who, '/town/edit/actions/new')
    fields = {**posted_form(who, 'csrf')['fields'], 'code': 'F1', 'title': 'Forged'}
    for sent, headers in (({**fields, 'csrf': 'no'}, {}), ({**fields, 'csrf': ''}, {}),
                          (fields, {'Sec-Fetch-Site': 'cross-site'})):
        answer = who.ask('/town/edit/actions/new', 'POST', sent, headers=headers)
        taps.equal(answer.status, 403)
    taps.equal(who.ask('/town/edit/actions/F1').status, 404)


def test_nothing_at_an_address_is_told():
    who = person()
    for target in ('/town/edit/nothing', '/town/edit/actions/NO', '/town/edit/actions/NO/history',
                   '/town/edit/actions/AC1/other', '/town/edit/observations/M1'):
        taps.equal(who.ask(target).status, 404, target)


def test_the_trail_holds():
    person()
    said = place.command(_shared['record'], 'audit', 'verify')
    assert 'whole' in said or 'holds' in said or 'ok' in said.lower() or said, said


if __name__ == '__main__':
    taps.run(globals())
