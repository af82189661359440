#!/usr/bin/env python3
"""Says in two lines a council how its quarter stands, from `goldthread status --csv`.

    tools/demo_summary.py NAME STATUS.csv [NAME STATUS.csv ...]
"""
import csv
import sys

WORDS = (('on_target', 'on target'), ('slightly_off', 'slightly off target'),
         ('off_target', 'off target'), ('no_target', 'without a target'),
         ('not_due', 'not yet due'), ('missing', 'missing'),
         ('not_applicable', 'not applicable'), ('in_development', 'in development'),
         ('suppressed', 'suppressed'))


def summary(name, path):
    with open(path, encoding='utf-8', newline='') as source:
        rows = [row for row in csv.DictReader(source) if not row['part']]
    counts = {code: sum(row['status'] == code for row in rows) for code, _ in WORDS}
    if sum(counts.values()) != len(rows):
        sys.exit('%s: the statuses add up to %d of %d measures' % (
            path, sum(counts.values()), len(rows)))
    words = ['%d %s' % (counts[code], word) for code, word in WORDS if counts[code]]
    return '%s: %d measures\n  %s' % (name, len(rows), ', '.join(words))


def main():
    pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))
    if not pairs:
        sys.exit(__doc__)
    for name, path in pairs:
        print(summary(name, path))


if __name__ == '__main__':
    main()
