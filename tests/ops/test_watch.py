#!/usr/bin/env python3
"""What a server says of itself, by the real program: test_watch.py PROGRAM SOURCE_FOLDER

Health and metrics on their own listener, metrics read by a parser of OpenMetrics, the log in both
forms, readiness and watchdog told over a notification socket, a graceful stop.
"""
import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'ops'))
import taps  # noqa: E402
from serving import Notified, Serving, import_example, wait_for  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-ops-')
atexit.register(shutil.rmtree, WORK, True)
RECORD = os.path.join(WORK, 'luton.db')
import_example(PROGRAM, RECORD, SOURCE)

NAME = r'[a-zA-Z_:][a-zA-Z0-9_:]*'
LABELS = r'(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*)\})?'
SAMPLE = re.compile(r'(%s)%s (-?[0-9.]+(?:e[+-]?\d+)?|NaN|[+-]Inf)$' % (NAME, LABELS))
SUFFIXES = {'counter': ['_total'], 'gauge': [''], 'info': ['_info'],
            'histogram': ['_bucket', '_count', '_sum']}


def parse(text):
    """{(name, labels): value} of OpenMetrics text, held to the rules of the format."""
    lines = text.split('\n')
    taps.equal(lines[-2:], ['# EOF', ''], 'the end')
    family, kind, seen, samples = None, None, set(), {}
    for line in lines[:-2]:
        if line.startswith('# TYPE '):
            _, _, family, kind = line.split(' ')
            assert family not in seen, 'the family %s stands twice' % family
            assert kind in SUFFIXES, line
            seen.add(family)
            continue
        if line.startswith('# '):
            taps.equal(line.split(' ')[1:3], ['HELP', family], 'after its TYPE')
            continue
        found = SAMPLE.match(line)
        assert found, 'no sample: %r' % line
        name, labels, value = found[1], found[2] or '', float(found[3])
        assert name in [family + suffix for suffix in SUFFIXES[kind]], line
        assert (name, labels) not in samples, 'twice: ' + line
        if kind in ('counter', 'histogram'):
            assert value >= 0, line
        samples[(name, labels)] = value
    for name in {name[:-7] for name, _ in samples if name.endswith('_bucket')}:
        counts = [value for (n, _), value in samples.items() if n == name + '_bucket']
        bounds = [labels[4:-1] for n, labels in samples if n == name + '_bucket']
        taps.equal(counts, sorted(counts), name)
        taps.equal(bounds[-1], '+Inf', name)
        taps.equal([float(b) for b in bounds], sorted(float(b) for b in bounds), name)
        taps.equal(counts[-1], samples[(name + '_count', '')], name)
    return samples


def metrics(server):
    status, headers, text = server.ask(server.watch, '/metrics')
    taps.equal(status, 200)
    assert headers['Content-Type'].startswith('application/openmetrics-text; version=1.0.0')
    return parse(text)


def test_metrics_are_what_openmetrics_says():
    with Serving(PROGRAM, RECORD) as server:
        for _ in range(3):
            server.ask(server.pages, '/luton')
        server.ask(server.pages, '/luton/measures/no%20such')
        found = metrics(server)
        asked = {labels: value for (name, labels), value in found.items()
                 if name == 'goldthread_requests_total'}
        taps.equal(sum(asked.values()), 4)
        taps.equal(sum(v for labels, v in asked.items() if 'code="404"' in labels), 1)
        assert all(re.fullmatch(r'route="[^"]*",method="GET",code="\d{3}"', k) for k in asked), asked
        assert 'no such' not in str(asked) and 'no%20such' not in str(asked)
        taps.equal(asked['route="/{org}",method="GET",code="200"'], 3)
        taps.equal(asked['route="/{org}/measures/{code}",method="GET",code="404"'], 1)
        taps.equal(found[('goldthread_request_duration_seconds_count', '')], 4)
        for name in ('goldthread_in_flight', 'goldthread_queue_depth', 'goldthread_wal_bytes',
                     'goldthread_login_failures_total', 'goldthread_db_commit_seconds_count',
                     'goldthread_backup_last_success_timestamp_seconds'):
            taps.equal(found[(name, '')], 0, name)
        head = subprocess.run([PROGRAM, '--record', RECORD, 'audit', 'head'], check=True,
                              capture_output=True, text=True).stdout
        taps.equal(found[('goldthread_audit_head_seq', '')], int(head.split(':')[0]))
        assert found[('process_open_fds', '')] > 3
        assert found[('process_resident_memory_bytes', '')] > 1 << 20
        assert abs(found[('process_start_time_seconds', '')] - time.time()) < 60


def test_a_backup_by_the_command_shows_in_the_metrics():
    with Serving(PROGRAM, RECORD) as server:
        subprocess.run([PROGRAM, '--record', RECORD, 'backup', '--to', os.path.join(WORK, 'b.db')],
                       check=True, stdout=subprocess.DEVNULL)
        at = metrics(server)[('goldthread_backup_last_success_timestamp_seconds', '')]
        assert abs(at - time.time()) < 60, at


def test_the_pages_listener_tells_nothing_of_this():
    with Serving(PROGRAM, RECORD) as server:
        for path in ('/metrics', '/livez', '/readyz'):
            taps.equal(server.ask(server.pages, path)[0], 404, path)
        taps.equal(server.ask(server.watch, '/luton')[0], 404)
        taps.equal(server.ask(server.watch, '/metrics', 'POST')[0], 405)


def ready(server):
    status, headers, text = server.ask(server.watch, '/readyz')
    taps.equal(headers['Content-Type'], 'application/health+json')
    return status, json.loads(text)


def test_a_record_that_is_gone_makes_it_not_ready_but_alive():
    record = os.path.join(WORK, 'moved.db')
    shutil.copy(RECORD, record)
    with Serving(PROGRAM, record) as server:
        status, body = ready(server)
        taps.equal((status, body['status']), (200, 'pass'))
        os.rename(record, record + '.away')
        status, body = wait_for(lambda: (lambda r: r if r[0] == 503 else None)(ready(server)), 10,
                                'not ready')
        taps.equal(body['status'], 'fail')
        taps.equal(body['checks']['record:write'], [{'status': 'fail'}])
        taps.equal(server.ask(server.watch, '/livez')[0], 200)
        found = metrics(server)
        taps.equal(found[('goldthread_record_up', '')], 0)
        assert ('goldthread_audit_head_seq', '') not in found
        os.rename(record + '.away', record)
        wait_for(lambda: ready(server)[0] == 200, 10, 'ready again')
        _, log = server.stop()
        taps.equal(log.count('event=not_ready'), 1)
        taps.equal(log.count('event=ready_again'), 1)


def test_a_restore_shows_on_the_next_page():
    record, backup = os.path.join(WORK, 'served.db'), os.path.join(WORK, 'served-backup.db')
    shutil.copy(RECORD, record)
    subprocess.run([PROGRAM, '--record', record, 'backup', '--to', backup], check=True,
                   stdout=subprocess.DEVNULL)
    changed = os.path.join(WORK, 'organisation.csv')
    with open(os.path.join(SOURCE, 'examples/luton/organisation.csv'), encoding='utf-8') as file:
        text = file.read().replace('Luton', 'Newtown')
    with open(changed, 'w', encoding='utf-8') as file:
        file.write(text)
    with Serving(PROGRAM, record) as server:
        subprocess.run([PROGRAM, '--record', record, 'import', changed], check=True,
                       stdout=subprocess.DEVNULL)
        assert 'Newtown' in server.ask(server.pages, '/luton')[2]
        subprocess.run([PROGRAM, 'restore', '--from', backup, '--to', record, '--confirm', 'luton'],
                       check=True, stdout=subprocess.DEVNULL)
        page = server.ask(server.pages, '/luton')[2]
        assert 'Newtown' not in page and 'Luton' in page
        taps.equal(ready(server)[0], 200)


def test_the_log_is_json_when_asked():
    with Serving(PROGRAM, RECORD, '--log-format', 'json', '--access-log') as server:
        server.ask(server.pages, '/luton/search?q=J.+Smith',
                   headers={'User-Agent': 'Lynx', 'Cookie': 'id=7'})
        status, log = server.stop()
    taps.equal(status, 0)
    lines = [json.loads(line) for line in log.strip().split('\n')]
    taps.equal(len(lines), 1)
    line = lines[0]
    assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', line['time']), line
    taps.equal([line[name] for name in ('level', 'event', 'method', 'route', 'status')],
               ['info', 'request', 'GET', '/{org}/search', '200'])
    for private in ('Smith', 'Lynx', 'id=7', '127.0.0.1'):
        assert private not in log, log


def test_wrong_options_are_refused():
    for words, said in ((['--log-format', 'xml'], '--log-format wants text or json'),
                        (['--metrics-listen', 'here'], 'here')):
        done = subprocess.run([PROGRAM, '--record', RECORD, 'serve', '--listen', '127.0.0.1:0',
                               *words], capture_output=True, text=True, timeout=20, check=False)
        taps.equal(done.returncode, 2, words)
        assert said in done.stderr, done.stderr


def test_readiness_watchdog_and_stopping_are_told():
    notified = Notified(WORK)
    env = {'NOTIFY_SOCKET': notified.path, 'WATCHDOG_USEC': '400000'}
    with Serving(PROGRAM, RECORD, env=env) as server:
        assert notified.next().startswith('READY=1\n')
        taps.equal(server.ask(server.pages, '/luton')[0], 200)
        for _ in range(3):
            taps.equal(notified.next(2), 'WATCHDOG=1')
        server.process.send_signal(signal.SIGTERM)
        told = notified.next()
        while told == 'WATCHDOG=1':
            told = notified.next()
        assert told.startswith('STOPPING=1'), told
        taps.equal(server.stop()[0], 0)
    notified.close()


def test_nothing_is_told_before_the_listener_is_up():
    notified = Notified(tempfile.mkdtemp(dir=WORK))
    taken = socket.socket()
    taken.bind(('127.0.0.1', 0))
    taken.listen()
    done = subprocess.run([PROGRAM, '--record', RECORD, 'serve', '--listen',
                           '127.0.0.1:%d' % taken.getsockname()[1]], capture_output=True, text=True,
                          env=dict(os.environ, NOTIFY_SOCKET=notified.path), timeout=20,
                          check=False)
    assert done.returncode in (2, 3), done
    try:
        raise AssertionError('told ' + notified.next(0.2))
    except socket.timeout:
        pass


def test_answers_under_way_finish_when_it_is_stopped():
    """Clients ask without pause; whatever was asked before the end is answered whole."""
    with Serving(PROGRAM, RECORD, watch=False) as server:
        torn, whole, stop = [], [], threading.Event()

        def ask_on():
            while not stop.is_set():
                try:
                    status, headers, body = server.ask(server.pages, '/luton/measures')
                except ConnectionRefusedError:
                    return
                except Exception as fault:
                    # Taken by the listener and never looked at is no answer under way; one that was
                    # begun and broke off is.
                    if 'IncompleteRead' in type(fault).__name__:
                        torn.append(repr(fault))
                    return
                (whole if status == 200 and '</html>' in body else torn).append(status)

        threads = [threading.Thread(target=ask_on) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        status, _ = server.stop()
        stop.set()
        for thread in threads:
            thread.join()
        taps.equal(status, 0)
        taps.equal(torn, [])
        assert len(whole) > 20, len(whole)


def test_the_program_and_the_build_say_the_same_release():
    said = subprocess.run([PROGRAM, '--version'], check=True, capture_output=True,
                          text=True).stdout.strip()
    with open(os.path.join(SOURCE, 'meson.build'), encoding='utf-8') as file:
        built = re.search(r"version: '([^']+)'", file.read())[1]
    taps.equal(said, 'goldthread ' + built)


taps.run(globals())
