#!/usr/bin/env python3
"""Scheduled jobs of the real program: test_jobs.py PROGRAM SOURCE_FOLDER

A server started for the first time does what was due last; several servers on one record do it once.
"""
import atexit
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'ops'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'store'))
import taps  # noqa: E402
import with_postgres  # noqa: E402
from serving import Serving, import_example, wait_for  # noqa: E402

WORK = tempfile.mkdtemp(prefix='goldthread-jobs-')
atexit.register(shutil.rmtree, WORK, True)


def fresh(name):
    record = os.path.join(WORK, name)
    import_example(PROGRAM, record, SOURCE)
    return record


def head(record):
    return subprocess.run([PROGRAM, '--record', record, 'audit', 'head'], check=True,
                          capture_output=True, text=True).stdout


def backups(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith('.db')) \
        if os.path.isdir(folder) else []


def last_done(record):
    with sqlite3.connect(record, timeout=10) as database:
        found = database.execute('SELECT job, result FROM job_runs WHERE ended_at IS NOT NULL '
                                 'ORDER BY job').fetchall()
    database.close()
    return found


def test_a_backup_is_made_and_old_ones_go():
    record, folder = fresh('nightly.db'), os.path.join(WORK, 'nightly')
    os.mkdir(folder)
    old = ['goldthread-2020010%dT020000Z.db' % day for day in range(1, 6)]
    for name in old + ['goldthread-mine.db', 'notes.txt']:
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write('old')
    with Serving(PROGRAM, record, '--backup-folder', folder, '--backup-keep', '3') as server:
        wait_for(lambda: ('backup', 'done') in last_done(record), 20, 'the backup done')
        names = backups(folder)
        taps.equal(len(names), 4, names)  # three of ours and one that only looks like it
        taps.equal([name for name in names if name in old], old[3:])
        assert os.path.exists(os.path.join(folder, 'notes.txt'))
        made = [n for n in names if n not in old and re.fullmatch(r'goldthread-\d{8}T\d{6}Z.db', n)]
        taps.equal(len(made), 1)
        taps.equal(head(os.path.join(folder, made[0])), head(record))
        text = server.ask(server.watch, '/metrics')[2]
        at = float(re.search(r'^goldthread_backup_last_success_timestamp_seconds (\S+)', text,
                             re.M)[1])
        assert abs(at - time.time()) < 60, at
        assert re.search(r'^goldthread_jobs_total 1$', text, re.M), text
        status, log = server.stop()
        taps.equal(status, 0)
        assert 'event=job_done job=backup' in log, log
    # Done for this day: a server started again makes no other.
    with Serving(PROGRAM, record, '--backup-folder', folder, '--backup-keep', '3'):
        time.sleep(1)
        taps.equal(backups(folder), names)


def test_a_backup_that_cannot_be_made_is_told():
    record, folder = fresh('full.db'), os.path.join(WORK, 'a-file')
    with open(folder, 'w', encoding='utf-8') as file:
        file.write('in the way')
    with Serving(PROGRAM, record, '--backup-folder', folder) as server:
        wait_for(lambda: any(job == 'backup' for job, _ in last_done(record)), 20, 'an end')
        (_, result), = last_done(record)
        assert result.startswith('failed: '), result
        assert 'goldthread_job_failures_total 1' in server.ask(server.watch, '/metrics')[2]
        assert 'event=job_failed' in server.stop()[1]


def test_the_head_goes_to_the_hook_daily_and_at_the_end():
    record, out = fresh('hook.db'), os.path.join(WORK, 'heads')
    hook = 'read line; echo "$GOLDTHREAD_AUDIT_SEQ $GOLDTHREAD_AUDIT_HASH $line" >> ' + out
    with Serving(PROGRAM, record, '--audit-hook', hook) as server:
        wait_for(lambda: os.path.exists(out), 20, 'the daily head')
        server.stop()
    seq, digest = head(record).strip().split(':')
    with open(out, encoding='utf-8') as file:
        taps.equal(file.read(), ('%s %s %s:%s\n' % (seq, digest, seq, digest)) * 2)
    with Serving(PROGRAM, record, '--audit-hook', 'exit 7') as server:
        status, log = server.stop()
        taps.equal(status, 0)
        assert 'The audit hook ended with 7.' in log, log


def test_a_server_without_accounts_leaves_the_record_alone():
    record = fresh('alone.db')
    with open(record, 'rb') as file:
        before = file.read()
    with Serving(PROGRAM, record) as server:
        server.ask(server.pages, '/luton')
        time.sleep(1)
        server.stop()
    with open(record, 'rb') as file:
        assert file.read() == before


def test_several_servers_on_one_postgresql_make_one_backup():
    if with_postgres.programs() is None:
        raise taps.Skip('PostgreSQL is not installed')
    folder = os.path.join(WORK, 'shared')
    with with_postgres.Cluster() as cluster:
        url = cluster.schema('jobs')
        import_example(PROGRAM, url, SOURCE)
        options = ('--backup-folder', folder)
        with Serving(PROGRAM, url, *options) as one, Serving(PROGRAM, url, *options) as two, \
                Serving(PROGRAM, url, *options) as three:
            wait_for(lambda: cluster.ask('SELECT result FROM jobs.job_runs') == 'done', 60, 'done')
            time.sleep(6)  # all three have looked again
            logs = [server.stop()[1] for server in (one, two, three)]
        taps.equal(len(backups(folder)), 1)
        taps.equal(''.join(logs).count('event=job_done job=backup'), 1)
        taps.equal(cluster.ask('SELECT count(*) FROM jobs.job_runs'), '1')
        copy = os.path.join(folder, backups(folder)[0])
        taps.equal(head(copy), head(url))
        done = subprocess.run([PROGRAM, '--record', copy, 'audit', 'verify'], check=False,
                              capture_output=True, text=True)
        taps.equal(done.returncode, 0, done.stdout)
        # And back into an empty database, by the same file.
        again = cluster.schema('again')
        subprocess.run([PROGRAM, 'restore', '--from', copy, '--to', again], check=True,
                       stdout=subprocess.DEVNULL)
        taps.equal(head(again), head(url))


taps.run(globals())
