#!/usr/bin/env python3
"""The table of docs/security.md has every requirement of ASVS 5.0 at levels 1 and 2 once, in order,
each with a state: test_security_table.py SOURCE_FOLDER

How many there are of each chapter is the standard's; what each asks is not repeated here.
"""
import os
import re
import sys

SOURCE = sys.argv[1]
sys.path.insert(0, os.path.join(SOURCE, 'tests'))
import taps  # noqa: E402

CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9,
            13: 13, 14: 9, 15: 13, 16: 16, 17: 7}
STATES = ('met', 'partly', 'missing', 'proxy', 'operator', 'none')


def rows():
    with open(os.path.join(SOURCE, 'docs', 'security.md'), encoding='utf-8') as file:
        for line in file:
            if re.match(r'\| V\d', line):
                yield [cell.strip() for cell in line.strip().strip('|').split('|')]


def number(name):
    return tuple(int(part) for part in name[1:].split('.'))


def test_every_requirement_stands_once_and_in_order():
    names = [number(row[0]) for row in rows()]
    taps.equal(names, sorted(set(names)))
    taps.equal({chapter: sum(name[0] == chapter for name in names) for chapter in CHAPTERS},
               CHAPTERS)


def test_every_requirement_has_a_state_and_what_lacks_is_said():
    for row in rows():
        taps.equal(len(row), 5, row[0])
        state = re.match(r'[a-z]+', row[4])
        assert state and state[0] in STATES, '%s: %s' % (row[0], row[4])
        if state[0] in ('partly', 'missing'):
            assert ':' in row[4], '%s does not say what lacks' % row[0]


if __name__ == '__main__':
    taps.run(globals())
