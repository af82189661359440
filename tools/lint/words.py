#!/usr/bin/env python3
"""No file names what is only true on one machine, or leaves work for later.

Paths of somebody's machine, hosts of package registries, download addresses in lock files, and
marks such as those for "to do": nothing of it is committed.
"""
import os
import re

import common

# Written so that this file does not find itself.
LATER = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b')
MACHINE = re.compile(r'(?<![\w.-])/(wo' r'rk|ho' r'me/\w+|ro' r'ot|Us' r'ers/\w+)(/|\b(?=["\s]))')
REGISTRY = re.compile(r'registry\.n' r'pmjs|deb\.deb' r'ian\.org|py' r'pi\.org|ver' r'daccio|'
                      r'security\.deb' r'ian', re.IGNORECASE)
RESOLVED = re.compile(r'"reso' r'lved":')
ENDINGS = ('.c', '.h', '.py', '.sh', '.mjs', '.js', '.html', '.scss', '.css', '.svg', '.md',
           '.txt', '.json', '.build', '.sql', '.csv', '.yml', '.yaml', '.toml', '.service')
PLAIN = ('Makefile', '.ci/run', '.npmrc', 'bench/.npmrc', '.gitignore', '.clang-format',
         '.clang-tidy')


def check(root):
    paths = common.files(root, '.', *ENDINGS)
    paths += [path for path in PLAIN if os.path.exists(os.path.join(root, path))]
    for path in paths:
        for number, line in enumerate(common.read(root, path).splitlines(), 1):
            if LATER.search(line) and not path.endswith('.csv'):
                yield common.Fault(path, number, 'left for later: do it, or file an issue')
            if MACHINE.search(line):
                yield common.Fault(path, number, 'a path of one machine')
            if REGISTRY.search(line):
                yield common.Fault(path, number, 'the host of a registry')
            if path.endswith('package-lock.json') and RESOLVED.search(line):
                yield common.Fault(path, number, 'a download address in a lock file')


if __name__ == '__main__':
    common.main(check)
