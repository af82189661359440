#!/usr/bin/env python3
"""The JSON API over a real council, by the real program: test_api.py PROGRAM SOURCE_FOLDER

Reading and writing rows, what is refused and how it is said, two people at once, a request sent
twice, and every answer held against the API's own description.
"""
import json
import os
import re
import sys
import threading
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import serving  # noqa: E402
import taps  # noqa: E402

PLACE = serving.Place(PROGRAM)
RECORD = PLACE.record(os.path.join(SOURCE, 'examples', 'luton'))
PLACE.account(RECORD, 'root', 'administrator')
PLACE.account(RECORD, 'officer', 'performance', 'luton')
PLACE.account(RECORD, 'member', 'member', 'luton')
TOKENS = {code: PLACE.token(RECORD, code) for code in ('root', 'officer', 'member')}
READ_ONLY = PLACE.token(RECORD, 'officer', scope='read')
SERVER = serving.Server(PLACE, RECORD, today='2014-05-15')
BASE = '/api/v1/luton'
DESCRIPTION = SERVER.ask('/api/v1/openapi.json').json()
CHECKED = set()


def close():
    taps.equal(SERVER.stop(), 0, 'how the server ended')


# ---- held against the description ----

def resolve(schema):
    while '$ref' in schema:
        node = DESCRIPTION
        for part in schema['$ref'][2:].split('/'):
            node = node[part]
        schema = node
    return schema


NAMES = {'string': str, 'object': dict, 'array': list, 'boolean': bool, 'integer': int,
         'null': type(None)}


def fits(value, schema, where):
    """Fails unless the value is as the schema (what we use of JSON Schema) says."""
    schema = resolve(schema)
    types = schema.get('type')
    if types:
        types = types if isinstance(types, list) else [types]
        assert any(isinstance(value, NAMES[name]) for name in types), \
            '%s is %r, not %s' % (where, value, types)
    if 'const' in schema:
        taps.equal(value, schema['const'], where)
    if 'enum' in schema:
        assert value in schema['enum'], '%s is %r, none of %s' % (where, value, schema['enum'])
    if isinstance(value, str):
        assert re.search(schema.get('pattern', ''), value), '%s is %r' % (where, value)
        assert len(value) <= schema.get('maxLength', 1 << 30), '%s is too long' % where
    if isinstance(value, dict):
        known = schema.get('properties', {})
        for name in schema.get('required', []):
            assert name in value, '%s lacks %s' % (where, name)
        for name, inner in value.items():
            assert name in known or schema.get('additionalProperties', True), \
                '%s has %s, which is not described' % (where, name)
            fits(inner, known.get(name, {}), '%s/%s' % (where, name))
    if isinstance(value, list):
        for at, inner in enumerate(value):
            fits(inner, schema.get('items', {}), '%s/%d' % (where, at))


def described(target):
    """The path of the description that an address goes by."""
    path = target.split('?')[0].split('/')
    best = None
    for pattern in DESCRIPTION['paths']:
        parts = pattern.split('/')
        if len(parts) == len(path) and all(
                part == given or part.startswith('{') and given for part, given
                in zip(parts, path)):
            if best is None or pattern.count('{') < best.count('{'):
                best = pattern
    return best


def ask(path, method='GET', body=None, who='officer', status=200, **headers):
    """The answer, held against the description and against the status expected."""
    sent = {name.replace('_', '-'): value for name, value in headers.items()}
    token = TOKENS.get(who, who)
    answer = SERVER.ask(BASE + path, method, body, token=token, headers=sent)
    if answer.status != status:
        raise AssertionError('%s %s: %d, not %d: %s' % (method, path, answer.status, status,
                                                         answer.text()))
    pattern = described(BASE + path)
    if pattern and status != 405:
        operation = DESCRIPTION['paths'][pattern].get(method.lower())
        assert operation, '%s of %s is not described' % (method, pattern)
        told = operation['responses'].get(str(status))
        assert told, '%d of %s %s is not described' % (status, method, pattern)
        if answer.body and 'content' in told:
            kind = answer.fields['content-type'].split(';')[0]
            fits(answer.json(), told['content'][kind]['schema'], '%s %s' % (method, path))
            CHECKED.add((pattern, method, status))
    return answer


def problem(answer, *says):
    taps.equal(answer.fields['content-type'].split(';')[0], 'application/problem+json')
    told = answer.json()
    taps.equal(told['status'], answer.status)
    assert told['title'] and told['detail'], told
    for words in says:
        assert words in answer.text(), '%r is not said in %s' % (words, answer.text())
    return told


MEASURE = 'NI 117'
FIGURE = '/observations/NI%20117/~/2013-14-Q4'


def a_figure():
    rows = ask('/observations?limit=1').json()['items']
    return rows[0]


# ---- reading ----

def test_rows_of_every_kind_are_listed():
    for path in DESCRIPTION['paths']:
        found = re.fullmatch(r'/api/v1/\{org\}/([a-z_]+)', path)
        if found and found[1] != 'changes':
            ask('/' + found[1])


def test_pages_follow_each_other_without_gap_or_double():
    for folder, limit in (('measures', 7), ('observations', 200), ('targets', 50)):
        seen, target = [], '/%s?limit=%d' % (folder, limit)
        while target:
            page = ask(target)
            rows = page.json()
            seen += [row['self'] for row in rows['items']]
            assert len(rows['items']) <= limit
            if rows['next']:
                taps.equal(page.fields['link'], '<%s>; rel="next"' % rows['next'])
            target = rows['next'] and rows['next'][len(BASE):]
        taps.equal(len(seen), len(set(seen)), folder)
        exported = os.path.join(PLACE.path, 'exported')
        if not os.path.isdir(exported):
            PLACE.command(RECORD, 'export', exported)
        import csv
        with open(os.path.join(exported, folder + '.csv'), encoding='utf-8', newline='') as file:
            taps.equal(len(seen), len(list(csv.DictReader(file))), folder)


def test_a_row_is_what_stands_in_the_file():
    row = a_figure()
    one = ask(row['self'][len(BASE):])
    taps.equal(one.json()['fields'], row['fields'])
    assert re.fullmatch(r'"[0-9a-f]{64}(-gzip)?"', one.fields['etag']), one.fields['etag']
    again = ask_raw(row['self'], If_None_Match=one.fields['etag'])
    taps.equal(again.status, 304)


def ask_raw(target, method='GET', body=None, token='officer', **headers):
    return SERVER.ask(target, method, body, token=TOKENS.get(token, token),
                      headers={n.replace('_', '-'): v for n, v in headers.items()})


def test_one_measure_alone():
    measure = a_figure()['fields']['measure']
    rows = ask('/observations?measure=' + urllib.parse.quote(measure)).json()['items']
    assert rows and all(row['fields']['measure'] == measure for row in rows)


def test_what_a_list_does_not_take():
    for query, says in (('limit=0', '1 to 200'), ('limit=201', '1 to 200'), ('limit=x', '1 to 200'),
                        ('after=x', 'key of the last row'), ('colour=red', 'not a parameter')):
        problem(ask('/observations?' + query, status=400), says)


def test_what_is_not_there():
    problem(ask('/observations/none/~/2013-14-Q4', status=404), 'no such')
    problem(ask_raw(BASE + '/observation'), 'did you mean')
    problem(ask_raw(BASE + '/observations/one'), 'not the key')
    problem(ask_raw('/api/v1/atlantis/measures'))
    taps.equal(ask_raw('/api/v1/atlantis/measures').status, 404)


# ---- who may ----

def test_nobody_is_let_in_without_a_token():
    for target in (BASE + '/measures', BASE + '/observations', BASE + '/changes', '/luton.json'):
        for token in (None, 'gt_' + 'A' * 43, 'nonsense'):
            answer = ask_raw(target, token=token)
            taps.equal(answer.status, 401, '%s with %s' % (target, token))
            problem(answer)
            assert 'www-authenticate' in answer.fields, target


def test_a_councillor_reads_pages_and_no_rows():
    taps.equal(ask_raw('/luton.json', token='member').status, 200)
    problem(ask('/observations', who='member', status=403), 'read the pages')
    problem(ask('/measures', 'POST', {'fields': {'code': 'X', 'title': 'X'}}, who='member',
                status=403))


def test_a_token_for_reading_writes_nothing():
    row = ask(a_figure()['self'][len(BASE):])
    target = row.json()['self'][len(BASE):]
    for method, body in (('PATCH', {'fields': {'note': 'x'}}), ('DELETE', None)):
        problem(ask(target, method, body, who=READ_ONLY, status=403, If_Match=row.fields['etag']))


# ---- writing ----

def new_measure(code, **fields):
    like = ask('/measures?limit=1').json()['items'][0]['fields']
    return {'fields': {**like, 'code': code, 'title': 'Made by the API', **fields}}


def test_a_measure_is_made_changed_and_retired():
    made = ask('/measures', 'POST', new_measure('API-1'), status=201)
    taps.equal(made.fields['location'], BASE + '/measures/API-1')
    first = ask('/measures/API-1')
    taps.equal(first.fields['etag'], made.fields['etag'])
    changed = ask('/measures/API-1', 'PATCH', {'fields': {'title': 'Another'}, 'reason': 'clearer'},
                  If_Match=first.fields['etag'])
    assert changed.fields['etag'] != first.fields['etag']
    taps.equal(changed.json()['fields'], {**first.json()['fields'], 'title': 'Another'})
    page = ask_raw('/luton/measures/API-1.json')
    taps.equal(page.status, 200)
    assert 'Another' in page.text()
    gone = ask('/measures/API-1', 'DELETE', {'reason': 'made for a test'},
               If_Match=changed.fields['etag'])
    taps.equal(gone.json()['fields']['state'], 'retired')
    history = PLACE.command(RECORD, 'audit', 'export')
    assert 'clearer' in history and 'made for a test' in history
    assert '"officer"' in history
    PLACE.command(RECORD, 'audit', 'verify')


def test_a_figure_and_its_correction():
    ask('/measures', 'POST', new_measure('API-2', value_type='number', decimals='1',
                                         frequency='quarter', cumulative=None), status=201)
    figure = {'fields': {'measure': 'API-2', 'part': None, 'period': 'Q4 2013/14', 'value': 68.2}}
    made = ask('/observations', 'POST', figure, status=201)
    taps.equal(made.fields['location'], BASE + '/observations/API-2/~/2013-14-Q4')
    taps.equal(made.json()['fields']['value'], '68.2')
    taps.equal(made.json()['version'], 1)
    second = ask('/observations/API-2/~/2013-14-Q4', 'PATCH', {'fields': {'value': '70.1'}},
                 If_Match=made.fields['etag'])
    taps.equal(second.json()['version'], 2)
    same = ask('/observations/API-2/~/2013-14-Q4', 'PATCH', {'fields': {'value': '70.1'}},
               If_Match=second.fields['etag'])
    taps.equal(same.fields['etag'], second.fields['etag'], 'nothing changed')
    page = ask_raw('/luton/measures/API-2.json?period=2013-14-Q4').text()
    assert '70.1' in page


def test_all_fields_are_replaced_by_put():
    ask('/measures', 'POST', new_measure('API-3', definition='Long'), status=201)
    row = ask('/measures/API-3')
    fields = {name: value for name, value in row.json()['fields'].items() if name != 'definition'}
    put = ask('/measures/API-3', 'PUT', {'fields': fields}, If_Match=row.fields['etag'])
    taps.equal(put.json()['fields']['definition'], None)


# ---- what is refused ----

def test_fields_at_fault_are_named_with_the_remedy():
    row = ask('/measures?limit=1').json()['items'][0]
    target, tag = row['self'][len(BASE):], ask(row['self'][len(BASE):]).fields['etag']
    for fields, pointer in (({'polarity': 'sideways'}, '/fields/polarity'),
                            ({'decimals': 'two'}, '/fields/decimals'),
                            ({'unit_of': 'x'}, '/fields/unit_of'),
                            ({'title': None}, '/fields/title'),
                            ({'title': ['a']}, '/fields/title'),
                            ({'code': 'other'}, '/fields/code')):
        told = problem(ask(target, 'PATCH', {'fields': fields}, status=422, If_Match=tag))
        assert pointer in [error['pointer'] for error in told['errors']], told
    taps.equal(ask(target).fields['etag'], tag, 'nothing was changed')


def test_bodies_that_are_none():
    target = ask('/measures?limit=1').json()['items'][0]['self']
    for body, kind, status in ((b'{', 'application/json', 400), (b'[]', 'application/json', 400),
                               (b'{"fields":{},"fields":{}}', 'application/json', 400),
                               (b'{"fields":1}', 'application/json', 422),
                               (b'{"field":{}}', 'application/json', 422),
                               (b'{"fields":{},"reason":1}', 'application/json', 422),
                               (b'fields=1', 'text/plain', 415), (b'{}', None, 415),
                               (b'{"a":' * 40 + b'1' + b'}' * 40, 'application/json', 400)):
        sent = {'Content_Type': kind} if kind else {}
        answer = ask_raw(target, 'PATCH', body, If_Match='*', **sent)
        taps.equal(answer.status, status, body[:40])
        problem(answer)
    big = ask_raw(target, 'PATCH', b' ' * ((1 << 20) + 1), If_Match='*',
                  Content_Type='application/json')
    taps.equal(big.status, 413)


def test_methods_an_address_does_not_take():
    for path, method, allow in (('/measures', 'PUT', 'GET, HEAD, POST'),
                                ('/measures/X', 'POST', 'GET, HEAD, PUT, PATCH, DELETE'),
                                ('/changes', 'GET', 'POST')):
        answer = ask(path, method, {'fields': {}} if method != 'GET' else None, status=405,
                     If_Match='*')
        taps.equal(answer.fields['allow'], allow)


def test_nobody_overwrites_what_they_have_not_seen():
    ask('/measures', 'POST', new_measure('API-4'), status=201)
    tag = ask('/measures/API-4').fields['etag']
    problem(ask('/measures/API-4', 'PATCH', {'fields': {'title': 'Mine'}}, status=428), 'If-Match')
    ask('/measures/API-4', 'PATCH', {'fields': {'title': 'Theirs'}}, If_Match=tag)
    for stale in (tag, 'W/' + tag, '"x"', '""'):
        told = problem(ask('/measures/API-4', 'PATCH', {'fields': {'title': 'Mine'}}, status=412,
                           If_Match=stale))
        taps.equal(told['current']['fields']['title'], 'Theirs')
    ask('/measures/API-4', 'PATCH', {'fields': {'title': 'Whatever it was'}}, If_Match='*')
    problem(ask('/measures', 'POST', new_measure('API-4'), status=409), 'already')


def test_eight_writers_of_one_row_lose_nothing():
    ask('/measures', 'POST', new_measure('API-5', definition='0'), status=201)
    faults = []

    def writer():
        for _ in range(10):
            while True:
                row = ask_raw(BASE + '/measures/API-5')
                number = int(row.json()['fields']['definition'])
                answer = ask_raw(BASE + '/measures/API-5', 'PATCH',
                                 {'fields': {'definition': str(number + 1)}},
                                 If_Match=row.fields['etag'])
                if answer.status == 200:
                    break
                if answer.status != 412:
                    faults.append(answer.text())
                    return
    threads = [threading.Thread(target=writer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taps.equal(faults, [])
    taps.equal(ask('/measures/API-5').json()['fields']['definition'], '80')


# ---- several at once, and twice the same ----

def test_several_changes_are_made_or_none():
    ask('/measures', 'POST', new_measure('API-6', value_type='number', decimals='0',
                                         frequency='quarter', cumulative=None), status=201)
    measure = ask('/measures/API-6')

    def figures(*values):
        return [{'action': 'create', 'kind': 'observations',
                 'fields': {'measure': 'API-6', 'period': '2013-14-Q%d' % (at + 1), 'value': value}}
                for at, value in enumerate(values)]
    told = problem(ask('/changes', 'POST', {'changes': figures(1, 2, 'many')}, status=422))
    assert told['errors'][0]['pointer'].startswith('/changes/2/fields'), told
    taps.equal(ask('/observations?measure=API-6').json()['items'], [])
    done = ask('/changes', 'POST', {'changes': figures(1, 2, 3) + [
        {'action': 'change', 'kind': 'measures', 'etag': measure.fields['etag'].strip('"'),
         'fields': {'code': 'API-6', 'title': 'With figures'}}]}).json()
    taps.equal(done['changes'], 4)
    taps.equal(len(ask('/observations?measure=API-6').json()['items']), 3)
    taps.equal(ask('/measures/API-6').json()['fields']['title'], 'With figures')
    for body in ({}, {'changes': []}, {'changes': [1]}, {'changes': [{'action': 'eat'}]},
                 {'changes': [{'action': 'change', 'kind': 'measures', 'fields': {}}]},
                 {'changes': [{'action': 'create', 'kind': 'measure', 'fields': {}}]},
                 {'changes': [{'action': 'create', 'kind': 'measures'}]},
                 {'changes': figures(*range(1001))}):
        problem(ask('/changes', 'POST', body, status=422))


def test_a_request_sent_twice_is_done_once():
    body = new_measure('API-7')
    first = ask('/measures', 'POST', body, status=201, Idempotency_Key='one')
    again = ask('/measures', 'POST', body, status=201, Idempotency_Key='one')
    taps.equal(again.body, first.body)
    taps.equal(again.fields['location'], first.fields['location'])
    problem(ask('/measures', 'POST', new_measure('API-8'), status=422, Idempotency_Key='one'),
            'another request')
    ask('/measures', 'POST', body, status=200, Idempotency_Key='two')
    other = {'fields': {**body['fields'], 'title': 'Another'}}
    problem(ask('/measures', 'POST', other, status=409, Idempotency_Key='four'))
    refused = new_measure('API-9', polarity='sideways')
    problem(ask('/measures', 'POST', refused, status=422, Idempotency_Key='three'))
    ask('/measures', 'POST', new_measure('API-9'), status=201, Idempotency_Key='three')


def test_what_is_typed_comes_back_as_text():
    for text in ('<script>alert(1)</script>', '"\'&<>', '{{title}}', '=1+1', 'a\u2028b', '\u202e'):
        row = ask('/measures/API-4')
        ask('/measures/API-4', 'PATCH', {'fields': {'title': text}}, If_Match=row.fields['etag'])
        taps.equal(ask('/measures/API-4').json()['fields']['title'], text)
        page = ask_raw('/luton/measures/API-4').text()
        assert '<script>alert' not in page


# ---- the description itself ----

def test_the_description_is_whole():
    taps.equal(DESCRIPTION['openapi'], '3.1.0')
    text = json.dumps(DESCRIPTION)
    for name in set(re.findall(r'"#/components/schemas/([A-Za-z]+)"', text)):
        assert name in DESCRIPTION['components']['schemas'], name
    seen = set()
    for path, operations in DESCRIPTION['paths'].items():
        names = set(re.findall(r'\{([a-z_]+)\}', path))
        for method, operation in operations.items():
            given = {p['name'] for p in operation['parameters'] if p['in'] == 'path'}
            taps.equal(given, names, path)
            identity = operation.get('operationId')
            assert identity is None or identity not in seen, identity
            seen.add(identity)


def test_pages_that_are_described_are_there():
    codes = {'aims': 'aims', 'measures': 'measures', 'plans': 'plans'}
    for path in DESCRIPTION['paths']:
        if path.startswith('/{org}') and '{code}' not in path:
            answer = ask_raw(path.replace('{org}', 'luton'))
            assert answer.status in (200, 302), '%s: %d' % (path, answer.status)
    assert codes


def test_most_of_the_description_was_met():
    assert len(CHECKED) > 40, len(CHECKED)
    statuses = {status for _, _, status in CHECKED}
    for status in (200, 201, 400, 403, 404, 409, 412, 422, 428):
        assert status in statuses, status


if __name__ == '__main__':
    taps.run(globals())
