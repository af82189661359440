"""Bytes to a server and its answers, with no HTTP library in between to tidy either up."""
import os
import signal
import socket
import subprocess
import threading
import time

# conventions.md 5.2: what every answer carries, refusals and errors included.
ALWAYS = {
    "content-security-policy":
        "default-src 'none'; script-src 'self' "
        "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; style-src 'self'; "
        "img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-xss-protection": "0",
}


class Answer:
    """One answer, read strictly: anything unclear in it is an AssertionError."""

    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def __getitem__(self, name):
        values = [v for n, v in self.fields if n == name]
        assert len(values) <= 1, f"{name} stands {len(values)} times"
        return values[0] if values else None

    @property
    def ours(self):
        """Made by the adapter, not by libmicrohttpd on its own."""
        return self["x-content-type-options"] is not None

    def check(self):
        for name, value in ALWAYS.items():
            assert self[name] == value, f"{self.status}: {name} is {self[name]!r}"
        assert self["permissions-policy"] and self["cache-control"] and self["date"]
        assert self["server"] is None
        if self.status not in (204, 304):
            assert "charset=utf-8" in self["content-type"]


def split(data, heads=()):
    """All answers in `data`; `heads` are the positions of those to HEAD, which have no body."""
    answers = []
    while data:
        head, mark, rest = data.partition(b"\r\n\r\n")
        assert mark, f"an answer that ends in its head: {head[-80:]!r}"
        first, *lines = head.decode("ascii").split("\r\n")
        version, status, _ = first.split(" ", 2)
        assert version in ("HTTP/1.1", "HTTP/1.0"), first
        fields = []
        for line in lines:
            name, colon, value = line.partition(": ")
            assert colon and name.strip() == name, line
            fields.append((name.lower(), value))
        answer = Answer(int(status), fields, b"")
        length = int(answer["content-length"] or 0)
        assert answer["transfer-encoding"] is None
        if answer.status == 304 or len(answers) in heads:
            length = 0
        assert len(rest) >= length, f"{length} bytes promised, {len(rest)} came"
        answer.body, data = rest[:length], rest[length:]
        answers.append(answer)
        if not answer.ours:
            # libmicrohttpd's own, and the last: 0.9.75 sends its head twice for a bad length.
            assert answer["connection"] == "close" and answer.status >= 400
            answer.body, data = rest, b""
    return answers


class Server:
    """The edge server on a free port, ended by its process id."""

    def __init__(self, path, **options):
        arguments = [f"{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen([path, *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.stop()[2])
        self.port = int(line)

    def connect(self, source=None, timeout=5, receive=None):
        s = socket.socket()
        s.settimeout(timeout)
        if receive:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        if source:
            s.bind((source, 0))
        s.connect(("127.0.0.1", self.port))
        return s

    def raw(self, data, timeout=5, half_close=True):
        """Everything the server says to these bytes until it closes."""
        with self.connect(timeout=timeout) as s:
            try:
                s.sendall(data)
                if half_close:
                    s.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError, OSError):
                pass  # it may refuse and close before all is sent
            return drain(s)

    def ask(self, data, heads=(), half_close=True):
        return split(self.raw(data, half_close=half_close), heads)

    def get(self, target, *fields, method="GET", host="localhost"):
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", *fields]
        data = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        answers = self.ask(data, (0,) if method == "HEAD" else (), half_close=False)
        assert len(answers) == 1, answers
        return answers[0]

    def alive(self):
        return self.process.poll() is None and self.get("/hello").status == 200

    def stop(self):
        """Its exit status and all it printed."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
        out, log = self.process.communicate(timeout=20)
        return self.process.returncode, out.decode(), log.decode()


def drain(s):
    data = b""
    while True:
        try:
            piece = s.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            return data
        if not piece:
            return data
        data += piece


def until_closed(s, drip=b"", every=0.2, most=15):
    """Seconds until the server closes, sending a byte now and then; None if it does not."""
    start = time.monotonic()
    s.settimeout(every)
    while time.monotonic() - start < most:
        try:
            if drip:
                s.sendall(drip)
            if not s.recv(65536):
                return time.monotonic() - start
        except socket.timeout:
            pass
        except OSError:
            return time.monotonic() - start
    return None


def together(work, arguments):
    """Runs work(*a) for each of `arguments` at once."""
    threads = [threading.Thread(target=work, args=a) for a in arguments]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
