#!/usr/bin/env python3
"""Every class that a template or a chart uses has a rule in the style sheet.

    classes.py ROOT goldthread.css

A class that is put together (`govuk-tag--{{tag}}`) passes when some rule begins like it. Bases that
only carry their variants (`gt-status` beside `gt-status--small`) are found as parts of rules too.
"""
import re
import sys

import common

ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
SECTION = re.compile(r'\{\{[#/^!>][^}]*\}\}')
# Names without a look of their own: GOV.UK's markup has the first, tests find the others by them.
BARE = {'govuk-table__body', 'gt-report', 'gt-story'}


def used(text):
    """(line, class) of each class in a template; a tag inside a name becomes `*`."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in ATTRIBUTE.finditer(line):
            plain = re.sub(r'\{\{[^}]*\}\}', '*', SECTION.sub(' ', match.group(1)))
            for name in plain.split():
                yield number, name


def check(root, css):
    rules = set(re.findall(r'\.([A-Za-z][\w-]*)', css))
    for path in common.files(root, 'templates', '.html'):
        for number, name in used(common.read(root, path)):
            known = any(rule.startswith(name.split('*')[0]) for rule in rules) \
                if '*' in name else name in rules or name in BARE
            if not known:
                yield common.Fault(path, number, 'no rule for the class %s' % name)


def main():
    root, sheet = sys.argv[1:]
    with open(sheet, encoding='utf-8') as source:
        faults = list(check(root, source.read()))
    for fault in faults:
        print('%s:%d: %s' % fault)
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
