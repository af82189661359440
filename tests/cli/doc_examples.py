#!/usr/bin/env python3
"""The worked examples of docs/status-rules.md are what the program says: doc_examples.py PROGRAM DOC

Each block ```csv that is followed by the word "gives" and a second one is run through
`analyse status`; the rules in the block ```rules.csv must all be of kinds the program knows.
"""
import csv
import io
import os
import re
import subprocess
import sys

EXAMPLE = re.compile(r'^```csv\n(.*?)^```\n\ngives\n\n^```csv\n(.*?)^```\n', re.M | re.S)
RULES = re.compile(r'^```rules\.csv\n(.*?)^```\n', re.M | re.S)
HEADING = re.compile(r'^#+ (.*)$', re.M)


def analyse(program, text):
    return subprocess.run([program, 'analyse', 'status'], input=text.encode(),
                          capture_output=True, timeout=60)


def rows_from_rules(text):
    """Each rule as a row for analyse, with a figure that is well off target."""
    columns = ['kind', 'green_within', 'amber_within', 'within_unit', 'beyond', 'red_absolute',
               'red_percent']
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\n')
    writer.writerow(columns + ['polarity', 'value', 'target'])
    rules = list(csv.DictReader(io.StringIO(text)))
    for rule in rules:
        writer.writerow([rule[column] for column in columns] + ['lower', '9000000', '1000000'])
    return rules, out.getvalue()


def main():
    program = os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding='utf-8') as file:
        doc = file.read()
    results = []
    for match in EXAMPLE.finditer(doc):
        heading = HEADING.findall(doc[:match.start()])[-1]
        done = analyse(program, match.group(1))
        printed, told = done.stdout.decode(), done.stderr.decode()
        fault = '' if printed == match.group(2) and not told else told + printed
        results.append(('the example of ' + heading, fault))
    rules, text = rows_from_rules(RULES.search(doc).group(1))
    done = analyse(program, text)
    statuses = [row['status'] for row in csv.DictReader(io.StringIO(done.stdout.decode()))]
    expected = ['missing' if rule['kind'] == 'judgement' else 'off_target' for rule in rules]
    results.append(('%d rules that councils print' % len(rules),
                    '' if statuses == expected else done.stderr.decode() + repr(statuses)))
    if len(results) < 8:
        results.append(('examples are found', 'only %d' % len(results)))
    print('TAP version 13')
    print('1..%d' % len(results))
    for number, (name, fault) in enumerate(results, 1):
        print('%s %d - %s' % ('not ok' if fault else 'ok', number, name))
        if fault:
            print('# ' + fault.rstrip().replace('\n', '\n# '))
    return 1 if any(fault for _, fault in results) else 0


if __name__ == '__main__':
    sys.exit(main())
