#!/usr/bin/env python3
"""SQL is a closed list of statements with bound parameters.

It stands only in src/store, src/db and sql/, and no statement there is put together by a format:
"%s" in a literal with SQL is a fault. The files of tools/lint/sql_builders.txt may: they write
table definitions from our own constants, never from input.
"""
import re

import common

# In capitals anywhere; in small letters only at the beginning, where no English sentence has them.
STATEMENT = (r'(SELECT\s.+\sFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|'
             r'DELETE\s+FROM\b|CREATE\s+(UNIQUE\s+)?(TABLE|INDEX|VIEW|TRIGGER)\b|'
             r'DROP\s+(TABLE|INDEX|VIEW)\b|ALTER\s+TABLE\b|PRAGMA\s+\w+|'
             r'BEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED)\b|VALUES\s*\()')
SQL = re.compile(r'\b%s|^\s*(?-i:(?=[a-z]))(?i:%s)' % (STATEMENT, STATEMENT), re.DOTALL)
PART = re.compile(r'\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|JOIN|ORDER BY|VALUES|AND|OR|SET)\b')
SPLICE = re.compile(r'%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[sdiuxcp]')
MAY_HOLD = ('src/store/', 'src/db/')
DRIVER = re.compile(r'\b(sqlite3_\w+|PQ\w+)$')


def check(root):
    builders = {row[0] for row in common.table(root, 'tools/lint/sql_builders.txt')}
    for path in common.files(root, 'src', '.c', '.h'):
        text = common.read(root, path)
        holds = path.startswith(MAY_HOLD)
        for line, words in common.literals(text):
            if SQL.search(words) and not holds:
                yield common.Fault(path, line, 'SQL outside src/store, src/db and sql/')
            if holds and path not in builders and SPLICE.search(words):
                if SQL.search(words) or PART.search(words):
                    yield common.Fault(path, line, 'a value spliced into SQL: bind it')
        for token in common.tokens(text):
            if token.kind == 'word' and DRIVER.match(token.text) and not path.startswith('src/db/'):
                yield common.Fault(path, token.line, '%s: only src/db sees a driver' % token.text)
    for path in sorted(builders):
        if not common.files(root, path.rsplit('/', 1)[0], path.rsplit('/', 1)[1]):
            yield common.Fault('tools/lint/sql_builders.txt', 1, 'there is no %s' % path)


if __name__ == '__main__':
    common.main(check)
