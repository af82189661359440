#!/usr/bin/env python3
"""docs/admin.md does what it says: test_admin_doc.py PROGRAM SOURCE_FOLDER

Its commands and options exist, its tables name the metrics and events there are, and its nginx
configuration serves our pages over TLS.
"""
import atexit
import glob
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'ops'))
import taps  # noqa: E402
from serving import Serving, import_example, wait_for  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-admin-')
os.chmod(WORK, 0o755)  # nginx's workers are another user
atexit.register(shutil.rmtree, WORK, True)
RECORD = os.path.join(WORK, 'luton.db')
import_example(PROGRAM, RECORD, SOURCE)
HOST = 'performance.example.gov.uk'
with open(os.path.join(SOURCE, 'docs/admin.md'), encoding='utf-8') as page:
    TEXT = page.read()
BLOCKS = re.findall(r'^```(\w*)\n(.*?)^```', TEXT, re.M | re.S)


def help_of(name):
    return subprocess.run([PROGRAM, name, '--help'], check=True, capture_output=True,
                          text=True).stdout


def test_every_command_and_option_exists():
    seen = 0
    for _, block in BLOCKS:
        for line in block.split('\n'):
            found = re.match(r'goldthread (?:--record \S+ )?([a-z]+)(.*)', line)
            if found:
                seen += 1
                for option in re.findall(r'(?<=\s)--[a-z-]+', found[2]):
                    assert option in help_of(found[1]), line
            if line.startswith('GOLDTHREAD_OPTIONS='):
                seen += 1
                for option in re.findall(r'--[a-z-]+', line):
                    assert option in help_of('serve'), line
    assert seen > 10, seen


def test_the_metrics_and_events_it_names_are_those_there_are():
    with Serving(PROGRAM, RECORD) as server:
        there = set(re.findall(r'^(\w+?)(?:_bucket|_count|_sum)?(?:\{.*\})? \S+$',
                               server.ask(server.watch, '/metrics')[2], re.M))
    for name in set(re.findall(r'`((?:goldthread|process)_[a-z_]+)', TEXT)):
        assert name in there or name == 'goldthread_requests_total', name
    logged = set()
    for path in glob.glob(SOURCE + '/src/*/*.c'):
        with open(path, encoding='utf-8') as file:
            code = file.read()
        logged |= set(re.findall(r'log_event\(\w+,\s*"(\w+)"', code))
        logged |= set(re.findall(r'"(sign_in_\w+)"', code)) if 'log_event' in code else set()
    table = TEXT.split('| event | when |')[1].split('\n\n')[0]
    named = set(re.findall(r'`([a-z_]+)`', ''.join(re.findall(r'^\| (.*?) \|', table, re.M))))
    taps.equal(sorted(logged - named), [], 'not in the table')
    taps.equal(sorted(named - logged), [], 'in the table, and never logged')


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def nginx_program():
    found = shutil.which('nginx') or ('/usr/sbin/nginx' if os.path.exists('/usr/sbin/nginx') else '')
    if not found or shutil.which('openssl') is None:
        raise taps.Skip('nginx or openssl is not installed')
    return found


def write_nginx(pages, tls, plain):
    key, certificate = os.path.join(WORK, 'key'), os.path.join(WORK, 'certificate')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key,
                    '-out', certificate, '-days', '2', '-subj', '/CN=' + HOST, '-addext',
                    'subjectAltName=DNS:' + HOST], check=True, capture_output=True)
    block = next(text for kind, text in BLOCKS if kind == 'nginx')
    for old, new in (('/etc/ssl/certs/performance.pem', certificate),
                     ('/etc/ssl/private/performance.key', key), ('127.0.0.1:8080', '%s:%d' % pages),
                     ('listen 443', 'listen 127.0.0.1:%d' % tls),
                     ('listen 80;', 'listen 127.0.0.1:%d;' % plain)):
        assert old in block, old
        block = block.replace(old, new)
    path = os.path.join(WORK, 'nginx.conf')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('daemon off; pid %s/pid; error_log %s/error.log;\nevents {}\nhttp { access_log '
                   'off; %s\n%s }\n' % (WORK, WORK, ''.join(
                       '%s_temp_path %s/%s; ' % (name, WORK, name)
                       for name in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')), block))
    return path, certificate


def ask(port, certificate, path, headers=None):
    context = ssl.create_default_context(cafile=certificate)
    connection = http.client.HTTPSConnection(HOST, port, timeout=20, context=context)
    connection._create_connection = lambda address, *rest: socket.create_connection(
        ('127.0.0.1', address[1]), *rest)
    try:
        connection.request('GET', path, headers=dict({'Host': HOST}, **(headers or {})))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_nginx_serves_our_pages_over_tls():
    program, tls, plain = nginx_program(), free_port(), free_port()
    options = ('--host', HOST, '--behind-tls', '--trusted-proxy', '127.0.0.1', '--access-log')
    with Serving(PROGRAM, RECORD, *options) as server:
        path, certificate = write_nginx(server.pages, tls, plain)
        with subprocess.Popen([program, '-p', WORK, '-c', path], stderr=subprocess.PIPE) as proxy:
            try:
                def is_up():
                    if proxy.poll() is not None:
                        raise AssertionError(proxy.stderr.read().decode())
                    with socket.socket() as s:
                        return s.connect_ex(('127.0.0.1', tls)) == 0
                wait_for(is_up, 20, 'nginx listens')
                status, headers, body = ask(tls, certificate, '/luton')
                taps.equal(status, 200)
                assert 'Luton' in body
                assert 'max-age=31536000' in headers['Strict-Transport-Security'], headers
                assert 'default-src' in headers['Content-Security-Policy']
                taps.equal(ask(tls, certificate, '/metrics')[0], 404)
                taps.equal(ask(tls, certificate, '/luton', {'X-Forwarded-For': 'x' * 5000})[0], 200)
                assert ask(tls, certificate, '/luton', {'X-Long': 'x' * 9000})[0] in (400, 431, 494)
                taps.equal(ask(tls, certificate, '/luton', {'Host': 'evil.example'})[0], 421)
                to_plain = http.client.HTTPConnection('127.0.0.1', plain, timeout=20)
                to_plain.request('GET', '/luton?x=1', headers={'Host': HOST})
                moved = to_plain.getresponse()
                taps.equal((moved.status, moved.getheader('Location')),
                           (301, 'https://%s/luton?x=1' % HOST))
                to_plain.close()
            finally:
                proxy.terminate()
                proxy.wait(20)
        assert '127.0.0.1' not in server.stop()[1]


taps.run(globals())
