"""test_upgrade - ledgers of earlier versions: refused by readers with the command that helps, upgraded whole by writers.

old_ledgers/ has one ledger of each shape that earlier programs made, gzipped: four reports with a copy, a demand, a private
person. VERSION-WHAT.db.gz; what a ledger of version 1 has beside the first tables grew from program to program."""
import functools
import glob
import gzip
import os
import sqlite3

from harness import SOURCE, case, done, ensure

OLD = sorted(glob.glob(os.path.join(SOURCE, "tests", "cli", "old_ledgers", "*.db.gz")))


def place(box, path):
    with gzip.open(path) as f:
        box.write("old.db", f.read())


def version(box, db="old.db"):
    with sqlite3.connect(box.path(db)) as c:
        return c.execute("PRAGMA user_version").fetchone()[0]


def ids(box, db="old.db"):
    with sqlite3.connect(box.path(db)) as c:
        return c.execute("SELECT id, evidence FROM events ORDER BY 1").fetchall()


def each(test):
    """Runs a test on every old ledger, each in the same folder."""
    @functools.wraps(test)
    def run(box):
        ensure(len(OLD) >= 5, f"only {len(OLD)} old ledgers")
        for path in OLD:
            for left in glob.glob(box.path("*.db*")):
                os.remove(left)
            place(box, path)
            test(box)
    return run


@case("a reader tells the version and the command, and changes nothing")
@each
def readers(box):
    before, number = ids(box), version(box)
    for command in (["events"], ["incidents"], ["search", "brigade"], ["check"], ["why", "E1"], ["brief"], ["network"], ["alarms"],
                    ["export", "--folder", "out"], ["recode"]):
        box.run(*command, "--db", "old.db").exits(1).says(f"ledger version {number}", "tightrope upgrade --db old.db")
    ensure(version(box) == number and ids(box) == before, "a reader changed the ledger")
    box.run("backup", "--db", "old.db", "copy.db").exits(0)
    ensure(version(box, "copy.db") == number and ids(box, "copy.db") == before, "the copy differs")


@case("upgrade keeps every entry and fills what earlier programs did not have")
@each
def upgraded(box):
    before = ids(box)
    box.run("upgrade", "--db", "old.db").exits(0).says("ledger version 3")
    ensure(len(before) >= 13 and ids(box) == before, "the entries differ")
    box.run("check", "--db", "old.db").exits(0).says("whole")
    attack = [r for r in box.run("incidents", "--db", "old.db", "--format", "jsonl").json_lines() if r["type"] == "ASSAULT" and r["recipient"] == "Mahdi Brigade"]
    ensure(len(attack) == 1 and int(attack[0]["texts"]) == 2, f"{attack}")
    hits = box.run("search", "--db", "old.db", "shopkeeper", "--format", "jsonl").json_lines()
    ensure(len(hits) == 1 and "Nazari" not in str(hits), f"{hits}")
    ensure(not box.run("search", "--db", "old.db", "Nazari", "--format", "jsonl").json_lines(), "a private person is found by name")
    with sqlite3.connect(box.path("old.db")) as c:
        lost = c.execute("SELECT name FROM actors WHERE named AND NOT private AND actor NOT IN (SELECT actor FROM actor_faces)").fetchall()
    ensure(not lost, f"not found again by name: {lost}")
    box.run("upgrade", "--db", "old.db").exits(0).says("ledger version 3")


@case("an ingest upgrades by itself; an analyst's merge and a recode work on what was upgraded")
@each
def written(box):
    box.jsonl("more.jsonl", {"id": "c1", "date": "2024-05-17", "source": "wire-d", "text": "Iraqi forces attacked the Mahdi Brigade in Mosul on Monday."})
    box.run("ingest", "--db", "old.db", "more.jsonl").exits(0).says("1 new")
    ensure(version(box) == 3, "not upgraded")
    attack = [r for r in box.run("incidents", "--db", "old.db", "--format", "jsonl").json_lines() if r["recipient"] == "Mahdi Brigade"]
    ensure(len(attack) == 1 and int(attack[0]["texts"]) == 3, f"{attack}")
    box.run("recode", "--db", "old.db", "--yes").exits(0)
    box.run("check", "--db", "old.db").exits(0).says("whole")


@case("an upgrade that cannot finish leaves the ledger as it was")
def interrupted(box):
    place(box, next(p for p in OLD if "1-tables" in p))
    with sqlite3.connect(box.path("old.db")) as c:
        c.execute("CREATE TABLE forgotten(other)")  # in the way: the statements do not find their column
    before = ids(box)
    box.run("upgrade", "--db", "old.db").exits(1).says("old.db")
    ensure(version(box) == 1 and ids(box) == before, "half upgraded")


@case("upgrade and the other commands that change a ledger make none")
def none(box):
    for command in (["upgrade"], ["forget", "x"], ["incidents", "merge", "i1", "i2"], ["actors", "merge", "a", "b"]):
        box.run(*command, "--db", "none.db").exits(1).says("no ledger")
    ensure(not os.path.exists(box.path("none.db")), "a ledger was made")


done()
