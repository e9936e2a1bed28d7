"""ledgers - what tests of ledgers share: corpora made of the samples, a ledger as a reader sees it, runs that are killed."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

from harness import PROGRAM, SOURCE, ensure

SAMPLES = [os.path.join(SOURCE, "samples", n) for n in ("iraq-2019-2021.jsonl", "karabakh-2020.jsonl")]


def export(box, db):
    """Everything that a reader can see, in a stable order."""
    out = b""
    for what in ("documents", "events", "demands", "ties", "actors"):
        status = ["--status", "all"] if what == "events" else []
        r = box.run(what, "--db", db, "--format", "jsonl", *status)
        out += b"\n".join(sorted(r.exits(0).out.split(b"\n")))
    return out


def corpus(box, name, copies):
    with open(SAMPLES[0], encoding="utf-8") as f:
        docs = [json.loads(line) for line in f]
    with open(box.path(name), "w", encoding="utf-8") as f:
        for n in range(copies):
            for d in docs:
                f.write(json.dumps({**d, "id": f"{d['id']}.{n}"}) + "\n")
    return len(docs) * copies


def start(box, *args, **more):
    return subprocess.Popen([PROGRAM, *args], cwd=box.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **more)


def killed_and_resumed(box, copies, turns, seed):
    """An ingest killed at random moments, each time begun again, then let run: the same ledger as one that nobody disturbed."""
    corpus(box, "c.jsonl", copies)
    began = time.monotonic()
    box.run("ingest", "--db", "whole.db", "c.jsonl").exits(0)
    whole, chance, longest = export(box, "whole.db"), random.Random(seed), time.monotonic() - began
    for turn in range(turns):
        p = start(box, "ingest", "--db", "k.db", "c.jsonl")
        time.sleep(0.02 + chance.random() * longest / 4)
        p.send_signal(signal.SIGKILL)
        p.communicate()
    box.run("ingest", "--db", "k.db", "c.jsonl").exits(0)
    ensure(export(box, "k.db") == whole, "the resumed ledger differs")
    with sqlite3.connect(box.path("k.db")) as db:
        ensure(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the ledger is damaged")
