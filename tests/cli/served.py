"""served - a ledger that the program serves to a test, and what it answers."""
import http.client
import json
import re
import signal
from contextlib import contextmanager

from harness import ensure
from ledgers import SAMPLES


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read().decode("utf-8")

    def json(self):
        return json.loads(self.body)


@contextmanager
def server(box, *names):
    """Ingests the files (else the samples) and serves them; gives a function that asks for a path, as a browser would."""
    if not names:
        names = SAMPLES
    box.run("ingest", "--db", "s.db", *names).exits(0)
    p = box.start("serve", "--db", "s.db", "--port", "0")
    try:
        port = int(re.search(r"127\.0\.0\.1:(\d+)/", p.stderr.readline().decode()).group(1))

        def ask(path, method="GET", body=None, **headers):
            c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            c.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            try:
                return Answer(c.getresponse())
            finally:
                c.close()
        ask.port = port
        yield ask
        p.send_signal(signal.SIGINT)
        ensure(p.wait(30) == 0, f"the server ends with {p.returncode}: {p.stderr.read().decode()}")
    finally:
        p.kill()
        p.wait()
        p.stdin.close(), p.stdout.close(), p.stderr.close()
