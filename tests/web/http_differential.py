#!/usr/bin/env python3
"""The same hostile requests to us and to nginx: what nginx refuses, we refuse, and where both accept
one, we see no more requests in its bytes than nginx does (conventions.md 5.5 and T-21).

python3 http_differential.py PATH/TO/edge_server

nginx stands as it would in front of us: it reads the whole request, its body too, and hands it on to
something that answers 200 to everything. Ours is asked directly. Skipped where nginx is not installed."""
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

import wire
from hostile import BODIES, REFUSED

PROGRAM = sys.argv[1]
LAST = b"GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
RANDOM, SEED = 3000, 2026
# What we accept and nginx refuses, by the bytes that make the difference: why that is safe.
LISTED = {
}

CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    client_max_body_size 4096; client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s;
    large_client_header_buffers 4 16k;
    server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://unix:{folder}/behind; }} }}
    server {{ listen unix:{folder}/behind; location / {{ return 200 "ok"; }} }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Nginx:
    def __init__(self, folder):
        self.port = free_port()
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w", encoding="ascii") as f:
            f.write(CONFIGURATION.format(folder=folder, port=self.port))
        self.process = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", path, "-p", folder],
                                        stderr=subprocess.PIPE)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("nginx does not listen: " + self.process.stderr.read().decode())

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def say(port, data):
    """All that is said to these bytes; neither side is closed early, as nginx takes that for leaving."""
    with socket.create_connection(("127.0.0.1", port), 4) as s:
        try:
            s.sendall(data)
            return wire.drain(s)
        except OSError:
            return b""


def statuses(said, head_first):
    """Of each final answer, read leniently."""
    found = []
    while said:
        m = re.match(rb"HTTP/1\.[01] (\d{3}).*?\r\n\r\n", said, re.S)
        if m is None:
            return found or [200]  # HTTP/0.9: an answer without a head
        status, said = int(m[1]), said[m.end():]
        length = re.search(rb"\r\nContent-Length: (\d+)\r\n", m[0], re.I)
        if length and not (head_first and not found) and status >= 200:
            said = said[int(length[1]):]
        if status >= 200:
            found.append(status)
    return found


def generated(rng):
    """A request of likely and unlikely pieces, and something behind it."""
    pick = rng.choice
    end = pick([b"\r\n"] * 12 + [b"\n", b"\r", b"\r\r\n", b" \r\n", b"\0\r\n"])
    line = pick([b"POST /echo HTTP/1.1"] * 8 + [b"GET /hello HTTP/1.1", b"PUT /echo HTTP/1.1",
                 b"POST /echo HTTP/1.0", b"POST  /echo HTTP/1.1", b"POST /echo  HTTP/1.1",
                 b"POST /echo HTTP/1.2", b"POST\t/echo HTTP/1.1", b" POST /echo HTTP/1.1",
                 b"\r\nPOST /echo HTTP/1.1", b"\nPOST /echo HTTP/1.1", b"POST http://localhost/echo HTTP/1.1",
                 b"POST /echo?a=%zz HTTP/1.1", b"POST /%2e%2e/echo HTTP/1.1", b"POST /./echo HTTP/1.1"])
    body = pick([b"", b"abc", b"0\r\n\r\n", b"3\r\nabc\r\n0\r\n\r\n", b"3;a=b\r\nabc\r\n0\r\n\r\n",
                 b"3\nabc\n0\n\n", b"0\r\nX: y\r\n\r\n", b"ffffffffffffffff1\r\nabc\r\n0\r\n\r\n",
                 b"3\r\nabc\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: localhost\r\n\r\n"])
    size = pick([b"%d" % len(body)] * 6 + [b"0", b"3", b"-1", b"+3", b"0x3", b"03", b"3 ", b" 3", b"3,3",
                 b"3 3", b"", b"3.0", b"3e0", b"1_0", b"4294967299", b"18446744073709551619", b"3\x0b",
                 b"\xef\xbc\x93", b"%d" % (len(body) + len(LAST)), b"99999999999999999999999"])
    colon = pick([b": "] * 10 + [b":", b" : ", b"\t:", b":\t", b": \t ", b":\r\n ", b":\n ", b"\0: "])
    coding = pick([b"chunked"] * 6 + [b"Chunked", b"chunked, chunked", b"identity", b"xchunked", b"chunked;a",
                   b"chunked\x0b", b"\"chunked\"", b"gzip, chunked", b"chunked, gzip", b"", b"chunked ",
                   b",chunked", b"chunked\0"])
    fields = [b"Host" + pick([b": "] * 12 + [b" : ", b":", b":\t"]) + b"localhost"]
    if rng.random() < 0.75:
        fields.append(pick([b"Content-Length"] * 8 + [b"content-length", b"Content_Length", b"Content-Length\0"])
                      + colon + size)
    if rng.random() < 0.3:
        fields.append(pick([b"Transfer-Encoding"] * 6 + [b"transfer-encoding", b"Transfer_Encoding"])
                      + pick([b": "] * 5 + [colon]) + coding)
    if rng.random() < 0.15:
        fields.append(pick([b"Content-Length: 3", b"Content-Length: 0", b"Transfer-Encoding: chunked",
                            b"Host: evil.example", b" folded", b"\tfolded", b": none", b"X", b"X Y: z", b"",
                            b"X\x01: y", b"X: \x01", b"X: y\0", b"X: \x80", b"X(Y): z", b"X: y\rZ: a",
                            b"Connection: close", b"Connection: Content-Length", b"Expect: 100-continue",
                            b"Upgrade: h2c", b"Expect: x", b"Cookie: a=\xff; b=\"", b"Trailer: X"]))
    rng.shuffle(fields)
    if rng.random() < 0.9:
        lines = b"\r\n".join([line, *fields]) + b"\r\n\r\n"
        at = lines.find(b"\r\n", rng.randrange(len(lines) - 4))
        return lines[:at] + end + lines[at + 2:] + body
    return end.join([line, *fields]) + end + end + body


def differs(data, ours, theirs):
    """Whether we accept what nginx does not, or more of it."""
    accepted = [sum(1 for s in found if s < 400) for found in (ours, theirs)]
    if ours and ours[0] < 400 and not (theirs and theirs[0] < 400):
        return "accepted"
    if accepted[0] > accepted[1]:
        return "more requests seen"
    return None


def compare(cases, server, nginx):
    found, lock = [], threading.Lock()
    waiting = list(enumerate(cases))

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                number, (what, data) = waiting.pop()
            head_first = data.startswith(b"HEAD")
            ours = statuses(say(server.port, data + LAST), head_first)
            theirs = statuses(say(nginx.port, data + LAST), head_first)
            with lock:
                found.append((number, what, data, ours, theirs))
    wire.together(work, [()] * 24)
    return sorted(found)


def main():
    if not (shutil.which("nginx") or os.path.exists("/usr/sbin/nginx")):
        print("SKIP: nginx is not installed, so there is nothing to compare with.")
        return 77
    rng = random.Random(SEED)
    cases = [(case[0], case[1]) for case in REFUSED + BODIES]
    cases += [(f"generated {i}", generated(rng)) for i in range(RANDOM)]
    with tempfile.TemporaryDirectory() as folder:
        nginx = Nginx(folder)
        server = wire.Server(PROGRAM, threads=2, head_seconds=1, body_seconds=2, connections=512, per_address=512)
        try:
            results = compare(cases, server, nginx)
            alive = server.alive()
        finally:
            nginx.stop()
            ended = server.stop()
    wrong, listed = [], 0
    for _, what, data, ours, theirs in results:
        difference = differs(data, ours, theirs)
        if difference and any(re.search(pattern, data, re.S) for pattern in LISTED):
            listed += 1
        elif difference:
            wrong.append((what, difference, ours, theirs, data))
    both = sum(1 for *_, ours, theirs in results if ours[:1] == [200] and theirs[:1] == [200])
    stricter = sum(1 for *_, ours, theirs in results if theirs[:1] == [200] and ours[:1] != [200])
    print(f"{len(results)} requests: {both} accepted by both, {stricter} by nginx alone, {listed} by us for a "
          f"listed reason, {len(wrong)} by us against nginx")
    for case in wrong[:20]:
        print("not ok", *case)
    # The comparison must have teeth: enough of it is accepted, and nginx answers at all.
    assert both >= RANDOM // 15 and alive and ended[0] == 0, (both, alive, ended)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
