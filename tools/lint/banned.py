#!/usr/bin/env python3
"""Functions that are not used here, and what to use instead; and who may end the process."""
import re

import common

COPY = 'buf_add or arena_printf, which know the length'
BANNED = {
    'strcpy': COPY, 'strcat': COPY, 'sprintf': COPY, 'vsprintf': COPY, 'strncpy': COPY,
    'strncat': COPY, 'stpcpy': COPY,
    'gets': 'file_read', 'strtok': 'a loop with strcspn', 'strtok_r': 'a loop with strcspn',
    'alloca': 'the arena', 'atoi': 'dec_parse or strtol', 'atol': 'dec_parse or strtol',
    'atoll': 'dec_parse or strtol', 'atof': 'dec_parse', 'setjmp': 'the arena\'s trap',
    'rand': 'getrandom', 'srand': 'getrandom', 'system': 'nothing: we start no programs',
    'popen': 'nothing: we start no programs', 'mktemp': 'mkstemp', 'tmpnam': 'mkstemp',
    'localtime': 'base/date.h', 'gmtime': 'base/date.h', 'asctime': 'base/date.h',
    'ctime': 'base/date.h',
}
ENDING = {'exit', '_exit', '_Exit', 'quick_exit', 'abort'}
MAY_END = ('src/main.c', 'src/cli/')
# A published figure is rounded by base/decimal.h, never by printf (stack.md 13).
ROUNDING = re.compile(r'%[-+ #0-9]*\.(\d+|\*)l?[fF]')


def called(tokens):
    """Tokens that are called: a word before a bracket that is no member of something."""
    padded = [None, None] + tokens
    for before, last, token, after in zip(padded, padded[1:], tokens, tokens[1:]):
        member = last and (last.text == '.' or (last.text == '>' and before.text == '-'))
        if token.kind == 'word' and after.text == '(' and not member:
            yield token


def all_tokens(text):
    """The tokens of a file, those of macro bodies too."""
    found = []
    for token in common.tokens(text):
        if token.kind == 'directive':
            body = token.text.replace('#', ' ', 1).replace('\\\n', ' ')
            found += [inner._replace(line=token.line) for inner in common.tokens(body)]
        else:
            found.append(token)
    return found


def check(root):
    for path in common.files(root, 'src', '.c', '.h') + common.files(root, 'tests', '.c', '.h'):
        found = all_tokens(common.read(root, path))
        ours = path.startswith('src/')
        for token in called(found):
            if (path, token.text) in EXCEPTIONS:
                continue
            if token.text in BANNED:
                yield common.Fault(path, token.line, '%s is banned: use %s' % (
                    token.text, BANNED[token.text]))
            if ours and token.text in ENDING and not path.startswith(MAY_END):
                yield common.Fault(path, token.line, '%s: only main.c and cli/ end the process; '
                                   'return false with an err' % token.text)
        for token in found:
            if ours and token.kind == 'string' and ROUNDING.search(token.text):
                yield common.Fault(path, token.line, 'printf rounds here: published figures are '
                                   'rounded by base/decimal.h')


# One line each, with the reason.
EXCEPTIONS = {
    # The trap is made of it: callers use ARENA_TRAP, never setjmp itself.
    ('src/base/arena.h', 'setjmp'),
    # Memory is out and nobody has set a trap: there is no one to return to.
    ('src/base/arena.c', 'abort'),
}

if __name__ == '__main__':
    common.main(check)
