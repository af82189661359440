#!/usr/bin/env python3
"""What the documents name exists: files, folders, make targets, commands and their options.

Read are README.md, CONTRIBUTING.md and every .md below docs/, assets/, packaging/ and examples/;
in them: links to places of the project, and what stands in backticks or in code blocks.
"""
import glob
import os
import re

import common

LINK = re.compile(r'\]\(([^)\s]+)\)')
INLINE = re.compile(r'`([^`\n]+)`')
FENCE = re.compile(r'^\s*```')
PATH = re.compile(r'(?<![\w/.:-])((?:[\w.*-]+/)+[\w.*-]*|[\w-]+\.(?:md|sh|py|build|txt|json|scss))')
MAKE = re.compile(r'(?:^|[\s;&|(])make((?: +[\w=,.-]+)*)')
COMMAND = re.compile(r'(?:^|[\s/])goldthread((?: +[^\s|;&>#]+)*)')
# Made by a build, or standing outside the project.
MADE = ('build/', 'node_modules/', '../')


def documents(root):
    found = [name for name in ('README.md', 'CONTRIBUTING.md')
             if os.path.exists(os.path.join(root, name))]
    for folder in ('docs', 'assets', 'packaging', 'examples'):
        found += common.files(root, folder, '.md')
    return found


def code_of(text):
    """(line, code, whole line?) of everything written as code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield number, line
        else:
            for match in INLINE.finditer(line):
                yield number, match.group(1)


class Project:
    """What there is to be named."""

    def __init__(self, root):
        self.root = root
        self.top = {name for name in os.listdir(root) if name not in ('build', '.git')}
        makefile = os.path.join(root, 'Makefile')
        text = common.read(root, 'Makefile') if os.path.exists(makefile) else ''
        self.targets = set(re.findall(r'^([\w-]+):(?!=)', text, re.MULTILINE))
        self.words = set()
        for path in common.files(root, 'src/cli', '.c', '.h'):
            for token in common.tokens(common.read(root, path)):
                if token.kind == 'string':
                    self.words.add(common.literal(token).lstrip('-'))

    def has_path(self, path, document):
        """A path from the root, or from the document's folder; `*` stands for any name."""
        path = path.rstrip('/').split('#')[0]
        places = [self.root, os.path.join(self.root, os.path.dirname(document))]
        return any(glob.glob(os.path.join(place, path)) for place in places)


def path_faults(project, document, number, code):
    for match in PATH.finditer(code):
        path = match.group(1)
        first = path.split('/')[0]
        # Only what claims to be ours: it begins at the top of the project, or is a file's name
        # that could stand there.
        ours = first in project.top or '/' not in path
        if path.startswith(MADE) or not ours or project.has_path(path, document):
            continue
        if '/' not in path and glob.glob(os.path.join(project.root, '*', path)):
            continue
        yield common.Fault(document, number, 'there is no %s' % path)


def command_faults(project, document, number, code):
    for match in MAKE.finditer(code):
        for word in match.group(1).split():
            if '=' not in word and not word.startswith('-') and word not in project.targets:
                yield common.Fault(document, number, 'there is no `make %s`' % word)
    for match in COMMAND.finditer(code):
        words = match.group(1).split()
        options = [word.split('=')[0].lstrip('-[') for word in words if word.startswith(('--', '[--'))]
        plain = [word for before, word in zip([''] + words, words)
                 if re.fullmatch(r'[a-z]+', word) and not before.startswith('--')]
        for word in plain[:1] + [option.rstrip(']') for option in options]:
            if word not in project.words:
                yield common.Fault(document, number, 'goldthread has no %s' % word)


def check(root):
    project = Project(root)
    for document in documents(root):
        text = common.read(root, document)
        for number, line in enumerate(text.splitlines(), 1):
            for match in LINK.finditer(line):
                target = match.group(1)
                if re.match(r'[a-z]+:|#', target):
                    continue
                if not project.has_path(target, document):
                    yield common.Fault(document, number, 'a link to %s, which is not there' % target)
        for number, code in code_of(text):
            yield from path_faults(project, document, number, code)
            yield from command_faults(project, document, number, code)


if __name__ == '__main__':
    common.main(check)
