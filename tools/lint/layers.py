#!/usr/bin/env python3
"""Includes keep to the allow-list of layers.txt, and are written from src/."""
import os
import re

import common

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^">]+)[">]')
TABLE = 'tools/lint/layers.txt'


def check(root):
    allowed = {row[0]: set(row[1:]) | {row[0]} for row in common.table(root, TABLE)}
    for path in common.files(root, 'src', '.c', '.h'):
        folder = path.split('/')[1]
        if folder not in allowed:
            yield common.Fault(path, 1, '%s is not in %s' % (folder, TABLE))
            continue
        for token in common.tokens(common.read(root, path)):
            match = INCLUDE.match(token.text) if token.kind == 'directive' else None
            if not match or match.group(1) == '<':
                continue
            name = match.group(2)
            layer = name.split('/')[0]
            if not os.path.exists(os.path.join(root, 'src', name)):
                yield common.Fault(path, token.line, 'no src/%s: write includes from src/' % name)
            elif layer not in allowed[folder] and name not in allowed[folder]:
                yield common.Fault(path, token.line, '%s may not include %s: it sees %s' % (
                    folder, name, ', '.join(sorted(allowed[folder]))))


if __name__ == '__main__':
    common.main(check)
