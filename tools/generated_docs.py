#!/usr/bin/env python3
"""Keeps the generated parts of the documents true: generated_docs.py DESCRIBE [--write]

DESCRIBE is the program tests/store/describe of a build folder, or tests/web/describe_access. Each document holds a line
`<!-- generated: WHAT -->` and a line `<!-- end -->`; what stands between them is what
`describe WHAT` prints. Without --write, says where they differ and ends with 1.
"""
import os
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
ALL = {'describe': {'columns': 'docs/council-folder.md', 'checks': 'docs/checks.md'},
       'describe_access': {'access': 'docs/access.md'}}
END = '<!-- end -->'


def main():
    describe, write = os.path.abspath(sys.argv[1]), '--write' in sys.argv[2:]
    documents = ALL[os.path.basename(describe)]
    failed = 0
    print('TAP version 13\n1..%d' % len(documents))
    for number, (what, path) in enumerate(documents.items(), 1):
        made = subprocess.run([describe, what], capture_output=True, text=True, check=True).stdout
        with open(os.path.join(ROOT, path), encoding='utf-8') as file:
            text = file.read()
        begin = '<!-- generated: %s -->' % what
        before, rest = text.split(begin + '\n')
        stands, after = rest.split(END)
        wanted = '\n' + made.rstrip('\n') + '\n\n'
        if write:
            with open(os.path.join(ROOT, path), 'w', encoding='utf-8') as file:
                file.write(before + begin + '\n' + wanted + END + after)
        elif stands != wanted:
            failed += 1
            print('# write it with: tools/generated_docs.py DESCRIBE --write')
        print('%sok %d - %s' % ('not ' if stands != wanted and not write else '', number, path))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
