#!/usr/bin/env python3
"""Sixteen writers over HTTP, killed at random moments: nothing acknowledged is lost, nothing is half
there, and the audit trail stays whole.

    soak.py GOLDTHREAD [--sqlite KILLS] [--postgres KILLS] [--progress FILE]

Each change is two rows in one request to the API: a figure, and the commentary on it.

SQLite: the server gets SIGKILL. PostgreSQL: by turns the server gets SIGKILL, the database's
postmaster SIGQUIT (it drops everything, as in a crash, and is started again), and the process of
the database that serves a connection SIGKILL (upon which the database drops everything by itself);
where it is the database, the server lives on, may answer 503 and nothing worse, and must take
changes again from every writer once the database is back.

After each kill the record is read with the engine's own tools: every change acknowledged since the
last look is there, only what was sent is there, figure and commentary of each stand together,
and the trail has its two events. Every 25 kills, and before a record is put away (each serves 100
kills), `goldthread audit verify` walks the whole trail.

With --progress what was done is kept in a file, and the next run with the same program goes on
from there, so that a run may be cut short.
"""
import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'store'))
import with_postgres  # noqa: E402
from writers import COUNT, Writers  # noqa: E402

RECORD_SERVES, VERIFY_EVERY, TELL_EVERY = 100, 25, 100
BACK_WITHIN = 60  # seconds until every writer is served again after the database's death


def council(folder):
    numbers = ['%02d' % i for i in range(COUNT)]
    files = {
        'organisation.csv': 'code,name\ntown,Town Council\n',
        'measures.csv': 'code,title,value_type,polarity,frequency\n' +
                        ''.join('W%s,Measure %s,number,higher,month\n' % (n, n) for n in numbers),
    }
    os.mkdir(folder)
    for name, text in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)


def month(value):
    return '%d-%02d' % (1900 + value // 12, value % 12 + 1)


def request(token, writer, value):
    """The bytes of a change: the figure of a month of its own, and what is said of it."""
    row = {'measure': 'W' + writer, 'period': month(value)}
    changes = [{'action': 'create', 'kind': 'observations', 'reason': 'soak',
                'fields': dict(row, value=str(value))},
               {'action': 'create', 'kind': 'commentary', 'reason': 'soak',
                'fields': dict(row, what_happened='Commentary %d' % value)}]
    body = json.dumps({'changes': changes}).encode()
    return (b'POST /api/v1/town/changes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n'
            b'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s'
            % (token.encode(), len(body), body))


def fault(text, *values):
    raise SystemExit('not ok 1 - ' + text % values)


class Record:
    """A record that serves some kills, and how far it has been looked at."""

    def __init__(self, program, folder):
        self.program = program
        self.kills = 0
        self.command('import', folder)
        self.command('user', 'add', 'officer', '--name', 'Officer', '--email',
                     'officer@example.org', '--password-file', '-')
        self.command('user', 'grant', 'officer', 'performance', '--organisation', 'town')
        self.token = re.search(r'gt_[A-Za-z0-9_-]{20,}', self.command(
            'token', 'add', 'officer', '--purpose', 'soak', '--scope', 'write', '--days', '30'))[0]
        self.last_event = self.number('SELECT max(seq) FROM events')
        self.events = self.number('SELECT count(*) FROM events')
        self.revisions = self.number('SELECT count(*) FROM revisions')
        self.changes = 0

    def command(self, *words):
        done = subprocess.run([self.program, '--record', self.url, *words], capture_output=True,
                              text=True, input='eleven quiet herons wade\n', check=False)
        if done.returncode != 0:
            fault('%s: %s%s', ' '.join(words), done.stdout, done.stderr)
        return done.stdout

    def number(self, sql):
        return int(self.ask(sql)[0][0] or 0)

    def look(self, writers):
        """How many changes stand there that were not acknowledged."""
        rows = self.ask('SELECT event, measure, value FROM observations WHERE event > %d '
                        'ORDER BY event' % self.last_event)
        found = {}
        for _, measure, value in rows:
            found.setdefault(measure[1:], []).append(int(float(value)))
        said = {(measure, what.split()[-1]) for measure, what in self.ask(
            'SELECT measure, what_happened FROM commentary WHERE event > %d' % self.last_event)}
        unsaid = 0
        for w in writers.all:
            there = found.get(w.name, [])
            if there != sorted(set(there)) or not set(there) <= set(w.sent):
                fault('writer %s sent %s, the record has %s', w.name, w.sent, there)
            lost = set(w.acknowledged) - set(there)
            if lost:
                fault('LOST: %s of writer %s were acknowledged and are not there', lost, w.name)
            unsaid += len(there) - len(w.acknowledged)
            w.acknowledged, w.sent = [], []
        figures = {(measure, str(int(float(value)))) for _, measure, value in rows}
        if figures != said:
            fault('half applied: figures %s, commentary %s', figures - said, said - figures)
        self.changes += len(rows)
        if self.number('SELECT count(*) FROM events') != self.events + 2 * self.changes or \
           self.number('SELECT count(*) FROM revisions') != self.revisions + self.changes:
            fault('%d changes, and as many events or revisions are not there', self.changes)
        self.last_event = self.number('SELECT max(seq) FROM events')
        return unsaid

    def verify(self):
        self.command('audit', 'verify')


class FileRecord(Record):
    def __init__(self, program, folder, where, number):
        self.url = os.path.join(where, 'record%d.db' % number)
        super().__init__(program, folder)

    def ask(self, sql):
        database = sqlite3.connect(self.url, timeout=10)
        rows = database.execute(sql).fetchall()
        database.close()
        return rows

    def put_away(self):
        self.verify()
        if self.ask('PRAGMA integrity_check') != [('ok',)]:
            fault('the file %s is damaged', self.url)
        os.remove(self.url)


class ServerRecord(Record):
    def __init__(self, program, folder, cluster, number):
        self.cluster, self.schema = cluster, 'soak%d' % number
        self.url = cluster.schema(self.schema)
        super().__init__(program, folder)

    def ask(self, sql):
        for _ in range(BACK_WITHIN * 10):
            try:
                lines = self.cluster.ask('SET search_path = %s; %s' % (self.schema, sql))
                return [line.split('|') for line in lines.split('\n') if line]
            except subprocess.CalledProcessError:
                time.sleep(0.1)  # it may just be on its way up
        return fault('the database did not come back')

    def put_away(self):
        self.verify()
        self.cluster.ask('SET client_min_messages = error; DROP SCHEMA %s CASCADE' % self.schema)


class Server:
    def __init__(self, program, record, log):
        command = [program, '--record', record, 'serve', '--listen', '127.0.0.1:0']
        with open(log, 'wb') as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        found = re.search(rb'http://127\.0\.0\.1:(\d+)', self.process.stdout.readline())
        if not found:
            with open(log, encoding='utf-8', errors='replace') as errors:
                fault('the server did not start: exit %s: %s', self.process.wait(), errors.read())
        self.port = int(found[1])

    def kill(self):
        if self.process.poll() is not None:
            fault('the server ended by itself with %d', self.process.returncode)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


class Soak:
    """Kills on one engine."""

    def __init__(self, options, make_record, done, keep):
        self.options, self.make_record, self.done, self.keep = options, make_record, done, keep
        self.chance = random.Random('%s %d' % (os.environ.get('SEED', '1'), done['kills']))
        self.record = self.server = None
        self.log = os.path.join(options.folder, 'log')
        self.writers = Writers(lambda w: request(self.record.token, w.name, w.value), 0)

    def fresh(self):
        if self.record is None or self.record.kills >= RECORD_SERVES:
            if self.record is not None:
                self.stop()
                self.record.put_away()
            self.record = self.make_record(self.done['records'])
            self.done['records'] += 1
            for w in self.writers.all:
                w.value = -1

    def stop(self):
        if self.server is not None:
            self.server.kill()
            self.server = None
        self.writers.close_all()

    def traffic(self):
        if self.server is None:
            self.server = Server(self.options.goldthread, self.record.url, self.log)
            self.writers.open(self.server.port)
        # One in five dies young; the others have begun to answer.
        if self.chance.random() < 0.8:
            self.writers.run(2, lambda: any(w.acknowledged for w in self.writers.all))
        self.writers.run(0.002 + self.chance.random() * 0.1)

    def kill_server(self):
        self.server.kill()
        self.server = None
        self.writers.drain()

    def kill_database(self, kill):
        """The server lives on: its writers are served again."""
        kill()
        since = time.monotonic() + 0.05  # until then it may not have noticed
        if not self.writers.run(BACK_WITHIN,
                                lambda: all(w.last_good > since for w in self.writers.all)):
            fault('%d seconds after the database was killed some writer is still not served',
                  BACK_WITHIN)
        self.writers.run(BACK_WITHIN, lambda: not any(w.waiting for w in self.writers.all), False)

    def round(self, kill):
        self.fresh()
        self.traffic()
        kill()
        self.done['acknowledged'] += sum(len(w.acknowledged) for w in self.writers.all)
        self.done['unsaid'] += self.record.look(self.writers)
        self.record.kills += 1
        if self.record.kills % VERIFY_EVERY == 0:
            self.record.verify()
        self.done['kills'] += 1

    def run(self, goal, kills):
        began, before = time.monotonic(), self.done['kills']
        while self.done['kills'] < goal:
            self.round(kills[self.done['kills'] % len(kills)])
            if self.done['kills'] % TELL_EVERY == 0 or self.done['kills'] == goal:
                self.keep()
                pace = (self.done['kills'] - before) / (time.monotonic() - began)
                print('# %s: %d of %d kills, %d changes acknowledged, 0 lost, 0 half applied '
                      '(%d committed without a word); %.1f kills a second'
                      % (self.done['engine'], self.done['kills'], goal, self.done['acknowledged'],
                         self.done['unsaid'], pace), flush=True)
        self.stop()
        if self.record is not None:
            self.record.put_away()
        if goal > 20 and self.done['acknowledged'] < 2 * self.done['kills']:
            fault('only %d changes in %d kills: the test saw too little',
                  self.done['acknowledged'], self.done['kills'])


class Progress:
    """What was done, by engine; kept for this very program only."""

    def __init__(self, options):
        self.file = options.progress
        digest = hashlib.sha256()
        with open(options.goldthread, 'rb') as file:
            digest.update(file.read())
        self.all = {'programs': digest.hexdigest()}
        if self.file and os.path.exists(self.file):
            with open(self.file, encoding='utf-8') as file:
                kept = json.load(file)
            if kept.get('programs') == self.all['programs']:
                self.all = kept

    def of(self, engine):
        return self.all.setdefault(engine, {'engine': engine, 'kills': 0, 'acknowledged': 0,
                                            'unsaid': 0, 'records': 0})

    def keep(self):
        if self.file:
            with open(self.file + '.new', 'w', encoding='utf-8') as file:
                json.dump(self.all, file, indent=1)
            os.replace(self.file + '.new', self.file)


def on_sqlite(options, progress, folder):
    make = lambda number: FileRecord(options.goldthread, os.path.join(folder, 'council'), folder,
                                     number)
    soak = Soak(options, make, progress.of('SQLite'), progress.keep)
    try:
        soak.run(options.sqlite, [soak.kill_server])
    finally:
        soak.stop()


def kill_backend(cluster, chance):
    pids = cluster.ask("SELECT pid FROM pg_stat_activity WHERE application_name = 'goldthread'")
    try:
        os.kill(int(chance.choice(pids.split('\n'))), signal.SIGKILL)
    except (ProcessLookupError, ValueError):
        return  # it had just ended: the next kill finds another


def on_postgres(options, progress, folder):
    with with_postgres.Cluster() as cluster:
        make = lambda number: ServerRecord(options.goldthread, os.path.join(folder, 'council'),
                                           cluster, number)
        soak = Soak(options, make, progress.of('PostgreSQL'), progress.keep)

        def crash():
            cluster.stop(signal.SIGQUIT)
            soak.writers.run(soak.chance.random() * 0.05)
            cluster.start()

        kills = [soak.kill_server, lambda: soak.kill_database(crash), soak.kill_server,
                 lambda: soak.kill_database(lambda: kill_backend(cluster, soak.chance))]
        try:
            soak.run(options.postgres, kills)
        finally:
            soak.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('goldthread')
    parser.add_argument('--sqlite', type=int, default=0)
    parser.add_argument('--postgres', type=int, default=0)
    parser.add_argument('--progress')
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    progress = Progress(options)
    folder = options.folder = tempfile.mkdtemp(prefix='goldthread-soak-')
    print('1..1')
    try:
        council(os.path.join(folder, 'council'))
        if options.sqlite:
            on_sqlite(options, progress, folder)
        if options.postgres and with_postgres.programs() is None:
            print('# PostgreSQL is not installed (tools/install.sh test): left out')
        elif options.postgres:
            on_postgres(options, progress, folder)
    except KeyboardInterrupt:
        progress.keep()
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print('ok 1 - killed under sixteen writers: nothing acknowledged lost, nothing half applied')
    return 0


if __name__ == '__main__':
    sys.exit(main())
