#!/usr/bin/env python3
"""Writes goldthread(1) from what the program says of itself: manual.py GOLDTHREAD > goldthread.1

The list of commands, their options and examples are those of `--help`, which come from the table
the program runs by (src/cli/commands.c), so the page cannot say anything else. The date is that of
SOURCE_DATE_EPOCH, where it is set: the same program makes the same page.
"""
import os
import re
import subprocess
import sys
import time

STATUS = [('0', 'done'), ('1', 'the input or the record is at fault, or the audit trail is broken'),
          ('2', 'the command was used wrongly'), ('3', 'the machine or the database failed')]
VARIABLES = [('GOLDTHREAD_RECORD', 'the record, where --record is not given'),
             ('NO_COLOR', 'set and not empty: no colours'),
             ('TMPDIR', 'where passing files go; /tmp otherwise'),
             ('NOTIFY_SOCKET, WATCHDOG_USEC', 'set by systemd: serve tells it when it is ready, and '
              'that it is alive')]
FILES = [('./goldthread.db', 'the record, where nothing else is said'),
         ('RECORD.key', 'what second factors are sealed with; made when first needed, never in a '
          'backup'),
         ('/etc/goldthread/goldthread.conf', 'settings of the service, see goldthread.conf(5)')]


def said(program, *words):
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def roff(text):
    """Text as it is: nothing in it is taken for a command of the formatter."""
    text = text.replace('\\', '\\e').replace('-', '\\-').replace("'", '\\(aq').replace('`', '\\(ga')
    return '\n'.join('\\&' + line if line.startswith(('.', '\\(aq')) else line
                     for line in text.split('\n'))


def verbatim(text):
    return '.nf\n' + roff(text.rstrip('\n')) + '\n.fi\n'


def commands(top):
    block = top.split('Commands:\n')[1].split('\n\n')[0]
    return re.findall(r'^  (\S+) +(.*)$', block, re.M)


def pairs(rows):
    return ''.join('.TP\n.B %s\n%s\n' % (roff(name), roff(text)) for name, text in rows)


def main():
    program = os.path.abspath(sys.argv[1])
    top = said(program, '--help')
    version = said(program, '--version').split()[1]
    epoch = int(os.environ.get('SOURCE_DATE_EPOCH', time.time()))
    date = time.strftime('%Y-%m-%d', time.gmtime(epoch))
    about = top.split('\n')[0].split(': ', 1)[1].rstrip('.')
    everyone = top.split('Options for every command:\n')[1].split('\n\n')[0]
    out = ['.TH GOLDTHREAD 1 "%s" "goldthread %s" "User Commands"\n' % (date, version),
           '.SH NAME\ngoldthread \\- %s\n' % roff(about),
           '.SH SYNOPSIS\n.B goldthread\n[\\-\\-record URL] COMMAND ...\n',
           '.SH DESCRIPTION\nGoldthread keeps a council\\(aqs plans, measures, targets and figures, '
           'judges them by rules that are data, and reports and serves them. One record may hold '
           'many organisations. It is an SQLite file, or lies in PostgreSQL.\n',
           '.SH OPTIONS\nThese stand with every command.\n' + verbatim(everyone),
           '.SH COMMANDS\n']
    for name, text in commands(top):
        help_text = said(program, name, '--help')
        body = help_text.split('\n', 2)[2] if name != 'analyse' else help_text
        out.append('.SS %s\n%s.\n.PP\n%s' % (roff(name), roff(text[0].upper() + text[1:]),
                                             verbatim(body)))
    out.append('.SH EXIT STATUS\n' + pairs(STATUS))
    out.append('.SH ENVIRONMENT\n' + pairs(VARIABLES))
    out.append('.SH FILES\n' + pairs(FILES))
    out.append('.SH SEE ALSO\n.BR goldthread.conf (5)\n.PP\nThe documents in '
               '/usr/share/doc/goldthread, admin.md first.\n')
    sys.stdout.write(''.join(out))


if __name__ == '__main__':
    main()
