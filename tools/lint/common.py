"""What the checks share: finding files, reading C as tokens, telling faults.

Each check is a program `NAME.py [ROOT]` with a function check(root) that yields Fault values. A
fault prints as `path:line: message`; any fault makes the exit status 1.
"""
import os
import re
import sys
from collections import namedtuple

Fault = namedtuple('Fault', 'path line message')
Token = namedtuple('Token', 'kind text line')  # kind: word, number, string, char, punct, directive

# What others wrote, and what a build makes, is not ours to judge.
SKIPPED = {'.git', 'build', 'node_modules', '__pycache__'}

TOKEN = re.compile(r'''
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<directive>^[ \t]*\#(?:[^\n\\]|\\\n|\\[^\n])*)
  | (?P<string>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
  | (?P<char>[uUL]?'(?:[^'\\\n]|\\.)*')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
  | (?P<punct>[{}()\[\];,=]|[^\s\w])
''', re.VERBOSE | re.MULTILINE | re.DOTALL)


def files(root, folder, *endings):
    """Paths relative to root, sorted, of the files below folder with one of the endings."""
    found = []
    for here, folders, names in os.walk(os.path.join(root, folder)):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in names:
            if name.endswith(endings):
                path = os.path.relpath(os.path.join(here, name), root)
                found.append(path.replace(os.sep, '/'))
    return sorted(found)


def read(root, path):
    # Test data may hold any bytes; what is no UTF-8 reads as replacement characters.
    with open(os.path.join(root, path), encoding='utf-8', errors='replace') as source:
        return source.read()


def tokens(text):
    """The C text as tokens, without comments. Include names stay inside their directive."""
    line, at = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count('\n', at, match.start())
        at = match.start()
        kind = match.lastgroup
        if kind != 'comment':
            yield Token(kind, match.group(), line)


def literal(token):
    """What a string token says, without quotes; escapes stay as they stand."""
    return token.text[token.text.index('"') + 1:-1]


def literals(text):
    """String literals of a C text, neighbours joined as the compiler does: (line, words)."""
    line, words = 0, []
    for token in tokens(text):
        if token.kind == 'string':
            if not words:
                line = token.line
            words.append(literal(token))
        elif words:
            yield line, ''.join(words)
            words = []
    if words:
        yield line, ''.join(words)


def table(root, path):
    """The lines of a small table file: lists of cells, without comments and empty lines."""
    if not os.path.exists(os.path.join(root, path)):
        return []
    lines = (line.split('#')[0].strip() for line in read(root, path).splitlines())
    return [line.split() for line in lines if line]


def main(check):
    """Runs a check on the root given (or the project's) and ends the process."""
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here))
    faults = list(check(root))
    for fault in faults:
        print('%s:%d: %s' % fault)
    sys.exit(1 if faults else 0)
