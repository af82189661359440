#!/usr/bin/env python3
"""Every address by every role, in every format, and every kind of row by every role:
test_access.py PROGRAM SOURCE_FOLDER DESCRIBE_ACCESS

Two organisations; in the one, whatever belongs to the environment directorate has an X in its code.
The codes of all things are words that stand nowhere else, and their titles hold the code, so that
an answer tells of a thing exactly where its code is found in it.
"""
import csv
import io
import json
import os
import subprocess
import sys
import urllib.parse

PROGRAM, SOURCE, DESCRIBE = (os.path.abspath(path) for path in sys.argv[1:4])
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import serving  # noqa: E402
import taps  # noqa: E402

TABLE = json.loads(subprocess.run([DESCRIBE, 'json'], capture_output=True, check=True).stdout)
ROLES = {role['role']: role for role in TABLE['roles']}

# ---- the record ----

TOWN = {
    'organisation': ['code,name,default_rule', 'town,Town Council,QSTD'],
    'rules': ['code,title,kind,amber_within,within_unit,beyond,from',
              'QSTD,Corporate rule,tolerance,10,percent,red,'],
    'units': ['code,name,kind,parent,head', 'QUCS,Children QUCS,directorate,,QPDIR',
              'QUED,Education QUED,service,QUCS,QPHEAD', 'QUEX,Environment QUEX,directorate,,QPX'],
    'people': ['code,name,unit', 'QPDIR,Director QPDIR,QUCS', 'QPHEAD,Head QPHEAD,QUED',
               'QPOWN,Owner QPOWN,QUED', 'QPX,Manager QPX,QUEX'],
    'boards': ['code,name,kind', 'QBH,Wellbeing QBH,partnership', 'QBX,Panel QBX,shareholder'],
    'meetings': ['board,date,note', 'QBH,2013-12-01,Open', 'QBX,2013-12-02,Talk of QNX'],
    'plans': ['code,title,kind,unit,board,owner', 'QLHW,Strategy QLHW,partnership,,QBH,QPOWN',
              'QLED,Education plan QLED,service,QUED,,QPHEAD', 'QLX,Plan QLX,service,QUEX,QBX,QPX'],
    'aims': ['code,plan,kind,title,parent', 'QAH1,QLHW,outcome,Start QAH1,QAX',
             'QAH2,QLHW,objective,Learn QAH2,QAH1', 'QAE1,QLED,objective,School QAE1,QAX',
             'QAX,QLX,objective,Clean QAX,'],
    'contributions': ['aim,to_aim,note', 'QAE1,QAH1,Start', 'QAH2,QAX,Street'],
    'measures': [
        'code,title,unit,owner,checker,value_type,decimals,polarity,frequency,aggregation,public,'
        'formula,class',
        'QM1,Schools QM1,QUED,QPOWN,QPX,number,0,higher,quarter,sum,yes,,corporate',
        'QM2,Nurseries QM2,QUED,QPHEAD,,number,0,higher,quarter,sum,no,,corporate',
        'QMT,Total QMT,QUCS,QPDIR,,number,0,higher,quarter,sum,yes,[QM1] + [QMX],service',
        'QMX,Rounds QMX,QUEX,QPX,,number,0,higher,quarter,sum,no,,corporate'],
    'measure_aims': ['measure,aim', 'QM1,QAH2', 'QM1,QAX', 'QM2,QAE1', 'QMX,QAX'],
    'targets': ['measure,period,target', 'QM1,2013-14-Q1,100', 'QM2,2013-14-Q1,90',
                'QMX,2013-14-Q1,70'],
    'observations': ['measure,period,value,note', 'QM1,2013-14-Q1,92,', 'QM1,2013-14-Q2,80,',
                     'QM2,2013-14-Q1,40,', 'QMX,2013-14-Q1,30,Counted by QCX',
                     'QMX,2013-14-Q2,31,'],
    'commentary': ['measure,period,why,author', 'QM1,2013-14-Q1,Places,QPOWN',
                   'QM2,2013-14-Q1,Staff,QPHEAD', 'QMX,2013-14-Q1,Because of QCX,QPX'],
    'overrides': ['measure,period,status,reason,by', 'QM1,2013-14-Q2,on_target,Late,Head',
                  'QM2,2013-14-Q1,on_target,Late,Head', 'QMX,2013-14-Q1,on_target,Late,Head'],
    'risks': ['code,title,owner,aim', 'QR1,Places QR1,QPOWN,', 'QR2,Staff QR2,QPHEAD,',
              'QRX,Grant QRX,QPX,QAX'],
    'controls': ['risk,title,owner', 'QR1,Survey,QPOWN', 'QR2,Survey,QPHEAD',
                 'QRX,Control QOX,QPX'],
    'actions': ['code,title,measure,aim,risk,owner', 'QT1,Visit QT1,QM1,,,QPOWN',
                'QT2,Ask QT2,,,QR2,QPX', 'QTX,Rounds QTX,QMX,,,QPX'],
    'projects': ['code,title,manager,plan', 'QJ1,School QJ1,QPOWN,QLED',
                 'QJ2,Nursery QJ2,QPHEAD,QLED', 'QJX,Depot QJX,QPX,QLX'],
    'gates': ['project,gate,decided_on,decision', 'QJ1,One,2013-05-01,proceed',
              'QJ2,One,2013-05-01,proceed', 'QJX,Gate QGX,2013-05-01,proceed'],
    'benefits': ['project,measure,expected_change,period', 'QJ1,QM1,5,2013-14-FY',
                 'QJ2,QM2,5,2013-14-FY', 'QJX,QMX,7,2013-14-FY'],
    'budgets': ['unit,line,year,kind,budget', 'QUED,,2013-14-FY,revenue,900',
                'QUEX,Line QKX,2013-14-FY,revenue,500'],
    'savings': ['code,title,unit,year,target,delivered', 'QS1,Buses QS1,QUED,2013-14-FY,100,100',
                'QSX,Fuel QSX,QUEX,2013-14-FY,100,100'],
    'comparators': ['group,organisation,name', 'QGN,E1,Neighbour', 'QGNX,E9,Neighbour QYX'],
    'comparator_values': ['measure,organisation,period,value', 'QM1,E1,2013-14-Q1,90',
                          'QM2,E1,2013-14-Q1,90', 'QMX,E9,2013-14-Q1,80'],
    'rebases': ['measure,period,reason', 'QM1,2013-14-Q1,New system', 'QM2,2013-14-Q1,New system',
                'QMX,2013-14-Q1,System QIX'],
    'forecasts': ['measure,period,forecast,reason', 'QM1,2013-14-FY,380,More',
                  'QM2,2013-14-FY,380,More', 'QMX,2013-14-FY,380,Less QFX'],
    'referral_rules': ['code,title,kind,n', 'QFR,Twice,off_target_running,2'],
}
SHIRE = {
    'organisation': ['code,name,default_rule', 'shire,Shire Council QOSH,STD'],
    'rules': TOWN['rules'][:1] + ['STD,Rule,tolerance,10,percent,red,'],
    'units': ['code,name,kind', 'QUSH,Roads QUSH,directorate'],
    'measures': ['code,title,unit,value_type,decimals,polarity,frequency,aggregation,public',
                 'QMSH,Potholes QMSH,QUSH,number,0,higher,quarter,sum,yes'],
    'observations': ['measure,period,value', 'QMSH,2013-14-Q1,5'],
}


def folder(place, name, files):
    path = os.path.join(place.path, name)
    os.makedirs(path)
    for file, lines in files.items():
        with open(os.path.join(path, file + '.csv'), 'w', encoding='utf-8') as out:
            out.write('\n'.join(lines) + '\n')
    return path


PLACE = serving.Place(PROGRAM)
RECORD = PLACE.record(folder(PLACE, 'town', TOWN), folder(PLACE, 'shire', SHIRE))

# ---- who ----

FRAME = 'QUCS QUED QPDIR QPHEAD QPOWN '
ALL = set(('QUCS QUED QUEX QPDIR QPHEAD QPOWN QPX QBH QBX QNX QLHW QLED QLX QAH1 QAH2 QAE1 QAX '
           'QM1 QM2 QMT QMX QR1 QR2 QRX QOX QT1 QT2 QTX QJ1 QJ2 QJX QGX QS1 QSX QKX QCX QYX QIX '
           'QFX').split())
# What each scope shows of ALL; whatever is not there must not be told by any answer.
SEES = {
    'organisation': ALL,
    'QUED': set('QUED QPDIR QPHEAD QPOWN QPX QLED QAE1 QM1 QM2 QR1 QR2 QT1 QT2 QJ1 QJ2 '
                'QS1'.split()) - {'QPDIR'},
    'QBH': set('QBH QUED QPOWN QPX QLHW QAH1 QAH2 QM1 QT1 QJ1'.split()),
    'QM2': set('QUED QPHEAD QM2 QJ2'.split()),
    'published': set('QUCS QUED QUEX QBH QBX QLHW QLED QLX QAH1 QAH2 QAE1 QAX QM1 QMT'.split()),
    'nothing': set(),
    'shire': set(),
}
SHIRES = {'QOSH', 'QUSH', 'QMSH'}
SCOPED = {'organisation': [], 'QUED': ['--unit', 'QUED'], 'QBH': ['--board', 'QBH'],
          'QM2': ['--measure', 'QM2']}
KIND_OF = {'organisation': 'organisation', 'QUED': 'unit', 'QBH': 'board', 'QM2': 'measure'}

# account -> (role, scope); one over the organisation and one narrower, wherever the role may be.
ACCOUNTS = {}
for _role in ROLES:
    if _role == 'public':
        continue
    for _scope, _kind in KIND_OF.items():
        narrow = {'partner': ('QBH', 'QM2'), 'scrutiny': ('QBH',), 'contributor': ('QUED', 'QM2')}
        wanted = ('organisation',) + narrow.get(_role, ('QUED',))
        if _kind in ROLES[_role]['scopes'] and _scope in wanted:
            ACCOUNTS['%s-%s' % (_role, _scope.lower())] = (_role, _scope)


def make_accounts():
    for account, (role, scope) in ACCOUNTS.items():
        PLACE.account(RECORD, account, role, 'town', *SCOPED[scope])
        PLACE.command(RECORD, 'user', 'link', account, '--organisation', 'town', '--person',
                      'QPOWN')
    PLACE.account(RECORD, 'stranger', 'viewer', 'shire')
    PLACE.account(RECORD, 'nobody')


make_accounts()
TOKENS = {account: PLACE.token(RECORD, account) for account in [*ACCOUNTS, 'stranger', 'nobody']}
SERVER = serving.Server(PLACE, RECORD, today='2013-12-15')


def close():
    taps.equal(SERVER.stop(), 0, 'how the server ended')


# ---- addresses ----

def codes(file):
    return [line.split(',')[0] for line in TOWN[file][1:]]


# Codes to put behind each folder that takes one; a new folder fails the test until it is here.
CODES = {'units': codes('units'), 'boards': codes('boards'), 'aims': codes('aims'),
         'scorecards': ['corporate', 'service', 'statutory'], 'scorecards/priority': codes('aims'),
         'scorecards/unit': codes('units'), 'scorecards/board': codes('boards'),
         'measures': codes('measures'), 'plans': codes('plans'), 'projects': codes('projects'),
         'risks': codes('risks')}


def pages():
    """(address, the code in it or None) of every page that is read, for every thing there is."""
    for page in TABLE['pages']:
        base = '/town' + ('/' + page['folder'] if page['folder'] else '')
        if not page['takes_code']:
            yield base, None
            continue
        for code in CODES[page['folder']]:
            yield base + '/' + urllib.parse.quote(code), code
    for query in ('Q', 'QMX', 'Rounds', 'Manager', 'Environment', 'Depot', 'Clean'):
        yield '/town/search?q=' + query, None
    for period in ('2013-14-Q1', '2013-14-Q2', '2013-14-FY'):
        yield '/town?period=' + period, None
        yield '/town/reports/quarterly?period=' + period, None


def formats(address):
    path, mark, query = address.partition('?')
    for ending in ('', '.json', '.csv'):
        yield path + ending + mark + query


def table_addresses(text):
    """Every table of a page as CSV, as its foot lists them."""
    try:
        tables = json.loads(text).get('foot', {}).get('tables', [])
    except (ValueError, AttributeError):
        return []
    return [table['href'] for table in tables or []]


def told(answer):
    head = ' '.join('%s: %s' % pair for pair in answer.headers)
    return head + '\n' + answer.text()


def leaks(answer, hidden, asked=''):
    """What an answer tells that it must not; the words of the address are the asker's own."""
    text = told(answer)
    return sorted(word for word in hidden if word in text and word not in asked)


def read_all(who, token, sees, faults):
    """Every page in every format; returns how many were asked for."""
    hidden = (ALL - sees) | SHIRES
    asked, unsaid = 0, set(sees)
    for address, code in pages():
        for target in formats(address):
            answer = SERVER.ask(target, token=token)
            asked += 1
            unsaid -= {word for word in unsaid if word in told(answer) and word not in target}
            if answer.status not in (200, 400, 404):
                faults.append('%s %s: %d' % (who, target, answer.status))
            if code in ALL and code not in sees and answer.status == 200:
                faults.append('%s is shown %s' % (who, target))
            if code in sees and answer.status == 404 and not target.endswith('.csv'):
                faults.append('%s is not shown %s' % (who, target))
            for word in leaks(answer, hidden, target):
                faults.append('%s is told of %s by %s' % (who, word, target))
            if target.split('?')[0].endswith('.json') and answer.status == 200:
                for table in table_addresses(answer.text()):
                    extra = SERVER.ask(table, token=token)
                    asked += 1
                    unsaid -= {word for word in unsaid if word in told(extra)}
                    for word in leaks(extra, hidden, table):
                        faults.append('%s is told of %s by %s' % (who, word, table))
    # What no answer tells those who see it would prove nothing when others are not told it.
    for word in sorted(unsaid):
        faults.append('%s is nowhere told of %s' % (who, word))
    return asked


def check(faults):
    if faults:
        raise AssertionError('%d faults:\n%s' % (len(faults), '\n'.join(faults[:30])))


# ---- reading ----

def test_every_page_that_takes_a_code_has_codes_here():
    for page in TABLE['pages']:
        assert not page['takes_code'] or page['folder'] in CODES, page['folder']


def test_every_role_has_an_account_here():
    for role in ROLES:
        assert role == 'public' or any(role == made for made, _ in ACCOUNTS.values()), role


def test_every_page_in_every_format_shows_each_role_what_its_scope_holds():
    faults, asked = [], 0
    for account, (_, scope) in ACCOUNTS.items():
        asked += read_all(account, TOKENS[account], SEES[scope], faults)
    print('# %d answers read' % asked)
    check(faults)
    assert asked > 3000, asked


def test_counts_are_of_what_is_seen():
    for account, (_, scope) in ACCOUNTS.items():
        measures = {code for code in SEES[scope] if code in codes('measures')}
        table = SERVER.ask('/town/measures.csv', token=TOKENS[account]).text()
        listed = [row for row in csv.reader(io.StringIO(table))][1:]
        taps.equal(len(listed), len(measures), account)
        page = SERVER.ask('/town?period=2013-14-Q1', token=TOKENS[account]).text()
        in_part = "You see part of this organisation" in page
        taps.equal(in_part, scope != 'organisation', account)


def test_nobody_is_shown_nothing():
    for address, _ in pages():
        for target in formats(address):
            for token in (None, TOKENS['stranger'], TOKENS['nobody'], 'gt_' + 'A' * 43):
                answer = SERVER.ask(target, token=token)
                wanted = (403,) if token in TOKENS.values() else (401, 303)
                assert answer.status in wanted, '%s: %d' % (target, answer.status)
                taps.equal(leaks(answer, ALL, target), [], target)


def test_the_list_of_organisations():
    answer = SERVER.ask('/', token=TOKENS['stranger'])
    taps.equal((answer.status, answer.fields.get('location')), (302, '/shire'))
    answer = SERVER.ask('/.json', token=TOKENS['viewer-organisation'])
    assert 'shire' not in told(answer).lower(), told(answer)


# ---- pages that act ----

RESTS = ['measures', 'measures/QM1', 'measures/QMX', 'measures/QMX/history', 'observations',
         'observations/QMX/~/2013-14-Q1', 'risks/QRX', 'actions/QTX', 'people/QPX', 'new']


def action_addresses():
    for action in TABLE['actions']:
        if 'GET' not in action['methods'] or action['path'] == '/sign-out':
            continue
        path = action['path'].replace('{org}', 'town')
        for rest in RESTS if '{rest}' in path else ['']:
            yield action, path.replace('{rest}', rest)


def test_pages_that_act_keep_to_the_table():
    faults, asked, people = [], 0, {}
    for account in [*ACCOUNTS, None]:
        role, scope = ACCOUNTS.get(account, (None, None))
        person = serving.Person(SERVER)
        if account:
            person.sign_in(account)
            people[account] = person
        duties = set(ROLES[role]['duties']) if role else set()
        hidden = (ALL - SEES[scope] if scope else ALL) | SHIRES
        for action, address in action_addresses():
            api = action['api']
            for ending in ('', '.json', '.csv'):
                answer = SERVER.ask(address + ending, token=TOKENS[account]) \
                    if api and account else person.ask(address + ending, follow=False)
                asked += 1
                shown = answer.status == 200
                if shown and action['needs_sign_in'] and not account:
                    faults.append('nobody is let into %s' % address)
                if shown and action['duty'] and action['duty'] not in duties:
                    faults.append('%s is let into %s' % (account, address))
                if role != 'administrator':  # who keeps the grants sees what they are over
                    for word in leaks(answer, hidden, address):
                        faults.append('%s is told of %s by %s' % (account, word, address))
                # Settings are the whole record's: an administrator of one organisation has none.
                if ending == '' and not api and action['duty'] in duties and \
                        '{rest}' not in action['path'] and answer.status not in (200, 303) and \
                        action['path'] != '/people/settings':
                    faults.append('%s is not let into %s: %d' % (account, address, answer.status))
    print('# %d answers' % asked)
    check(faults)


# ---- what is open to everybody ----

def test_what_a_grant_to_the_public_opens():
    PLACE.grant(RECORD, 'public', 'public', 'town')
    faults = []
    asked = read_all('the public', None, SEES['published'], faults)
    partner = SEES['QBH'] | SEES['published']
    asked += read_all('partner', TOKENS['partner-qbh'], partner, faults)
    check(faults)
    print('# %d answers' % asked)
    answer = SERVER.ask('/shire')
    assert answer.status in (303, 401), answer.status
    for path in ('/people', '/account', '/api/v1/town/measures'):
        assert SERVER.ask(path).status in (303, 401), path
    PLACE.command(RECORD, 'user', 'revoke', 'public', 'public', '--organisation', 'town')
    assert SERVER.ask('/town').status in (303, 401)


# ---- writing: role x kind x whose ----

# A row of each kind by whose it is to the person QPOWN with a scope of QUED: the key in the API's
# addresses; and for the duties its fields take, a field and a value that keeps the row in order.
OWN, SCOPE, AWAY = 'own', 'in scope', 'elsewhere'


def of_measures(rest):
    return {OWN: 'QM1/' + rest, SCOPE: 'QM2/' + rest, AWAY: 'QMX/' + rest}


ROWS = {
    'organisation.csv': ({AWAY: 'town'}, {'organise': ('name', 'Town %d'),
                                          'define': ('default_rule', 'QSTD')}),
    'rules.csv': ({AWAY: 'QSTD/~'}, {'define': ('title', 'Rule %d')}),
    'units.csv': ({SCOPE: 'QUED', AWAY: 'QUEX'}, {'organise': ('name', 'Unit %d')}),
    'people.csv': ({SCOPE: 'QPHEAD', AWAY: 'QPX'}, {'organise': ('job', 'Job %d')}),
    'boards.csv': ({AWAY: 'QBX'}, {'organise': ('purpose', 'Purpose %d')}),
    'plans.csv': ({SCOPE: 'QLED', AWAY: 'QLX'}, {'plan': ('purpose', 'Purpose %d')}),
    'aims.csv': ({SCOPE: 'QAE1', AWAY: 'QAX'}, {'plan': ('title', 'Aim %d')}),
    'contributions.csv': ({SCOPE: 'QAE1/QAH1', AWAY: 'QAH2/QAX'}, {'plan': ('note', 'Note %d')}),
    'measures.csv': ({OWN: 'QM1', SCOPE: 'QM2', AWAY: 'QMX'},
                     {'define': ('definition', 'Definition %d'), 'comment': ('note', 'Note %d'),
                      'approve': ('checker', 'QPDIR QPHEAD')}),
    'measure_aims.csv': ({OWN: 'QM1/QAH2', SCOPE: 'QM2/QAE1', AWAY: 'QMX/QAX'}, {'plan': None}),
    'targets.csv': (of_measures('~/2013-14-Q1'), {'target': ('rationale', 'Reason %d')}),
    'observations.csv': (of_measures('~/2013-14-Q1'), {'enter': ('note', 'Note %d')}),
    'commentary.csv': (of_measures('2013-14-Q1'), {'comment': ('why', 'Reason %d')}),
    'overrides.csv': ({OWN: 'QM1/2013-14-Q2', SCOPE: 'QM2/2013-14-Q1', AWAY: 'QMX/2013-14-Q1'},
                      {'judge': ('reason', 'Reason %d')}),
    'risks.csv': ({OWN: 'QR1', SCOPE: 'QR2', AWAY: 'QRX'},
                  {'deliver': ('cause', 'Cause %d'), 'target': ('target_score', '4 6')}),
    'controls.csv': ({OWN: 'QR1/Survey', SCOPE: 'QR2/Survey', AWAY: 'QRX/Control QOX'},
                     {'deliver': ('effectiveness', 'Good %d')}),
    'actions.csv': ({OWN: 'QT1', SCOPE: 'QT2', AWAY: 'QTX'}, {'deliver': ('note', 'Note %d')}),
    'projects.csv': ({OWN: 'QJ1', SCOPE: 'QJ2', AWAY: 'QJX'}, {'deliver': ('stage', 'Stage %d')}),
    'gates.csv': ({OWN: 'QJ1/One/2013-05-01', SCOPE: 'QJ2/One/2013-05-01',
                   AWAY: 'QJX/Gate QGX/2013-05-01'},
                  {'approve': ('reason', 'Reason %d')}),
    'benefits.csv': ({OWN: 'QJ1/QM1/2013-14-FY', SCOPE: 'QJ2/QM2/2013-14-FY',
                      AWAY: 'QJX/QMX/2013-14-FY'}, {'deliver': ('expected_change', '%d')}),
    'budgets.csv': ({SCOPE: 'QUED/~/2013-14-FY/revenue', AWAY: 'QUEX/Line QKX/2013-14-FY/revenue'},
                    {'money': ('note', 'Note %d'), 'define': ('budget', '%d')}),
    'savings.csv': ({SCOPE: 'QS1', AWAY: 'QSX'}, {'money': ('note', 'Note %d'), 'target': None}),
    'comparators.csv': ({AWAY: 'QGN/E1/~'}, {'define': ('name', 'Neighbour %d')}),
    'comparator_values.csv': ({OWN: 'QM1/E1/2013-14-Q1', SCOPE: 'QM2/E1/2013-14-Q1',
                               AWAY: 'QMX/E9/2013-14-Q1'}, {'define': ('value', '%d')}),
    'meetings.csv': ({AWAY: 'QBX/2013-12-02'}, {'organise': ('note', 'Note %d')}),
    'rebases.csv': (of_measures('~/2013-14-Q1'), {'define': ('reason', 'Reason %d')}),
    'forecasts.csv': (of_measures('~/2013-14-FY'), {'forecast': ('reason', 'Reason %d')}),
    'referral_rules.csv': ({AWAY: 'QFR/~'}, {'define': ('title', 'Rule %d')}),
}
OFFICER = 'performance-organisation'
COUNT = [0]


def address_of(file, key, organisation='town'):
    return '/api/v1/%s/%s/%s' % (organisation, file[:-4], '/'.join(
        urllib.parse.quote(part) for part in key.split('/')))


def another(value, stands):
    """A value that is not what stands there: the next number, or the other of two words."""
    COUNT[0] += 1
    if '%d' in value:
        return value % (1000 + COUNT[0])
    words = value.split()
    return words[1] if len(words) > 1 and words[0] == stands else words[0]


def may(role, scope, duty, whose):
    if duty not in ROLES[role]['duties']:
        return False
    if scope == 'organisation':
        return ROLES[role]['others'] or whose == OWN
    return whose == OWN or (whose == SCOPE and ROLES[role]['others'])


def patch(account, address, fields, method='PATCH'):
    body = {'fields': fields, 'reason': 'a test'} if method == 'PATCH' else {'reason': 'a test'}
    return SERVER.ask(address, method, body, token=TOKENS[account], headers={'If-Match': '*'})


def test_every_kind_and_each_duty_of_its_fields_is_tried_here():
    for kind in TABLE['kinds']:
        assert kind['file'] in ROWS, kind['file']
        rows, fields = ROWS[kind['file']]
        taps.equal(set(fields), set(kind['columns'].values()), kind['file'])
        taps.equal(kind['owned'], OWN in rows, kind['file'])


def test_each_role_writes_what_the_table_says_and_nothing_else():
    faults, allowed, refused = [], 0, 0
    for account, (role, scope) in ACCOUNTS.items():
        if scope not in ('organisation', 'QUED'):
            continue
        for file, (rows, fields) in ROWS.items():
            for whose, key in rows.items():
                for duty, field in fields.items():
                    if not field:
                        continue
                    address = address_of(file, key)
                    stands = SERVER.ask(address, token=TOKENS[OFFICER])
                    if stands.status != 200:
                        faults.append('%s is not there: %d' % (address, stands.status))
                        continue
                    name, value = field
                    before = stands.json()['fields'][name]
                    answer = patch(account, address, {name: another(value, before)})
                    after = SERVER.ask(address, token=TOKENS[OFFICER]).json()['fields'][name]
                    wanted = may(role, scope, duty, whose)
                    what = '%s, %s %s, %s (%s): %d %s' % (
                        account, file, key, name, whose, answer.status, answer.text()[:300])
                    if wanted and answer.status != 200 and (before != value):
                        faults.append('should be let: ' + what)
                    if not wanted and (answer.status not in (403, 404) or after != before):
                        faults.append('should be refused: ' + what)
                    none = not any(may(role, scope, other, whose) for other in fields)
                    if none and patch(account, address, None, 'DELETE').status not in (403, 404):
                        faults.append('should not be let retire: ' + what)
                    allowed, refused = allowed + wanted, refused + (not wanted)
    print('# %d let, %d refused' % (allowed, refused))
    check(faults)
    assert allowed > 100 and refused > 500, (allowed, refused)


def test_nobody_writes_in_another_organisation():
    for account in ACCOUNTS:
        for key, field in (('measures/QMSH', {'note': 'x'}), ('units/QUSH', {'name': 'x'}),
                           ('observations/QMSH/~/2013-14-Q1', {'value': '6'})):
            answer = patch(account, '/api/v1/shire/' + key, field)
            assert answer.status in (403, 404), '%s: %d' % (account, answer.status)


def test_a_mistyped_code_is_not_answered_with_one_that_is_hidden():
    for account, helped in (('performance-qued', False), (OFFICER, True)):
        answer = patch(account, address_of('measures.csv', 'QM2'), {'checker': 'QPZ'})
        taps.equal(answer.status, 422, answer.text())
        taps.equal('the nearest is QP' in answer.text(), helped, answer.text())


def test_nothing_was_let_through_unrecorded():
    PLACE.command(RECORD, 'audit', 'verify')


if __name__ == '__main__':
    taps.run(globals())
