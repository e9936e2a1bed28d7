"""test_keep - looking after a ledger: a document is forgotten for good, damage is found, a copy is whole."""
import glob
import os
import sqlite3
import stat

from harness import case, done, ensure
from ledgers import SAMPLES, corpus, export, start

KEPT = {"id": "kept", "date": "2024-05-14", "source": "wire-a", "text": "Police arrested two men in Nairobi on Monday."}
GONE = {"id": "gone", "date": "2024-05-15", "source": "wire-b", "title": "Zorbatian Front attacks",
        "text": "The Zorbatian Front attacked police in Nairobi on Monday. Police arrested two men in Nairobi on Monday, Quilvor Tem said."}


def bytes_hold(box, word):
    out = []
    for path in glob.glob(box.path("l.db*")):
        with open(path, "rb") as f:
            if word.lower().encode() in f.read().lower():
                out.append(os.path.basename(path))
    return out


@case("what is forgotten leaves no word behind, comes in no more, and the rest is as if it had never been")
def forget(box):
    box.jsonl("kept.jsonl", KEPT)
    box.jsonl("both.jsonl", KEPT, GONE)
    box.run("ingest", "--db", "only.db", "kept.jsonl").exits(0)
    box.run("ingest", "--db", "l.db", "both.jsonl").exits(0)
    box.jsonl("second.jsonl", {**GONE, "text": GONE["text"] + " Police denied it."})
    box.run("ingest", "--db", "l.db", "second.jsonl").exits(0).says("1 changed")
    ensure(bytes_hold(box, "zorbatian"), "the word is not there to begin with")
    box.run("forget", "--db", "l.db", "--note", "asked by the editor", "gone").exits(0).says("gone: forgotten")
    ensure(not bytes_hold(box, "zorbatian") and not bytes_hold(box, "quilvor"), f"{bytes_hold(box, 'zorbatian')} {bytes_hold(box, 'quilvor')}")
    ensure(export(box, "l.db") == export(box, "only.db"), "what is left differs from a ledger that never had it")
    incidents = [box.run("incidents", "--db", db, "--format", "jsonl").exits(0).out for db in ("l.db", "only.db")]
    ensure(incidents[0] == incidents[1], f"{incidents}")
    box.run("check", "--db", "l.db").exits(0).says("whole")
    box.jsonl("renamed.jsonl", {**GONE, "id": "another"})
    box.run("ingest", "--db", "l.db", "both.jsonl", "renamed.jsonl").exits(0).says("0 new", "1 as before", "2 left out")
    box.run("ingest", "--db", "l.db", "second.jsonl").exits(0).says("0 new", "1 left out")
    ensure(export(box, "l.db") == export(box, "only.db") and not bytes_hold(box, "zorbatian"), "it came in again")
    with sqlite3.connect(box.path("l.db")) as db:
        rows = db.execute("SELECT hash, note FROM forgotten").fetchall()
    ensure(len(rows) == 3 and all(len(h) == 64 and n == "asked by the editor" for h, n in rows), f"{rows}")


@case("forgetting one of many reports leaves the incidents of the others")
def incidents(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    rows = box.run("incidents", "--db", "l.db", "--format", "jsonl").json_lines()
    one = next(r for r in rows if int(r["texts"]) > 1)
    others = {r["doc"] for r in box.run("incidents", "show", "--db", "l.db", one["id"], "--format", "jsonl").json_lines()} - {one["doc"]}
    box.run("forget", "--db", "l.db", one["doc"]).exits(0)
    box.run("check", "--db", "l.db").exits(0)
    left = box.run("incidents", "--db", "l.db", "--format", "jsonl").json_lines()
    ensure(all(r["doc"] != one["doc"] for r in left), "its document heads an incident")
    ensure(others and any(r["doc"] in others and r["type"] == one["type"] for r in left), "nothing is left of it")


@case("what is wrong is told")
def wrong(box):
    box.jsonl("kept.jsonl", KEPT)
    box.run("ingest", "--db", "l.db", "kept.jsonl").exits(0)
    box.run("forget", "--db", "l.db", "nobody").exits(2).says("no document 'nobody'")
    box.run("forget", "--db", "l.db").exits(2).says("which document")
    box.run("forget", "--db", "none.db", "x").exits(1).says("none.db")
    ensure(not os.path.exists(box.path("none.db")), "a ledger was made")
    box.run("check").exits(2).says("--db")
    box.run("backup", "--db", "l.db", "l.db").exits(1).says("l.db")
    box.run("backup", "--db", "l.db", "no/folder/c.db").exits(1).says("no/folder/c.db")


@case("check finds a text that was changed, a page that is damaged, a row that refers to nothing, a damaged file")
def check(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    box.run("check", "--db", "l.db").exits(0).says("whole")
    harms = {"UPDATE texts SET text='Nothing happened.' WHERE doc=3": b"the text is not the one",
             "UPDATE texts SET page=x'789c00' WHERE doc=4": b"the page is damaged",
             "DELETE FROM search WHERE rowid=5": b"is not in the index",
             "PRAGMA foreign_keys=OFF; DELETE FROM doc_actors WHERE doc=6; DELETE FROM documents WHERE doc=6": b"refers to nothing",
             "UPDATE events SET start=99999, \"end\"=100000 WHERE event=1": b"outside its text",
             "UPDATE incidents SET reports=7 WHERE incident=(SELECT min(incident) FROM incidents)": b"counts other reports"}
    for n, (sql, says) in enumerate(harms.items()):
        box.run("backup", "--db", "l.db", f"h{n}.db").exits(0)
        with sqlite3.connect(box.path(f"h{n}.db")) as db:
            db.executescript(sql)
        r = box.run("check", "--db", f"h{n}.db").exits(1)
        ensure(says in r.out, f"{sql}: {r.out}")
    box.run("backup", "--db", "l.db", "torn.db").exits(0)
    with open(box.path("torn.db"), "r+b") as f:
        f.seek(4096 * 20)
        f.write(b"\xff" * 4096 * 30)
    r = box.run("check", "--db", "torn.db").exits(1)
    ensure(b"damaged" in r.out or "torn.db" in r.err, f"{r.out} {r.err}")


@case("a copy made while an ingest runs is a whole ledger, its owner's alone")
def backup(box):
    corpus(box, "c.jsonl", 12)
    box.run("ingest", "--db", "l.db", SAMPLES[1]).exits(0)
    first = len(box.run("documents", "--db", "l.db", "--format", "jsonl").json_lines())
    p = start(box, "ingest", "--db", "l.db", "c.jsonl")
    box.run("backup", "--db", "l.db", "copy.db").exits(0)
    box.run("check", "--db", "copy.db").exits(0)
    ensure(stat.S_IMODE(os.stat(box.path("copy.db")).st_mode) == 0o600, "others can read the copy")
    ensure(len(box.run("documents", "--db", "copy.db", "--format", "jsonl").json_lines()) >= first, "the copy is nearly empty")
    ensure(p.wait(120) == 0, "the ingest broke off")
    p.stdout.close(), p.stderr.close()
    box.run("backup", "--db", "l.db", "end.db").exits(0)
    ensure(export(box, "l.db") == export(box, "end.db"), "the copy differs")


done()
