#!/usr/bin/env python3
"""Signing in through a sign-on service, by the real program and two real services from npm:
test_sign_on.py PROGRAM SOURCE_FOLDER

The whole way with a provider that has pages of its own; answers that are stolen, late, made up or
spoilt; accounts that are not tied, disabled, or found by their address.
"""
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import serving  # noqa: E402
import taps  # noqa: E402

PLACE = serving.Place(PROGRAM)
RECORD = PLACE.record(os.path.join(SOURCE, 'examples', 'bracknell-forest'))
PLACE.account(RECORD, 'root', 'administrator')
for CODE in ('officer', 'second', 'third'):
    PLACE.account(RECORD, CODE, 'performance', 'bracknell-forest')
SERVER = serving.Server(PLACE, RECORD)
NODE = shutil.which('node') or shutil.which('nodejs')
SERVICES = subprocess.Popen(
    [NODE, os.path.join(SOURCE, 'tests', 'web', 'sign_on_services.mjs'),
     'http://127.0.0.1:%d/sign-in/return' % SERVER.port],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=SOURCE)
AT = json.loads(next(line for line in SERVICES.stdout if line.startswith('{')))
with open(os.path.join(PLACE.path, 'client-secret'), 'w', encoding='utf-8') as FILE:
    FILE.write(AT['secret'] + '\n')


def setting(name, value):
    PLACE.command(RECORD, 'user', 'setting', name, *([value] if value else ['--clear']))


def use(service):
    setting('oidc_issuer', AT[service])
    setting('oidc_client_id', 'goldthread')
    setting('oidc_client_secret_file', os.path.join(PLACE.path, 'client-secret'))


def link(code, service, subject):
    PLACE.command(RECORD, 'user', 'link', code, '--issuer', AT[service], '--subject', subject)


def spoil(**claims):
    where = urllib.parse.urlsplit(AT['control'])
    connection = http.client.HTTPConnection(where.netloc, timeout=30)
    connection.request('POST', where.path, json.dumps(claims))
    connection.getresponse().read()
    connection.close()


def close():
    SERVICES.stdin.close()
    SERVICES.wait(30)
    SERVICES.stdout.close()
    taps.equal(SERVER.stop(), 0, 'how the server ended')


class Elsewhere:
    """The same browser at the service: its own cookies."""

    def __init__(self):
        self.cookies = {}

    def ask(self, url, form=None):
        """(status, where it sends us, text)"""
        at = urllib.parse.urlsplit(url)
        headers = {'Cookie': '; '.join('%s=%s' % pair for pair in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        connection = http.client.HTTPConnection(at.netloc, timeout=60)
        connection.request('POST' if form is not None else 'GET',
                           at.path + ('?' + at.query if at.query else ''), body, headers)
        answer = connection.getresponse()
        text = answer.read().decode('utf-8', 'replace')
        for name, value in answer.getheaders():
            if name.lower() == 'set-cookie':
                key, _, kept = value.split(';')[0].partition('=')
                self.cookies[key] = kept
        connection.close()
        target = answer.getheader('location')
        return answer.status, target and urllib.parse.urljoin(url, target), text

    def sign_in(self, url, name):
        """Through the service's pages until it sends the browser back to us: where to."""
        for _ in range(20):
            if '/sign-in/return?' in url and str(SERVER.port) in url:
                return url
            status, target, text = self.ask(url)
            if target is None and 'name="login"' in text:
                action = re.search(r'action="([^"]+)"', text)[1]
                _, target, text = self.ask(urllib.parse.urljoin(url, action),
                                           {'prompt': 'login', 'login': name, 'password': 'any'})
            elif target is None and 'consent' in text:
                action = re.search(r'action="([^"]+)"', text)[1]
                _, target, text = self.ask(urllib.parse.urljoin(url, action),
                                           {'prompt': 'consent'})
            if target is None:
                raise AssertionError('lost at the service: %d %s' % (status, text[:500]))
            url = target
        raise AssertionError('the service sends us round and round')


def begin(person, wanted=None):
    """To where our server sends the browser."""
    target = '/sign-in/with' + ('?return=' + urllib.parse.quote(wanted, safe='') if wanted else '')
    answer = person.ask(target, follow=False)
    taps.equal(answer.status, 303, answer.text()[:300])
    return answer.fields['location']


def path_of(url):
    at = urllib.parse.urlsplit(url)
    return at.path + '?' + at.query


def come_back(person, url, status=303):
    answer = person.ask(path_of(url), headers={'Sec-Fetch-Site': 'cross-site'}, follow=False)
    if answer.status != status:
        raise AssertionError('%s: %d, not %d: %s' % (url, answer.status, status,
                                                     re.sub(r'<[^>]+>|\s+', ' ', answer.text())))
    return answer


def is_signed_in(person):
    return person.ask('/account', follow=False).status == 200


# ---- the whole way ----

def test_no_service_no_button():
    assert '/sign-in/with' not in serving.Person(SERVER).ask('/sign-in').text()
    taps.equal(serving.Person(SERVER).ask('/sign-in/with', follow=False).status, 404)


def test_the_whole_way():
    use('whole')
    setting('oidc_name', 'Sign in with your council account')
    link('officer', 'whole', 'alice')
    person = serving.Person(SERVER)
    page = person.ask('/sign-in').text()
    assert 'Sign in with your council account' in page and '/sign-in/with' in page
    url = begin(person, '/bracknell-forest/measures')
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    taps.equal(asked['code_challenge_method'], ['S256'])
    taps.equal(asked['response_type'], ['code'])
    assert all(len(asked[name][0]) == 43 for name in ('state', 'nonce', 'code_challenge'))
    answer = come_back(person, Elsewhere().sign_in(url, 'alice'))
    taps.equal(answer.fields['location'], '/bracknell-forest/measures')
    assert is_signed_in(person)
    said = SERVER.said()
    assert 'sign_in_done' in said and 'how=service' in said, said[-500:]


def test_an_answer_is_taken_once():
    person = serving.Person(SERVER)
    url = Elsewhere().sign_in(begin(person), 'alice')
    come_back(person, url)
    answer = serving.Person(SERVER)
    answer.cookies = dict(person.cookies)
    come_back(answer, url, status=403)  # the service gives no token for a code used before


def test_a_stolen_answer_is_of_no_use():
    thief, victim = serving.Person(SERVER), serving.Person(SERVER)
    url = Elsewhere().sign_in(begin(thief), 'alice')
    come_back(victim, url, status=400)  # began nothing
    begin(victim)
    come_back(victim, url, status=400)  # began another
    assert not is_signed_in(victim)


def test_answers_that_are_made_up():
    person = serving.Person(SERVER)
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(begin(person)).query)['state'][0]
    issuer = urllib.parse.quote(AT['whole'], safe='')
    for query, status in (('', 400), ('?code=x', 400), ('?state=' + state, 400),
                          ('?state=%s&code=x' % state, 400),  # it says its issuer, this does not
                          ('?state=%s&code=x&iss=https://elsewhere.example' % state, 400),
                          ('?state=%s&error=access_denied&iss=%s' % (state, issuer), 403),
                          ('?state=%s&code=x&iss=%s' % (state, issuer), 403)):
        come_back(person, '/sign-in/return' + (query or '?'), status=status)
    assert not is_signed_in(person)


def test_a_cookie_that_was_changed():
    person = serving.Person(SERVER)
    url = Elsewhere().sign_in(begin(person), 'alice')
    name = next(name for name in person.cookies if 'sign-on' in name)
    whole = person.cookies[name]
    for changed in ('', 'x', whole[:-2], whole[:10] + ('A' if whole[10] != 'A' else 'B') +
                    whole[11:], whole + 'AAAA'):
        person.cookies[name] = changed
        come_back(person, url, status=400)


def test_return_addresses_are_our_own():
    for wanted in ('https://evil.example/', '//evil.example', '/\\evil.example', '/nowhere/at/all',
                   'javascript:alert(1)'):
        person = serving.Person(SERVER)
        answer = come_back(person, Elsewhere().sign_in(begin(person, wanted), 'alice'))
        taps.equal(answer.fields['location'], '/', wanted)


# ---- whose account it is ----

def test_who_has_no_account_here_is_told_whom_to_ask():
    person = serving.Person(SERVER)
    answer = come_back(person, Elsewhere().sign_in(begin(person), 'mallory'), status=403)
    assert 'mallory' in answer.text() and 'administrator' in answer.text()
    assert not is_signed_in(person)


def test_an_address_finds_an_account_only_where_that_is_set():
    person = serving.Person(SERVER)
    come_back(person, Elsewhere().sign_in(begin(person), 'second'), status=403)
    setting('oidc_match_email', 'yes')
    come_back(person, Elsewhere().sign_in(begin(person), 'second'))
    assert is_signed_in(person)
    setting('oidc_match_email', 'no')
    again = serving.Person(SERVER)
    come_back(again, Elsewhere().sign_in(begin(again), 'second'))  # it is tied from now on
    PLACE.command(RECORD, 'audit', 'verify')


def test_a_disabled_account_stays_out():
    link('third', 'whole', 'third')
    person = serving.Person(SERVER)
    come_back(person, Elsewhere().sign_in(begin(person), 'third'))
    PLACE.command(RECORD, 'user', 'disable', 'third')
    assert not is_signed_in(person)
    answer = come_back(person, Elsewhere().sign_in(begin(person), 'third'), status=403)
    assert 'disabled' in answer.text()


# ---- a service that says what it should not ----

def test_the_second_service_and_what_it_may_not_say():
    use('mock')
    link('officer', 'mock', 'from-mock')
    person = serving.Person(SERVER)
    come_back(person, Elsewhere().sign_in(begin(person), ''))
    assert is_signed_in(person)
    for claims in ({'iss': 'http://127.0.0.1:1'}, {'aud': 'another'}, {'aud': ['another', 'x']},
                   {'aud': ['goldthread', 'x']}, {'azp': 'another'}, {'exp': 1}, {'exp': 'soon'},
                   {'iat': 4102444800}, {'iat': 1}, {'nbf': 4102444800}, {'nonce': 'x'},
                   {'nonce': None}, {'sub': ''}, {'sub': 7}):
        spoil(**claims)
        person = serving.Person(SERVER)
        come_back(person, Elsewhere().sign_in(begin(person), ''), status=400)
        assert not is_signed_in(person), claims
    spoil()
    person = serving.Person(SERVER)
    come_back(person, Elsewhere().sign_in(begin(person), ''))


def test_a_service_that_is_not_there():
    setting('oidc_issuer', 'http://127.0.0.1:1')
    answer = serving.Person(SERVER).ask('/sign-in/with', follow=False)
    taps.equal(answer.status, 503)
    assert 'does not answer' in answer.text()
    taps.equal(serving.Person(SERVER).ask('/sign-in').status, 200, 'passwords go on')


def test_a_service_that_calls_itself_otherwise():
    setting('oidc_issuer', AT['whole'].replace('127.0.0.1', 'localhost'))
    answer = serving.Person(SERVER).ask('/sign-in/with', follow=False)
    taps.equal(answer.status, 500)


def test_no_secret_in_the_log():
    said = SERVER.said()
    for secret in (AT['secret'], 'mallory', 'code='):
        assert secret not in said, secret


if __name__ == '__main__':
    taps.run(globals())
