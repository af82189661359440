"""The real program serving a record on a port of its own, for tests over HTTP; with accounts, tokens
and people who are signed in where a test needs them.

    import serving
    place = serving.Place(PROGRAM)                     # a folder, removed at the end
    record = place.record(SOURCE + '/examples/luton')
    place.account(record, 'officer', 'performance', 'luton')
    token = place.token(record, 'officer')
    with serving.Server(place, record) as server:
        answer = server.ask('/luton.json', token=token)

Everything is started and ended by process id; errors.txt in the folder has what the server said.
"""
import atexit
import http.client
import html.parser
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.parse

PASSWORD = 'eleven quiet herons wade'


class Place:
    """A temporary folder, and the program's commands in it."""

    def __init__(self, program, prefix='goldthread-serving-'):
        self.program = os.path.abspath(program)
        self.path = tempfile.mkdtemp(prefix=prefix)
        self.records = 0
        atexit.register(shutil.rmtree, self.path, True)

    def command(self, record, *arguments, status=0, typed=None):
        """What it prints; fails when it does not end as expected."""
        done = subprocess.run([self.program, '--record', record, *arguments], input=typed,
                              capture_output=True, text=True, timeout=300, cwd=self.path)
        if done.returncode != status:
            raise AssertionError('%s: exit %d, not %d: %s%s' % (
                ' '.join(arguments), done.returncode, status, done.stdout, done.stderr))
        return done.stdout

    def record(self, *folders):
        self.records += 1
        record = os.path.join(self.path, 'record%d.db' % self.records)
        for folder in folders:
            self.command(record, 'import', folder)
        return record

    def account(self, record, code, role=None, organisation=None, *scope, password=PASSWORD,
                name=None):
        """An account; with a role over an organisation, or part of it: '--unit', 'FIN'."""
        self.command(record, 'user', 'add', code, '--name', name or code.title(), '--email',
                     code + '@example.org', '--password-file', '-', typed=password + '\n')
        if role:
            self.grant(record, code, role, organisation, *scope)

    def grant(self, record, code, role, organisation=None, *scope):
        where = ['--organisation', organisation] if organisation else []
        self.command(record, 'user', 'grant', code, role, *where, *scope)

    def token(self, record, code, scope='write', days=30):
        """A new API token of the account."""
        shown = self.command(record, 'token', 'add', code, '--purpose', 'a test', '--scope', scope,
                             '--days', str(days))
        found = re.search(r'gt_[A-Za-z0-9_-]{20,}', shown)
        if not found:
            raise AssertionError('no token in: ' + shown)
        return found[0]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.fields = {name.lower(): value for name, value in headers}

    def json(self):
        return json.loads(self.body)

    def text(self):
        return self.body.decode('utf-8')

    def cookies(self):
        """Name -> value of each Set-Cookie."""
        lines = [value for name, value in self.headers if name.lower() == 'set-cookie']
        return dict(line.split(';')[0].split('=', 1) for line in lines)


class Server:
    def __init__(self, place, record, *options, today=None):
        self.place, self.record, self.options, self.today = place, record, options, today
        self.errors = open(os.path.join(place.path, 'errors.txt'), 'a+', encoding='utf-8')
        self.process = self.port = None
        self.start()

    def start(self):
        day = ['--today', self.today] if self.today else []
        self.process = subprocess.Popen(
            [self.place.program, '--record', self.record, *day, 'serve', '--listen', '127.0.0.1:0',
             *self.options], stdout=subprocess.PIPE, stderr=self.errors, text=True,
            cwd=self.place.path)
        first = self.process.stdout.readline()
        found = re.search(r'http://127\.0\.0\.1:(\d+)', first)
        if not found:
            self.process.wait(10)
            raise AssertionError('no address: %s%s' % (first, self.said()))
        self.port = int(found[1])

    def said(self):
        """Its messages so far."""
        self.errors.flush()
        with open(self.errors.name, encoding='utf-8') as file:
            return file.read()

    def ask(self, target, method='GET', body=None, token=None, headers=None):
        """One request on a connection of its own. `body`: bytes, text, or what becomes JSON."""
        sent = dict(headers or {})
        if token:
            sent['Authorization'] = 'Bearer ' + token
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            sent.setdefault('Content-Type', 'application/json')
        if isinstance(body, str):
            body = body.encode('utf-8')
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            try:
                connection.request(method, target, body=body, headers=sent)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all of it was sent: the answer says why
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self.process.stdout.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.stop()


class Forms(html.parser.HTMLParser):
    """The forms of a page: action, method, and the values its fields have."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.select, self.area = [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == 'form':
            self.forms.append({'action': at.get('action') or '', 'method': at.get('method', 'get'),
                               'fields': {}})
        if not self.forms or not at.get('name') and tag != 'option':
            return
        fields = self.forms[-1]['fields']
        if tag == 'input' and at.get('type') not in ('submit', 'file'):
            if at.get('type') not in ('radio', 'checkbox') or 'checked' in at:
                fields[at['name']] = at.get('value') or ''
        elif tag == 'select':
            self.select = at['name']
            fields.setdefault(self.select, '')
        elif tag == 'option' and self.select and 'selected' in at:
            fields[self.select] = at.get('value') or ''
        elif tag == 'textarea':
            self.area = at['name']
            fields[self.area] = ''

    def handle_endtag(self, tag):
        if tag == 'select':
            self.select = None
        elif tag == 'textarea':
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.forms[-1]['fields'][self.area] += data


class Person:
    """A browser without a face: keeps cookies, follows redirects, sends forms as they stand."""

    def __init__(self, server):
        self.server, self.cookies, self.last, self.at = server, {}, None, '/'

    def ask(self, target, method='GET', form=None, headers=None, follow=True):
        sent = {'Sec-Fetch-Site': 'same-origin', **(headers or {})}
        if self.cookies:
            sent['Cookie'] = '; '.join('%s=%s' % pair for pair in self.cookies.items())
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            sent['Content-Type'] = 'application/x-www-form-urlencoded'
        self.last, self.at = self.server.ask(target, method, body, headers=sent), target
        for name, value in self.last.cookies().items():
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        if follow and self.last.status in (302, 303):
            return self.ask(self.last.fields['location'])
        return self.last

    def form(self, wanted=None):
        """The form of the last page that has the field `wanted` (or the last that is posted)."""
        forms = [form for form in Forms(self.last.text()).forms
                 if form['method'].lower() == 'post' and (not wanted or wanted in form['fields'])]
        if not forms:
            raise AssertionError('no form with %r at %s' % (wanted, self.at))
        return forms[-1] if not wanted else forms[0]

    def send(self, fields, wanted=None, follow=True):
        """Fills in the form that has the first of these fields, and sends it."""
        form = self.form(wanted or next(iter(fields), None))
        return self.ask(form['action'] or self.at, 'POST', {**form['fields'], **fields},
                        follow=follow)

    def sign_in(self, code, password=PASSWORD):
        page = self.ask('/sign-in')
        if page.status != 200:
            raise AssertionError('/sign-in answered %d' % page.status)
        name = next(name for name in self.form('password')['fields']
                    if name not in ('password', 'csrf', 'return', 'return_to', 'next'))
        return self.send({name: code, 'password': password}, wanted='password')
