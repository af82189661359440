#!/usr/bin/env python3
"""The council folder, there and back: folder.py GOLDTHREAD SOURCE

Round trips to the byte, dry runs that change nothing, one bad cell among 100,000 rows, a disc that
fills up, a process that is killed, and a real council's 57 files through mappings.
"""
import contextlib
import csv
import glob
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SOURCE = os.path.abspath(sys.argv[2])
SHARED = os.environ.get('GOLDTHREAD_SHARED', os.path.join(SOURCE, '..', 'shared'))
COUNCILS = ('luton', 'bracknell-forest')


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def expect(wanted, found, what):
    if wanted != found:
        raise Failed('%s: expected %r, found %r' % (what, wanted, found))


def run(*words, status=0, limit=None):
    def limits():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=300,
                          preexec_fn=limits)
    if done.returncode != status:
        raise Failed('%s ended with %d, expected %d\n%s%s' % (
            ' '.join(words), done.returncode, status, done.stdout[-2000:], done.stderr[-2000:]))
    return done


@contextlib.contextmanager
def place():
    with tempfile.TemporaryDirectory() as folder:
        before = os.getcwd()
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def write(path, text):
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def bytes_of(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), 'rb') as file:
            found[name] = file.read()
    return found


def dump_of(record):
    with contextlib.closing(sqlite3.connect(record)) as db:
        return hashlib.sha256('\n'.join(db.iterdump()).encode()).hexdigest()


def rows_of(folder):
    """Every file as its rows, each a set of (column, cell) without the blank ones."""
    found = {}
    for path in glob.glob(os.path.join(folder, '*.csv')):
        with open(path, encoding='utf-8', newline='') as file:
            rows = [tuple(sorted((k, v) for k, v in row.items() if v))
                    for row in csv.DictReader(file)]
        found[os.path.basename(path)] = sorted(rows)
    return found


# ---- cases ----

def there_and_back():
    """import, export, import, export: the second export is the same to the byte"""
    for council in COUNCILS:
        folder = os.path.join(SOURCE, 'examples', council)
        if not os.path.isdir(folder):
            raise Skipped('examples/%s is not there' % council)
        with place():
            run('--record', 'a.db', 'import', folder)
            run('--record', 'a.db', 'export', 'one')
            again = run('--record', 'a.db', 'import', 'one').stdout
            expect(True, 'nothing was changed' in again, 'importing what was exported')
            run('--record', 'b.db', 'import', 'one')
            run('--record', 'b.db', 'export', 'two')
            expect(bytes_of('one'), bytes_of('two'), council)
            # And nothing was lost on the way in: the same rows, whatever their order and form.
            original, exported = rows_of(folder), rows_of('one')
            expect(sorted(original), sorted(exported), 'files of %s' % council)
            for name in original:
                expect(original[name], exported[name], '%s of %s' % (name, council))


# In the order and form of an export.
ENGINE_FOLDER = {
    'organisation.csv':
        'code,name,kind,gss_code,financial_year_start,default_rule\n'
        'town,Town Council,,,,\n',
    'measures.csv':
        'code,title,definition,unit,owner,checker,value_type,per,decimals,polarity,frequency,'
        'aggregation,cumulative,kind,class,source,lag_days,rule,min_denominator,public,state,'
        'formula,missing_parts,zero_denominator,limits,small_number,compare_with,forecast_by,note\n'
        'M1,Visits,,,,,number,,,none,month,sum,,,,,,,,,,,,,plotthedots,5,near,profile_two,\n'
        'M2,Share,,,,,percent,,,none,month,,,,,,,,,,,"if(M1 > 0,\nM1, previous(M1))",skip,zero,'
        'none,,,none,\n'
        'M3,Schools,,,,,number,,,none,academic_year,,,,,,,,,,,,,,,,,,\n',
    'comparators.csv':
        'group,organisation,name,set,version,order\n'
        'near,E07000001,Other Town,Nearest neighbours,2018,2\n'
        'near,E07000001,Other Town,Nearest neighbours,2024,1\n'
        'region,E07000001,Other Town,,,\n',
    'comparator_values.csv':
        'measure,organisation,period,value,numerator,denominator\n'
        'M1,E07000001,2024-04,12,,\n',
    'rebases.csv':
        'measure,part,period,reason,by,agreed_on,withdrawn_on\n'
        'M1,,2023-04,New counter,,,2024-02-01\n'
        'M1,,2024-04,"New building, ""North""",Head of Leisure,2024-05-01,\n',
    'forecasts.csv':
        'measure,part,period,forecast,reason,by,on\n'
        'M1,,2024-25-FY,1150.50,Better,Head of Leisure,2024-10-01\n'
        'M1,,2025,1200,,,\n'
        'M3,,2024-25-AY,7,,,\n',
    'referral_rules.csv':
        'code,title,kind,n,m,class,from,note\n'
        'OFTEN,Three of four,off_target_often,3,4,corporate;statutory,,\n'
        'RUN,Four running,off_target_running,4,,,,\n'
        'RUN,Three running,off_target_running,3,,,2024-04-01,Agreed\n',
}


def there_and_back_engine():
    """What the engine needs of a council comes back to the byte"""
    with place():
        for name, text in ENGINE_FOLDER.items():
            write('in/' + name, text)
        run('--record', 'a.db', 'import', 'in')
        run('--record', 'a.db', 'export', 'one')
        found = bytes_of('one')
        expect(sorted(ENGINE_FOLDER), sorted(found), 'the files')
        for name, text in ENGINE_FOLDER.items():
            expect(text, found[name].decode(), name)
        again = run('--record', 'a.db', 'import', 'one').stdout
        expect(True, 'nothing was changed' in again, 'importing what was exported')
        run('--record', 'b.db', 'import', 'one')
        run('--record', 'b.db', 'export', 'two')
        expect(bytes_of('one'), bytes_of('two'), 'the second export')


def dry_run():
    """A dry run changes nothing, with a record and without one"""
    folder = os.path.join(SOURCE, 'examples', 'luton')
    with place():
        run('--record', 'a.db', 'import', folder, '--dry-run')
        expect(False, os.path.exists('a.db'), 'a record after a dry run')
        run('--record', 'a.db', '--today', '2014-05-01', 'import', folder)
        before = (dump_of('a.db'), open('a.db', 'rb').read())
        out = run('--record', 'a.db', 'import', os.path.join(folder, 'revisions'), '--dry-run',
                  '--organisation', 'luton').stdout
        expect(True, 'Dry run: all of it can be imported' in out, 'what it says')
        expect(True, bool(re.search(r'observations.csv +\d+ +[1-9]', out)), 'what it would do')
        expect(before[0], dump_of('a.db'), 'the record')
        expect(True, before[1] == open('a.db', 'rb').read(), 'the bytes of the record')


def big_folder(rows, bad=None):
    write('big/organisation.csv', 'code,name\nbig,Big Council\n')
    write('big/measures.csv', 'code,title,value_type,polarity,frequency\n' + ''.join(
        'M%d,Measure %d,number,higher,month\n' % (i, i) for i in range(rows // 120 + 1)))
    lines = ['measure,period,value,note\n']
    for i in range(rows):
        value = '12,34' if i == bad else '%d.%d' % (i % 977, i % 10)
        lines.append('M%d,%d-%02d,"%s",\n' % (i // 120, 2010 + i // 12 % 10, i % 12 + 1, value))
    write('big/observations.csv', ''.join(lines))


def one_bad_cell():
    """One bad cell in 100,000 rows: nothing is imported, and that cell is named"""
    with place():
        big_folder(100000, bad=73210)
        write('first/organisation.csv', 'code,name\nbig,Big Council\n')
        run('--record', 'a.db', 'import', 'first')
        before = dump_of('a.db')
        done = run('--record', 'a.db', 'import', 'big', status=1)
        expect(1, len(done.stderr.splitlines()), 'refusals')
        expect(True, done.stderr.startswith('observations.csv, row 73212, column value: "12,34" '),
               done.stderr)
        expect(before, dump_of('a.db'), 'the record')
        big_folder(100000)
        run('--record', 'a.db', 'import', 'big')


def months_that_could_be_years():
    """2010-11 is a month or a financial year: what is exported reads back as what it was"""
    with place():
        write('f/organisation.csv', 'code,name\ntown,Town Council\n')
        write('f/measures.csv', 'code,title,value_type,polarity,frequency,aggregation\n'
              'M,By month,number,higher,month,\nO,Now and then,number,higher,other,\n'
              'Q,By quarter,number,higher,quarter,sum\nY,By year,number,higher,year,\n')
        write('f/observations.csv', 'measure,period,value\n'
              'M,2010-11,1\nO,Nov 2010,2\nO,2010/11,3\nQ,Nov 2010,4\nY,2010-11,5\nY,2011,6\n')
        run('--record', 'a.db', 'import', 'f')
        run('--record', 'a.db', 'export', 'one')
        run('--record', 'b.db', 'import', 'one')
        run('--record', 'b.db', 'export', 'two')
        expect(bytes_of('one'), bytes_of('two'), 'exports')
        with contextlib.closing(sqlite3.connect('b.db')) as db:
            found = db.execute('SELECT measure, period, value FROM observations '
                               'ORDER BY value').fetchall()
        expect([('M', '2010-11', '1'), ('O', '2010-11', '2'), ('O', '2010-11-FY', '3'),
                ('Q', '2010-11', '4'), ('Y', '2010-11-FY', '5'), ('Y', '2011', '6')], found,
               'the record')


def awkward_text():
    """Quotes, line ends, blanks, formulas and other scripts come back as they were"""
    texts = ['He said "no", twice', 'one\ntwo', '=1+1', '-', 'Tŷ’r Cyngor', "'quoted'",
             'a;b,c', '\u201cprinted\u201d', '@home', 'ends with "']
    with place():
        write('f/organisation.csv', 'code,name\ntown,Town Council\n')
        with open('f/boards.csv', 'w', encoding='utf-8', newline='') as file:
            rows = csv.writer(file)
            rows.writerow(['code', 'name', 'kind', 'purpose'])
            for i, text in enumerate(texts):
                rows.writerow(['B%d' % i, text.replace('\n', ' '), 'other', text])
        run('--record', 'a.db', 'import', 'f')
        run('--record', 'a.db', 'export', 'one')
        expect(rows_of('f')['boards.csv'], rows_of('one')['boards.csv'], 'boards')


def two_councils():
    """One record holds several organisations; a command is told which, or says what there are"""
    with place():
        for code in ('town', 'city'):
            write(code + '/organisation.csv', 'code,name\n%s,The %s\n' % (code, code))
            write(code + '/units.csv', 'code,name,kind\nA,Place of %s,directorate\n' % code)
            run('--record', 'a.db', 'import', code)
        write('more/units.csv', 'code,name,kind\nB,People,directorate\n')
        done = run('--record', 'a.db', 'import', 'more', status=2)
        expect(True, 'say which one with --organisation: city, town.' in done.stderr, done.stderr)
        run('--record', 'a.db', 'import', 'more', '--organisation', 'city')
        done = run('--record', 'a.db', 'export', 'out', '--organisation', 'village', status=1)
        expect(True, 'There is no organisation village' in done.stderr, done.stderr)
        run('--record', 'a.db', 'export', 'out', '--organisation', 'town')
        expect('code,name,kind,parent,head\nA,Place of town,directorate,,\n',
               open('out/units.csv').read(), 'what is exported')


def full_disc():
    """A disc that fills up in the middle: exit 3, one sentence, and the record as it was"""
    with place():
        write('first/organisation.csv', 'code,name\nbig,Big Council\n')
        run('--record', 'a.db', 'import', 'first')
        before = dump_of('a.db')
        big_folder(50000)
        done = run('--record', 'a.db', 'import', 'big', status=3, limit=600000)
        sentence = done.stderr.splitlines()[0]
        expect(True, 'is full; nothing of this change was kept' in sentence, done.stderr)
        expect(before, dump_of('a.db'), 'the record')
        run('--record', 'a.db', 'import', 'big')


def killed():
    """Killed at any moment: the record is the old one or the new one, and goes on"""
    with place():
        write('first/organisation.csv', 'code,name\nbig,Big Council\n')
        big_folder(30000)
        run('--record', 'a.db', 'import', 'first')
        old = dump_of('a.db')
        shutil.copy('a.db', 'whole.db')
        started = time.monotonic()
        run('--record', 'whole.db', '--today', '2024-01-01', 'import', 'big')
        length = time.monotonic() - started
        new = dump_of('whole.db')
        chance = random.Random(7)
        for _ in range(12):
            shutil.copy('a.db', 'b.db')
            with contextlib.suppress(FileNotFoundError):
                os.remove('b.db-journal')
            process = subprocess.Popen(
                [PROGRAM, '--record', 'b.db', '--today', '2024-01-01', 'import', 'big'],
                stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, length))
            process.send_signal(signal.SIGKILL)
            process.wait()
            run('--record', 'b.db', 'export', 'out')
            with contextlib.closing(sqlite3.connect('b.db')) as db:
                expect('ok', db.execute('PRAGMA integrity_check').fetchone()[0], 'integrity')
            expect(True, dump_of('b.db') in (old, new), 'old or new')


def dates_of_versions():
    """--today says when a version was recorded"""
    with place():
        write('f/organisation.csv', 'code,name\ntown,Town Council\n')
        write('f/rules.csv', 'code,title,kind\nT,Met,target_only\n')
        run('--record', 'a.db', '--today', '2014-04-01', 'import', 'f')
        with contextlib.closing(sqlite3.connect('a.db')) as db:
            expect([('2014-04-01T00:00:00Z', None)],
                   db.execute('SELECT recorded_at, superseded_at FROM rules').fetchall(), 'first')
        write('f/rules.csv', 'code,title,kind\nT,Reached,target_only\n')
        run('--record', 'a.db', '--today', '2014-05-01', 'import', 'f')
        with contextlib.closing(sqlite3.connect('a.db')) as db:
            expect([('Met', '2014-04-01T00:00:00Z', '2014-05-01T00:00:00Z'),
                    ('Reached', '2014-05-01T00:00:00Z', None)],
                   db.execute('SELECT title, recorded_at, superseded_at FROM rules '
                              'ORDER BY version').fetchall(), 'both')


# ---- neighbours as published ----

LISTS = {  # file: group, set, version
    'cipfa2019': ('cipfa', 'CIPFA nearest neighbours', '2019'),
    'cipfa2021': ('cipfa', 'CIPFA nearest neighbours', '2021'),
    'cssn': ('cssn', "Children's services statistical neighbours", '1'),
}


def cells_of(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return list(csv.DictReader(file))


def neighbours():
    """Published lists of neighbours are kept as published: order, set, and version beside version"""
    root = os.path.join(SHARED, 'data')
    register = os.path.join(root, 'uk-local-authorities', 'uk_local_authorities.csv')
    if not os.path.exists(register):
        raise Skipped('the shared data is not there')
    with place():
        write('f/organisation.csv', 'code,name\ntown,Town Council\n')
        run('--record', 'a.db', 'import', 'f')
        for name, (group, title, version) in LISTS.items():
            path = os.path.join(root, 'trafford-themes', name + '.csv')
            run('--record', 'a.db', 'import', path, *NEIGHBOURS, '--set', 'group=' + group,
                '--set', 'set=' + title, '--set', 'version=' + version, '--number', 'order')
        # Every body of a region, from a register with forty columns.
        run('--record', 'a.db', 'import', register, '--as', 'comparators', '--map',
            'organisation=gss-code,name=nice-name', '--set', 'group=north-west', '--where',
            'region=North West', '--where', 'current-authority=True', '--where',
            'local-authority-type=MD', '--ignore', '*')
        run('--record', 'a.db', 'export', 'one')
        found = cells_of('one/comparators.csv')
        for name, (group, title, version) in LISTS.items():
            published = cells_of(os.path.join(root, 'trafford-themes', name + '.csv'))
            kept = sorted((int(row['order']), row['organisation'], row['name'], row['set'])
                          for row in found
                          if row['group'] == group and row['version'] == version)
            expect([(i, row['area_code'], row['area_name'], title)
                    for i, row in enumerate(published, 1)], kept, name)
        region = [row for row in cells_of(register)
                  if row['region'] == 'North West' and row['current-authority'] == 'True'
                  and row['local-authority-type'] == 'MD']
        expect(sorted((row['gss-code'], row['nice-name']) for row in region),
               sorted((row['organisation'], row['name']) for row in found
                      if row['group'] == 'north-west'), 'the region')
        run('--record', 'b.db', 'import', 'one')
        run('--record', 'b.db', 'export', 'two')
        expect(bytes_of('one'), bytes_of('two'), 'exports')
        print('# %d lists and a region of %d, %d rows' % (len(LISTS), len(region), len(found)))


# ---- a real council's files ----

SERIES = ['--as', 'observations', '--make-measures', '--map', 'period=period']
NEIGHBOURS = ['--as', 'comparators', '--map', 'organisation=area_code,name=area_name']


def mappings(header, name):
    """How a file of the themes is read, by its columns: a list of imports."""
    columns = set(header)
    if columns == {'area_code', 'area_name'}:
        return [NEIGHBOURS + ['--set', 'group=' + name]]
    unit = 'unit' if 'unit' in columns else 'units'
    measure = '+'.join(c for c in ('indicator', 'measure', unit) if c in columns)
    area = 'station_code' if 'station_code' in columns else 'area_code'
    part = area + '+inequality' if 'inequality' in columns else area
    options = SERIES + ['--ignore', '*']
    values = [c for c in header if c == 'value' or c.startswith('value_')]
    if values == ['value']:
        return [options + ['--map', 'measure=%s,part=%s,value=value' % (measure, part)]]
    # Several columns of values: one import each, the measure named after the column.
    return [options + ['--map', 'part=%s,value=%s' % (part, value), '--set',
                       'measure=%s %s' % (name, value)] for value in values]


def themes():
    """Every file of a real council's themes loads, or is refused with the reason"""
    root = os.path.join(SHARED, 'data', 'trafford-themes')
    paths = sorted(glob.glob(os.path.join(root, '**', '*.csv'), recursive=True))
    if not paths:
        raise Skipped('the shared data is not there')
    loaded, refused, rows = [], [], 0
    with place():
        write('f/organisation.csv', 'code,name\ntown,Town Council\n')
        run('--record', 'a.db', 'import', 'f')
        for path in paths:
            name = os.path.splitext(os.path.basename(path))[0]
            with open(path, encoding='utf-8-sig', newline='') as file:
                reader = csv.reader(file)
                header = next(reader)
                count = sum(1 for row in reader if row)
            done = None
            for options in mappings(header, name):
                done = subprocess.run([PROGRAM, '--record', 'a.db', 'import', path, *options],
                                      capture_output=True, text=True, timeout=300)
                if done.returncode == 0:
                    found = re.search(re.escape(os.path.basename(path)) + r' +(\d+) +(\d+) +(\d+)',
                                      done.stdout)
                    expect(count, sum(int(n) for n in found.groups()), 'rows of ' + path)
                    rows += count
                else:
                    break
            if done.returncode == 0:
                loaded.append(name)
                continue
            # Refused is fine where the file itself is at fault and each refusal says where.
            expect(1, done.returncode, path + done.stderr)
            for line in done.stderr.splitlines():
                if not re.match(re.escape(os.path.basename(path)) + r', row \d+|\.\.\. and \d+',
                                line):
                    raise Failed('%s: %s' % (path, line))
            refused.append((name, done.stderr.splitlines()))
        run('--record', 'a.db', 'export', 'one')
        run('--record', 'b.db', 'import', 'one')
        run('--record', 'b.db', 'export', 'two')
        expect(bytes_of('one'), bytes_of('two'), 'exports')
    print('# %d of %d files loaded, %d rows' % (len(loaded), len(paths), rows))
    for name, lines in refused:
        print('# refused: %s: %d rows; first: %s' % (name, len(lines), lines[0]))
    lists = glob.glob(os.path.join(root, '*.csv'))  # of neighbours; the figures are in folders
    expect((57, 5), (len(paths) - len(lists), len(lists)), 'files')
    expect(len(paths), len(loaded), 'loaded')


CASES = [there_and_back, there_and_back_engine, dry_run, one_bad_cell,
         months_that_could_be_years, awkward_text, two_councils, full_disc, killed,
         dates_of_versions, neighbours, themes]


def main():
    failed = 0
    print('TAP version 13')
    print('1..%d' % len(CASES))
    for number, case in enumerate(CASES, 1):
        try:
            case()
            print('ok %d - %s' % (number, case.__doc__))
        except Skipped as why:
            print('ok %d - %s # SKIP %s' % (number, case.__doc__, why))
        except Failed as why:
            failed += 1
            print('not ok %d - %s' % (number, case.__doc__))
            print('\n'.join('# ' + line for line in str(why)[:4000].split('\n')))
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
