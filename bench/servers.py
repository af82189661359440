"""The servers that are compared, each started in a temporary folder and ended by its own process."""
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PROCESSES = 2
CONNECTIONS = 64


def tool(name):
    """The path of a program, also where only root's PATH would find it; None when it is lacking."""
    return shutil.which(name) or shutil.which(name, path='/usr/sbin:/sbin:/usr/local/sbin')


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def fetch(url, gzip=False):
    """Status headers and body, as sent."""
    request = urllib.request.Request(url, headers={'Accept-Encoding': 'gzip'} if gzip else {})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers, answer.read()


class Server:
    """A child process, in a session of its own so that its children end with it."""

    def __init__(self, command, log, environment=None):
        self.log = log
        with open(log, 'wb') as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT,
                                            start_new_session=True, env=environment)

    def wait_for(self, pattern, seconds=20):
        """The first match in what the server writes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            with open(self.log, errors='replace') as f:
                found = re.search(pattern, f.read())
            if found:
                return found
            time.sleep(0.002)
        with open(self.log, errors='replace') as f:
            raise RuntimeError(f'{self.process.args[0]} did not start: {f.read().strip()}')

    def pids(self):
        """The process and its children."""
        found = [self.process.pid]
        for name in os.listdir('/proc'):
            if name.isdigit():
                try:
                    with open(f'/proc/{name}/stat') as f:
                        parent = int(f.read().rsplit(')', 1)[1].split()[1])
                except (OSError, IndexError):
                    continue
                if parent == self.process.pid:
                    found.append(int(name))
        return found

    def memory(self):
        """Resident set and proportional set of all its processes now, in MB."""
        total = {'Rss': 0, 'Pss': 0}
        for pid in self.pids():
            try:
                with open(f'/proc/{pid}/smaps_rollup') as f:
                    for line in f:
                        name = line.split(':')[0]
                        if name in total:
                            total[name] += int(line.split()[1])
            except OSError:
                continue
        return total['Rss'] / 1024, total['Pss'] / 1024

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def goldthread(binary, record, today, log):
    server = Server([binary, '--record', record, '--today', today, 'serve', '--listen',
                     '127.0.0.1:0'], log)
    server.address = server.wait_for(r'(http://127\.0\.0\.1:\d+)/').group(1)
    return server


def fastify(record, organisation, today, log):
    """None, and why, when Node or the packages are not there."""
    port = free_port()
    server = Server([tool('node') or tool('nodejs'), os.path.join(HERE, 'fastify', 'server.mjs'),
                     record, organisation, today, str(port), str(PROCESSES)], log,
                    dict(os.environ, NODE_ENV='production'))
    try:
        server.wait_for('ready')
    except RuntimeError:
        server.stop()
        raise
    server.address = f'http://127.0.0.1:{port}'
    return server


# What a server sets by itself, and what only belongs to the answer it was taken from.
OWN_HEADERS = {'date', 'content-length', 'connection', 'server', 'etag', 'last-modified',
               'content-type', 'content-encoding'}


def nginx(folder, pages, log):
    """Serves `pages` ({address: (headers, body)}) as files, with the same headers."""
    port = free_port()
    places = []
    for number, (address, (headers, body)) in enumerate(pages.items()):
        path = os.path.join(folder, f'page{number}')
        with open(path, 'wb') as f:
            f.write(body)
        kept = [(name, value) for name, value in headers.items() if name.lower() not in OWN_HEADERS]
        if 'Content-Encoding' in headers:
            kept.append(('Content-Encoding', headers['Content-Encoding']))
        lines = ''.join(f'      add_header {name} "{value}";\n' for name, value in kept)
        places.append(f'    location = {address} {{\n      alias {path};\n{lines}    }}\n')
    user = 'user root;\n' if os.geteuid() == 0 else ''
    config = os.path.join(folder, 'nginx.conf')
    with open(config, 'w') as f:
        f.write(f'''{user}worker_processes {PROCESSES};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  default_type "text/html; charset=utf-8";
  server {{
    listen 127.0.0.1:{port};
{''.join(places)}  }}
}}
''')
    server = Server([tool('nginx'), '-p', folder, '-c', config, '-e', f'{folder}/nginx-error.log'],
                    log)
    server.address = f'http://127.0.0.1:{port}'
    end = time.monotonic() + 10
    while True:
        try:
            fetch(server.address + next(iter(pages)))
            return server
        except OSError:
            if time.monotonic() > end or server.process.poll() is not None:
                server.stop()
                with open(log) as f:
                    raise RuntimeError(f'nginx did not start: {f.read().strip()}') from None
            time.sleep(0.02)


# ---- load ----

UNITS = {'us': 0.001, 'ms': 1, 's': 1000, 'm': 60000}


def wrk(url, seconds, gzip=False, script=None):
    """Requests a second, and the 99th percentile in milliseconds; fails on any failed request."""
    command = [tool('wrk'), '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--latency']
    command += ['-H', 'Accept-Encoding: gzip'] if gzip else []
    command += ['-s', script] if script else []
    out = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    # A time-out is a slow answer on a busy machine, and shows in the percentile; an answer that
    # failed or a connection that broke is a fault.
    bad = re.search(r'Non-2xx or 3xx responses: \d+|(connect|read|write) [1-9]\d*', out)
    if bad:
        raise RuntimeError(f'{url}: {bad.group(0)}')
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', out).group(1))
    worst = re.search(r'99%\s+([\d.]+)(us|ms|s|m)\b', out)
    return rate, float(worst.group(1)) * UNITS[worst.group(2)]


class Load:
    """Rounds of load on several addresses in turn, so that a drift of the machine meets all."""

    def __init__(self, seconds, rounds):
        self.seconds, self.rounds = seconds, rounds
        self.targets = {}
        self.during = []

    def add(self, name, url, **how):
        self.targets[name] = (url, how)

    def run(self, seen=lambda name: None):
        results = {name: [] for name in self.targets}
        for name, (url, how) in self.targets.items():
            wrk(url, 1, **how)
        for _ in range(self.rounds):
            for name, (url, how) in self.targets.items():
                results[name].append(wrk(url, self.seconds, **how))
                seen(name)
        return {name: (statistics.median(r for r, _ in some), statistics.median(p for _, p in some))
                for name, some in results.items()}
