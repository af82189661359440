#!/usr/bin/env python3
"""Writes the C file behind src/base/embed.h: templates, style sheet, icons and migrations as bytes.

    embed.py --root SOURCE --out embedded.c --depfile embedded.c.d [--file NAME=PATH ...]

Every file below templates/ and sql/migrations/ is taken under its path from the source root, and
each --file under the name given (what was made during the build, such as the style sheet). The
depfile names the files and their folders, so that a file added later is noticed too.
"""
import argparse
import gzip
import hashlib
import os
import sys

FOLDERS = ('templates', 'sql/migrations')
# Served to browsers as they stand; the rest is read by ourselves and gains nothing from gzip.
COMPRESSED = ('.css', '.js', '.svg', '.txt')
# An editor's leftovers and build descriptions are no part of the product.
TAKEN = ('.html', '.txt', '.svg', '.css', '.js', '.sql')


def walk(root, folder):
    """Yields (name, path) of the files to embed, and ('', path) for each folder looked into."""
    for here, folders, files in os.walk(os.path.join(root, folder)):
        folders.sort()
        yield '', here
        for file in sorted(files):
            if file.endswith(TAKEN) and not file.startswith('.'):
                path = os.path.join(here, file)
                yield os.path.relpath(path, root).replace(os.sep, '/'), path


def c_string(data):
    """The bytes as C string literals, a line of the file to a line of C where that is possible."""
    escapes = {ord('"'): '\\"', ord('\\'): '\\\\', ord('?'): '\\?', ord('\t'): '\\t'}
    lines, line = [], []
    for byte in data:
        if byte == 10:
            line.append('\\n')
        elif byte in escapes:
            line.append(escapes[byte])
        elif 32 <= byte < 127:
            line.append(chr(byte))
        else:
            line.append('\\%03o' % byte)
        if byte == 10 or len(line) >= 100:
            lines.append(''.join(line))
            line = []
    lines.append(''.join(line))
    return '\n'.join('    "%s"' % text for text in lines)


def compressed(name, data):
    """The gzip variant, or None where it would not save a tenth."""
    if not name.endswith(COMPRESSED):
        return None
    packed = gzip.compress(data, 9, mtime=0)
    return packed if len(packed) < len(data) * 0.9 else None


def c_source(files):
    out = ['// Made by tools/embed.py; do not edit.', '#include "base/embed.h"', '',
           '#include <string.h>', '']
    rows = []
    for number, (name, data) in enumerate(sorted(files.items())):
        out.append('static const unsigned char bytes_%d[] =\n%s;' % (number, c_string(data)))
        packed = compressed(name, data)
        if packed:
            out.append('static const unsigned char gzip_%d[] =\n%s;' % (number, c_string(packed)))
        digest = hashlib.sha256(data).hexdigest()[:16]
        rows.append('    {"%s", bytes_%d, %d, %s, %d, "%s"},' % (
            name, number, len(data), 'gzip_%d' % number if packed else 'NULL',
            len(packed) if packed else 0, digest))
    out.append('\nstatic const struct embedded all[] = {\n%s\n};' % '\n'.join(rows))
    out.append('''
const struct embedded *embed_all(size_t *ret_count)
{
    *ret_count = COUNT_OF(all);
    return all;
}

const struct embedded *embed_find(const char *name)
{
    size_t low = 0, high = COUNT_OF(all);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, all[middle].name);
        if (order == 0)
            return &all[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
''')
    return '\n'.join(out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--root', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--depfile', required=True)
    parser.add_argument('--file', action='append', default=[])
    options = parser.parse_args()

    files, seen = {}, []
    for folder in FOLDERS:
        for name, path in walk(options.root, folder):
            seen.append(path)
            if name:
                with open(path, 'rb') as source:
                    files[name] = source.read()
    for item in options.file:
        name, path = item.split('=', 1)
        seen.append(path)
        with open(path, 'rb') as source:
            files[name] = source.read()
    if not files:
        sys.exit('embed.py: nothing to embed below %s' % options.root)

    with open(options.out, 'w', encoding='ascii') as out:
        out.write(c_source(files))
    with open(options.depfile, 'w', encoding='utf-8') as out:
        paths = ' \\\n  '.join(os.path.abspath(path).replace(' ', '\\ ') for path in seen)
        out.write('%s: %s\n' % (options.out, paths))


if __name__ == '__main__':
    main()
