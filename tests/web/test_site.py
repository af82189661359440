#!/usr/bin/env python3
"""The site over both examples, by the real program: test_site.py PROGRAM SOURCE_FOLDER

Every page that links lead to, as HTML, JSON and CSV with the same figures; kept pages and their
tags; what is refused; a record changed by another process; the end.
"""
import atexit
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import figures  # noqa: E402
import taps  # noqa: E402
import honesty  # noqa: E402

TODAY = '2014-05-15'
IDLE_MOST = 10  # seconds after which a connection is not used again
WORK = tempfile.mkdtemp(prefix='goldthread-site-')
atexit.register(shutil.rmtree, WORK, True)
ORGANISATIONS = ('luton', 'bracknell-forest')

SECURITY = {
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': '',
    'permissions-policy': '',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': '',
}


def command(*arguments, record):
    done = subprocess.run([PROGRAM, '--record', record, *arguments], capture_output=True,
                          text=True, timeout=120, cwd=WORK)
    taps.equal(done.returncode, 0, done.stderr)


def record_of(name, *folders):
    record = os.path.join(WORK, name + '.db')
    for folder in folders:
        command('import', os.path.join(SOURCE, 'examples', folder), record=record)
    return record


class Site:
    """The program serving a record on a port of its own."""

    def __init__(self, record, *options):
        # Of its own: what one server says must not be read as another's.
        self.errors = tempfile.TemporaryFile('w+', encoding='utf-8', dir=WORK)
        self.process = subprocess.Popen(
            [PROGRAM, '--record', record, '--today', TODAY, 'serve', '--listen', '127.0.0.1:0',
             *options], stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=WORK)
        first = self.process.stdout.readline()
        found = re.search(r'http://127\.0\.0\.1:(\d+)', first)
        if not found:
            self.process.wait(60)
            self.errors.seek(0)
            raise AssertionError('no address: %s %s' % (first, self.errors.read()))
        self.port = int(found[1])
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        self.asked = time.monotonic()

    def ask(self, target, method='GET', **headers):
        """(status, headers by small name, body)."""
        sent = {name.replace('_', '-'): value for name, value in headers.items()}
        # The server ends a connection that idles for twenty seconds: on a busy machine a command in
        # between may take as long, and then a client has to connect again.
        if time.monotonic() - self.asked > IDLE_MOST:
            self.connection.close()
        try:
            self.connection.request(method, target, headers=sent)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.connection.close()
            raise AssertionError('%s %s: %r; %s' % (method, target, fault, self.state()))
        self.asked = time.monotonic()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def state(self):
        """How the server is, for whoever reads of a fault: alive, or how it ended and what it said."""
        try:
            ended = self.process.wait(5)
        except subprocess.TimeoutExpired:
            ended = 'none: it runs'
        self.errors.seek(0)
        return 'exit status of the server %s; it said: %s' % (ended, self.errors.read()[-8000:])

    def page(self, target, status=200):
        found, headers, body = self.ask(target)
        taps.equal(found, status, target)
        return headers, body.decode('utf-8')

    def view(self, target):
        return json.loads(self.page(target)[1], parse_float=figures.Decimal)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        status = self.process.wait(60)
        self.errors.seek(0)
        return status, self.errors.read()


_site = None


def site():
    """One over both councils, for the tests that only read."""
    global _site
    if _site is None:
        _site = Site(record_of('both', *ORGANISATIONS))
    return _site


def close():
    if _site:
        _site.process.kill()
        _site.process.wait()


# ---- every page ----

def local_links(page):
    links = [urllib.parse.urldefrag(link)[0] for link in page.links]
    return [link for link in links if link.startswith('/')]


def shape(link):
    """Pages alike: the same path and the same parameter. Codes are told apart; of a filter one value
    stands for all (but for the state of measures), of the periods one other than the latest; of
    several parameters at once, and of those on pages of one thing, none is followed."""
    parts = urllib.parse.urlsplit(link)
    query = dict(urllib.parse.parse_qsl(parts.query))
    period = query.pop('period', None) is not None
    of_one = parts.path.count('/') > 2
    if len(query) > 1 or of_one:
        return parts.path, (), None, False
    return parts.path, tuple(query), query.get('state'), period


_pages = {}


def all_pages():
    """Every page that links from the front page lead to: {link: (text, its parts)}."""
    if _pages:
        return _pages
    waiting, seen, found_pages = ['/'], {shape('/')}, {}
    while waiting:
        link = waiting.pop(0)
        path = urllib.parse.urlsplit(link).path
        headers, text = site().page(link)
        if path.endswith('.json'):
            json.loads(text)
        elif path.endswith('.csv'):
            taps.equal(headers['content-type'].split(';')[0], 'text/csv', link)
            figures.csv_rows(text)
        elif headers['content-type'].startswith('text/html'):
            page = figures.page_of(text)
            found_pages[link] = text, page
            for found in local_links(page):
                if shape(found) not in seen:
                    seen.add(shape(found))
                    waiting.append(found)
    _pages.update(found_pages)  # all of them, or none: a fault half way is every test's fault
    return _pages


def with_ending(link, ending):
    parts = urllib.parse.urlsplit(link)
    return parts.path + ending + ('?' + parts.query if parts.query else '')


def test_every_link_leads_to_a_page():
    pages = all_pages()
    taps.equal(len(pages) > 400, True, '%d pages' % len(pages))
    folders = {link.split('?')[0].split('/')[2] for link in pages if link.count('/') > 1}
    wanted = {'scorecards', 'measures', 'plans', 'aims', 'units', 'boards', 'risks', 'money',
              'actions', 'reports', 'delivery', 'projects'}
    taps.equal(wanted - folders, set(), 'never met')
    for organisation in ORGANISATIONS:
        measures = [link for link in pages if link.startswith('/%s/measures/' % organisation)]
        taps.equal(len({link.split('?')[0] for link in measures}),
                   {'luton': 65, 'bracknell-forest': 17}[organisation])


def test_every_page_has_one_heading_and_a_title():
    faults = []
    for link, (text, _) in all_pages().items():
        headings = re.findall(r'<h1[ >]', text)
        title = re.search(r'<title>([^<]*)</title>', text)
        if len(headings) != 1 or not title or not title[1].strip() or '(null)' in text:
            faults.append('%s: %d headings' % (link, len(headings)))
    taps.equal(faults, [])


def test_every_page_is_the_same_as_json_and_csv():
    faults, tables_seen, rows_seen = [], 0, 0
    for link, (_, page) in all_pages().items():
        view = site().view('/.json' if link == '/' else with_ending(link, '.json'))
        tables = figures.json_tables(view)
        shown = page.tables
        for name, table in tables.items():
            query = urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query) + [('table', name)]
            target = urllib.parse.urlsplit(link).path + '.csv?' + urllib.parse.urlencode(query)
            _, told = site().page(target)
            faults += ['%s: %s' % (target, fault) for fault in figures.csv_faults(table, told)]
            # A matrix has rows of its own: its risks stand in the register, too.
            if name in shown and table['rows'] and name != 'risk-matrix':
                found = list(figures.html_faults(table, shown[name], ('value', 'budget'), view))
                faults += ['%s, table %s: %s' % (link, name, fault) for fault in found]
                tables_seen += 1
                rows_seen += len(table['rows'])
    if faults:
        raise AssertionError('%d:\n%s' % (len(faults), '\n'.join(faults[:40])))
    taps.equal(tables_seen > 200 and rows_seen > 2000, True, '%d %d' % (tables_seen, rows_seen))


_counts = {}


def counts_of(link):
    """Of the organisation a page is of; None for pages of none."""
    organisation = urllib.parse.urlsplit(link).path.split('/')[1]
    if organisation in ORGANISATIONS and organisation not in _counts:
        folder = os.path.join(WORK, 'folder-' + organisation)
        command('export', folder, '--organisation', organisation,
                record=os.path.join(WORK, 'both.db'))
        _counts[organisation] = honesty.Counts(folder)
    return _counts.get(organisation)


def test_too_few_figures_are_never_said_to_be_change_or_chance():
    faults, seen = [], 0
    for link, (text, page) in all_pages().items():
        counts = counts_of(link)
        if not counts:
            continue
        view = site().view(with_ending(link, '.json'))
        found, count = honesty.view_faults(view, counts)
        found += honesty.page_faults(text, page, view, counts)
        if isinstance(view.get('code'), str) and view['code'] in counts.codes and '/measures/' in link:
            query = urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query) + [
                ('table', 'figures')]
            status, _, told = site().ask(urllib.parse.urlsplit(link).path + '.csv?' +
                                         urllib.parse.urlencode(query))
            if status == 200:
                found += honesty.csv_faults(figures.csv_rows(told.decode('utf-8')), counts,
                                            view['period']['id'], view['code'],
                                            view.get('part') or '')
        faults += ['%s: %s' % (link, fault) for fault in found]
        seen += count
    for period in ('2011-12-Q4', '2012-13-Q1', '2012-13-Q2', '2013-14-Q4', '2013-14-FY'):
        for page in ('measures', 'scorecards/corporate', 'scorecards/service'):
            target = '/luton/%s.csv?sort=look&period=%s' % (page, period)
            rows = figures.csv_rows(site().page(target)[1])
            faults += ['%s: %s' % (target, fault) for fault in
                       honesty.csv_faults(rows, counts_of('/luton'), period)]
    if faults:
        raise AssertionError('%d:\n%s' % (len(faults), '\n'.join(faults[:40])))
    taps.equal(seen > 100, True, 'only %d times is anything said' % seen)


def test_a_measure_tells_its_figure_the_same_way_everywhere():
    """The page of each measure, the list, the scorecard and `status` agree."""
    output = subprocess.run(
        [PROGRAM, '--record', os.path.join(WORK, 'both.db'), '--today', TODAY, 'status', '--json',
         '--period', '2013-14-Q4', '--organisation', 'luton'], capture_output=True, text=True,
        check=True, timeout=60).stdout
    rows = {row['measure']: row for row in json.loads(output)['statuses']['rows']
            if not row['part']}
    for code, row in rows.items():
        target = '/luton/measures/%s?period=2013-14-Q4' % urllib.parse.quote(code, safe='')
        text = figures.page_of(site().page(target)[1]).text
        if row['word'] not in text:
            raise AssertionError('%s does not say %s' % (code, row['word']))
        view = site().view(with_ending(target, '.json'))
        taps.equal(view['reading']['reason'], row['reason'], code)
        taps.equal(view['reading']['value_shown'], row['value_shown'], code)


def test_what_is_said_of_the_figures_is_on_every_page_of_the_example():
    notice = 'All figures and targets are illustrative'
    silent = [link for link, (text, _) in all_pages().items()
              if link.startswith('/luton') and notice not in text]
    taps.equal(silent, [])


# ---- how it is sent ----

def test_every_answer_has_the_security_headers():
    for target in ('/', '/luton', '/luton.json', '/luton/measures.csv', '/luton/measures',
                   '/nowhere', '/luton/nothing', '/luton?period=x', '/favicon.ico',
                   '/assets/nothing.css'):
        _, headers, _ = site().ask(target)
        for name, value in SECURITY.items():
            if value not in headers.get(name, 'absent: ' + name):
                raise AssertionError('%s: %s is %s' % (target, name, headers.get(name)))
        taps.equal('unsafe' in headers['content-security-policy'], False)


def test_a_page_that_did_not_change_is_not_sent_again():
    for target in ('/', '/luton', '/luton/measures', '/luton/measures/NI%20117',
                   '/luton/measures.json', '/luton/measures.csv', '/luton/reports/quarterly'):
        _, headers, body = site().ask(target)
        tag = headers['etag']
        status, again, nothing = site().ask(target, If_None_Match=tag)
        taps.equal((status, nothing, again['etag']), (304, b'', tag), target)
        for name in SECURITY:
            taps.equal(name in again, True, target + ' ' + name)
        status, _, whole = site().ask(target, If_None_Match='"another"')
        taps.equal((status, whole), (200, body), target)


def test_head_tells_what_get_would():
    for target in ('/luton', '/luton/measures.json', '/nowhere', '/luton/nothing'):
        status, headers, body = site().ask(target)
        only, told, nothing = site().ask(target, method='HEAD')
        taps.equal((only, nothing), (status, b''), target)
        for name in ('content-length', 'content-type', 'etag'):
            taps.equal(told.get(name), headers.get(name), target + ' ' + name)


def test_gzip_holds_the_same_bytes():
    for target in ('/luton', '/luton/measures.json', '/luton/scorecards'):
        _, _, plain = site().ask(target)
        _, headers, packed = site().ask(target, Accept_Encoding='gzip')
        taps.equal(headers.get('content-encoding'), 'gzip', target)
        taps.equal(gzip.decompress(packed) == plain, True, target)
        taps.equal('accept-encoding' in headers.get('vary', '').lower(), True)


def test_style_sheets_are_kept_for_good():
    _, text = site().page('/luton')
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', text)[1]
    headers, _ = site().page(sheet)
    taps.equal('immutable' in headers['cache-control'], True)
    taps.equal(site().ask(sheet, If_None_Match=headers['etag'])[0], 304)
    taps.equal('no-cache' in site().page('/luton')[0]['cache-control'], True)


def test_a_download_has_a_name():
    headers, _ = site().page('/luton/measures.csv?period=2013-14-Q4')
    name = re.search(r'filename="([^"]+)"', headers['content-disposition'])[1]
    taps.equal(re.fullmatch(r'luton-[a-z-]+-2013-14-Q4\.csv', name) is not None, True, name)


# ---- what is refused ----

def test_what_is_not_there():
    _, text = site().page('/luton/nothing', 404)
    taps.equal('action="/luton/search"' in text and 'Page not found' in text, True)
    _, text = site().page('/luton/measures/NI%20999', 404)
    taps.equal('NI 999' in text, True)
    _, text = site().page('/nowhere', 404)
    taps.equal('There is no organisation' in text and 'nowhere' in text, True)
    taps.equal('/search"' in text, False)  # there is nothing to search in
    for target in ('/Luton', '/luton/measures/NI%20117/more',
                   '/luton/measures.csv?table=nothing', '/luton/units/XX.json'):
        site().page(target, 404)


def test_a_period_that_is_none():
    for period in ('2013-14', 'Q4', '2014_2016', '2013-14-Q9', '%3Cscript%3E', '1066-67-FY'):
        for ending in ('', '.json', '.csv'):
            _, text = site().page('/luton%s?period=%s' % (ending, period), 400)
            taps.equal('not a reporting period' in text and '2025-26-Q1' in text, True, period)
            taps.equal('<script>' in text, False)
    # Given empty it says nothing.
    site().page('/luton?period=')


def test_text_from_outside_is_escaped():
    _, text = site().page('/luton/search?q=%3Cb%3E%22onload%3D%27x')
    taps.equal('<b>' in text or '"onload' in text, False)
    taps.equal('&lt;b&gt;' in text, True)


def test_periods_without_figures_have_pages():
    for period in ('2001-02-Q1', '2030-31-Q4', '2013-12', '2013-14-H1', '2013-14-FY',
                   '2012-13-AY', '2013'):
        for page in ('', '/scorecards', '/measures', '/measures/NI%20117', '/plans', '/money',
                     '/risks', '/reports/quarterly'):
            site().page('/luton%s?period=%s' % (page, period))


# ---- a record that changes ----

def test_a_change_by_another_process_is_on_the_next_page():
    record = record_of('changing', *ORGANISATIONS)
    changing = Site(record)
    try:
        target = '/luton/measures/NI%20125.json?period=2013-14-Q4'
        taps.equal(changing.view(target)['reading']['value_shown'], '83.3%')
        tags = {page: changing.page(page)[0]['etag'] for page in ('/luton', '/bracknell-forest')}
        command('import', '--organisation', 'luton',
                os.path.join(SOURCE, 'examples', 'luton', 'revisions'), record=record)
        taps.equal(changing.view(target)['reading']['value_shown'], '80.6%')
        status, headers, _ = changing.ask('/luton', If_None_Match=tags['/luton'])
        taps.equal((status, headers['etag'] == tags['/luton']), (200, False))
        # The other council did not change, and neither did its page.
        taps.equal(changing.ask('/bracknell-forest', If_None_Match=tags['/bracknell-forest'])[0],
                   304)
        # A dry run is no change.
        tag = changing.page('/luton')[0]['etag']
        command('import', '--dry-run', '--organisation', 'luton',
                os.path.join(SOURCE, 'examples', 'luton', 'revisions'), record=record)
        taps.equal(changing.ask('/luton', If_None_Match=tag)[0], 304)
        # Another file in its place (a backup put back) is another record.
        os.replace(os.path.join(WORK, 'both.db'), os.path.join(WORK, 'kept.db'))
        shutil.copy(os.path.join(WORK, 'kept.db'), os.path.join(WORK, 'back.db'))
        os.replace(os.path.join(WORK, 'kept.db'), os.path.join(WORK, 'both.db'))
        os.replace(os.path.join(WORK, 'back.db'), record)
        taps.equal(changing.view(target)['reading']['value_shown'], '83.3%')
        status, messages = changing.stop()
        taps.equal((status, messages), (0, ''))
    finally:
        changing.process.kill()


def test_the_front_page_of_one_council_and_of_none():
    record = record_of('alone', 'luton')
    alone = Site(record)
    status, headers, _ = alone.ask('/')
    taps.equal((status, headers['location']), (302, '/luton'))
    taps.equal(alone.stop(signal.SIGINT)[0], 0)


def test_a_port_in_use_and_a_template_that_is_missing():
    for options, told in ((['--listen', '127.0.0.1:%d' % site().port], 'port %d' % site().port),
                          (['--listen', '127.0.0.1:0', '--templates', WORK], 'template')):
        done = subprocess.run([PROGRAM, '--record', os.path.join(WORK, 'both.db'), 'serve',
                               *options], capture_output=True, text=True, timeout=30, cwd=WORK)
        taps.equal((done.returncode, done.stdout), (3, ''))
        sentence = done.stderr.split('\n')[0]
        taps.equal(sentence.startswith('goldthread: ') and told in sentence.lower(), True, sentence)


def test_many_pages_at_once_and_an_end_in_between():
    busy = Site(os.path.join(WORK, 'both.db'))
    connections = [http.client.HTTPConnection('127.0.0.1', busy.port, timeout=30)
                   for _ in range(16)]
    for number, connection in enumerate(connections):
        connection.request('GET', '/luton/measures?period=2013-14-Q%d' % (number % 4 + 1))
    bodies = {connection.getresponse().read()[:15] for connection in connections}
    taps.equal(bodies, {b'<!DOCTYPE html>'})
    started = time.monotonic()
    status, messages = busy.stop()
    taps.equal((status, messages), (0, ''))
    # At once, for nobody waits for an answer; sanitizers look for leaks at the end.
    taps.equal(time.monotonic() - started < 30, True)


def test_nothing_was_logged_of_faults():
    status, messages = site().stop()
    taps.equal((status, messages), (0, ''))


if __name__ == '__main__':
    taps.run(globals())
