#!/usr/bin/env python3
"""Bodies, forms, cookies, workers and limits over real sockets:
python3 http_bodies.py PATH/TO/edge_server"""
import os
import random
import re
import signal
import sys
import threading
import time
import unittest

import wire
from hostile import BODIES, NEXT, NONE, MHD, get, post

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else None
FORM = "Content-Type: application/x-www-form-urlencoded"


def sum_of(data):
    """The edge server's own: so that it need not send a large body back."""
    total = 0
    for byte in data:
        total = (total * 31 + byte) & 0xffffffff
    return total


def request(target, body=b"", *fields, method="POST", close=True):
    """It asks for the end of the connection itself: to close our side early means to be gone, to
    libmicrohttpd, when a worker has the request."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", *fields]
    lines += ["Connection: close"] if close else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def multipart(*parts, boundary="XyZ"):
    """Parts are (name, bytes) or (name, bytes, file name, type)."""
    out = b""
    for name, data, *file in parts:
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        if file:
            out += f'; filename="{file[0]}"\r\nContent-Type: {file[1]}'.encode()
        out += b"\r\n\r\n" + data + b"\r\n"
    return out + f"--{boundary}--\r\n".encode(), f"Content-Type: multipart/form-data; boundary={boundary}"


def one(server, data):
    (answer,) = server.ask(data, half_close=False)
    return answer


class Bodies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(PROGRAM, threads=2, head_seconds=2, body_seconds=5, answer_seconds=3)

    @classmethod
    def tearDownClass(cls):
        status, out, log = cls.server.stop()
        assert status == 0, (status, out, log)

    def one(self, data):
        return one(self.server, data)

    def test_refused(self):
        """Each hostile request gets its refusal, and nothing behind it is answered."""
        for what, data, expected, *who in BODIES:
            with self.subTest(what):
                expected = expected if isinstance(expected, tuple) else (expected,)
                heads = (0,) if data.startswith(b"HEAD") else ()
                answers = self.server.ask(data + (b"" if NONE in expected else NEXT), heads)
                self.assertLessEqual(len(answers), 1, [a.body for a in answers])
                self.assertIn(answers[0].status if answers else NONE, expected)
                for a in answers:
                    self.assertNotIn(b"evil", a.body)
                    if a.ours or MHD not in who:
                        a.check()
        self.assertTrue(self.server.alive())

    def test_methods(self):
        for place in ("/echo", "/slow/echo"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                for body in (b"", b"a", b"a\0b\r\n\r\n", b"x" * 4096):
                    a = self.one(request(place, body, method=method))
                    a.check()
                    self.assertEqual(a.status, 200)
                    self.assertIn(f"method={method}\n".encode(), a.body)
                    self.assertTrue(a.body.endswith(b"\nbody=%d:%s" % (len(body), body)))
            a = self.one(get(b"Connection: close\r\n", b"DELETE " + place.encode() + b" HTTP/1.1"))
            self.assertIn(b"body=0:", a.body)
        for method, place, allow in (("POST", "/hello", "GET, HEAD"), ("PUT", "/form", "GET, HEAD, POST"),
                                     ("GET", "/upload", "POST"), ("BREW", "/upload", "POST")):
            a = self.server.get(place, method=method)
            a.check()
            self.assertEqual((a.status, a["allow"], a["connection"]), (405, allow, "close"), place)

    def test_what_the_handler_sees(self):
        a = self.one(request(
            "/slow/echo", b"{}", "Content-Type: application/json", "Authorization: Bearer abc",
            "Origin: http://localhost", "Sec-Fetch-Site: same-origin", "Idempotency-Key: k1",
            'If-Match: "a"', 'If-Match: "b"', "Accept: text/html", "Accept: */*", "User-Agent: Lynx",
            "Cookie: __Host-other=1; __Host-session=t0k", "Cookie: session=evil",
            "X-Forwarded-For: 192.0.2.1"))
        self.assertEqual(a.body.decode().split("\n")[:11], [
            "method=POST", "type=application/json", "authorization=Bearer abc",
            "origin=http://localhost", "site=same-origin", "key=k1", 'if-match="a", "b"',
            "accept=text/html, */*", "agent=Lynx", "session=t0k", "address=127.0.0.1"])
        ids = {re.search(rb"\nid=([0-9a-f]{16})\n", x.body)[1]
               for x in self.server.ask(request("/echo", close=False) * 50)}
        self.assertEqual(len(ids), 50)

    def test_cookies(self):
        for cookies, seen in (("__Host-session=a", "a"), ("a=b; __Host-session=x.y", "x.y"),
                              ("__Host-session=", ""), ("session=a", "-"), ("__host-session=a", "-"),
                              ("__Host-session2=a", "-"), ("x__Host-session=a", "-"),
                              ("__Host-session=a; __Host-session=b", "-"),
                              ("__Host-session=\"a\"", "-"), ("__Host-session=a b", "-"),
                              ("__Host-session=a ;b", "a"), ("__Host-session", "-"), (";;;=", "-")):
            a = self.one(request("/echo", b"", "Cookie: " + cookies))
            self.assertIn(f"\nsession={seen}\n".encode(), a.body, cookies)
        a = self.one(request("/echo", b"", "Cookie: x=" + "a" * 8000))
        self.assertEqual(a.status, 200)

    def test_pipelined_bodies(self):
        data = b"".join(request(("/slow" if i % 2 else "") + "/echo", b"%d" % i, close=i == 39)
                        for i in range(40))
        answers = self.server.ask(data, half_close=False)
        self.assertEqual([a.body.rpartition(b":")[2] for a in answers], [b"%d" % i for i in range(40)])

    def test_in_small_pieces(self):
        data = request("/slow/echo", b"one two three")
        with self.server.connect() as s:
            for byte in data:
                s.sendall(bytes([byte]))
            self.assertIn(b"body=13:one two three", s.recv(65536))

    def test_large_bodies(self):
        rng = random.Random(1)
        for size in (16383, 16384, 16385, 1 << 20, 8 << 20):
            body = rng.randbytes(size)
            a = self.one(request("/slow/upload", body))
            self.assertEqual(a.body.decode().split(" ")[0], str(size))
            if size < 1 << 20:
                self.assertEqual(a.body.decode(), f"{size} {sum_of(body)}")
        a = self.one(request("/slow/upload", b"x" * 10)[:-10].replace(b"10\r", b"8388609\r") + b"x" * 10)
        self.assertEqual((a.status, a["connection"]), (413, "close"))
        self.assertIn(b"8388609 bytes, and at most 8388608", a.body)

    def test_expect_continue(self):
        for place in ("/echo", "/slow/echo"):
            head, body = request(place, b"later", "Expect: 100-continue")[:-5], b"later"
            with self.server.connect() as s:
                s.sendall(head)
                self.assertEqual(s.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
                s.sendall(body)
                self.assertIn(b"body=5:later", s.recv(65536))
        for head, status in ((request("/echo", b"x" * 4097, "Expect: 100-continue"), 413),
                             (request("/hello", b"x", "Expect: 100-continue"), 405)):
            head = head[:head.index(b"\r\n\r\n") + 4]  # refused without asking for the body
            self.assertEqual([a.status for a in self.server.ask(head)], [status])

    def test_forms(self):
        def form(body, *fields):
            a = self.one(request("/form", body, *(fields or (FORM,))))
            a.check()
            return a.status, a.body.decode()
        self.assertEqual(form(b"name=J+Smith&note=%C2%A35%0D%0Amore&empty=&&none"),
                         (200, "name=J Smith\nnote=£5\r\nmore\nempty=\nnone=\n"))
        self.assertEqual(form(b"a=1", FORM + "; charset=UTF-8"), (200, "a=1\n"))
        self.assertEqual(form(b"", "X-A: b"), (200, ""))
        png = bytes(range(256)) + b"\r\n--XyY\r\n"
        body, kind = multipart(("csrf", b"t0k"), ("files", png, "C:\\tmp\\a.csv", "text/csv"),
                               ("files", b"", "", "application/octet-stream"), ("note", "£\r\nx".encode()))
        self.assertEqual(form(body, kind), (
            200, f'csrf=t0k\nfiles is the file "a.csv" of text/csv: {len(png)} bytes, {sum_of(png)}\n'
                 'files is the file "" of application/octet-stream: 0 bytes, 0\nnote=£\r\nx\n'))
        for body, says in ((b"a=%zz", "hexadecimal"), (b"a=%C3%28", "UTF-8"), (b"a=%00", "UTF-8"),
                           (b"a=%01", "control character"), (b"=a", "name"), (b"a=\x07", "encoded"),
                           (b"&".join(b"a=%d" % i for i in range(5001)), "5000 fields")):
            status, text = form(body)
            self.assertEqual(status, 400, body[:20])
            self.assertIn(says, text)

    def test_every_answer_has_the_headers(self):
        """Statuses with their own words and with the site's page, on epoll threads and workers."""
        for place in ("", "/slow"):
            for code in (200, 201, 204, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429,
                         500, 503):
                for page in ("", "&page") if code >= 400 else ("",):
                    with self.subTest(f"{place} {code} {page}"):
                        a = self.server.get(f"{place}/status?code={code}{page}")
                        a.check()
                        self.assertEqual(a.status, code)
                        self.assertEqual((a["retry-after"], a["www-authenticate"]), ("7", "Bearer"))
                        self.assertEqual(a["link"], '</echo?after=3>; rel="next"')
                        self.assertEqual(a["clear-site-data"], '"cache", "storage"')
                        self.assertEqual(a["etag"], '"v7"' if code < 300 else None)
                        words = b"" if code == 204 else b"Its own words."
                        page and self.assertIn(b"<p>" + words + b"</p>", a.body)
                        page or self.assertEqual(a.body, words)
                        self.assertEqual([v for n, v in a.fields if n == "set-cookie"], [
                            "__Host-session=abc.DEF_1-2; Path=/; Secure; HttpOnly; SameSite=Lax",
                            "__Host-seen=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"])
            a = self.server.get(f"{place}/status?code=201&to=/luton/measures/NI%25201")
            self.assertEqual((a.status, a["location"]), (201, "/luton/measures/NI%201"))

    def test_not_modified_is_for_reading(self):
        for place in ("", "/slow"):
            self.assertEqual(self.server.get(place + "/ready", 'If-None-Match: "v1"').status, 304)
            self.assertEqual(self.server.get(place + "/status?code=200", 'If-None-Match: "v7"').status, 304)
            self.assertEqual(self.server.get(place + "/status?code=201", 'If-None-Match: "v7"').status, 201)

    def test_workers_answer_as_threads_do(self):
        for target in ("/ready", "/big?kb=300", "/lent", "/file?name=a.csv", "/redirect?to=/luton",
                       "/fault", "/fault?kind=absent", "/fault?kind=memory", "/fault?plain"):
            for fields in ((), ("Accept-Encoding: gzip",)):
                for method in ("GET", "HEAD"):
                    here = self.server.get(target, *fields, method=method)
                    there = self.server.get("/slow" + target, *fields, method=method)
                    there.check()
                    told = [[f for f in a.fields if f[0] != "date"] for a in (here, there)]
                    self.assertEqual((there.status, there.body, told[1]),
                                     (here.status, here.body, told[0]), target)

    def test_slow_bodies_end(self):
        """A body must come, and not by drops; what has come by then is thrown away."""
        took = {}

        def client(place, sent, drip):
            with self.server.connect() as s:
                s.sendall(f"POST {place} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n"
                          .encode() + sent)
                took[place, sent, drip] = wire.until_closed(s, drip)
        wire.together(client, [(place, sent, drip) for place in ("/echo", "/slow/echo")
                               for sent in (b"", b"x" * 1000) for drip in (b"", b"a")])
        self.assertEqual(len(took), 8)
        for what, seconds in took.items():
            self.assertIsNotNone(seconds, what)
            self.assertTrue(1.5 < seconds < 5, (what, seconds))

    def test_steady_body_has_a_deadline_too(self):
        """Fast enough at every moment, and still over in body_seconds."""
        with self.server.connect() as s:
            s.sendall(b"POST /slow/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000000\r\n\r\n")
            seconds = wire.until_closed(s, b"x" * 4000)
        self.assertTrue(4.5 < seconds < 8, seconds)

    def test_random_damage(self):
        """Requests with a few bytes changed: every answer whole, none a failure of ours."""
        seeds = [data for _, data, *_ in BODIES if len(data) < 2000 and data[:4] == b"POST"]
        seeds += [request("/slow/echo", b"abc"), request("/form", b"a=1&b=2", FORM)]
        body, kind = multipart(("a", b"1"), ("f", b"2", "x.csv", "text/csv"))
        seeds.append(request("/slow/form", body, kind))
        wrong = []

        def client(number):
            rng = random.Random(number)
            for _ in range(60):
                data = bytearray(rng.choice(seeds))
                for _ in range(rng.randint(1, 4)):
                    at = rng.randrange(len(data))
                    data[at:at + rng.randint(0, 2)] = rng.choice(
                        (b"\r\n", b"\n", b"\0", b" ", b":", b"--", b"\"", b"%", b"\xff", NEXT))
                try:
                    for a in self.server.ask(bytes(data)):
                        assert a.status < 500 or a.status == 505, a.status
                        if a.ours:
                            a.check()
                except AssertionError as e:
                    wrong.append((bytes(data), e))
        wire.together(client, [(n,) for n in range(8)])
        self.assertEqual(wrong, [])
        self.assertTrue(self.server.alive())


class Workers(unittest.TestCase):
    def serve(self, **options):
        server = wire.Server(PROGRAM, **{"threads": 2, **options})
        self.addCleanup(lambda: self.assertEqual(server.stop()[0], 0))
        return server

    def test_a_waiting_worker_holds_up_nobody(self):
        server = self.serve(workers=4)
        naps = [threading.Thread(target=server.get, args=("/slow/nap?ms=1500",)) for _ in range(4)]
        for t in naps:
            t.start()
        time.sleep(0.3)
        start = time.monotonic()
        self.assertEqual(server.get("/hello").status, 200)
        self.assertEqual(server.get("/ready").status, 200)
        self.assertLess(time.monotonic() - start, 0.5)
        for t in naps:
            t.join()

    def test_many_at_once(self):
        server = self.serve(workers=8)
        wrong, threads = [], set()

        def client(number):
            for i in range(60):
                a = one(server, request("/slow/echo", b"%d/%d" % (number, i)))
                threads.add(int(re.search(rb"\nthread=(\d+)\n", a.body)[1]))
                if not a.body.endswith(b":%d/%d" % (number, i)):
                    wrong.append(a.body)
        wire.together(client, [(n,) for n in range(16)])
        self.assertEqual(wrong, [])
        self.assertLessEqual(threads, set(range(2, 10)))
        self.assertGreater(len(threads), 1)

    def test_full_queue(self):
        server = self.serve(workers=1, queue=2)
        answers = []
        naps = [threading.Thread(target=lambda: answers.append(server.get("/slow/nap?ms=1000")))
                for _ in range(6)]
        for t in naps:
            t.start()
            time.sleep(0.05)
        for t in naps:
            t.join()
        self.assertEqual(sorted(a.status for a in answers), [200] * 3 + [503] * 3)
        for a in answers:
            a.check()
            self.assertEqual(a["retry-after"], "2" if a.status == 503 else None)

    def test_client_gone_while_it_waits(self):
        server = self.serve(workers=1, connections=8, per_address=8)
        for _ in range(3):  # each holds a place until its worker is done, and gives it back
            gone = [server.connect() for _ in range(6)]
            for s in gone:
                s.sendall(get(line=b"GET /slow/nap?ms=50 HTTP/1.1"))
                s.close()
            time.sleep(1)
        self.assertTrue(server.alive())

    def test_limits_hold_for_suspended_connections(self):
        server = self.serve(workers=4, per_address=5)
        held = [server.connect() for _ in range(5)]
        for s in held:
            s.sendall(get(line=b"GET /slow/nap?ms=800 HTTP/1.1"))
        time.sleep(0.2)
        self.assertEqual(server.raw(get()), b"")  # one too many: closed at once
        with server.connect(source="127.0.0.2") as s:
            s.sendall(get())
            self.assertIn(b"200 OK", s.recv(65536))
        for s in held:
            self.assertIn(b"rested", s.recv(65536))
            s.close()
        time.sleep(0.2)
        self.assertTrue(server.alive())

    def test_slow_client_after_a_worker(self):
        """The head's time does not run while a worker works, and runs again afterwards."""
        server = self.serve(head_seconds=1)
        with server.connect() as s:
            s.sendall(get(line=b"GET /slow/nap?ms=3000 HTTP/1.1"))
            self.assertIn(b"rested", s.recv(65536))
            self.assertTrue(0.5 < wire.until_closed(s) < 4)

    def test_bodies_are_bounded_together(self):
        server = self.serve(body_memory=1 << 20)
        held = []
        for _ in range(4):
            s = server.connect()
            s.sendall(request("/slow/upload", b"x" * 400000, close=False)[:-1])
            held.append(s)
        time.sleep(0.5)
        for s in held:
            s.sendall(b"x")
        statuses = sorted(wire.split(s.recv(65536))[0].status for s in held)
        self.assertEqual((statuses[0], statuses[-1]), (200, 503), statuses)
        for s in held:
            s.close()
        self.assertEqual(one(server, request("/slow/upload", b"x" * 500000)).status, 200)

    def test_stops_when_the_work_is_done(self):
        """SIGTERM: who is being served gets the answer, waits for no other, and nothing hangs."""
        server = wire.Server(PROGRAM, threads=2, workers=2, grace=10)
        answers = []
        work = [threading.Thread(target=lambda: answers.append(server.get("/slow/nap?ms=700")))
                for _ in range(4)]
        for t in work:
            t.start()
        time.sleep(0.3)
        os.kill(server.process.pid, signal.SIGTERM)
        for t in work:
            t.join()
        self.assertEqual([(a.status, a.body) for a in answers], [(200, b"rested")] * 4)
        self.assertEqual(server.stop()[0], 0)

    def test_stop_bounds_what_waits(self):
        """Two seconds of grace: what a worker has begun is finished, the rest is told to come back."""
        server = wire.Server(PROGRAM, threads=2, workers=1)
        answers = []
        work = [threading.Thread(target=lambda: answers.append(server.get("/slow/nap?ms=3000")))
                for _ in range(3)]
        for t in work:
            t.start()
        time.sleep(0.3)
        os.kill(server.process.pid, signal.SIGTERM)
        for t in work:
            t.join()
        self.assertEqual(sorted(a.status for a in answers), [200, 503, 503])
        self.assertEqual(server.stop()[0], 0)


class Throttles(unittest.TestCase):
    def serve(self, **options):
        server = wire.Server(PROGRAM, **{"threads": 2, **options})
        self.addCleanup(lambda: self.assertEqual(server.stop()[0], 0))
        return server

    def test_changes_from_one_address(self):
        server = self.serve(changes_at_once=20, changes_per_second=1)
        statuses = [one(server, request("/slow/echo", b"a")).status for _ in range(25)]
        self.assertEqual(statuses[:20], [200] * 20)
        self.assertIn(429, statuses[20:])
        a = one(server, request("/echo", b"a"))
        a.check()
        self.assertEqual((a.status, a["connection"]), (429, "close"))
        self.assertIn(int(a["retry-after"]), (1, 2))
        self.assertEqual(server.get("/echo").status, 200)  # reading goes on
        with server.connect(source="127.0.0.2") as s:  # and so does everybody else
            s.sendall(request("/echo", b"a"))
            self.assertIn(b"200 OK", s.recv(65536))

    def test_eleven_guesses(self):
        server = self.serve()
        answers = [one(server, request("/slow/sign-in", b"p=x")) for _ in range(11)]
        self.assertEqual([a.status for a in answers], [401] * 10 + [429])
        self.assertTrue(0 < int(answers[10]["retry-after"]) <= 30)
        self.assertIn(b"Too many wrong passwords.", answers[10].body)

    def test_address_behind_a_proxy(self):
        def seen(server, *fields, source=None):
            with server.connect(source=source) as s:
                s.sendall(request("/echo", b"", *fields))
                return re.search(rb"address=(.*)", s.recv(65536))[1].decode()
        behind, open_ = self.serve(proxy=1), self.serve()
        for forwarded, address in (
                ("192.0.2.7", "192.0.2.7"), ("10.1.2.3, 192.0.2.7", "192.0.2.7"),
                ("1.1.1.1, 192.0.2.7, 10.9.9.9", "192.0.2.7"), ("2001:DB8:0::1", "2001:db8::1"),
                ("[2001:db8::1]:443", "2001:db8::1"), ("192.0.2.7:5000", "192.0.2.7"),
                ("::ffff:192.0.2.7", "192.0.2.7"), ("10.0.0.1", "10.0.0.1"), ("evil", "127.0.0.1"),
                ("192.0.2.7, evil", "127.0.0.1"), ("evil, 192.0.2.7", "192.0.2.7"), ("", "127.0.0.1")):
            field = "X-Forwarded-For: " + forwarded
            self.assertEqual(seen(behind, field), address, forwarded)
            self.assertEqual(seen(open_, field), "127.0.0.1", forwarded)
            self.assertEqual(seen(behind, field, source="127.0.0.2"), "127.0.0.2", forwarded)
        self.assertEqual(seen(behind, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 192.0.2.9"), "192.0.2.9")


if __name__ == "__main__":
    unittest.main(verbosity=0)
