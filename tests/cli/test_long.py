"""test_long - what takes minutes: inputs of hundreds of megabytes in bounded memory, and a ledger killed two hundred times."""
import json
import random
import resource

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


def trees(out):
    """Words and sentences of CoNLL-U; every sentence must be one tree: heads in range, one root, no circle."""
    words = sentences = 0
    for block in out.decode().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        head = [int(r[6]) for r in rows if r[0].isdigit()]
        if not head:
            continue
        sentences, words = sentences + 1, words + len(head)
        depth = [0] + [-1] * len(head)
        ensure(head.count(0) == 1 and max(head) <= len(head), "a sentence with other than one root")
        for start in range(1, len(head) + 1):
            way, at = [], start
            while depth[at] < 0:
                ensure(len(way) <= len(head), "a circle")
                way.append(at)
                at = head[at - 1]
            for step, token in enumerate(reversed(way), 1):
                depth[token] = depth[at] + step
    return words, sentences


def parsed(box, text):
    """Seconds of processor time; the output is checked."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    r = box.run("parse", "-", feed=[text]).exits(0).below(600) # one document, held whole
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    words, sentences = trees(r.out)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, words, sentences


@case("a line of a million words, one sentence of ten thousand, and bytes without sense are parsed in linear time")
def endless(box):
    words = "the army of the north said on Monday that it had taken a town near the river and lost no men ".split()
    chance = random.Random(5)
    kinds = {"words": lambda n: " ".join(words[i % len(words)] for i in range(n)),
             "brackets": lambda n: "(" * n,
             "nonsense": lambda n: bytes(chance.randrange(256) for _ in range(4 * n)).decode("utf-8", "replace")}
    for name, make in kinds.items():
        short = parsed(box, make(100_000).encode())
        long = parsed(box, make(1_000_000).encode())
        ensure(long[1] > 5 * short[1], f"{name}: {long[1]} words of ten times as much as {short[1]}")
        ensure(long[0] < 15 * (short[0] + 0.2), f"{name}: {long[0]:.1f} s for ten times what took {short[0]:.1f}")
    seconds, count, sentences = parsed(box, (" ".join(words * 500)[:56_000] + ".").encode())
    ensure(count >= 10_000, f"{count} words")


done()
