#!/usr/bin/env python3
"""Runs a command with a PostgreSQL of its own, and ends that when the command has ended.

    with_postgres.py [--tap] COMMAND ARGUMENT ...

The cluster lies in a temporary folder and listens on a socket there, nowhere else. The command
finds its address in GOLDTHREAD_TEST_POSTGRES (postgresql://...) and the server's process in
GOLDTHREAD_TEST_POSTGRES_PID. PostgreSQL refuses to run as root, so root runs it as another user.
Where it is not installed nothing runs: with --tap that is said as a skipped test.
"""
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# No setting of the machine; and what makes a test slow without making it a better one is off: what
# is written here is thrown away. No statement is ever served by TCP.
SETTINGS = ('listen_addresses=', 'fsync=off', 'full_page_writes=off', 'max_connections=100',
            'shared_buffers=64MB', 'autovacuum_naptime=10s', 'log_min_messages=error')


def programs():
    """The folder of initdb and postgres, or None."""
    found = sorted(glob.glob('/usr/lib/postgresql/*/bin/initdb'),
                   key=lambda path: float(path.split('/')[4]))
    if found:
        return os.path.dirname(found[-1])
    one = shutil.which('initdb')
    return os.path.dirname(os.path.realpath(one)) if one else None


def other_user():
    """What subprocess needs to become somebody who is not root; nothing when we are nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ('postgres', 'nobody'):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {'user': user.pw_uid, 'group': user.pw_gid, 'extra_groups': []}
    raise SystemExit('There is no user but root here, and PostgreSQL does not run as root.')


class Cluster:
    """A server of its own; use it in a `with`."""

    def __init__(self, *settings):
        self.bin = programs()
        self.settings = SETTINGS + settings
        self.become = other_user()
        self.folder = tempfile.mkdtemp(prefix='gtpg-')
        self.data = os.path.join(self.folder, 'data')
        self.server = None
        self.url = 'postgresql://goldthread@/postgres?host=' + self.folder

    def __enter__(self):
        try:
            if self.become:
                os.chown(self.folder, self.become['user'], self.become['group'])
            made = subprocess.run([self.bin + '/initdb', '-D', self.data, '-U', 'goldthread', '-A',
                                   'trust', '-E', 'UTF8', '--locale=C', '-N'], cwd=self.folder,
                                  env=self.environment(), capture_output=True, text=True,
                                  check=False, **self.become)
            if made.returncode != 0:
                raise SystemExit('initdb: ' + made.stderr.strip())
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def environment(self):
        return {'PATH': '/usr/bin:/bin', 'LC_ALL': 'C', 'HOME': self.folder}

    def start(self):
        words = [self.bin + '/postgres', '-D', self.data, '-k', self.folder]
        for setting in self.settings:
            words += ['-c', setting]
        with open(os.path.join(self.folder, 'log'), 'ab') as log:
            self.server = subprocess.Popen(words, cwd=self.folder, env=self.environment(),
                                           stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                           **self.become)
        self.wait_until_ready()

    def wait_until_ready(self):
        ready = [self.bin + '/pg_isready', '-q', '-h', self.folder]
        for _ in range(600):
            if subprocess.run(ready, env=self.environment(), check=False).returncode == 0:
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        with open(os.path.join(self.folder, 'log'), encoding='utf-8', errors='replace') as log:
            raise SystemExit('PostgreSQL did not start: ' + log.read()[-2000:])

    def stop(self, how=signal.SIGINT):
        """Ends it: SIGINT in good order, SIGQUIT as a crash would. SIGKILL is never right: it
        would leave the server's children alone."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(how)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(20)

    def schema(self, name):
        """The address of an empty record beside the others of this cluster."""
        subprocess.run([self.bin + '/psql', '-qX', '-h', self.folder, '-U', 'goldthread', '-d',
                        'postgres', '-c', 'CREATE SCHEMA "%s"' % name], env=self.environment(),
                       check=True)
        return self.url + '&options=-csearch_path%3D' + name

    def ask(self, sql):
        """What psql prints for a statement, without frills."""
        return subprocess.run([self.bin + '/psql', '-qXAt', '-h', self.folder, '-U', 'goldthread',
                               '-d', 'postgres', '-c', sql], env=self.environment(), check=True,
                              capture_output=True, text=True).stdout.strip()

    def __exit__(self, *_):
        self.stop(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)


def main(words):
    tap = words[:1] == ['--tap']
    command = words[1:] if tap else words
    if not command:
        raise SystemExit(__doc__)
    if programs() is None:
        why = 'PostgreSQL is not installed (tools/install.sh test)'
        print('1..0 # SKIP ' + why if tap else why)
        return 0 if tap else 77
    # Asked to stop, we stop the server first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Cluster() as cluster:
        env = dict(os.environ, GOLDTHREAD_TEST_POSTGRES=cluster.url,
                   GOLDTHREAD_TEST_POSTGRES_PID=str(cluster.server.pid))
        with subprocess.Popen(command, env=env) as child:
            try:
                return child.wait()
            except BaseException:
                child.terminate()
                raise


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
