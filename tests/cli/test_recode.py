"""test_recode - the documents of a ledger coded anew: what differs is told, and put in only when asked."""
import json
import signal
import sqlite3
import time
import zlib

from harness import case, done, ensure
from ledgers import SAMPLES, corpus, export, start

NEWS = [{"id": "a", "date": "2024-05-14", "source": "w", "text": "Police arrested two men in Nairobi on Monday. Gunmen killed a soldier on Sunday."},
        {"id": "b", "date": "2024-05-15", "source": "w", "title": "Shopkeeper Farid Nazari beaten",
         "text": "Police beat a shopkeeper, Farid Nazari, in Kabul on Monday. The Hill Front demanded that the police leave Kabul by Friday."}]


def older(box, db, edit=None):
    """Makes a ledger look as if an earlier version had coded it; edit changes its pages."""
    with sqlite3.connect(box.path(db)) as c:
        c.execute("UPDATE coders SET version='0.0.1', knowledge='old'")
        for doc, name, page in c.execute("SELECT d.doc, d.id, t.page FROM documents d JOIN texts t USING(doc)").fetchall():
            if edit:
                p = json.loads(zlib.decompress(page))
                edit(name, p)
                c.execute("UPDATE texts SET page=? WHERE doc=?", (zlib.compress(json.dumps(p).encode()), doc))


@case("what the present versions have coded is not coded again")
def fresh(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    box.run("recode", "--db", "l.db", "--yes").exits(0).says("0 documents coded anew")
    r = box.run("recode", "--db", "l.db", "--all", "--format", "tsv").exits(0).says("131 documents coded anew", "0 read otherwise, 0 new, 0 gone")
    ensure(r.out.count(b"\n") == 1, f"{r.out[:500]}")


@case("a deadline in hours counts from the time of publication, also when it is coded anew")
def clocks(box):
    box.write("n.jsonl", json.dumps({"id": "a", "date": "2023-10-12T22:30:00-05:00", "source": "w",
                                     "text": "The government gave the rebels 48 hours to leave the city."}) + "\n")
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    box.run("recode", "--db", "l.db", "--all", "--yes").exits(0).says("0 read otherwise, 0 new, 0 gone")
    with sqlite3.connect(box.path("l.db")) as c:
        page = json.loads(zlib.decompress(c.execute("SELECT page FROM texts").fetchone()[0]))
    ensure(page["doc"]["published"] == "2023-10-12T22:30-05:00", page["doc"])
    due = page["demands"][0]["deadline"]
    ensure((due["earliest"], due["latest"]) == ("2023-10-14T00:00-05:00", "2023-10-14T22:30-05:00"), due)


@case("what differs is told by entry, before and after; nothing is changed without --yes, everything with it")
def difference(box):
    def edit(name, page):
        if name == "a":
            page["events"][0]["status"] = "denied"
            del page["events"][1]
        else:
            page["demands"].append({**page["demands"][0], "id": "d0000000000000000"})
    box.jsonl("n.jsonl", *NEWS)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    right = export(box, "l.db")
    older(box, "l.db", edit)
    with sqlite3.connect(box.path("l.db")) as c:
        c.execute("UPDATE events SET status='denied' WHERE event=1")
    wrong = export(box, "l.db")
    ensure(right != wrong, "the test changes nothing")
    r = box.run("recode", "--db", "l.db", "--format", "jsonl").exits(0).says("2 documents coded anew", "1 read otherwise, 1 new, 1 gone", "nothing is changed")
    rows = {(x["doc"], x["kind"], x["change"]): x for x in r.json_lines()}
    ensure(set(rows) == {("a", "event", "changed"), ("a", "event", "new"), ("b", "demand", "gone")}, f"{rows}")
    one = rows["a", "event", "changed"]
    ensure("denied" in one["before"] and "actual" in one["after"] and "COERCE arrest" in one["after"], f"{one}")
    ensure(b"nazari" not in r.out.lower(), "a private person is named")
    ensure(export(box, "l.db") == wrong, "it was changed")
    box.run("recode", "--db", "l.db", "--yes", "-q").exits(0).says("1 read otherwise, 1 new, 1 gone")
    ensure(export(box, "l.db") == right, "it is not as if coded now")
    box.run("check", "--db", "l.db").exits(0)
    box.run("recode", "--db", "l.db", "--yes").exits(0).says("0 documents")


@case("--all makes anew also what the present versions have coded")
def everything(box):
    box.jsonl("n.jsonl", *NEWS)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    right = export(box, "l.db")
    with sqlite3.connect(box.path("l.db")) as c:
        c.execute("UPDATE events SET status='denied', evidence='Something else.'")
    ensure(export(box, "l.db") != right, "the test changes nothing")
    box.run("recode", "--db", "l.db", "--yes").exits(0).says("0 documents")
    ensure(export(box, "l.db") != right, "it was coded without being asked")
    box.run("recode", "--db", "l.db", "--all", "--yes").exits(0).says("2 documents coded anew")
    ensure(export(box, "l.db") == right, "the rows were not made anew")
    box.run("check", "--db", "l.db").exits(0)


@case("coded anew in pieces, interrupted, with one thread or four: the ledger of a fresh ingest")
def pieces(box):
    corpus(box, "c.jsonl", 6)
    box.run("ingest", "--db", "l.db", "c.jsonl").exits(0)
    right = export(box, "l.db")
    older(box, "l.db")
    p = start(box, "recode", "--db", "l.db", "--yes", "-q")
    time.sleep(0.5)
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=60)
    ensure(p.returncode in (0, 130), f"{p.returncode}")
    box.run("recode", "--db", "l.db", "--yes", "-j", "4", "-q").exits(0)
    box.run("recode", "--db", "l.db", "--yes").exits(0).says("0 documents")
    ensure(export(box, "l.db") == right, "the ledgers differ")


@case("what is wrong is told; a damaged page is mended")
def wrong(box):
    box.run("recode").exits(2).says("--db")
    box.run("recode", "--db", "none.db", "--yes").exits(1).says("none.db")
    box.run("recode", "--db", "x", "--format", "pages").exits(2).says("table, tsv")
    box.jsonl("n.jsonl", *NEWS)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    older(box, "l.db")
    with sqlite3.connect(box.path("l.db")) as c:
        c.execute("UPDATE texts SET page=x'789c00' WHERE doc=1")
    box.run("recode", "--db", "l.db").exits(0).says("page of 'a'", "tightrope check", "2 documents coded anew", "2 new")
    box.run("check", "--db", "l.db").exits(1)
    box.run("recode", "--db", "l.db", "--yes").exits(0)
    box.run("check", "--db", "l.db").exits(0)


done()
