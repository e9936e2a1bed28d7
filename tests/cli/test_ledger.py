"""test_ledger - a ledger through the program: ingest again, interrupted, killed, on a full disk; lists, why and brief."""
import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import time
from datetime import date, timedelta

from harness import PROGRAM, case, done, ensure
from ledgers import SAMPLES, corpus, export, killed_and_resumed, start

PRIVATE = {"id": "p", "date": "2024-05-15", "text": "Police arrested a shopkeeper, Farid Nazari, in Kabul on Monday. Nazari was beaten."}


@case("the same documents again change nothing; the file is its owner's alone")
def again(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0).says("131 new")
    first = export(box, "l.db")
    ensure(len(first) > 100_000, "the ledger is nearly empty")
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0).says("0 new", "131 as before")
    ensure(export(box, "l.db") == first, "the second ingest changed the ledger")
    ensure(stat.S_IMODE(os.stat(box.path("l.db")).st_mode) == 0o600, "the ledger can be read by others")


@case("one thread and four give the same ledger")
def threads(box):
    box.run("ingest", "-j", "1", "--db", "a.db", *SAMPLES).exits(0)
    box.run("ingest", "-j", "4", "--db", "b.db", *SAMPLES).exits(0)
    ensure(export(box, "a.db") == export(box, "b.db"), "the ledgers differ")


@case("kill -9 at random moments, then the same command: the same ledger as without")
def killed(box):
    killed_and_resumed(box, copies=3, turns=20, seed=7)


@case("Ctrl-C keeps what is coded, says how to go on, exit status 130")
def interrupted(box):
    total = corpus(box, "c.jsonl", 12)
    p = start(box, "ingest", "--db", "i.db", "c.jsonl")
    time.sleep(0.4)
    p.send_signal(signal.SIGINT)
    _, err = p.communicate(timeout=60)
    if p.returncode == 0:
        return  # done before the signal came
    ensure(p.returncode == 130 and b"Run the same command again" in err, f"exit status {p.returncode}: {err!r}")
    box.run("ingest", "--db", "i.db", "c.jsonl").exits(0)
    lines = box.run("documents", "--db", "i.db").exits(0).out.count(b"\n")
    ensure(lines == total + 1, f"{lines - 1} documents instead of {total}")


@case("a full disk is told, exit status 1, and nothing that was committed is lost")
def full(box):
    corpus(box, "c.jsonl", 8)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
    p = start(box, "ingest", "--db", "f.db", "c.jsonl", preexec_fn=limit)
    _, err = p.communicate(timeout=120)
    ensure(p.returncode == 1 and b"f.db" in err and b"disk is full" in err, f"exit status {p.returncode}: {err!r}")
    box.run("ingest", "--db", "f.db", "c.jsonl").exits(0)
    with sqlite3.connect(box.path("f.db")) as db:
        ensure(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the ledger is damaged")


@case("what is no ledger, a newer ledger and a missing one are told, exit status 1")
def foreign(box):
    box.write("text.db", b"not a database at all, but long enough to be looked at as if it were one, whatever it says" * 9)
    box.run("events", "--db", "text.db").exits(1).says("text.db", "not a ledger")
    box.run("events", "--db", "none.db").exits(1).says("none.db", "no ledger")
    box.run("ingest", "--db", "n.db", SAMPLES[1]).exits(0)
    with sqlite3.connect(box.path("n.db")) as db:
        db.execute("PRAGMA user_version=99")
    box.run("events", "--db", "n.db").exits(1).says("n.db", "newer")
    box.run("ingest", "--db", "no/such/folder/l.db", SAMPLES[1]).exits(1).says("no/such/folder/l.db")


@case("a ledger that may not be written to is read, and a writer is told, exit status 1")
def unwritable(box):
    box.run("ingest", "--db", "l.db", SAMPLES[1]).exits(0)
    box.run("ingest", "--db", "same.db", SAMPLES[1]).exits(0)
    events = box.run("events", "--db", "same.db").exits(0).out
    os.chmod(box.path("l.db"), 0o444)
    os.chmod(box.folder, 0o555)
    other = {"user": 65534} if os.getuid() == 0 else {}  # root may write everywhere
    try:
        try:
            p = start(box, "events", "--db", "l.db", **other)
        except PermissionError:
            return  # another user may not run the program here
        out, err = p.communicate(timeout=60)
        ensure(p.returncode == 0 and out == events, f"exit status {p.returncode}: {err!r}")
        p = start(box, "ingest", "--db", "l.db", SAMPLES[1], **other)
        _, err = p.communicate(timeout=60)
        ensure(p.returncode == 1 and b"l.db: " in err and b"read-only" in err, f"exit status {p.returncode}: {err!r}")
    finally:
        os.chmod(box.folder, 0o755)


@case("bad documents are kept as errors, the others go in, exit status 3")
def bad(box):
    box.write("b.jsonl", b'{"id":"a","date":"2024-01-02","text":"Chad expelled two envoys."}\nnot json\n{"id":"c","text":"No date."}\n')
    box.run("ingest", "--db", "b.db", "b.jsonl").exits(3).says("b.jsonl:2: ", "b.jsonl:3: ", "1 new", "2 with an error")


@case("names of private persons are in no list, brief or explanation")
def restraint(box):
    box.write("p.jsonl", json.dumps(PRIVATE).encode())
    box.run("ingest", "--db", "p.db", "p.jsonl").exits(0)
    out = export(box, "p.db") + box.run("brief", "--db", "p.db").exits(0).out
    for line in box.run("events", "--db", "p.db", "--status", "all", "--format", "jsonl").exits(0).json_lines():
        out += box.run("why", line["id"], "--db", "p.db").exits(0).out
    ensure(b"arrest" in out, "nothing was read")
    ensure(b"Nazari" not in out, "the name of a private person is shown")


@case("filters narrow, formats agree, | head -1 ends quietly")
def lists(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    rows = box.run("events", "--db", "l.db", "--format", "jsonl").exits(0).json_lines()
    ensure(rows and all(r["status"] == "actual" for r in rows), "not only actual events")
    some = box.run("events", "--db", "l.db", "--format", "jsonl", "--actor", "azerbaijan", "--type", "assault", "--from", "2020-10-01").json_lines()
    ensure(some and all(r["type"] == "ASSAULT" and r["date"] >= "2020-09" for r in some) and len(some) < len(rows), "the filters do not narrow")
    tsv = box.run("events", "--db", "l.db", "--format", "tsv").exits(0).out
    ensure(tsv.count(b"\n") == len(rows) + 1, "TSV and JSONL have different rows")
    p = subprocess.run(f"'{PROGRAM}' events --db l.db | head -1", shell=True, cwd=box.folder, capture_output=True)
    ensure(p.returncode == 0 and not p.stderr and p.stdout.count(b"\n") == 1, f"| head -1: {p.stderr!r}")


@case("a series counts what the list of events holds, with the documents read beside it")
def series(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    for unit in ("all", "country", "actor", "dyad", "pair"):
        rows = box.run("series", "--db", "l.db", "--unit", unit, "--period", "month", "--format", "jsonl").exits(0).json_lines()
        ensure(len(rows) > 5 and all(len(r["period"]) == 7 for r in rows), f"no months of {unit}")
        for r in rows:
            quads = sum(int(r[k]) for k in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"))
            ensure(quads == int(r["reports"]), f"the quads do not add up: {r}")
    rows = box.run("series", "--db", "l.db", "--period", "day", "--format", "jsonl").exits(0).json_lines()
    days = {d["date"] for d in box.run("documents", "--db", "l.db", "--format", "jsonl").exits(0).json_lines()}
    ensure(days <= {r["period"] for r in rows}, "a day with documents and no event is missing")
    box.run("series", "--db", "l.db", "--unit", "planet").exits(2).says("planet")


@case("an alarm is raised for what exceeds its past, not for more articles, nor by one outlet alone")
def alarms(box):
    def docs(week, copies, text):
        day = date(2024, 1, 1) + timedelta(days=7 * week)
        return [{"id": f"{week}-{n}", "date": day.isoformat(), "text": text, "source": f"outlet-{n % 3}"} for n in range(copies)]
    quiet, loud = "Chad and Niger signed a trade agreement on Monday.", "Turkey expelled two Greek diplomats on Monday."
    past = [d for w in range(12) for d in docs(w, 4, quiet)] + docs(12, 1, loud)
    box.jsonl("calm.jsonl", *past, *docs(13, 6, quiet))
    box.jsonl("loud.jsonl", *past, *docs(13, 6, loud))
    for name, expected in (("calm", []), ("loud", ["TUR > GRC"])):
        box.run("ingest", "--db", name + ".db", name + ".jsonl").exits(0)
        r = box.run("alarms", "--db", name + ".db", "--unit", "pair", "--format", "jsonl").exits(0).says("6 articles", "not a forecast")
        ensure([row["unit"] for row in r.json_lines()] == expected, f"{name}: {r.out!r}")
    alone = box.run("alarms", "--db", "loud.db", "--unit", "pair", "--source", "outlet-0", "--format", "jsonl").exits(0)
    ensure(not alone.out, f"one outlet alone raised an alarm: {alone.out!r}")
    box.write("e.jsonl", b"")
    box.run("ingest", "--db", "none.db", "e.jsonl")
    box.run("alarms", "--db", "none.db").exits(0).says("no documents")


@case("why explains by the beginning of an id; an unknown one is told")
def why(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    row = box.run("events", "--db", "l.db", "--format", "jsonl", "--limit", "1").json_lines()[0]
    text = box.run("why", row["id"][:12], "--db", "l.db").exits(0).out.decode()
    ensure(row["id"] in text and row["type"] in text and "rule" in text and "Tree" in text, text)
    box.run("why", "e0000nothing", "--db", "l.db").exits(1).says("e0000nothing")


@case("the brief is the same every time and every line of it has its footnote")
def brief(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    first = box.run("brief", "--db", "l.db", "--on", "2020-01-05", "--days", "7").exits(0).out
    ensure(first == box.run("brief", "--db", "l.db", "--on", "2020-01-05", "--days", "7").exits(0).out, "two briefs differ")
    text = first.decode()
    changed = text[text.index("## What changed"):text.index("## What is due")]
    bullets = [line for line in changed.split("\n") if line.startswith("- ")]
    ensure(len(bullets) > 5 and all("[^" in line for line in bullets), "a line without a footnote")
    ensure(b"<html" in box.run("brief", "--db", "l.db", "--format", "html").exits(0).out, "no HTML")


done()
