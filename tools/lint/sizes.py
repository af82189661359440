#!/usr/bin/env python3
"""Files and functions stay short: 1,000 and 100 lines at most, 350 and 60 as a habit.

Lines of constant tables (an initialiser outside functions) count for neither. What is over the
habit is counted and shown, but is no fault; tools/limits.txt holds the exceptions to the limits.
"""
import common

FILE_LIMIT, FILE_HABIT = 1000, 350
FUNCTION_LIMIT, FUNCTION_HABIT = 100, 60
WORDS_BEFORE_BRACE = {'struct', 'union', 'enum'}


def spans(text):
    """(what, name, first line, last line) of each function and each table outside functions."""
    depth, head, what, name, start = 0, [], None, None, 0
    for token in common.tokens(text):
        if token.kind == 'directive':
            continue
        if depth == 0:
            if token.text == '{':
                what, name = kind_of(head)
                start = head[0].line if head else token.line
                depth = 1
            elif token.text == ';':
                head = []
            else:
                head.append(token)
        elif token.text == '{':
            depth += 1
        elif token.text == '}':
            depth -= 1
            if depth == 0:
                yield what, name, start, token.line
                head = head if what == 'type' else []


def kind_of(head):
    """What an opening brace after these tokens, outside everything, begins."""
    words = [token.text for token in head]
    if '=' in words:
        return 'table', words[words.index('=') - 1]
    if '(' in words:
        return 'function', words[words.index('(') - 1]
    return 'type', words[-1] if words else ''


def measure(text):
    """(lines of the file without tables, {function: (first line, lines)})."""
    lines = text.count('\n')
    functions = {}
    for what, name, first, last in spans(text):
        if what == 'table':
            lines -= last - first + 1
        elif what == 'function':
            functions[name] = (first, last - first + 1)
    return lines, functions


def check(root, habits=None):
    limits = {row[0]: int(row[1]) for row in common.table(root, 'tools/limits.txt')}
    used = set()
    for path in common.files(root, 'src', '.c', '.h') + common.files(root, 'tests', '.c', '.h'):
        lines, functions = measure(common.read(root, path))
        parts = [(path, 1, lines, FILE_LIMIT, FILE_HABIT)]
        parts += [('%s:%s' % (path, name), first, length, FUNCTION_LIMIT, FUNCTION_HABIT)
                  for name, (first, length) in functions.items()]
        for key, first, length, limit, habit in parts:
            if length > limit:
                used.add(key)
            if length > limits.get(key, limit):
                yield common.Fault(path, first, '%s has %d lines, the limit is %d: split it' % (
                    key.split(':')[-1], length, limits.get(key, limit)))
            elif length > habit and habits is not None:
                habits.append('%s has %d lines (habit: %d)' % (key, length, habit))
    for key in sorted(set(limits) - used):
        yield common.Fault('tools/limits.txt', 1, '%s is no longer over the limit: take it out' % key)


def check_and_show(root):
    habits = []
    yield from check(root, habits)
    for line in habits:
        print('note: ' + line)


if __name__ == '__main__':
    common.main(check_and_show)
