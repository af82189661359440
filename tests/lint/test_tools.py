#!/usr/bin/env python3
"""The small tools do what others rely on: counting tests, summing up the demonstration, embedding."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def tool(name, *arguments):
    done = subprocess.run([sys.executable, os.path.join(ROOT, 'tools', name), *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


class CountTests(unittest.TestCase):
    # meson's result, what the test printed, and what it counts as.
    CASES = [
        ('OK', '1..2\nok 1 - a\nok 2 - b\n', '2 passed, 0 failed', 0),
        ('FAIL', '1..2\nok 1 - a\nnot ok 2 - b\n', '1 passed, 1 failed', 1),
        ('ERROR', '1..2\nok 1 - a\n', '1 passed, 1 failed', 1),
        ('TIMEOUT', '', '0 passed, 1 failed', 1),
        ('FAIL', 'no lines of TAP\n', '0 passed, 1 failed', 1),
        ('OK', 'no lines of TAP\n', '1 passed, 0 failed', 0),
        ('OK', 'okay then\n', '1 passed, 0 failed', 0),
        ('SKIP', '1..0 # SKIP no browser\n', '0 passed, 0 failed, 1 skipped', 1),
        ('OK', 'ok 1 - a\nok 2 - b # SKIP not here\n', '1 passed, 0 failed, 1 skipped', 0),
        ('FAIL', 'ok 1 - a\n# Looks like it crashed\n', '1 passed, 1 failed', 1),
    ]

    def test_cases(self):
        for result, printed, words, status in self.CASES:
            with self.subTest(result=result, printed=printed), tempfile.TemporaryDirectory() as folder:
                entry = json.dumps({'name': 'x', 'result': result, 'stdout': printed})
                write(os.path.join(folder, 'meson-logs', 'testlog.json'), entry + '\n')
                self.assertEqual(tool('count_tests.py', folder), (status, words + '\n'))

    def test_a_build_that_failed_counts_as_a_failure(self):
        with tempfile.TemporaryDirectory() as folder:
            write(os.path.join(folder, 'good/meson-logs/testlog.json'),
                  json.dumps({'result': 'OK', 'stdout': ''}) + '\n')
            status, words = tool('count_tests.py', folder + '/good', folder + '/never-built')
            self.assertEqual((status, words), (1, '1 passed, 1 failed\n'))


class DemoSummary(unittest.TestCase):
    def judge(self, rows):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'status.csv')
            write(path, 'measure,part,title,status\n' + rows)
            return tool('demo_summary.py', 'luton', path)

    def test_counts_measures_not_parts(self):
        status, words = self.judge('A,,"a, b",on_target\nA,North,x,off_target\nB,,y,missing\n')
        self.assertEqual(status, 0)
        self.assertEqual(words, 'luton: 2 measures\n  1 on target, 1 missing\n')

    def test_a_status_it_does_not_know_is_not_dropped(self):
        status, words = self.judge('A,,a,on_target\nB,,b,splendid\n')
        self.assertEqual(status, 1)
        self.assertIn('add up to 1 of 2', words)


class Embed(unittest.TestCase):
    def embed(self, root):
        out = os.path.join(root, 'out.c')
        status, words = tool('embed.py', '--root', root, '--out', out, '--depfile', out + '.d')
        self.assertEqual(status, 0, words)
        with open(out, encoding='ascii') as c, open(out + '.d', encoding='utf-8') as dep:
            return c.read(), dep.read()

    def test_takes_files_and_names_what_it_looked_at(self):
        with tempfile.TemporaryDirectory() as root:
            write(root + '/templates/partials/a.html', '<p>"??=\\ \u2212</p>\n')
            write(root + '/sql/migrations/0001.sql', 'SELECT 1;\n')
            write(root + '/templates/.a.html.swp', 'x')
            c, dep = self.embed(root)
            self.assertIn('"templates/partials/a.html"', c)
            self.assertIn('"sql/migrations/0001.sql"', c)
            self.assertNotIn('swp', c)
            self.assertIn('"<p>\\"\\?\\?=\\\\ \\342\\210\\222</p>\\n"', c)
            self.assertIn('/templates/partials/a.html', dep)
            self.assertIn('/templates/partials \\', dep)

    def test_same_input_same_bytes(self):
        with tempfile.TemporaryDirectory() as root:
            write(root + '/templates/a.html', 'a' * 5000)
            self.assertEqual(self.embed(root), self.embed(root))


if __name__ == '__main__':
    unittest.main(verbosity=1)
