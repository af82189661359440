#!/usr/bin/env python3
"""The same record in SQLite and in PostgreSQL: test_postgres.py PROGRAM SOURCE_FOLDER

Every command and a sample of pages give the same on both; copies are verified; several servers on
one database see each other's changes; a database that crashes is told cleanly, and found again.
Skipped where PostgreSQL is not installed.
"""
import atexit
import filecmp
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path[:0] = [os.path.join(SOURCE, 'tests'), os.path.join(SOURCE, 'tests', 'store')]
import taps  # noqa: E402
import with_postgres  # noqa: E402

TODAY = '2014-05-15'
ORGANISATIONS = ('luton', 'bracknell-forest')
WORK = tempfile.mkdtemp(prefix='goldthread-postgres-')
atexit.register(shutil.rmtree, WORK, True)
PAGES = 30

_cluster = None


def cluster():
    global _cluster
    if _cluster is None:
        if with_postgres.programs() is None:
            raise taps.Skip('PostgreSQL is not installed (tools/install.sh test)')
        _cluster = with_postgres.Cluster().__enter__()
        atexit.register(_cluster.__exit__)
    return _cluster


def ended(record, *arguments):
    return subprocess.run([PROGRAM, '--record', record, '--today', TODAY, *arguments],
                          capture_output=True, text=True, timeout=120, cwd=WORK)


def run(record, *arguments, status=0):
    done = ended(record, *arguments)
    taps.equal(done.returncode, status, '%s: %s' % (' '.join(arguments), done.stderr))
    return done.stdout if status == 0 else done.stderr


def imported(record):
    for organisation in ORGANISATIONS:
        run(record, 'import', os.path.join(SOURCE, 'examples', organisation))
    return record


_records = {}


def sqlite():
    if 'sqlite' not in _records:
        cluster()
        _records['sqlite'] = imported(os.path.join(WORK, 'both.db'))
    return _records['sqlite']


def postgres():
    """The record of SQLite, imported anew."""
    if 'postgres' not in _records:
        _records['postgres'] = imported(cluster().schema('imported'))
    return _records['postgres']


def export(record, organisation, name):
    folder = os.path.join(WORK, name)
    run(record, 'export', folder, '--organisation', organisation)
    return folder


def same_folders(one, other):
    names = sorted(os.listdir(one))
    taps.equal(sorted(os.listdir(other)), names)
    taps.equal(len(names) > 5, True, 'files of the folder')
    taps.equal(filecmp.cmpfiles(one, other, names, shallow=False)[0], names)


def test_export_is_the_same_byte_for_byte():
    for organisation in ORGANISATIONS:
        one = export(sqlite(), organisation, 'sqlite-' + organisation)
        other = export(postgres(), organisation, 'postgres-' + organisation)
        same_folders(one, other)
        again = cluster().schema('again-' + organisation)
        run(again, 'import', other)
        same_folders(one, export(again, organisation, 'again-' + organisation))


def test_imported_again_nothing_changes():
    before = run(postgres(), 'audit', 'verify')
    for organisation in ORGANISATIONS:
        run(postgres(), 'import', os.path.join(WORK, 'sqlite-' + organisation))
    taps.equal(run(postgres(), 'audit', 'verify'), before)


def test_commands_say_the_same():
    commands = [['refer', '--rule', 'off_target:2', '--back-test', '--csv', '--organisation', 'luton']]
    for organisation in ORGANISATIONS:
        for words in (['status', '--csv'], ['status', '--json'], ['check', '--csv'],
                      ['status', '--csv', '--at', '2013-11-01']):
            commands.append(words + ['--organisation', organisation])
    for words in commands:
        one, other = ended(sqlite(), *words), ended(postgres(), *words)
        taps.equal((other.returncode, other.stdout, other.stderr),
                   (one.returncode, one.stdout, one.stderr), ' '.join(words))
        taps.equal(one.returncode < 2 and len(one.stdout) > 50, True, ' '.join(words))
    for name, record in (('one', sqlite()), ('other', postgres())):
        run(record, 'report', 'quarterly', '--period', '2013-14-Q4', '--organisation', 'luton',
            '--out', os.path.join(WORK, 'report-' + name))
    names = sorted(os.listdir(os.path.join(WORK, 'report-one')))
    taps.equal(len(names) > 3, True, 'files of the report')
    for name in names:
        texts = []
        for which in ('one', 'other'):
            with open(os.path.join(WORK, 'report-' + which, name), encoding='utf-8') as file:
                # Each record has a trail of its own, whose head a report shows.
                texts.append(re.sub(r'\b\d+:[0-9a-f]{64}\b|\b[0-9a-f]{64}\b', 'HEAD', file.read()))
        taps.equal(texts[1] == texts[0], True, name)


def test_a_bad_file_changes_nothing():
    path = os.path.join(WORK, 'observations.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('measure,period,value\nNI 117,2013-14-Q4,7.7\nNo such,2013-14-Q4,1\n')
    before = run(postgres(), 'audit', 'verify')
    told = run(postgres(), 'import', '--organisation', 'luton', path, status=1)
    taps.equal('No such' in told, True, told)
    taps.equal(run(postgres(), 'audit', 'verify'), before)


def test_a_dry_run_where_there_is_no_record_yet():
    empty = cluster().schema('empty')
    run(empty, 'import', '--dry-run', os.path.join(SOURCE, 'examples', 'luton'))
    told = run(empty, 'status', status=1)
    taps.equal('There is no record at' in told, True, told)


# ---- copies ----

def digests(output):
    return dict(re.findall(r'^(\w+) +\d+ rows?  ?([0-9a-f]{64})$', output, re.MULTILINE))


def test_copied_there_and_back():
    there, back = cluster().schema('copied'), os.path.join(WORK, 'back.db')
    first = digests(run(sqlite(), 'copy', '--to', there))
    second = digests(run(there, 'copy', '--from', there, '--to', back))
    taps.equal(first, second)
    taps.equal(len(first) > 28, True, 'tables')
    for organisation in ORGANISATIONS:
        same_folders(os.path.join(WORK, 'sqlite-' + organisation),
                     export(back, organisation, 'back-' + organisation))
    taps.equal(run(back, 'audit', 'verify'), run(sqlite(), 'audit', 'verify'))
    taps.equal(run(there, 'audit', 'verify'), run(sqlite(), 'audit', 'verify'))
    _records['copied'] = there


def test_copied_only_to_where_nothing_is():
    for to in (_records['copied'], os.path.join(WORK, 'back.db')):
        told = run(sqlite(), 'copy', '--to', to, status=1)
        taps.equal('holds a record already' in told, True, told)
    told = run(os.path.join(WORK, 'none.db'), 'copy', '--to', os.path.join(WORK, 'x.db'), status=1)
    taps.equal('There is no record at' in told, True, told)
    taps.equal(os.path.exists(os.path.join(WORK, 'x.db')), False)


# A database that keeps something else than it was given (here by a rule of its own) is found out.
def test_a_row_that_is_not_the_same_is_named():
    bent = cluster().schema('bent')
    run(bent, 'import', os.path.join(SOURCE, 'examples', 'luton'))
    cluster().ask('SET search_path = bent; ALTER TABLE events DISABLE TRIGGER USER; '
                  'TRUNCATE organisations, observations, targets, audit_salt, events '
                  'CASCADE; '
                  'CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
                  "IF NEW.measure = 'NI 117' THEN NEW.note = 'bent'; END IF; RETURN NEW; END $$; "
                  'CREATE TRIGGER bend BEFORE INSERT ON observations FOR EACH ROW '
                  'EXECUTE FUNCTION bend()')
    told = run(sqlite(), 'copy', '--to', bent, status=3)
    taps.equal(re.search(r'Row \d+ of observations .* is not the same', told) is not None, True, told)
    taps.equal(cluster().ask('SELECT count(*) FROM bent.organisations'), '0')


# ---- serving ----

class Site:
    def __init__(self, record):
        self.process = subprocess.Popen(
            [PROGRAM, '--record', record, '--today', TODAY, 'serve', '--listen', '127.0.0.1:0'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=WORK)
        atexit.register(self.end)
        found = re.search(r'http://127\.0\.0\.1:(\d+)', self.process.stdout.readline())
        taps.equal(found is not None, True, 'an address')
        self.port = int(found[1])

    def ask(self, target):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        connection.request('GET', target)
        answer = connection.getresponse()
        body = answer.read().decode('utf-8')
        connection.close()
        return answer.status, body

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


def some_pages(site):
    """Addresses that links of the first pages lead to, spread over all there are."""
    found = ['/']
    for target in ('/', '/luton', '/luton/measures', '/bracknell-forest'):
        for link in re.findall(r'href="(/[^"#]*)"', site.ask(target)[1]):
            link = link.replace('&amp;', '&')
            if link not in found and not link.startswith('/assets'):
                found.append(link)
    step = max(1, len(found) // PAGES)
    return found[::step][:PAGES] + ['/luton/measures.json', '/luton/measures.csv']


def test_pages_are_the_same():
    one, other = Site(sqlite()), Site(_records['copied'])
    pages = some_pages(one)
    taps.equal(len(pages), PAGES + 2)
    for target in pages:
        expected = one.ask(target)
        taps.equal(expected[0], 200, target)
        found = other.ask(target)
        taps.equal(found[0], 200, target)
        taps.equal(found[1] == expected[1], True, 'the same page: ' + target)
    one.end()
    other.end()


def set_value(record, value):
    path = os.path.join(WORK, 'figure', 'observations.csv')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('measure,period,value\nNI 117,2013-14-Q4,%s\n' % value)
    run(record, 'import', '--organisation', 'luton', path)


MEASURE = '/luton/measures/NI%20117?period=2013-14-Q4'


def shows(site, value):
    status, body = site.ask('/luton/measures/NI%20117.csv?table=figures')
    return status == 200 and '\n2013-14-Q4,%s,' % value in body.replace('\r', '')


def test_two_servers_see_a_change_within_a_second():
    record = _records['copied']
    sites = [Site(record), Site(record)]
    slowest = 0.0
    for value in ('7.1', '7.2', '7.3', '7.4', '7.5'):
        for site in sites:
            taps.equal(site.ask(MEASURE)[0], 200)
        set_value(record, value)
        since = time.monotonic()
        for site in sites:
            while not shows(site, value):
                taps.equal(time.monotonic() - since < 1.0, True, 'seen within a second')
                time.sleep(0.005)
        slowest = max(slowest, time.monotonic() - since)
    print('# the slowest was seen after %.0f ms' % (slowest * 1000))
    for site in sites:
        site.end()


def backends():
    return [int(pid) for pid in cluster().ask(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'goldthread'").split()]


def test_a_database_that_crashes_is_told_and_found_again():
    record = _records['copied']
    site = Site(record)
    seen = set()
    taps.equal(site.ask(MEASURE)[0], 200)
    for number in range(5):
        set_value(record, '8.%d' % number)  # so that the next page has to read
        victims = backends()
        taps.equal(len(victims) > 0, True, 'connections')
        stopping = threading.Event()

        def ask():
            while not stopping.is_set():
                status, body = site.ask('/luton/measures?period=2013-14-Q4')
                seen.add(status)
                taps.equal('</html>' in body, True, 'a whole page')

        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(0.002 * number)
        os.kill(victims[number % len(victims)], signal.SIGKILL)
        cluster().wait_until_ready()
        time.sleep(0.2)
        stopping.set()
        for reader in readers:
            reader.join()
        since = time.monotonic()
        while not shows(site, '8.%d' % number):
            taps.equal(time.monotonic() - since < 10, True, 'found again')
            time.sleep(0.05)
    taps.equal(seen <= {200, 503} and 200 in seen, True, 'answers: %s' % sorted(seen))
    print('# answers while it was away: %s' % sorted(seen))
    # A command meets one sentence.
    cluster().stop()
    told = run(record, 'status', '--organisation', 'luton', status=3)
    taps.equal('cannot be reached' in told.split('\n')[0], True, told)
    status, _ = site.ask(MEASURE)
    taps.equal(status in (200, 503), True, 'while it is down: %d' % status)
    cluster().start()
    set_value(record, '9.9')
    since = time.monotonic()
    while not shows(site, '9.9'):
        taps.equal(time.monotonic() - since < 10, True, 'found again after a stop')
        time.sleep(0.05)
    site.end()


if __name__ == '__main__':
    taps.run(globals())
