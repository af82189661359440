#!/usr/bin/env python3
"""Two servers on one PostgreSQL, eight clients: whatever was acknowledged by either is seen through
either within a second.

    two_servers.py GOLDTHREAD SECONDS

Each client makes figures through one of the servers, by chance, and as soon as one is acknowledged
looks at the measure's page through the other (or, every fourth time, the same) until it is there.
"""
import http.client
import os
import random
import shutil
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'store'))
import soak  # noqa: E402
import with_postgres  # noqa: E402

CLIENTS, WITHIN = 8, 1.0


class Client(threading.Thread):
    def __init__(self, number, ports, token, end):
        super().__init__()
        self.name = '%02d' % number
        self.ports, self.token, self.end = ports, token, end
        self.chance = random.Random(number)
        self.changes, self.slowest, self.fault = 0, 0.0, None

    def run(self):
        try:
            self.servers = [socket.create_connection(('127.0.0.1', port), timeout=30)
                            for port in self.ports]
            while time.monotonic() < self.end and self.fault is None:
                self.change_and_look()
        except Exception as fault:  # told by main
            self.fault = repr(fault)

    def ask(self, server, sent):
        """The body of the answer."""
        self.servers[server].sendall(sent)
        answer = http.client.HTTPResponse(self.servers[server])
        answer.begin()
        body = answer.read()
        if answer.status >= 300:
            raise RuntimeError('%d %s' % (answer.status, body[:300]))
        return body.decode()

    def shows(self, server, value):
        page = ('GET /town/measures/W%s.json?period=%s HTTP/1.1\r\nHost: localhost\r\n'
                'Authorization: Bearer %s\r\n\r\n' % (self.name, soak.month(value), self.token))
        return 'Commentary %d"' % value in self.ask(server, page.encode())

    def change_and_look(self):
        at = self.chance.randrange(2)
        through = at if self.changes % 4 == 3 else 1 - at
        self.ask(at, soak.request(self.token, self.name, self.changes))
        since = time.monotonic()
        while not self.shows(through, self.changes):
            if time.monotonic() - since > WITHIN:
                self.fault = 'change %d through server %d was not seen through %d within %g s' % (
                    self.changes, at, through, WITHIN)
                return
        self.slowest = max(self.slowest, time.monotonic() - since)
        self.changes += 1


def measure(program, seconds, folder):
    soak.council(os.path.join(folder, 'council'))
    with with_postgres.Cluster() as cluster:
        record = soak.ServerRecord(program, os.path.join(folder, 'council'), cluster, 0)
        servers = [soak.Server(program, record.url, os.path.join(folder, 'log%d' % i))
                   for i in range(2)]
        try:
            end = time.monotonic() + seconds
            clients = [Client(i, [s.port for s in servers], record.token, end) for i in range(CLIENTS)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
        finally:
            for s in servers:
                s.kill()
        record.verify()
    return clients


def main():
    program, seconds = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    if with_postgres.programs() is None:
        print('1..0 # SKIP PostgreSQL is not installed (tools/install.sh test)')
        return 0
    print('1..1')
    folder = tempfile.mkdtemp(prefix='goldthread-two-')
    try:
        clients = measure(program, seconds, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    faults = [c.fault for c in clients if c.fault]
    for fault in faults:
        print('# ' + fault)
    print('%s 1 - two servers, %d clients, %g s: %d changes, the slowest seen after %.0f ms'
          % ('not ok' if faults else 'ok', CLIENTS, seconds, sum(c.changes for c in clients),
             1000 * max(c.slowest for c in clients)))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
