#!/usr/bin/env python3
"""Every check fails on a fault planted for it, and names the place; without the fault it passes.

Each case is a small project in a temporary folder: the files that stand there, the check, and the
file with the fault. What the faults are can be read from the table below.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

GOOD_C = 'int good(void)\n{\n    return 1;\n}\n'
LONG_BODY = '    x++;\n' * 100
TABLE = 'static const int table[] = {\n' + '    1,\n' * 1200 + '};\n'
LAYERS = 'base\nrender base\nview base render/r.h\ncli base\nmain.c cli base\n'

# check, file, a text without the fault, a text with it, what the fault's line must say.
# `{}` stands for nothing here: the texts are written as they would stand in the file.
CASES = [
    ('layers', 'src/render/a.c', '#include "base/b.h"\n', '#include "view/v.h"\n', 'may not include'),
    ('layers', 'src/render/a.c', '#include <stdio.h>\n', '#include "../base/b.h"\n', 'from src/'),
    ('layers', 'src/view/a.c', '#include "render/r.h"\n', '#include "render/s.h"\n', 'may not include'),
    ('layers', 'src/base/a.c', '\n', '#include "render/r.h"\n', 'may not include'),
    ('layers', 'src/other/a.c', None, '\n', 'is not in'),

    ('banned', 'src/base/a.c', 'void f(void) { g("strcpy(a, b)"); }\n',
     'void f(char *a) { strcpy(a, "b"); }\n', 'strcpy is banned'),
    ('banned', 'src/base/a.h', '#define A(x) f(x)\n', '#define A(x) \\\n    atoi(x)\n', 'atoi is banned'),
    ('banned', 'tests/unit/a.c', '// sprintf(x)\n', 'void f(char *s) { sprintf(s, "x"); }\n',
     'sprintf is banned'),
    ('banned', 'src/view/a.c', 'void f(struct s *p) { p->exit(1); }\n', 'void f(void) { exit(1); }\n',
     'end the process'),
    ('banned', 'src/view/a.c', 'void f(void) { log_it("%d", 1); }\n',
     'void f(double v) { log_it("%.1f", v); }\n', 'printf rounds'),
    ('banned', 'src/main.c', 'int main(void) { exit(3); }\n', None, ''),

    ('sizes', 'src/base/a.c', TABLE, GOOD_C * 251, 'has 1004 lines'),
    ('sizes', 'src/base/a.c', GOOD_C, 'int f(int x)\n{\n' + LONG_BODY + '}\n', 'f has 103 lines'),
    ('sizes', 'src/base/a.c', None, 'static int f(int x) {\n' + LONG_BODY + '}\n', 'f has 102 lines'),
    ('sizes', 'tools/limits.txt', '# none\n', 'src/base/gone.c 1200\n', 'no longer over the limit'),

    ('markup', 'src/view/a.c', 'void f(void) { say("a < b > c, 3 <= x"); }\n',
     'void f(void) { say("<b>"); }\n', 'markup in a literal'),
    ('markup', 'src/view/a.c', None, 'void f(void) { say("x" "</t" "d>"); }\n', 'markup in a literal'),
    ('markup', 'src/web/a.c', 'void f(void) { say("fish & chips"); }\n',
     'void f(void) { say("&nbsp;"); }\n', 'markup in a literal'),
    ('markup', 'src/view/a.c', None, 'void f(void) { html_raw_markup_of_our_own(b, t, n); }\n',
     'for src/render only'),
    ('markup', 'src/render/a.c', 'void f(void) { html_raw_markup_of_our_own(b, "<b>", 3); }\n', None, ''),
    ('markup', 'templates/a.html', '<p>{{name}}</p>\n', '<p>{{{name}}}</p>\n', 'a raw tag'),
    ('markup', 'templates/partials/a.html', '<p>{{ name }}</p>\n', '<p>{{& name}}</p>\n', 'a raw tag'),
    ('markup', 'templates/a.html', '<script src="a.js"></script>\n', '<script>f()</script>\n',
     'content security policy'),
    ('markup', 'templates/a.html', '<p class="style">\n', '<p style="color:red">\n',
     'content security policy'),

    ('sql', 'src/web/a.c', 'void f(void) { say("Select a measure from the list"); }\n',
     'void f(void) { run("SELECT a FROM b"); }\n', 'SQL outside'),
    ('sql', 'src/domain/a.c', None, 'void f(void) { run("delete" " from t"); }\n', 'SQL outside'),
    ('sql', 'src/store/a.c', 'void f(void) { run("SELECT a FROM b WHERE c = $1"); }\n',
     'void f(void) { run("SELECT a FROM b WHERE c = \'%s\'"); }\n', 'spliced into SQL'),
    ('sql', 'src/db/a.c', 'void f(void) { say("%s is damaged"); }\n',
     'void f(void) { add(" WHERE c = %d"); }\n', 'spliced into SQL'),
    ('sql', 'src/store/a.c', 'void f(void) { db_run(d); }\n', 'void f(void) { sqlite3_exec(d); }\n',
     'only src/db sees a driver'),
    ('sql', 'tools/lint/sql_builders.txt', '# none\n', 'src/db/gone.c\n', 'there is no'),

    ('words', 'src/base/a.c', '// what is to be done\n', '// TO' + 'DO: more\n', 'left for later'),
    ('words', 'tools/a.sh', 'cd "$here"\n', 'cd /wo' + 'rk/main\n', 'a path of one machine'),
    ('words', 'README.md', 'npm ci\n', 'from https://registry.n' + 'pmjs.org\n', 'host of a registry'),
    ('words', 'package-lock.json', '{"version": "1"}\n', '{"reso' + 'lved": "x"}\n', 'download address'),

    ('docs', 'README.md', 'See [map](docs/map.md).\n', 'See [map](docs/mop.md).\n', 'a link to'),
    ('docs', 'README.md', 'In `src/base/b.h`.\n', 'In `src/base/c.h`.\n', 'there is no src/base/c.h'),
    ('docs', 'docs/x.md', 'In `src/base/*.h`.\n', 'In `src/engine/*.h` of `src/`.\n', 'there is no src/engine'),
    ('docs', 'README.md', '```\nmake check\n```\n', '```\nmake chekc\n```\n', 'make chekc'),
    ('docs', 'README.md', '`goldthread import DIR --dry-run`\n', '`goldthread improt DIR`\n', 'no improt'),
    ('docs', 'README.md', '`goldthread --record a.db import b`\n', '`goldthread import --dryrun`\n', 'no dryrun'),
]

# What every small project holds besides the file of its case.
SURROUNDINGS = {
    'tools/lint/layers.txt': LAYERS,
    'src/base/b.h': '\n',
    'src/view/v.h': '\n',
    'src/render/r.h': '\n',
    'src/render/s.h': '\n',
    'src/cli/import.c': 'const char *words[] = {"import", "dry-run", "record"};\n',
    'docs/map.md': '# Map\n',
    'Makefile': 'check:\n\ttrue\n',
}


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


def judge(check, path, text):
    """(exit status, output) of a check on a small project with this text at this path."""
    with tempfile.TemporaryDirectory() as root:
        for name, content in SURROUNDINGS.items():
            write(root, name, content)
        write(root, path, text)
        done = subprocess.run([sys.executable, os.path.join(HERE, check + '.py'), root],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout


class OwnChecks(unittest.TestCase):
    def test_planted_faults(self):
        for check, path, good, bad, words in CASES:
            with self.subTest(check=check, path=path, fault=words):
                if good is not None:
                    status, output = judge(check, path, good)
                    self.assertEqual(status, 0, output)
                if bad is not None:
                    status, output = judge(check, path, bad)
                    self.assertEqual(status, 1, output)
                    self.assertIn(words, output)
                    self.assertIn(path + ':', output)

    def test_every_check_has_a_case(self):
        own = {name[:-3] for name in os.listdir(HERE) if name.endswith('.py')}
        own -= {'all', 'common', 'test_lint', 'classes'}
        self.assertEqual(own, {case[0] for case in CASES})

    def test_classes(self):
        css = '.govuk-tag{a:b}.govuk-tag--green{a:b}@media print{.gt-pane .gt-wide{a:b}}'
        for good, markup in ((True, '<p class="gt-pane {{#a}}gt-wide{{/a}} govuk-tag--{{tag}}">'),
                             (False, '<p class="gt-pain">'), (False, '<p class="gt-wide-{{x}}">')):
            with self.subTest(markup=markup), tempfile.TemporaryDirectory() as root:
                write(root, 'templates/a.html', markup)
                write(root, 'a.css', css)
                done = subprocess.run([sys.executable, os.path.join(HERE, 'classes.py'), root,
                                       os.path.join(root, 'a.css')], stdout=subprocess.PIPE,
                                      text=True, check=False)
                self.assertEqual(done.returncode, 0 if good else 1, done.stdout)


class Borrowed(unittest.TestCase):
    """clang-format, cppcheck and clang-tidy run with our settings and stop at a planted fault."""

    def judge(self, step, text):
        sys.path.insert(0, HERE)
        import all as lint
        with tempfile.TemporaryDirectory() as root:
            for name in ('.clang-format', '.clang-tidy'):
                shutil.copy(os.path.join(ROOT, name), root)
            write(root, 'src/base/a.c', text)
            commands = '[{"directory": "%s", "file": "src/base/a.c", "command": "clang -c ' \
                       'src/base/a.c"}]' % root
            write(root, 'build/compile_commands.json', commands)
            if step == 'clang_tidy':
                return lint.clang_tidy(root, os.path.join(root, 'build'))
            return getattr(lint, step)(root)

    def planted(self, step, command, good, bad, words):
        if not shutil.which(command):
            self.skipTest('%s is not installed; `make lint` installs it' % command)
        self.assertEqual(self.judge(step, good), (True, ''))
        passed, output = self.judge(step, bad)
        self.assertFalse(passed)
        self.assertIn(words, output)

    def test_clang_format(self):
        self.planted('clang_format', 'clang-format', GOOD_C, 'int  good( void ) { return 1; }\n',
                     'a.c:1')

    def test_cppcheck(self):
        self.planted('cppcheck', 'cppcheck', GOOD_C,
                     'int bad(void)\n{\n    int a[2] = {0, 0};\n    return a[2];\n}\n', 'arrayIndex')

    def test_clang_tidy(self):
        self.planted('clang_tidy', 'clang-tidy', GOOD_C,
                     'int bad(int x)\n{\n    if (x > 1);\n        x = 1;\n    return x;\n}\n',
                     'bugprone-suspicious-semicolon')


if __name__ == '__main__':
    unittest.main(verbosity=1)
