"""Sixteen writers over HTTP in one thread: each asks for its next change once the last is answered.

Values of a writer only ever grow, so the record tells which of its changes came last. What was
acknowledged and what was merely sent is kept, to be held against the record.
"""
import re
import selectors
import socket
import time

COUNT = 16
PAUSE = 0.02  # seconds that a writer waits who was told to try again in a moment


class Writer:
    def __init__(self, number):
        self.number = number
        self.name = '%02d' % number
        self.value = -1          # last sent
        self.acknowledged = []   # since the last look at the record
        self.sent = []           # the same
        self.socket = None
        self.answer = b''
        self.waiting = False     # for an answer
        self.last_good = 0.0     # when
        self.not_before = 0.0    # after a 503


class Writers:
    """`request(writer)` gives the bytes of a writer's next change."""

    def __init__(self, request, port):
        self.request, self.port = request, port
        self.all = [Writer(i) for i in range(COUNT)]
        self.selector = selectors.DefaultSelector()
        self.statuses = {}

    def open(self, port):
        self.port = port
        for writer in self.all:
            self.connect(writer)

    def connect(self, writer):
        self.close(writer)
        writer.socket = socket.create_connection(('127.0.0.1', self.port), timeout=10)
        writer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        writer.socket.setblocking(False)
        self.selector.register(writer.socket, selectors.EVENT_READ, writer)

    def close(self, writer):
        if writer.socket is not None:
            self.selector.unregister(writer.socket)
            writer.socket.close()
        writer.socket, writer.answer, writer.waiting = None, b'', False

    def close_all(self):
        for writer in self.all:
            self.close(writer)

    def send(self, writer):
        writer.value += 1
        writer.sent.append(writer.value)
        writer.waiting = True
        try:
            writer.socket.send(self.request(writer))
        except OSError:
            self.close(writer)

    def read(self, writer):
        """True once a whole answer is there."""
        try:
            got = writer.socket.recv(65536)
        except BlockingIOError:
            return False
        except OSError:
            got = b''
        if not got:
            self.close(writer)
            return False
        writer.answer += got
        head, found, body = writer.answer.partition(b'\r\n\r\n')
        if not found:
            return False
        length = re.search(rb'(?i)\r\ncontent-length: *(\d+)', head)
        if length is None or len(body) < int(length.group(1)):
            return False
        status = int(head[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if 200 <= status < 300:
            writer.acknowledged.append(writer.value)
            writer.last_good = time.monotonic()
        elif status != 503:
            raise SystemExit('a change was answered with %d: %s' % (status, body[:400]))
        else:
            writer.not_before = time.monotonic() + PAUSE
        writer.answer, writer.waiting = b'', False
        if re.search(rb'(?i)\r\nconnection: *close', head):
            self.close(writer)
        return True

    def run(self, seconds, until=None, going_on=True):
        """Writes for so long, or until `until()`. `going_on` False: no new changes, only answers."""
        end = time.monotonic() + seconds
        while not (until and until()):
            left = end - time.monotonic()
            if left <= 0:
                return False
            for writer in self.all:
                if going_on and writer.socket is None and until:
                    self.connect(writer)
                may = going_on and writer.not_before <= time.monotonic()
                if may and writer.socket is not None and not writer.waiting:
                    self.send(writer)
            for key, _ in self.selector.select(min(left, PAUSE)):
                self.read(key.data)
        return True

    def drain(self):
        """What the server had still said before it was killed; then the connections are closed."""
        for writer in self.all:
            while writer.socket is not None and writer.waiting:
                writer.socket.settimeout(5)
                self.read(writer)
        self.close_all()
