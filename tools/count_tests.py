#!/usr/bin/env python3
"""Adds up what test builds ran: `tools/count_tests.py build/check build/check-address-undefined`.

Prints one line, "N passed, N failed" (", N skipped" when there are any), and exits 1 when anything
failed or nothing ran. A test program that reports its cases (TAP) counts by its cases; one that
does not, or that ended otherwise than it said, counts as one.
"""
import json
import os
import re
import sys

CASE = re.compile(r'^(not )?ok\b(.*)$', re.MULTILINE)


def count(entry):
    """(passed, failed, skipped) of one line of meson's test log."""
    passed = failed = skipped = 0
    for bad, rest in CASE.findall(entry.get('stdout') or ''):
        if re.search(r'#\s*skip', rest, re.IGNORECASE):
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    if entry['result'] == 'SKIP' and not (passed or failed or skipped):
        skipped = 1
    elif entry['result'] in ('OK', 'EXPECTEDFAIL', 'SKIP'):
        passed = passed or (0 if skipped else 1)
    else:
        failed = max(failed, 1)
    return passed, failed, skipped


def main():
    total = [0, 0, 0]
    for folder in sys.argv[1:]:
        path = os.path.join(folder, 'meson-logs', 'testlog.json')
        if not os.path.exists(path):
            total[1] += 1  # the build itself failed: no test could run
            continue
        with open(path, encoding='utf-8') as log:
            for line in log:
                total = [sum(pair) for pair in zip(total, count(json.loads(line)))]
    passed, failed, skipped = total
    print('%d passed, %d failed%s' % (passed, failed, ', %d skipped' % skipped if skipped else ''))
    sys.exit(1 if failed or not passed else 0)


if __name__ == '__main__':
    main()
