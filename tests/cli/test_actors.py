"""test_actors - who is who, through the program: names joined across documents, an analyst's merges and splits, the queue."""
import json
import os
import shutil
import sqlite3
import subprocess

from harness import PROGRAM, SOURCE, Result, case, done, ensure

DOCS = [
    {"id": "a", "date": "2024-05-15", "text": "General Kasim Suleymani of Iran met Governor Anwar Dostali in Tehran on Monday. Suleymani accused Israel of murder."},
    {"id": "b", "date": "2024-05-16", "text": "Qassem Sulaymani, an Iranian general, threatened Israel on Thursday."},
    {"id": "c", "date": "2024-05-17", "text": "Senator John Hartwell of the United States met officials in Paris. Hartwell criticised Russia."},
    {"id": "d", "date": "2024-05-17", "text": "The British lawmaker John Hartwell criticised France on Friday."},
    {"id": "e", "date": "2024-05-18", "text": "The Blue River Front attacked a village in Nigeria. Fighters of the Blue River Front killed two soldiers."},
    {"id": "f", "date": "2024-05-19", "text": "The Blue River Front abducted ten farmers in Nigeria on Sunday."},
]


def ingest(box, db="l.db", docs=DOCS):
    box.write(db + ".jsonl", "".join(json.dumps(d) + "\n" for d in docs))
    return box.run("ingest", "--db", db, db + ".jsonl").exits(0)


def with_data(box, data, *args):
    env = dict(os.environ, TIGHTROPE_DATA=data)
    r = subprocess.run([PROGRAM, *args], cwd=box.folder, env=env, capture_output=True, timeout=120)
    return Result(args, r.returncode, r.stdout, r.stderr, 0)


def rows(box, *args):
    r = box.run("actors", *args, "--format", "jsonl")
    return r.exits(0).json_lines()


def named(box, word, db="l.db"):
    return [r for r in rows(box, "--db", db) if word.lower() in r["name"].lower()]


@case("spellings of one name are one actor, with the rule that joined them; namesakes of two countries stay two")
def joined(box):
    ingest(box)
    ensure(len(named(box, "s")) > 0, "no actors")
    generals = [r for r in rows(box, "--db", "l.db") if "ym" in r["name"]]
    ensure(len(generals) == 1 and generals[0]["documents"] in (2, "2"), f"the general: {generals}")
    links = sqlite3.connect(box.path("l.db")).execute("SELECT rule, name, other FROM actor_links").fetchall()
    ensure(("spelling", "Qassem Sulaymani", "Kasim Suleymani") in links, f"links: {links}")
    ensure(len(named(box, "Hartwell")) == 2, f"namesakes: {named(box, 'Hartwell')}")


@case("a merge and a split last when documents are ingested anew, and can be replayed into another ledger")
def decided(box):
    ingest(box)
    two = [r["id"] for r in named(box, "Hartwell")]
    box.run("actors", "merge", "--db", "l.db", two[0], two[1], "--note", "he moved").exits(0).says("John Hartwell")
    ensure(len(named(box, "Hartwell")) == 1, "the merge did not join them")
    box.run("actors", "split", "--db", "l.db", "--doc", "b", "Kasim Suleymani").exits(0)
    ensure(len([r for r in rows(box, "--db", "l.db") if "ym" in r["name"]]) == 2, "the split did not part them")
    more = DOCS + [{"id": "g", "date": "2024-05-20", "text": "The British lawmaker John Hartwell visited Berlin on Monday."}]
    ingest(box, docs=more)
    ensure(len(named(box, "Hartwell")) == 1, "the merge did not last")
    out = box.run("actors", "decisions", "--db", "l.db").exits(0).out
    ensure(out.count(b"\n") == 2, f"decisions: {out!r}")
    box.write("d.tsv", out)
    ingest(box, "m.db", more)
    box.run("actors", "replay", "--db", "m.db", "d.tsv").exits(0).says("2 decisions")
    box.run("actors", "replay", "--db", "m.db", "d.tsv").exits(0).says("0 decisions")
    ensure(len(named(box, "Hartwell", "m.db")) == 1, "the replayed merge did not join them")
    box.run("actors", "replay", "--db", "n.db", "d.tsv").exits(0)
    ingest(box, "n.db", more)
    ensure(len(named(box, "Hartwell", "n.db")) == 1, "a decision before the documents did not hold")
    box.write("bad.tsv", "merge\tonly\n")
    box.run("actors", "replay", "--db", "m.db", "bad.tsv").exits(1).says("bad.tsv:1")


@case("who is meant must be clear: unknown, ambiguous and identical actors are told")
def meant(box):
    ingest(box)
    box.run("actors", "merge", "--db", "l.db", "Nobody At All", "John Hartwell").exits(2).says("Nobody At All")
    box.run("actors", "merge", "--db", "l.db", "John Hartwell", "Kasim Suleymani").exits(2).says("more than one", "give an id")
    box.run("actors", "merge", "--db", "l.db", "Kasim Suleymani", "Kasim Suleymani").exits(2).says("one actor already")
    box.run("actors", "split", "--db", "l.db", "--doc", "zzz", "Kasim Suleymani").exits(2).says("zzz")


@case("what the knowledge holds is shown as exactly as it is known: days, months, years; and for one day")
def known(box):
    for args, words in (("Salahuddin Rabbani --on 2016-01-01", "2015-02 to 2019-10"), ("Barack Obama --on 2011-05-01", "2009-01-20 to 2017-01-20"),
                        ("Barack Obama --on 2024-05-01", "no post on that day"), ("Najibullah Lafraie", "in 1994, perhaps longer")):
        first, last, *rest = args.split()
        out = box.run("actors", "show", f"{first} {last}", *rest).exits(0).out.decode()
        ensure(words in out, f"{args}: {out}")


@case("unknown actors stand in a queue by their events; adding one shows what changes first, then codes it")
def queue(box):
    ingest(box)
    top = rows(box, "unknown", "--db", "l.db")
    front = [r for r in top if r["name"] == "Blue River Front"]
    ensure(front and "Blue River Front" in front[0]["text"] and front[0]["proposed"] == "NGA REB", f"queue: {top}")
    counts = [int(r["events"]) for r in top]
    ensure(counts == sorted(counts, reverse=True), f"not by events: {counts}")
    ensure(not [r for r in top if r["name"] in ("Israel", "Nigeria", "Russia")], "known actors stand in the queue")
    data = box.path("data")
    os.mkdir(data)
    shutil.copytree(os.path.join(SOURCE, "knowledge"), os.path.join(data, "knowledge"))
    os.symlink(os.path.join(SOURCE, "models"), os.path.join(data, "models"))
    dry = with_data(box, data, "actors", "add", "--db", "l.db", "Blue River Front", "--code", "NGA CRM").exits(0).says("--yes")
    ensure(b"blue-river-front" in dry.out and b"NGA CRM" in dry.out and b"2 documents" in dry.out, f"diff: {dry.out!r}")
    ensure(not os.path.exists(os.path.join(data, "knowledge/actors/own.tsv")), "a look has written")
    with_data(box, data, "actors", "add", "--db", "l.db", "Blue River Front", "--code", "NGA CRM", "--yes").exits(0)
    shown = with_data(box, data, "actors", "show", "Blue River Front").exits(0).out
    ensure(b"NGA" in shown, f"shown: {shown!r}")
    with_data(box, data, "actors", "add", "--db", "l.db", "Blue River Front", "--code", "NGA XYZ", "--yes").exits(1)
    with_data(box, data, "actors", "add", "--db", "l.db", "Nobody At All").exits(2).says("Nobody At All")


@case("a bad line of knowledge is told with file and line, costs only itself, and fails the linter")
def knowledge(box):
    data = box.path("data")
    os.mkdir(data)
    shutil.copytree(os.path.join(SOURCE, "knowledge"), os.path.join(data, "knowledge"))
    os.symlink(os.path.join(SOURCE, "models"), os.path.join(data, "models"))
    own = os.path.join(data, "knowledge/actors/own.tsv")
    with open(own, "wb") as f:
        f.write(b"good-front\tgroup\tGood River Front\t-\t-\tNGA REB\t-\nbad-front\tgroup\tBad River Front\t-\t-\tNGA REBEL\t-\n"
                b"odd-front\tgroup\tOdd \xff Front\t-\t-\tNGA REB\t-\nround-a\tgroup\tRound A\t-\t-\tNGA REB\tround-a\n")
    box.write("a.txt", "date 2024-05-15\nThe Good River Front attacked a village in Nigeria.\n")
    r = with_data(box, data, "code", "a.txt").exits(0).says("own.tsv:2", "own.tsv:3", "own.tsv:4", "3 faults")
    ensure(b'"kb":"good-front"' in r.out, "the good line was lost")
    lint = with_data(box, data, "dict", "lint").exits(1)
    ensure(lint.out.count(b"own.tsv:") == 3 and b"NGAREBEL" not in lint.out, f"lint: {lint.out!r}")


done()
