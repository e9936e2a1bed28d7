"""test_long - what takes minutes: inputs of hundreds of megabytes in bounded memory, and a ledger killed two hundred times."""
import json

from harness import case, done, ensure
from ledgers import killed_and_resumed

MEGABYTES = 400
LIMIT = 200  # MB of memory, as in README
TEXT = "The minister met the envoy in Geneva on Monday, officials said. " * 200


def repeated(make, head=b"", tail=b""):
    """Chunks of MEGABYTES in all: make(n) is the n-th record. The records have no date, so each is read whole and refused."""
    yield head
    written = n = 0
    while written < MEGABYTES << 20:
        chunk = b"".join(make(n + i) for i in range(64))
        written, n = written + len(chunk), n + 64
        yield chunk
    yield tail


def refused(box, kind, feed):
    """Every record is an error of its own, told in its page, and memory does not grow with their number."""
    r = box.run("code", "--input", kind, "-", feed=feed).exits(3).below(LIMIT)
    lines = r.out.count(b"\n")
    ensure(lines > MEGABYTES << 20 >> 15, f"only {lines} pages")
    ensure(b'"code":"date-missing"' in r.out[:4096], "the first page has no date-missing")


@case("JSONL of hundreds of megabytes is read in bounded memory")
def jsonl(box):
    refused(box, "jsonl", repeated(lambda n: json.dumps({"id": str(n), "text": TEXT}).encode() + b"\n"))


@case("CSV of hundreds of megabytes is read in bounded memory")
def csv(box):
    refused(box, "csv", repeated(lambda n: f'{n},"{TEXT}"\n'.encode(), b"id,text\n"))


@case("an RSS feed of hundreds of megabytes is read in bounded memory")
def rss(box):
    item = lambda n: f"<item><guid>{n}</guid><title>Talks</title><description>{TEXT}</description></item>\n".encode()
    refused(box, "feed", repeated(item, b"<rss version=\"2.0\"><channel><title>t</title>\n", b"</channel></rss>\n"))


@case("kill -9 at two hundred random moments, then the same command: the same ledger as without")
def killed(box):
    killed_and_resumed(box, copies=20, turns=200, seed=11)


done()
