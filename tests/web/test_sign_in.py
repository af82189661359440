#!/usr/bin/env python3
"""Signing in by the real program, as browsers and others do it: test_sign_in.py PROGRAM SOURCE_FOLDER

Who is let in and who is not; sessions, their limits and their end; the second factor; forged
requests; accounts kept by administrators; what every answer carries.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'web'))
import serving  # noqa: E402
import taps  # noqa: E402
import wire  # noqa: E402

TODAY = '2014-05-15'
PASSWORD = serving.PASSWORD
COOKIE = '__Host-session'
place = serving.Place(PROGRAM, 'goldthread-sign-in-')
_made = {}


def base():
    """Two councils and the accounts that most tests want; copied by each."""
    if 'base' not in _made:
        record = place.record(os.path.join(SOURCE, 'examples/luton'),
                              os.path.join(SOURCE, 'examples/bracknell-forest'))
        place.account(record, 'boss', 'administrator', '*', name='Head of IT')
        place.account(record, 'officer', 'performance', 'luton', name='Performance officer')
        place.account(record, 'housing', 'head', 'luton', '--unit', 'HCL', name='Head of Housing')
        _made['base'] = record
    return _made['base']


def fresh(*options):
    """A server over a record of its own."""
    record = place.record()
    shutil.copyfile(base(), record)
    return serving.Server(place, record, *options, today=TODAY)


def shared():
    if 'server' not in _made:
        _made['server'] = fresh()
    return _made['server']


def close():
    if 'server' in _made:
        _made['server'].stop()


def person(server, code='officer'):
    """Somebody signed in."""
    found = serving.Person(server)
    answer = found.sign_in(code)
    if COOKIE not in found.cookies:
        raise AssertionError('%s is not let in: %d %s' % (code, answer.status, said(answer)))
    return found


def said(answer):
    """The sentences of the error summary, or of the page's first paragraph."""
    page = answer.text()
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', page, re.S)
    part = summary[1] if summary else ''.join(re.findall(r'<p class="govuk-body">.*?</p>', page)[:1])
    return ' '.join(re.sub(r'<[^>]+>', ' ', part).split())


def title(answer):
    return re.search(r'<title>(.*?)</title>', answer.text())[1]


def record_change(server, statement, *values):
    """Stands in for time going by: the record's own times are moved back."""
    with sqlite3.connect(server.record, timeout=10) as db:
        db.execute(statement, values)
    db.close()


def totp(secret, at=None):
    """RFC 6238, written again here."""
    key = base64.b32decode(secret.replace(' ', ''))
    step = struct.pack('>Q', int(time.time() if at is None else at) // 30)
    digest = hmac.new(key, step, hashlib.sha1).digest()
    start = digest[-1] & 15
    return '%06d' % ((struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 10 ** 6)


# ---- who is let in ----

def test_a_record_without_accounts_is_open_and_changes_nothing():
    record = place.record(os.path.join(SOURCE, 'examples/luton'))
    with serving.Server(place, record, today=TODAY) as server:
        taps.equal(server.ask('/luton').status, 200)
        page = server.ask('/sign-in')
        taps.equal((page.status, 'goldthread user add' in page.text()), (200, True))
        if 'Sign in</a>' in server.ask('/luton').text():
            raise AssertionError('an open record offers to sign in')
        for path in ('/account', '/people', '/people/new'):
            answer = server.ask(path)
            taps.equal(answer.status, 403, path)
            taps.equal('no accounts yet' in said(answer), True, path)


def test_with_accounts_everything_asks_for_somebody():
    server = shared()
    for path in ('/', '/luton', '/luton/measures', '/luton/search?q=crime', '/nowhere',
                 '/luton/nothing', '/account', '/people', '/people/account/boss'):
        answer = server.ask(path)
        expected = '/sign-in' + ('' if path == '/' else
                                 '?return=' + urllib.parse.quote(path, safe='-._~'))
        taps.equal((answer.status, answer.fields.get('location')), (303, expected), path)
    for path in ('/luton.json', '/luton/measures.csv', '/nowhere.json', '/.json', '/api/v1/luton/measure'):
        answer = server.ask(path)
        if path == '/api/v1/luton/measure' and answer.status == 404:
            continue
        taps.equal((answer.status, answer.fields['content-type']),
                   (401, 'application/problem+json; charset=utf-8'), path)
        taps.equal(answer.fields['www-authenticate'].startswith('Bearer'), True, path)
        taps.equal(answer.json()['status'], 401, path)


def test_by_code_or_address_and_back_to_where_they_wanted():
    server = shared()
    for name in ('officer', 'officer@example.org', ' Officer@Example.ORG '):
        one = serving.Person(server)
        one.ask('/luton/measures?period=2013-14-Q3')
        answer = one.send({'name': name, 'password': PASSWORD})
        taps.equal((answer.status, one.at), (200, '/luton/measures?period=2013-14-Q3'), name)
        taps.equal('Your account' in answer.text(), True)
        taps.equal(answer.fields['cache-control'], 'no-store')


def test_only_our_own_addresses_are_gone_back_to():
    server = shared()
    for wanted in ('//evil.example/', 'https://evil.example/', '/\\evil.example', '/nothing/at/all',
                   'javascript:alert(1)', '/luton/%2f%2fevil', '/sign-out', '/api/v1/x', '\r\nX: 1'):
        one = serving.Person(server)
        one.ask('/sign-in?return=' + urllib.parse.quote(wanted))
        if one.last.status != 200:
            continue  # the address itself is refused
        form = one.form('password')
        kept = form['fields'].get('return', '/')
        taps.equal(kept, '/', wanted)
        answer = one.ask('/sign-in', 'POST', {**form['fields'], 'name': 'officer',
                                              'password': PASSWORD, 'return': wanted}, follow=False)
        taps.equal((answer.status, answer.fields['location']), (303, '/'), wanted)


def test_wrong_names_and_wrong_passwords_are_told_alike_and_take_as_long():
    server = shared()
    took, seen = {}, set()
    for name in ('officer', 'nobody-here', 'housing@example.org', 'not.known@example.org'):
        times = []
        for turn in range(4):
            one = serving.Person(server)
            one.ask('/sign-in')
            begun = time.monotonic()
            answer = one.send({'name': name, 'password': 'wrong %d' % turn})
            times.append(time.monotonic() - begun)
            taps.equal(answer.status, 422, name)
            taps.equal(title(answer).startswith('Error: '), True, name)
            taps.equal('wrong' in answer.text(), False, 'the password comes back')
            taps.equal('value="%s"' % name in answer.text(), True, 'the name is kept')
            seen.add(said(answer))
            taps.equal(one.cookies, {}, name)
        took[name] = sorted(times)[1]
    taps.equal(len(seen), 1, str(seen))
    known = (took['officer'] + took['housing@example.org']) / 2
    unknown = (took['nobody-here'] + took['not.known@example.org']) / 2
    if not 0.5 < known / unknown < 2:
        raise AssertionError('known names take %.0f ms, unknown ones %.0f ms'
                             % (known * 1000, unknown * 1000))
    for code in ('officer', 'housing'):
        person(server, code)  # and right ones still get in


def test_eleven_wrong_passwords_are_stopped_for_unknown_names_too():
    with fresh() as server:
        for name in ('officer', 'nobody-here'):
            statuses = []
            for turn in range(12):
                one = serving.Person(server)
                one.ask('/sign-in')
                statuses.append(one.send({'name': name, 'password': 'wrong %d' % turn}).status)
            taps.equal(statuses, [422] * 10 + [429] * 2, name)
            wait = int(one.last.fields['retry-after'])
            taps.equal(0 < wait <= 300, True, str(wait))
            taps.equal('too many attempts' in said(one.last), True)
        one = serving.Person(server)
        one.ask('/sign-in')
        taps.equal(one.send({'name': 'officer', 'password': PASSWORD}).status, 429,
                   'the right password is not looked at either')
        taps.equal(person(server, 'boss').ask('/account').status, 200, 'others are not in the way')
        record_change(server, 'UPDATE guesses SET last_at = last_at - 301')
        person(server, 'officer')


def test_one_address_is_stopped_after_many_wrong_names():
    with fresh() as server:
        for _ in range(5):
            person(server)  # right ones do not count
        one, stopped = serving.Person(server), None
        for turn in range(120):
            answer = one.ask('/sign-in', 'POST', {'name': 'n%d' % turn, 'password': 'x'})
            if answer.status == 429:
                stopped = turn
                break
        taps.equal(100 <= stopped < 110, True, str(stopped))
        taps.equal(int(answer.fields['retry-after']) > 0, True)


# ---- sessions ----

def test_the_cookie_is_new_at_each_sign_in_and_never_one_we_were_given():
    server = shared()
    fixed = 'A' * 43
    one = serving.Person(server)
    one.cookies[COOKIE] = fixed
    one.sign_in('officer')
    first = one.cookies[COOKIE]
    taps.equal(first != fixed and len(first) == 43, True, first)
    line = next(value for name, value in one.server.ask(
        '/sign-in', 'POST', urllib.parse.urlencode({'name': 'officer', 'password': PASSWORD}),
        headers={'Content-Type': 'application/x-www-form-urlencoded',
                 'Cookie': COOKIE + '=' + first}).headers if name.lower() == 'set-cookie')
    parts = line.split('; ')
    taps.equal(set(parts[1:]), {'Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'}, line)
    taps.equal(parts[0].split('=')[1] != first, True)
    taps.equal(one.ask('/account', follow=False).status, 303, 'the session before it has ended')
    for bad in (fixed, '', 'x', first + 'x', first[:-1], '../../x', 'A' * 4000):
        one.cookies = {COOKIE: bad}
        taps.equal(one.ask('/account', follow=False).status, 303, bad)


def test_signing_out_ends_it_here_and_empties_the_browser():
    server = shared()
    one = person(server)
    secret = one.cookies[COOKIE]
    one.ask('/account')
    form = next(form for form in serving.Forms(one.last.text()).forms if form['action'] == '/sign-out')
    answer = one.ask('/sign-out', 'POST', form['fields'], follow=False)
    taps.equal((answer.status, answer.fields['location']), (303, '/sign-in?out=yes'))
    taps.equal(answer.fields['clear-site-data'], '"cache", "storage"')
    taps.equal('Max-Age=0' in answer.fields['set-cookie'], True, answer.fields['set-cookie'])
    taps.equal(COOKIE in one.cookies, False)
    again = serving.Person(server)
    again.cookies[COOKIE] = secret
    taps.equal(again.ask('/luton', follow=False).status, 303, 'a copy of the cookie')
    taps.equal('signed out' in server.ask('/sign-in?out=yes').text(), True)


def test_idle_and_absolute_limits_end_a_session_at_once():
    with fresh() as server:
        for statement in ('UPDATE sessions SET last_seen = last_seen - 1801',
                          'UPDATE sessions SET created_at = created_at - 36001'):
            one = person(server)
            taps.equal(one.ask('/luton', follow=False).status, 200)
            record_change(server, statement)
            taps.equal(one.ask('/luton', follow=False).status, 303, statement)
            taps.equal(one.ask('/luton.json', follow=False).status, 401, statement)
        place.command(server.record, 'user', 'setting', 'idle_minutes', '2')
        one = person(server)
        record_change(server, 'UPDATE sessions SET last_seen = last_seen - 121')
        taps.equal(one.ask('/luton', follow=False).status, 303, 'idle_minutes 2')


def test_being_seen_is_noted_at_most_every_five_minutes():
    with fresh() as server:
        one = person(server)
        record_change(server, 'UPDATE sessions SET last_seen = last_seen - 400')
        taps.equal(one.ask('/luton').status, 200)
        with sqlite3.connect(server.record) as db:
            (seen,), = db.execute('SELECT max(last_seen) FROM sessions').fetchall()
            taps.equal(abs(seen - time.time()) < 30, True)
            counter = db.execute('PRAGMA data_version').fetchone()
            for _ in range(20):
                taps.equal(one.ask('/luton').status, 200)
            taps.equal(db.execute('PRAGMA data_version').fetchone(), counter, 'reading writes')
        db.close()


def test_own_sessions_are_listed_and_can_be_ended_others_cannot():
    with fresh() as server:
        here, there, boss = person(server), person(server), person(server, 'boss')
        page = here.ask('/account').text()
        taps.equal(len(re.findall(r'name="session" value="', page)), 1, 'the other one has a button')
        taps.equal(page.count('(this one)'), 1)
        with sqlite3.connect(server.record) as db:
            digests = dict((digest, account) for digest, account in
                           db.execute('SELECT digest, account FROM sessions WHERE ended_at IS NULL'))
        db.close()
        theirs = next(digest for digest, account in digests.items() if account == 'boss')
        form = here.form('session')
        here.ask('/account/sessions', 'POST', {**form['fields'], 'session': theirs[:16]})
        taps.equal(boss.ask('/account').status, 200, 'somebody else\'s session lives on')
        here.ask('/account')
        here.send({}, wanted='session')
        taps.equal(there.ask('/luton', follow=False).status, 303, 'ended')
        third = person(server)
        here.ask('/account')
        form = next(form for form in serving.Forms(here.last.text()).forms
                    if form['action'] == '/account/sessions' and 'session' not in form['fields'])
        here.ask('/account/sessions', 'POST', form['fields'])
        taps.equal((third.ask('/luton', follow=False).status, here.ask('/luton').status), (303, 200))


def test_disabling_ends_everything_at_once():
    with fresh() as server:
        officer, boss = person(server), person(server, 'boss')
        token = place.token(server.record, 'officer')
        taps.equal(server.ask('/luton.json', token=token).status, 200)
        boss.ask('/people/account/officer')
        disable = next(form for form in serving.Forms(boss.last.text()).forms
                       if form['fields'].get('do') == 'disable')
        taps.equal(boss.ask('/people/account/officer', 'POST', disable['fields']).status, 200)
        taps.equal(officer.ask('/luton', follow=False).status, 303)
        taps.equal(server.ask('/luton.json', token=token).status, 401)
        one = serving.Person(server)
        one.ask('/sign-in')
        taps.equal(one.send({'name': 'officer', 'password': PASSWORD}).status, 422)


# ---- passwords ----

def test_a_password_is_changed_with_the_present_one_and_ends_other_sessions():
    with fresh() as server:
        one, other = person(server), person(server)
        secret = one.cookies[COOKIE]
        cases = (('', 'four quiet words here', 'Enter your present password'),
                 ('wrong', 'four quiet words here', 'not your present password'),
                 (PASSWORD, '', 'Enter a new password'),
                 (PASSWORD, PASSWORD, 'other than the present'),
                 (PASSWORD, 'short', '8'),
                 (PASSWORD, 'password1', ''),
                 (PASSWORD, 'officer1', ''))
        for current, new, words in cases:
            one.ask('/account/password')
            answer = one.send({'current': current, 'new': new})
            taps.equal(answer.status, 422, new)
            taps.equal(words in said(answer), True, said(answer))
            for typed in (current, new):
                taps.equal(typed != '' and 'value="%s"' % typed in answer.text(), False,
                           'a password comes back')
        one.ask('/account/password')
        answer = one.send({'current': PASSWORD, 'new': 'four quiet words here'})
        taps.equal((answer.status, one.at), (200, '/account?done=password'))
        taps.equal(one.cookies[COOKIE] != secret, True, 'a new session')
        taps.equal(other.ask('/luton', follow=False).status, 303, 'the other has ended')
        again = serving.Person(server)
        again.sign_in('officer', 'four quiet words here')
        taps.equal(again.ask('/account', follow=False).status, 200)


def test_a_first_password_must_be_changed_before_anything_else():
    with fresh() as server:
        boss = person(server, 'boss')
        boss.ask('/people/new')
        answer = boss.send({'full-name': 'Service lead', 'code': 'lead', 'how': 'password'})
        first = re.search(r'<code>([^<]+)</code>', answer.text())[1]
        place.grant(server.record, 'lead', 'viewer', 'luton')
        one = serving.Person(server)
        one.sign_in('lead', first)
        taps.equal(one.at.split('?')[0], '/account/password')
        for path in ('/luton', '/', '/account', '/people', '/account/tokens'):
            answer = one.ask(path, follow=False)
            taps.equal((answer.status, answer.fields['location'].split('?')[0]),
                       (303, '/account/password'), path)
        taps.equal(one.ask('/luton.json', follow=False).status, 403)
        one.ask('/account/password')
        one.send({'current': first, 'new': 'four quiet words here'})
        taps.equal(one.ask('/luton', follow=False).status, 200)


# ---- the second factor ----

def enrol(one, current=PASSWORD):
    """Sets it up; (secret, recovery codes)."""
    one.ask('/account/second-factor')
    one.send({'step': 'begin'}, wanted='step')
    secret = re.search(r'<code>([A-Z2-7 ]{32,})</code>', one.last.text())[1]
    taps.equal('otpauth://totp/Goldthread:' in one.last.text(), True)
    fields = {'code': totp(secret), 'current': current}
    form = one.form('code')
    fields = {name: value for name, value in fields.items() if name in form['fields']}
    answer = one.send(fields, wanted='code')
    taps.equal(answer.status, 200, said(answer))
    return secret, re.findall(r'<li><code>([^<]+)</code></li>', answer.text())


def test_a_second_factor_is_set_up_asked_for_and_taken_once():
    with fresh() as server:
        one = person(server)
        before = one.cookies[COOKIE]
        secret, recovery = enrol(one)
        taps.equal(len(recovery) == 10 and one.cookies[COOKIE] != before, True)
        taps.equal(one.ask('/luton', follow=False).status, 200, 'goes on without asking again')
        two = serving.Person(server)
        two.sign_in('officer')
        taps.equal(two.at.split('?')[0], '/sign-in/second-factor')
        half = two.cookies[COOKIE]
        # With the password alone nothing is reached, least of all what would replace the factor.
        for path in ('/luton', '/account', '/account/password', '/account/second-factor',
                     '/people', '/luton/measures'):
            answer = two.ask(path, follow=False)
            taps.equal((answer.status, answer.fields['location'].split('?')[0]),
                       (303, '/sign-in/second-factor'), path)
        taps.equal(two.ask('/luton.json', follow=False).status, 403)
        two.ask('/sign-in/second-factor')
        form = two.form('code')
        for path, fields in (('/account/second-factor', {'step': 'begin'}),
                             ('/account/password', {'current': PASSWORD, 'new': 'four quiet words'})):
            answer = two.ask(path, 'POST', {**form['fields'], **fields}, follow=False)
            taps.equal((answer.status, answer.fields['location'].split('?')[0]),
                       (303, '/sign-in/second-factor'), path)
        two.ask('/sign-in/second-factor')
        taps.equal(two.send({'code': '000000'}).status, 422)
        two.ask('/sign-in/second-factor')
        code = totp(secret, time.time() + 30)  # of the next step, which the clock's slack takes
        answer = two.send({'code': code}, follow=False)
        taps.equal((answer.status, two.cookies[COOKIE] != half), (303, True), said(answer))
        taps.equal(two.ask('/luton', follow=False).status, 200)
        three = serving.Person(server)
        three.sign_in('officer')
        taps.equal(three.send({'code': code}).status, 422, 'the same code again')
        answer = three.send({'code': recovery[3]}, wanted='code', follow=False)
        taps.equal(answer.status, 303, 'a recovery code')
        four = serving.Person(server)
        four.sign_in('officer')
        taps.equal(four.send({'code': recovery[3]}).status, 422, 'the same recovery code again')


def test_guesses_at_the_second_factor_are_stopped():
    with fresh() as server:
        enrol(person(server))
        two = serving.Person(server)
        two.sign_in('officer')
        statuses = []
        for turn in range(11):
            two.ask('/sign-in/second-factor')
            statuses.append(two.send({'code': '%06d' % turn}).status)
        taps.equal(statuses, [422] * 10 + [429])
        taps.equal(int(two.last.fields['retry-after']) > 0, True)


def test_where_all_must_have_one_it_comes_before_anything_else():
    with fresh() as server:
        boss = person(server, 'boss')
        boss.ask('/people/settings')
        boss.send({'require_second_factor': 'yes'})
        one = serving.Person(server)
        one.sign_in('officer')
        taps.equal(one.at.split('?')[0], '/account/second-factor')
        taps.equal('Everybody needs a second factor' in one.last.text(), True)
        taps.equal(one.ask('/luton', follow=False).status, 303)
        enrol(one)
        taps.equal(one.ask('/luton', follow=False).status, 200)


def test_replacing_it_or_new_codes_take_the_password():
    with fresh() as server:
        one = person(server)
        secret, recovery = enrol(one)
        one.ask('/account/second-factor')
        form = next(form for form in serving.Forms(one.last.text()).forms
                    if form['fields'].get('step') == 'recovery')
        for current, status in (('', 422), ('wrong', 422), (PASSWORD, 200)):
            answer = one.ask('/account/second-factor', 'POST', {**form['fields'], 'current': current})
            taps.equal(answer.status, status, current)
        fresh_codes = re.findall(r'<li><code>([^<]+)</code></li>', answer.text())
        taps.equal(len(fresh_codes) == 10 and not set(fresh_codes) & set(recovery), True)
        one.ask('/account/second-factor')
        one.send({'step': 'begin'}, wanted='step')
        new = re.search(r'<code>([A-Z2-7 ]{32,})</code>', one.last.text())[1]
        taps.equal(one.send({'code': totp(new), 'current': 'wrong'}).status, 422)
        two = serving.Person(server)
        two.sign_in('officer')
        answer = two.send({'code': totp(secret, time.time() + 30)}, follow=False)
        taps.equal(answer.status, 303, 'the old one holds until then')


# ---- requests forged by other sites ----

def test_changes_are_taken_from_our_own_pages_only():
    with fresh() as server:
        one = person(server)
        one.ask('/account')
        form = one.form('csrf')['fields']
        other = person(server, 'boss')
        other.ask('/account')
        theirs = other.form('csrf')['fields']['csrf']
        host = '127.0.0.1:%d' % server.port
        own, evil = 'http://' + host, 'https://evil.example'
        good = form['csrf']
        # what the browser says, what the form brings -> the answer
        cases = (({'Sec-Fetch-Site': 'same-origin'}, good, 303),
                 ({'Sec-Fetch-Site': 'same-origin', 'Origin': own}, good, 303),
                 ({'Origin': own}, good, 303),
                 ({}, good, 303),
                 ({'Sec-Fetch-Site': 'same-origin'}, None, 403),
                 ({'Sec-Fetch-Site': 'same-origin'}, '', 403),
                 ({'Sec-Fetch-Site': 'same-origin'}, theirs, 403),
                 ({'Sec-Fetch-Site': 'same-origin'}, good[:-1], 403),
                 ({'Sec-Fetch-Site': 'same-origin'}, good + 'x', 403),
                 ({'Sec-Fetch-Site': 'cross-site'}, good, 403),
                 ({'Sec-Fetch-Site': 'same-site'}, good, 403),
                 ({'Sec-Fetch-Site': 'same-origin', 'Origin': evil}, good, 403),
                 ({'Origin': evil}, good, 403),
                 ({'Origin': 'null'}, good, 403),
                 ({'Origin': own + '.evil.example'}, good, 403),
                 ({}, None, 403))
        for headers, csrf, status in cases:
            fields = {'full-name': 'Performance officer'}
            if csrf is not None:
                fields['csrf'] = csrf
            answer = server.ask('/account/name', 'POST', urllib.parse.urlencode(fields), headers={
                **headers, 'Cookie': COOKIE + '=' + one.cookies[COOKIE],
                'Content-Type': 'application/x-www-form-urlencoded'})
            taps.equal(answer.status, status, '%s %s' % (headers, csrf))
        one = person(server)
        one.ask('/account/name', 'POST', {'full-name': 'X', 'csrf': good})
        taps.equal(one.last.status, 403, 'the field of an earlier session')
        for headers in ({'Sec-Fetch-Site': 'cross-site'}, {'Origin': evil}):
            answer = server.ask('/sign-in', 'POST', urllib.parse.urlencode(
                {'name': 'officer', 'password': PASSWORD}), headers={
                    **headers, 'Content-Type': 'application/x-www-form-urlencoded'})
            taps.equal((answer.status, answer.cookies()), (403, {}), 'signing somebody in unasked')
        taps.equal(server.ask('/sign-out').status, 303)
        for path in ('/sign-out', '/account/sessions', '/account/name'):
            one.ask(path)
        taps.equal(one.ask('/account', follow=False).status, 200, 'reading changes nothing')


# ---- accounts ----

def test_an_administrator_keeps_accounts_and_others_do_not():
    with fresh() as server:
        boss, officer = person(server, 'boss'), person(server)
        for path in ('/people', '/people/new', '/people/settings', '/people/account/boss'):
            answer = officer.ask(path, follow=False)
            taps.equal((answer.status, 'administrator' in said(answer)), (403, True), path)
        boss.ask('/people/new')
        answer = boss.send({'full-name': 'Team lead', 'code': 'lead', 'email': 'lead@example.org',
                            'how': 'sign-on'})
        taps.equal((answer.status, boss.at), (200, '/people/account/lead'))
        answer = boss.send({'role': 'viewer', 'organisation': 'luton', 'scope': 'unit',
                            'scope-code': 'HCL'})
        taps.equal((answer.status, 'viewer' in answer.text() and 'HCL' in answer.text()), (200, True))
        answer = boss.send({'role': 'viewer', 'organisation': 'luton', 'scope': 'unit',
                            'scope-code': 'NOT-A-UNIT'})
        taps.equal(answer.status, 422)
        taps.equal('NOT-A-UNIT' in answer.text(), True, 'what was typed is kept')
        stale = boss.form('scope-code')['fields']
        boss.ask('/people/account/lead')
        boss.send({'full-name': 'Team leader', 'email': 'lead@example.org'})
        taps.equal('Team leader' in boss.last.text(), True)
        answer = boss.ask('/people/account/lead', 'POST', {**stale, 'scope-code': 'CCS'})
        taps.equal(answer.status, 422, 'the account was changed meanwhile')
        boss.ask('/people/account/public')
        answer = boss.send({'role': 'public', 'organisation': 'luton', 'scope': 'organisation'})
        taps.equal(answer.status, 200, said(answer))
        nobody = server.ask('/luton')
        taps.equal((nobody.status, 'Sign in</a>' in nobody.text()), (200, True))
        taps.equal(server.ask('/luton/risks.json').json().get('rows', []), [])
        taps.equal(server.ask('/bracknell-forest').status, 303)


def test_an_administrator_of_one_council_has_no_say_in_another():
    with fresh() as server:
        place.account(server.record, 'local', 'administrator', 'luton', name='Luton administrator')
        place.account(server.record, 'elsewhere', 'viewer', 'bracknell-forest')
        one = person(server, 'local')
        listed = one.ask('/people').text()
        taps.equal(('/officer"' in listed, '/elsewhere"' in listed, '/boss"' in listed),
                   (True, False, False))
        taps.equal(one.ask('/people/account/elsewhere').status, 404)
        taps.equal(one.ask('/people/settings').status, 403)
        one.ask('/people/account/officer')
        form = one.form('scope-code')['fields']
        for fields in ({'organisation': 'bracknell-forest'}, {'organisation': '*'}):
            answer = one.ask('/people/account/officer', 'POST',
                             {**form, 'role': 'viewer', 'scope': 'organisation', 'scope-code': '',
                              **fields})
            taps.equal(answer.status, 403, str(fields))
        for do in ('password', 'disable', 'factor', 'sessions', 'rename'):
            answer = one.ask('/people/account/boss', 'POST', {**form, 'do': do})
            taps.equal(answer.status, 404, do)


def test_who_may_not_read_is_told_what_is_missing_and_whom_to_ask():
    one = person(shared())
    answer = one.ask('/bracknell-forest')
    taps.equal(answer.status, 403)
    taps.equal('no role in' in said(answer) and 'administrator' in said(answer), True, said(answer))
    taps.equal(one.ask('/bracknell-forest.json').fields['content-type'],
               'application/problem+json; charset=utf-8')
    taps.equal(one.ask('/', follow=False).fields['location'], '/luton')


def test_a_unit_sees_its_own_and_pages_are_not_mixed_up():
    server = shared()
    whole, part = person(server), person(server, 'housing')
    for _ in range(2):
        counts = [len(set(re.findall(r'"href":"/luton/measures/([^"]+)"',
                                     one.ask('/luton/measures.json').text())))
                  for one in (whole, part)]
        taps.equal(counts[0] > counts[1] > 0, True, str(counts))


def test_tokens_are_made_shown_once_and_revoked():
    with fresh() as server:
        one = person(server)
        one.ask('/account/tokens')
        taps.equal(one.send({'purpose': '', 'scope': 'read', 'days': '30'}).status, 422)
        answer = one.send({'purpose': 'a test', 'scope': 'read', 'days': '30'}, wanted='purpose')
        token = re.search(r'<code>(gt_[^<]+)</code>', answer.text())[1]
        taps.equal(server.ask('/luton.json', token=token).status, 200)
        taps.equal(server.ask('/luton', token=token).status, 200)
        taps.equal(token in one.ask('/account').text(), False)
        taps.equal(server.ask('/account', token=token).status, 303, 'a token is no way to an account')
        one.send({}, wanted='revoke')
        answer = server.ask('/luton.json', token=token)
        taps.equal((answer.status, answer.json()['type']),
                   (401, 'urn:goldthread:problem:token-unknown'))


def test_security_txt_names_who_is_set_and_nobody_else():
    with fresh() as server:
        taps.equal(server.ask('/.well-known/security.txt').status, 404)
        taps.equal('security_contact' in server.said(), True)
        place.command(server.record, 'user', 'setting', 'security_contact', 'security@example.org')
        answer = server.ask('/.well-known/security.txt')
        taps.equal((answer.status, answer.fields['content-type']), (200, 'text/plain; charset=utf-8'))
        lines = answer.text().split('\n')
        taps.equal(lines[0], 'Contact: mailto:security@example.org')
        taps.equal(lines[1].startswith('Expires: 20'), True)


# ---- what every answer carries, and what is put into fields ----

def test_every_answer_has_the_headers_and_nobody_elses_page_is_kept():
    server = shared()
    one = person(server)
    cookie = COOKIE + '=' + one.cookies[COOKIE]
    seen = 0
    for path in ('/', '/luton', '/luton.json', '/luton/measures.csv', '/sign-in', '/account',
                 '/account/name', '/account/password', '/account/second-factor', '/account/tokens',
                 '/account/sessions', '/people', '/sign-out', '/nowhere', '/luton/nothing.json',
                 '/bracknell-forest', '/assets/favicon.svg', '/.well-known/security.txt',
                 '/sign-in/second-factor', '/people/account/boss', '/luton?period=never'):
        for headers in ({}, {'Cookie': cookie}):
            for method in ('GET', 'HEAD', 'POST', 'PUT', 'DELETE'):
                sent = dict(headers)
                body = 'a=b' if method == 'POST' else None
                if body:
                    sent['Content-Type'] = 'application/x-www-form-urlencoded'
                answer = server.ask(path, method, body, headers=sent)
                for name, value in wire.ALWAYS.items():
                    taps.equal(answer.fields.get(name), value, '%s %s' % (method, path))
                taps.equal('server' in answer.fields, False)
                for line in (v for n, v in answer.headers if n.lower() == 'set-cookie'):
                    taps.equal(line.startswith('__Host-') and 'Secure' in line and
                               'HttpOnly' in line and 'SameSite=Lax' in line, True, line)
                if headers and not path.startswith(('/assets', '/.well')):
                    taps.equal(answer.fields['cache-control'], 'no-store', '%s %s' % (method, path))
                seen += 1
                if path == '/sign-out' and method == 'POST' and headers:
                    taps.equal(answer.status, 403, 'without the field nobody is signed out')
    taps.equal(seen, 21 * 2 * 5)


HOSTILE = ('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)",
           '{{csrf}}', '{{{name}}}', '</title><script>alert(1)</script>', '=cmd|calc', '&lt;b&gt;',
           'x\u202eevil', '%3Cscript%3E', '\\"><svg/onload=alert(1)>', 'javascript:alert(1)',
           "'; DROP TABLE accounts; --", '\u0000', 'a' * 5000)


MARKS = ('<script>alert', '<img src=x', '<svg/onload', "' onmouseover='", '"><img', '</title><script')


def unescaped(page, text):
    """The pieces of markup in `text` that stand in a page as they are."""
    return [mark for mark in MARKS if mark in text and mark in page]


def test_what_is_typed_comes_back_as_text_everywhere():
    with fresh() as server:
        boss = person(server, 'boss')
        places = (('/sign-in', {'name': None, 'password': 'x'}, None),
                  ('/account/name', {'full-name': None}, '/account'),
                  ('/account/tokens', {'purpose': None, 'scope': 'read', 'days': '30'}, '/account'),
                  ('/people/new', {'full-name': None, 'code': None, 'email': None,
                                   'how': 'sign-on'}, '/people'),
                  ('/people/account/officer', {'full-name': None, 'email': ''}, '/people'),
                  ('/people/account/officer', {'scope-code': None, 'role': 'viewer',
                                               'organisation': 'luton', 'scope': 'unit'}, None),
                  ('/people/account/officer', {'person': None}, None),
                  ('/people/settings', {'oidc_name': None}, '/people/settings'))
        tried = 0
        for path, fields, sink in places:
            for text in HOSTILE:
                one = serving.Person(server) if path == '/sign-in' else boss
                one.ask(path)
                filled = {name: text if value is None else value for name, value in fields.items()}
                answer = one.send(filled)
                taps.equal(answer.status in (200, 400, 404, 422, 429), True,
                           '%s %r %d' % (path, text, answer.status))
                pages = [answer.text()]
                if sink:
                    pages.append(boss.ask(sink).text())
                for page in pages:
                    taps.equal(unescaped(page, text), [], '%s %r' % (path, text))
                tried += 1
        for text in HOSTILE:
            quoted = urllib.parse.quote(text)
            for path in ('/sign-in?return=', '/account?done=', '/people?done=', '/people/account/',
                         '/luton/search?q=', '/nowhere/'):
                page = boss.ask(path + quoted).text()
                taps.equal(unescaped(page, text), [], path + quoted)
                tried += 1
        taps.equal(tried, len(HOSTILE) * (len(places) + 6))


def test_bodies_that_are_no_form_are_refused():
    server = shared()
    one = person(server)
    for kind, body, status in (('application/json', '{}', 415), ('text/plain', 'a=b', 415),
                               ('application/x-www-form-urlencoded', 'a=%zz', 400),
                               ('application/x-www-form-urlencoded', 'a=' + 'x' * 300000, 413)):
        answer = server.ask('/account/name', 'POST', body, headers={
            'Content-Type': kind, 'Cookie': COOKIE + '=' + one.cookies[COOKIE]})
        taps.equal(answer.status, status, kind)


if __name__ == '__main__':
    taps.run(globals())
