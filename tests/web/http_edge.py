#!/usr/bin/env python3
"""The HTTP edge over real sockets: python3 http_edge.py PATH/TO/edge_server"""
import gzip
import random
import re
import resource
import sys
import time
import unittest

import wire
from hostile import H, MHD, NEXT, NONE, REFUSED, get

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else None


class Edge(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(PROGRAM, threads=2, head_seconds=2, answer_seconds=3)

    @classmethod
    def tearDownClass(cls):
        status, out, log = cls.server.stop()
        assert status == 0, (status, out, log)

    def test_refused(self):
        """Each hostile request gets its refusal, and nothing behind it is answered."""
        for what, data, expected, *who in REFUSED:
            with self.subTest(what):
                expected = expected if isinstance(expected, tuple) else (expected,)
                answers = self.server.ask(data + (b"" if NONE in expected else NEXT))
                self.assertLessEqual(len(answers), 1, [a.body for a in answers])
                self.assertIn(answers[0].status if answers else NONE, expected)
                for a in answers:
                    self.assertNotIn(b"evil", a.body)
                    if a.ours or not who:
                        a.check()
                    if a.status == 405:
                        self.assertEqual(a["allow"], "GET, HEAD")
        self.assertTrue(self.server.alive())

    def test_pipelining(self):
        data = b"".join(get(line=b"GET /page%d HTTP/1.1" % i) for i in range(50))
        answers = self.server.ask(data)
        self.assertEqual([a.status for a in answers], [200] * 50)
        for i, a in enumerate(answers):
            self.assertIn(b"path=/page%d\n" % i, a.body)
            a.check()

    def test_pipelined_with_refusal(self):
        """What came before a refusal is answered, what comes behind it is not."""
        answers = self.server.ask(get() + get(line=b"BREW / HTTP/1.1") + get())
        self.assertEqual([a.status for a in answers], [200, 405])
        self.assertEqual(answers[1]["connection"], "close")

    def test_keep_alive_in_small_pieces(self):
        with self.server.connect() as s:
            for i in range(3):
                for byte in get(line=b"GET /piece%d HTTP/1.1" % i):
                    s.sendall(bytes([byte]))
                data = b""
                while b"thread=" not in data:
                    data += s.recv(65536)
                self.assertIn(b"path=/piece%d\n" % i, data)

    def test_what_the_handler_sees(self):
        a = self.server.get("/a%20b/caf%C3%A9?q=1%2B1&q=x+y&empty")
        self.assertEqual(a.body.decode().split("\n")[:3],
                         ["path=/a b/café", "target=/a%20b/caf%C3%A9?q=1%2B1&q=x+y&empty",
                          "host=localhost"])
        self.assertTrue(a.body.decode().endswith("q=1+1\nq=x y\nempty=\n"))

    def test_every_answer_has_the_headers(self):
        for target, status in (("/hello", 200), ("/ready", 200), ("/big", 200), ("/lent", 200),
                               ("/redirect?to=/luton", 303), ("/file?name=a.csv", 200),
                               ("/fault", 500), ("/fault?kind=absent", 404),
                               ("/fault?kind=input", 400), ("/fault?kind=memory", 503),
                               ("/fault?plain", 500), ("/%zz", 400)):
            for method in ("GET", "HEAD"):
                with self.subTest(f"{method} {target}"):
                    a = self.server.get(target, method=method)
                    self.assertEqual(a.status, status)
                    a.check()
                    self.assertIsNone(a["strict-transport-security"])

    def test_failures_say_what_they_may(self):
        self.assertIn(b"There is no such page.", self.server.get("/fault?kind=absent").body)
        a = self.server.get("/fault?kind=memory")  # the page of the failure has memory of its own
        self.assertIn(b"<p>This page needs more memory than one page may take.</p>", a.body)
        a = self.server.get("/fault?plain")
        self.assertEqual(a["content-type"], "text/plain; charset=utf-8")
        self.assertEqual(a.body, b"The record could not be read.")
        self.assertEqual(a["cache-control"], "no-store")

    def test_head_is_get_without_body(self):
        for target in ("/hello", "/ready", "/big?kb=300", "/lent", "/file?name=a.csv"):
            got, head = self.server.get(target), self.server.get(target, method="HEAD")
            self.assertEqual(head.body, b"")
            self.assertEqual(int(head["content-length"]), len(got.body), target)
            strip = lambda a: [f for f in a.fields if f[0] != "date"]
            self.assertEqual(strip(head), strip(got), target)

    def test_gzip(self):
        for target, same in (("/ready", None), ("/big?kb=300", b"x" * 307200)):
            plain = self.server.get(target)
            self.assertIsNone(plain["content-encoding"])
            self.assertEqual(plain["vary"], "Accept-Encoding")
            zipped = self.server.get(target, "Accept-Encoding: br;q=1", "Accept-Encoding: gzip")
            self.assertEqual(zipped["content-encoding"], "gzip")
            self.assertEqual(zipped["vary"], "Accept-Encoding")
            self.assertEqual(gzip.decompress(zipped.body), same or plain.body)
            self.assertNotEqual(zipped["etag"], plain["etag"])
            refused = self.server.get(target, "Accept-Encoding: gzip;q=0, *")
            self.assertEqual(refused.body, plain.body)
        self.assertIsNone(self.server.get("/hello")["vary"])

    def test_not_modified(self):
        for target in ("/ready", "/big?kb=300", "/lent"):
            for fields in ((), ("Accept-Encoding: gzip",)):
                full = self.server.get(target, *fields)
                tag = full["etag"]
                for value in (tag, f"W/{tag}", f'"x", {tag}', "*"):
                    a = self.server.get(target, f"If-None-Match: {value}", *fields)
                    self.assertEqual((a.status, a.body), (304, b""), value)
                    a.check()
                    for name in ("etag", "cache-control", "vary", "content-length"):
                        self.assertEqual(a[name], full[name])
                a = self.server.get(target, 'If-None-Match: "x"', f"If-None-Match: {tag}", *fields)
                self.assertEqual(a.status, 304)
                for value in ('"x"', tag.strip('"'), '"x-gzip"'):
                    a = self.server.get(target, f"If-None-Match: {value}", *fields)
                    self.assertEqual((a.status, a.body), (200, full.body), value)
        # On one connection: a 304 leaves the next request where it is.
        answers = self.server.ask(get(b'If-None-Match: "v1"\r\n', b"GET /ready HTTP/1.1") + get())
        self.assertEqual([a.status for a in answers], [304, 200])

    def test_redirects_stay_here(self):
        a = self.server.get("/redirect?to=/luton/measures%3Fperiod=2025-26-Q2")
        self.assertEqual((a.status, a["location"]), (303, "/luton/measures?period=2025-26-Q2"))
        for to in ("//evil.example", "https://evil.example/", "/%5Cevil.example", "evil", ""):
            a = self.server.get("/redirect?to=" + to)
            self.assertEqual((a.status, a["location"]), (500, None), to)

    def test_file_names(self):
        a = self.server.get("/file?name=../a%22;b%C3%A9.csv")
        self.assertEqual(a["content-disposition"], "attachment; filename=\"_._a__b_.csv\"; "
                         "filename*=UTF-8''_._a__b%C3%A9.csv")

    def test_slow_heads_end(self):
        """Neither silence nor a byte now and then keeps a connection: the head has a deadline."""
        half = b"GET /hello HTTP/1.1\r\nHost: localhost\r\nX-A: "
        took = {}

        def client(sent, drip):
            with self.server.connect() as s:
                s.sendall(sent)
                took[sent, drip] = wire.until_closed(s, drip)
        wire.together(client, [(b"", b""), (half, b""), (get(), b""), (b"", b"a"), (half, b"a"),
                               (get(), b"a")])
        self.assertEqual(len(took), 6)
        for what, seconds in took.items():
            self.assertIsNotNone(seconds, what)
            self.assertTrue(1.5 < seconds < 5, (what, seconds))

    def test_slow_readers_end(self):
        """An answer has a deadline too: 12 MB, more than the kernel would hold for us."""
        with self.server.connect(receive=4096, timeout=10) as s:
            s.sendall(get(line=b"GET /big?kb=12000 HTTP/1.1"))
            time.sleep(5)
            self.assertLess(len(wire.drain(s)), 12000 * 1024)
        self.assertTrue(self.server.alive())

    def test_many_at_once(self):
        wrong, threads = [], set()

        def client(number):
            for i in range(40):
                a = self.server.get(f"/c{number}/{i}")
                found = re.search(rb"path=/c(\d+)/(\d+)\n.*thread=(\d+)", a.body, re.S)
                threads.add(int(found[3]))
                if (int(found[1]), int(found[2])) != (number, i):
                    wrong.append(a.body)
        wire.together(client, [(n,) for n in range(8)])
        self.assertEqual(wrong, [])
        self.assertLessEqual(threads, {0, 1})

    def test_random_damage(self):
        """Requests with a few bytes changed: every answer whole, none a failure of ours."""
        seeds = [data for _, data, *_ in REFUSED if len(data) < 2000] + [get() + get()]
        wrong = []

        def client(number):
            rng = random.Random(number)
            for _ in range(60):
                data = bytearray(rng.choice(seeds))
                for _ in range(rng.randint(1, 4)):
                    at = rng.randrange(len(data))
                    data[at:at + rng.randint(0, 2)] = rng.choice(
                        (b"\r\n", b"\n", b"\0", b" ", b":", b"%", b"\xff", NEXT))
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


class Limits(unittest.TestCase):
    def serve(self, **options):
        server = wire.Server(PROGRAM, **{"threads": 2, **options})
        self.addCleanup(lambda: self.assertEqual(server.stop()[0], 0))
        return server

    def test_900_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 2100:
            self.skipTest(f"only {hard} files may be open here")
        server = self.serve()  # started with the soft limit as it is: it raises its own
        resource.setrlimit(resource.RLIMIT_NOFILE, (2100, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        idle = [server.connect() for _ in range(900)]
        start = time.monotonic()
        self.assertEqual(server.get("/hello").status, 200)
        self.assertLess(time.monotonic() - start, 1)
        for s in idle:
            s.close()
        self.assertTrue(server.alive())

    def test_one_client_cannot_take_all(self):
        server = self.serve(per_address=10)
        held = [server.connect() for _ in range(10)]
        time.sleep(0.2)
        self.assertEqual(server.raw(get()), b"")  # one too many: closed at once
        with server.connect(source="127.0.0.2") as s:
            s.sendall(get())
            self.assertIn(b"200 OK", s.recv(65536))
        for s in held:
            s.close()
        time.sleep(0.2)
        self.assertTrue(server.alive())

    def test_full_house_waits(self):
        server = self.serve(connections=8, per_address=8)
        held = [server.connect() for _ in range(8)]
        time.sleep(0.2)
        with server.connect() as waiting:
            waiting.sendall(get())
            waiting.settimeout(0.5)
            with self.assertRaises(OSError):
                waiting.recv(1)
            for s in held:
                s.close()
            waiting.settimeout(5)
            self.assertIn(b"200 OK", waiting.recv(65536))

    def test_host_list(self):
        server = self.serve(hosts=1)
        self.assertEqual(server.get("/", host="performance.example.gov.uk").status, 200)
        self.assertEqual(server.get("/", host="Performance.Example.GOV.UK:443").status, 200)
        for host in ("localhost", "127.0.0.1", "evil.example"):
            a = server.get("/", host=host)
            self.assertEqual(a.status, 421)
            a.check()

    def test_tls_in_front(self):
        server = self.serve(tls=1)
        for target in ("/hello", "/%zz", "/fault"):
            self.assertEqual(server.get(target)["strict-transport-security"],
                             "max-age=31536000; includeSubDomains")

    def test_ready_page_given_up_while_sent(self):
        server = self.serve(threads=1)  # the test server gives it up without asking other threads
        with server.connect(receive=4096) as s:
            asked = 40
            s.sendall(get(line=b"GET /ready HTTP/1.1") * asked)
            page = server.get("/ready").body
            server.get("/stop")
            s.shutdown(1)
            answers = wire.split(wire.drain(s))
        whole = [a for a in answers if a.body == page]
        self.assertEqual(len(answers), asked)
        self.assertGreater(len(whole), 0)
        self.assertTrue(all(a.body in (page, b"") for a in answers))

    def test_stops_gracefully(self):
        server = wire.Server(PROGRAM, threads=2, grace=10)
        with server.connect() as s:
            s.sendall(get(line=b"GET /big?kb=16000 HTTP/1.1"))
            time.sleep(0.3)
            server.process.terminate()
            time.sleep(0.2)
            (answer,) = wire.split(wire.drain(s))
        self.assertEqual(len(answer.body), 16000 * 1024)
        self.assertEqual(server.stop()[0], 0)

    def test_port_in_use(self):
        server = self.serve()
        with self.assertRaises(RuntimeError) as caught:
            wire.Server(PROGRAM, port=server.port)
        self.assertIn(f"Port {server.port} on 127.0.0.1 is in use", str(caught.exception))

    def test_log_holds_no_more_than_it_should(self):
        server = wire.Server(PROGRAM, log=1)
        server.get("/luton?q=J.+Smith", "User-Agent: Lynx", "Cookie: __Host-session=id7")
        server.raw(get(line=b"GET /a%0d%0ab HTTP/1.1"))
        server.get("/slow/fault")
        status, _, log = server.stop()
        self.assertEqual(status, 0)
        told = [re.sub(r"^time=\S+ |(?<= ms=)\d+|(?<=request=)[0-9a-f]{16}$", "", line)
                for line in log.strip().split("\n")]
        self.assertEqual(told, [
            "level=info event=request method=GET route=/{anything} status=200 ms= request=",
            "level=info event=request method=GET status=400 ms= request=",
            "level=error event=request_failed route=/{anything} status=500 "
            'message="The record could not be read." request=',
            "level=info event=request method=GET route=/{anything} status=500 ms= request="])
        ids = re.findall(r"request=(\w+)$", log, re.M)
        self.assertEqual(len(set(ids)), 3, ids)  # the failure's twice, so that they are found together
        for private in ("Smith", "Lynx", "127.0.0.1", "id7", "luton"):
            self.assertNotIn(private, log)


if __name__ == "__main__":
    unittest.main(verbosity=0)
