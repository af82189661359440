"""Runs the functions test_... of a module in the order they stand and tells in TAP.

    if __name__ == '__main__':
        taps.run(globals())

A test fails by AssertionError (or any other), and is skipped by raising taps.Skip('why').
"""
import sys
import traceback


class Skip(Exception):
    pass


def equal(found, expected, what=''):
    if found != expected:
        raise AssertionError('%s%r, not %r' % (what and what + ': ', found, expected))


def run(names):
    tests = [(name, test) for name, test in names.items()
             if name.startswith('test_') and callable(test)]
    print('TAP version 13')
    print('1..%d' % len(tests))
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        title = name[5:].replace('_', ' ')
        try:
            test()
            print('ok %d - %s' % (number, title))
        except Skip as why:
            print('ok %d - %s # SKIP %s' % (number, title, why))
        except Exception as fault:  # told, then on with the next
            failed += 1
            print('not ok %d - %s' % (number, title))
            text = str(fault) if isinstance(fault, AssertionError) and str(fault) else \
                traceback.format_exc()
            print('\n'.join('# ' + line for line in text.split('\n')))
        sys.stdout.flush()
    close = names.get('close')
    if close:
        close()
    sys.exit(1 if failed else 0)
