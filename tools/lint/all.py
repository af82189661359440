#!/usr/bin/env python3
"""`make lint`: every check of this folder, then clang-format, cppcheck and clang-tidy.

    all.py BUILD [ROOT]     BUILD: a folder set up with clang (its compile_commands.json is read)

Everything is run even when an earlier check failed; the exit status is 1 when any did.
"""
import concurrent.futures
import json
import os
import subprocess
import sys
import time

import common

CHECKS = ('layers', 'banned', 'sizes', 'markup', 'sql', 'words', 'docs')
CPPCHECK = ['cppcheck', '--enable=warning,portability,performance', '--std=c11', '--quiet',
            '--inline-suppr', '--error-exitcode=1', '-Isrc',
            '--suppress=missingIncludeSystem', '--suppress=arrayIndexThenCheck',
            # NULL ends the fields of log_event: a pointer wherever we run, and gcc checks it stands there.
            '--suppress=varFuncNullUB',
            '--template={file}:{line}: {severity}: {message} [{id}]']


def run(command, root):
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.returncode == 0, done.stdout


def own_check(name, root):
    here = os.path.dirname(os.path.abspath(__file__))
    return run([sys.executable, os.path.join(here, name + '.py'), root], root)


def c_files(root):
    return common.files(root, 'src', '.c', '.h') + common.files(root, 'tests', '.c', '.h')


def clang_format(root):
    return run(['clang-format', '--dry-run', '-Werror'] + c_files(root), root)


def cppcheck(root):
    return run(CPPCHECK + ['-j', str(os.cpu_count() or 1), 'src'], root)


def clang_tidy(root, build):
    """Each of our C files by the command the build compiles it with."""
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as commands:
        paths = {os.path.normpath(os.path.join(entry['directory'], entry['file']))
                 for entry in json.load(commands)}
    source = os.path.join(os.path.abspath(root), 'src') + os.sep
    paths = sorted(path for path in paths if path.startswith(source))
    command = ['clang-tidy', '-p', build, '--quiet']
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda path: run(command + [path], root), paths))
    return all(good for good, _ in results), ''.join(text for good, text in results if not good)


def main():
    build = os.path.abspath(sys.argv[1])
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.dirname(here))
    steps = [(name, lambda name=name: own_check(name, root)) for name in CHECKS]
    steps += [('clang-format', lambda: clang_format(root)), ('cppcheck', lambda: cppcheck(root)),
              ('clang-tidy', lambda: clang_tidy(root, build))]
    failed = []
    for name, step in steps:
        start = time.monotonic()
        good, text = step()
        print('%-14s %-6s %5.1f s' % (name, 'ok' if good else 'FAULTS', time.monotonic() - start))
        if text:
            print('    ' + text.rstrip().replace('\n', '\n    '))
        sys.stdout.flush()
        if not good:
            failed.append(name)
    if failed:
        print('Faults found by: ' + ', '.join(failed))
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
