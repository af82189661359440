#!/usr/bin/env python3
"""Markup is written only by templates and render/, and text from outside is escaped everywhere."""
import re

import common

# A tag, a closing tag or an entity in a C literal: "<td>", "</p>", "<svg ", "&nbsp;".
MARKUP = re.compile(r'</?[a-zA-Z][a-zA-Z0-9-]*(?=[ />\\]|$)|&[a-z]{2,8};|&#\d+;')
# Placeholders in messages and help ("<folder>") read like tags; the house writes FOLDER instead.
RAW_FUNCTION = 'html_raw_markup_of_our_own'
RAW_TAG = re.compile(r'\{\{\{|\{\{\s*&')
# Scripts and styles in a template would need 'unsafe-inline' (UI-6).
INLINE = re.compile(r'<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:', re.IGNORECASE)
# The report is one file that carries its style sheet.
MAY_INLINE = re.compile(r'templates/report')


def check(root):
    for path in common.files(root, 'src', '.c', '.h'):
        if path.startswith('src/render/'):
            continue
        text = common.read(root, path)
        for line, words in common.literals(text):
            match = MARKUP.search(words)
            if match:
                yield common.Fault(path, line, 'markup in a literal (%s): it belongs into a '
                                   'template or into src/render' % match.group())
        for token in common.tokens(text):
            if token.text == RAW_FUNCTION:
                yield common.Fault(path, token.line, '%s is for src/render only' % RAW_FUNCTION)
    for path in common.files(root, 'templates', '.html', '.svg', '.txt'):
        for number, line in enumerate(common.read(root, path).splitlines(), 1):
            if RAW_TAG.search(line):
                yield common.Fault(path, number, 'a raw tag: text from outside would not be escaped')
            if INLINE.search(line) and not MAY_INLINE.match(path):
                yield common.Fault(path, number, 'a script or style inside the page: the content '
                                   'security policy forbids it')


if __name__ == '__main__':
    common.main(check)
