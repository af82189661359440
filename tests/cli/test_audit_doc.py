#!/usr/bin/env python3
"""docs/audit.md is true: its example holds, and its check by hand runs: test_audit_doc.py PROGRAM ROOT"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = sys.argv[2]


def block(text, kind):
    return re.search('^```%s\n(.*?)^```$' % kind, text, re.M | re.S).group(1)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def example(text):
    lines = block(text, 'jsonl').splitlines()
    events = [json.loads(line) for line in lines]
    for line, event in zip(lines, events):
        assert sha256(line.replace(',"hash":"%s"' % event['hash'], '')) == event['hash'], line
    assert events[1]['previous'] == events[0]['hash']
    assert sha256(block(text, 'json')) == events[1]['digest']


def run(folder, *words):
    done = subprocess.run([PROGRAM, '--record', os.path.join(folder, 'r.db')] + list(words),
                          capture_output=True, text=True)
    return done.returncode, done.stdout


def by_hand(text, folder, break_it):
    script = block(text, 'sh')
    if break_it:
        script = script.replace('> trail\n', "| sed '3s/Luton/Lutton/' > trail\n", 1)
    with open(os.path.join(folder, 'goldthread'), 'w') as file:
        file.write('#!/bin/sh\nexec %s --record %s "$@"\n' % (PROGRAM, os.path.join(folder, 'r.db')))
    os.chmod(os.path.join(folder, 'goldthread'), 0o755)
    path = folder + ':' + os.environ['PATH']
    return subprocess.run(['sh', '-c', script], cwd=folder, env={**os.environ, 'PATH': path},
                          capture_output=True, text=True).stdout


def small_council(folder):
    council = os.path.join(folder, 'council')
    os.mkdir(council)
    for name, text in {
            'organisation.csv': 'code,name\ntown,"Town ""<&>"" Council of Luton"\n',
            'plans.csv': 'code,title,kind\nP,Corporate plan for Luton,corporate\n',
            'aims.csv': 'code,plan,kind,title\nA,P,priority,A clean Luton\n'}.items():
        with open(os.path.join(council, name), 'w') as file:
            file.write(text)
    assert run(folder, 'import', council)[0] == 0


def main():
    with open(os.path.join(ROOT, 'docs/audit.md'), encoding='utf-8') as file:
        text = file.read()
    print('1..4')
    example(text)
    print('ok 1 - the example holds')
    with tempfile.TemporaryDirectory() as folder:
        small_council(folder)
        head = run(folder, 'audit', 'head')[1].strip()
        assert by_hand(text, folder, False) == 'ends with %s\n' % head.split(':')[1]
        print('ok 2 - by hand, a whole trail')
        assert 'was changed: {"seq":3' in by_hand(text, folder, True)
        print('ok 3 - by hand, a changed one')
        assert run(folder, 'audit', 'verify', '--head', head)[0] == 0
        assert run(folder, 'audit', 'verify', '--head', '2:' + head.split(':')[1])[0] == 1
        status, table = run(folder, 'audit', 'export', '--csv', '--from', '3')
        assert status == 0 and len(table.splitlines()) == 2, table
        assert run(folder, 'audit', 'verify', '--head', 'x')[0] == 2
        assert run(folder, 'audit')[0] == 2
        print('ok 4 - the commands')


if __name__ == '__main__':
    main()
