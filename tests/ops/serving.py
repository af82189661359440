"""A `goldthread serve` of its own for a test: started, asked, stopped."""
import http.client
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse


class Serving:
    """Use it in a `with`; `pages` and `watch` are (host, port)."""

    def __init__(self, program, record, *options, watch=True, env=None):
        words = [program, '--record', record, 'serve', '--listen', '127.0.0.1:0', *options]
        if watch:
            words += ['--metrics-listen', '127.0.0.1:0']
        self.words, self.env, self.watch = words, env, watch
        self.pages = None

    def __enter__(self):
        self.process = subprocess.Popen(self.words, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, env=dict(os.environ, **(self.env or {})))
        for line in self.process.stdout:
            found = re.search(r'http://([0-9.]+):(\d+)/', line)
            if found and line.startswith('Metrics'):
                self.watch = (found[1], int(found[2]))
            elif found:
                self.pages = (found[1], int(found[2]))
                break
        if self.pages is None:
            raise AssertionError('did not start: ' + self.process.stderr.read())
        return self

    def ask(self, where, path, method='GET', headers=None):
        connection = http.client.HTTPConnection(*where, timeout=30)
        try:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def stop(self, how=signal.SIGTERM):
        """Its exit status and what it wrote to standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            _, said = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode, said

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


class Notified:
    """A notification socket as systemd gives one."""

    def __init__(self, folder):
        self.path = os.path.join(folder, 'notify')
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)

    def next(self, seconds=10):
        self.socket.settimeout(seconds)
        return self.socket.recv(4096).decode()

    def close(self):
        self.socket.close()


def import_example(program, record, source, name='luton'):
    subprocess.run([program, '--record', record, 'import', os.path.join(source, 'examples', name)],
                   check=True, stdout=subprocess.DEVNULL)


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError('not within %s seconds: %s' % (seconds, what))


def quote(text):
    return urllib.parse.quote(text, safe='')
