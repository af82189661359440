#!/usr/bin/env python3
"""SIGKILL in the midst of writes: nothing acknowledged is lost, nothing is half there.

    kill.py DOOR_WRITER GOLDTHREAD KILLS

Each round starts the writer where the last one ended, kills it after up to 110 ms (longer on a
machine so busy that nothing is written in that time, until something is), and looks at the record with sqlite3: the last change acknowledged is there (or the one after it, whose commit
was done and whose word never came), in both figures and the title alike. Every tenth round, and at
the end, the whole audit trail is verified and the file checked.
"""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def prepare(program, record, folder):
    files = {
        'organisation.csv': 'code,name\ntown,Town Council\n',
        'plans.csv': 'code,title,kind\nP,Plan,corporate\n',
        'aims.csv': 'code,plan,kind,title\nA,P,priority,-1\n',
        'measures.csv': 'code,title,value_type,polarity,frequency\n'
                        'M1,First,number,higher,month\nM2,Second,number,higher,month\n',
    }
    os.mkdir(folder)
    for name, text in files.items():
        with open(os.path.join(folder, name), 'w') as file:
            file.write(text)
    subprocess.run([program, '--record', record, 'import', folder], check=True,
                   stdout=subprocess.DEVNULL)


def state(record):
    """The number that stands in all three places; a fault where they differ."""
    with sqlite3.connect(record, timeout=10) as database:
        title = int(database.execute("SELECT title FROM aims WHERE code = 'A'").fetchone()[0])
        figures = database.execute(
            "SELECT measure, max(CAST(value AS INTEGER)), count(*) FROM observations "
            "WHERE superseded_at IS NULL GROUP BY measure ORDER BY measure").fetchall()
        changes = database.execute('SELECT count(*) FROM revisions').fetchone()[0]
        ends = database.execute(
            'SELECT count(*) FROM events WHERE reason = \'loop\'').fetchone()[0]
    database.close()
    if title >= 0 and ([value for _, value, _ in figures] != [title, title] or
                       [count for _, _, count in figures] != [min(title + 1, 12)] * 2):
        raise SystemExit('half applied: the title says %d, the figures %s' % (title, figures))
    if ends != 3 * (title + 1) or changes != title + 2:
        raise SystemExit('%d changes left %d events and %d revisions' % (title + 1, ends, changes))
    return title


def verify(program, record):
    done = subprocess.run([program, '--record', record, 'audit', 'verify'], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stdout)


REACH, REACH_MOST = 0.11, 5  # seconds
ROUNDS_MOST = 2  # as many again where the machine was busy


def one_round(writer, record, number, chance, reach):
    process = subprocess.Popen([writer, record, str(number)], stdout=subprocess.PIPE)
    time.sleep(chance.random() * reach)
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read().split(b'\n')[:-1]
    if process.wait() != -signal.SIGKILL:
        raise SystemExit('the writer ended by itself with %d' % process.returncode)
    return int(said[-1]) if said else number - 1


def main():
    writer, program, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    chance = random.Random(int(os.environ.get('SEED', '1')))
    acknowledged = 0
    unsaid = 0
    reach = REACH
    print('1..1')
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, 'record.db')
        prepare(program, record, os.path.join(folder, 'council'))
        at = -1
        for i in range(ROUNDS_MOST * kills):
            if i >= kills and acknowledged >= kills:
                break
            last = one_round(writer, record, at + 1, chance, reach)
            acknowledged += last - at
            # Falls behind one change a round: give the writer more time.
            reach = min(reach * 1.5, REACH_MOST) if acknowledged < i + 1 else max(reach / 1.5, REACH)
            now = state(record)
            if now not in (last, last + 1):
                raise SystemExit('round %d: %d was acknowledged, the record has %d' % (i, last, now))
            unsaid += now - last
            at = now
            if i % 10 == 0:
                verify(program, record)
        verify(program, record)
        with sqlite3.connect(record) as database:
            if database.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
                raise SystemExit('the file is damaged')
        database.close()
    if acknowledged < kills:
        raise SystemExit('only %d changes in %d rounds: the test saw too little' % (acknowledged, kills))
    print('ok 1 - %d kills, %d changes acknowledged, none lost, none half applied '
          '(%d committed without a word)' % (kills, acknowledged, unsaid))


if __name__ == '__main__':
    main()
