#!/usr/bin/env python3
"""Runs commands and compares what they print: run_cases.py PROGRAM FILE.case...

A case file holds cases like this one:

    === What it shows
    $ analyse status --keep-going
    --- input
    kind,polarity,value,target
    --- output
    kind,polarity,value,target,status,reason
    --- messages
    line 3: part of what stands on standard error
    --- exit
    1

Sections that are absent: no input; output not compared; nothing on standard error and exit 0 (with
a section `messages` each of its lines must occur there, with `exit` that status is expected).
`input escaped`, `output escaped` and `file NAME escaped` take \\r \\n \\t \\x41 for bytes that cannot be
seen, and no line end of their own. `output has` asks only that each of its lines occurs. `file NAME`
puts a file where the command runs. Of several lines with `$ ` the last is the one looked at; those
before must end with 0. `$ ` takes words as a shell would; ` | head -1` and the like are not
understood.
"""
import codecs
import os
import shlex
import subprocess
import sys
import tempfile

TIMEOUT = 60


class Case:
    def __init__(self, path, title):
        self.path, self.title, self.command = path, title, None
        self.before = []
        self.sections = {}

    def text(self, name):
        if name + ' escaped' in self.sections:
            joined = ''.join(self.sections[name + ' escaped'])
            return codecs.decode(joined, 'unicode_escape').encode('latin-1')
        lines = self.sections.get(name)
        return None if lines is None else ''.join(line + '\n' for line in lines).encode()

    def lines(self, name):
        return [line for line in self.sections.get(name, []) if line]


def read_cases(path):
    cases, section = [], None
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file.read().split('\n'), 1):
            if line.startswith('=== '):
                cases.append(Case(path, line[4:]))
                section = None
            elif line.startswith('#') and section is None:
                continue
            elif line.startswith('$ ') and cases and section is None:
                if cases[-1].command:
                    cases[-1].before.append(cases[-1].command)
                cases[-1].command = shlex.split(line[2:])
            elif line.startswith('--- ') and cases:
                section = cases[-1].sections.setdefault(line[4:], [])
            elif section is not None:
                section.append(line)
            elif line:
                sys.exit(f'{path}:{number}: belongs to no section: {line}')
    for case in cases:
        if not case.command:
            sys.exit(f'{path}: no command in "{case.title}"')
        for name, lines in case.sections.items():
            while lines and lines[-1] == '':
                lines.pop()  # the blank lines that part cases
    return cases


def faults_of(case, program):
    with tempfile.TemporaryDirectory() as folder:
        for name in case.sections:
            if name.startswith('file '):
                plain = name.removesuffix(' escaped')
                path = os.path.join(folder, plain[5:])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, 'wb') as file:
                    file.write(case.text(plain))
        for command in case.before:
            first = subprocess.run([program] + command, capture_output=True, timeout=TIMEOUT,
                                   cwd=folder)
            if first.returncode != 0:
                yield 'first %s: %s' % (command[0], first.stderr.decode('utf-8', 'replace'))
        done = subprocess.run([program] + case.command, input=case.text('input') or b'',
                              capture_output=True, timeout=TIMEOUT, cwd=folder)
    messages = done.stderr.decode('utf-8', 'replace')
    output = case.text('output')
    if output is not None and output != done.stdout:
        yield 'printed\n%s\nexpected\n%s' % (done.stdout.decode('utf-8', 'replace'),
                                             output.decode('utf-8', 'replace'))
    for line in case.lines('output has'):
        if line not in done.stdout.decode('utf-8', 'replace'):
            yield 'did not print: %s\nbut\n%s' % (line, done.stdout.decode('utf-8', 'replace'))
    for line in case.lines('messages'):
        if line not in messages:
            yield 'did not say: %s\nbut: %s' % (line, messages)
    if 'messages' not in case.sections and messages:
        yield 'said: %s' % messages
    expected = int((case.lines('exit') or ['0'])[0])
    if done.returncode != expected:
        yield 'ended with %d, expected %d; said: %s' % (done.returncode, expected, messages)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    cases = [case for path in sys.argv[2:] for case in read_cases(path)]
    failed = 0
    print('TAP version 13')
    print('1..%d' % len(cases))
    for number, case in enumerate(cases, 1):
        faults = list(faults_of(case, program))
        failed += bool(faults)
        name = '%s: %s' % (os.path.basename(case.path), case.title.replace('#', 'no.'))
        print('%s %d - %s' % ('not ok' if faults else 'ok', number, name))
        for fault in faults:
            print('\n'.join('# ' + line for line in fault.split('\n')))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
