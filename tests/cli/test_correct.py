"""test_correct - a word on one field of an event: it holds, is gold, and tells what a change of the rules does to it."""
import json
import sqlite3
import zlib

from harness import case, done, ensure

NEWS = [{"id": "a", "date": "2024-05-15", "source": "w", "text": "Gunmen attacked a post in Kano, Nigeria, on Monday. Chad and Niger signed an agreement on Tuesday."},
        {"id": "b", "date": "2024-05-16", "source": "x", "title": "Raid in Kano", "text": "Gunmen attacked a police post in Kano, Nigeria, on Monday, and Turkey condemned the attack."}]


def ledger(box, db="l.db", news=NEWS):
    box.jsonl("n.jsonl", *news)
    box.run("ingest", "--db", db, "n.jsonl").exits(0)


def events(box, db="l.db"):
    return {r["id"]: r for r in box.run("events", "--db", db, "--status", "all", "--format", "jsonl").exits(0).json_lines()}


def one(box, kind, doc="a", db="l.db"):
    return next(r["id"] for r in events(box, db).values() if r["type"] == kind and r["doc"] == doc)


def edit(box, change, db="l.db"):
    """What the ledger has as coded becomes something else, and a recode would mend it."""
    with sqlite3.connect(box.path(db)) as c:
        for doc, page in c.execute("SELECT doc, page FROM texts").fetchall():
            p = json.loads(zlib.decompress(page))
            change(p)
            c.execute("UPDATE texts SET page=? WHERE doc=?", (zlib.compress(json.dumps(p).encode()), doc))


def correct(box, *args, db="l.db"):
    return box.run("correct", *args, "--db", db).exits(0)


@case("every field becomes what is right, stays so when all is coded anew, and can be taken back")
def fields(box):
    ledger(box)
    e, before = one(box, "ASSAULT"), events(box)
    correct(box, e, "type", "wrong", "COERCE").says("was read as 'ASSAULT', is COERCE")
    correct(box, e, "status", "wrong", "attempted")
    correct(box, e, "date", "wrong", "2024-05-10")
    correct(box, e[:10], "place", "wrong", "Lagos, NGA")
    correct(box, e, "actor", "wrong", "Chad")
    correct(box, e, "recipient", "wrong", "Niger", "--note", "the paper's own correction")
    for turn in range(2):
        x = events(box)[e]
        ensure((x["type"], x["status"], x["date"], x["place"], x["actor"], x["recipient"]) ==
               ("COERCE", "attempted", "2024-05-10", "Lagos", "Chad", "Niger"), f"{turn}: {x}")
        box.run("check", "--db", "l.db").exits(0).says("whole")
        box.run("recode", "--db", "l.db", "--all", "--yes").exits(0).says("0 read otherwise")
    with sqlite3.connect(box.path("l.db")) as c:
        ensure(c.execute("SELECT quad FROM events WHERE id=?", (e,)).fetchone() == (4,), "the quad of the right type")
    for field in ("type", "status", "date", "place", "actor", "recipient"):
        correct(box, "drop", e, field)
    ensure(events(box)[e] == before[e] and set(events(box)) == set(before), "not as it was read")
    box.run("correct", "drop", e, "type", "--db", "l.db").exits(2).says("nothing was said")


@case("an event that is none leaves lists, incidents and series, and stays away")
def mistaken(box):
    ledger(box)
    e = one(box, "ASSAULT")
    incidents = lambda: [r for r in box.run("incidents", "--db", "l.db", "--type", "ASSAULT", "--format", "jsonl").exits(0).json_lines()]
    ensure([r["reports"] for r in incidents()] == ["2"], f"{incidents()}")
    correct(box, e, "event", "wrong")
    for _ in range(2):
        ensure(events(box)[e]["status"] == "mistaken", "its status")
        ensure([r["reports"] for r in incidents()] == ["1"], f"{incidents()}")
        shown = box.run("events", "--db", "l.db", "--format", "jsonl").json_lines()
        ensure(e not in {r["id"] for r in shown}, "it is listed")
        box.run("recode", "--db", "l.db", "--all", "--yes").exits(0)
    correct(box, e, "event", "right")
    ensure([r["reports"] for r in incidents()] == ["2"], f"{incidents()}")


@case("gold: a line of JSON each, taken into another ledger, also before the document is there")
def gold(box):
    ledger(box)
    e = one(box, "ASSAULT")
    correct(box, e, "type", "wrong", "COERCE")
    correct(box, e, "actor", "wrong", "Chad")
    correct(box, e, "date", "right")
    r = box.run("correct", "gold", "--db", "l.db").exits(0)
    lines = {x["field"]: x for x in r.json_lines()}
    ensure(lines["type"]["was"] == "ASSAULT" and lines["type"]["value"] == "COERCE" and lines["date"]["verdict"] == "right", f"{lines}")
    ensure("Kano" in lines["date"]["evidence"] and lines["date"]["was"] == "2024-05-13", f"{lines}")
    box.write("gold.jsonl", r.out)
    ledger(box, "m.db", NEWS[1:])
    box.run("correct", "replay", "gold.jsonl", "--db", "m.db").exits(0).says("3 corrections taken")
    box.jsonl("first.jsonl", NEWS[0])
    box.run("ingest", "--db", "m.db", "first.jsonl").exits(0)
    ensure((events(box, "m.db")[e]["type"], events(box, "m.db")[e]["actor"]) == ("COERCE", "Chad"), f"{events(box, 'm.db')[e]}")
    ensure(box.run("correct", "gold", "--db", "m.db").out == r.out, "gold of the other ledger differs")
    box.write("bad.jsonl", b'{"event":"e1","doc":"a","field":"mood","verdict":"wrong"}\n')
    box.run("correct", "replay", "bad.jsonl", "--db", "m.db").exits(1).says("bad.jsonl:1: ", "no correction")
    listed = box.run("correct", "list", "--db", "l.db", "--format", "jsonl").exits(0).json_lines()
    ensure(len(listed) == 3, f"{listed}")


@case("diff tells what the present rules fix and break of what was judged")
def diff(box):
    ledger(box)
    e, signed, other = one(box, "ASSAULT"), next(r["id"] for r in events(box).values() if r["doc"] == "a" and r["type"] != "ASSAULT"), one(box, "ASSAULT", "b")
    def change(p):
        for x in p["events"]:
            if x["id"] == e:
                x["type"], x["actor"], x["status"] = "COERCE", [], "denied"
            if x["id"] == signed:
                x["status"] = "denied"
    edit(box, change)
    correct(box, e, "type", "wrong", "ASSAULT")  # the rules mend it
    correct(box, e, "status", "right")           # .. and take this for another
    correct(box, e, "date", "wrong", "2024-05-12")
    correct(box, signed, "status", "wrong")
    correct(box, other, "type", "right")
    r = box.run("diff", "--db", "l.db", "--format", "jsonl").exits(0).says("1 fixed, 1 broken; 1 still right, 1 still wrong, 1 changed, 0 gone")
    found = {(x["outcome"], x["field"], x["was"], x["wanted"], x["now"]) for x in r.json_lines()}
    ensure(found == {("fixed", "type", "COERCE", "ASSAULT", "ASSAULT"), ("broken", "status", "denied", "denied", "actual"),
                     ("changed", "status", "denied", None, "actual")}, f"{found}")
    everything = box.run("diff", "--db", "l.db", "--all", "--format", "jsonl", "-j", "2").exits(0).json_lines()
    ensure(len(everything) == 5, f"{everything}")
    gone = lambda p: [x.update(id="e0000000000000009") for x in p["events"] if x["id"] == e]
    edit(box, gone)
    box.run("recode", "--db", "l.db", "--all", "--yes").exits(0)
    box.run("diff", "--db", "l.db").exits(0).says("1 fixed, 1 broken")


@case("a private person stands by the role word in what is kept and told; a document that is forgotten takes its corrections with it")
def restraint(box):
    text = "Police beat a shopkeeper, Farid Nazari, in Kabul on Monday."
    ledger(box, news=[{"id": "v", "date": "2024-05-15", "source": "w", "text": text}, NEWS[0]])
    e = next(r["id"] for r in events(box).values() if r["doc"] == "v")
    correct(box, e, "recipient", "right")
    correct(box, e, "place", "right")
    for args in (("correct", "list"), ("correct", "gold"), ("diff", "--all")):
        r = box.run(*args, "--db", "l.db").exits(0)
        ensure(b"Nazari" not in r.out and b"shopkeeper" in r.out, f"{args}: {r.out}")
    box.run("forget", "v", "--db", "l.db").exits(0)
    ensure(not box.run("correct", "gold", "--db", "l.db").exits(0).out, "its corrections stayed")


@case("what cannot be taken is told and changes nothing")
def wrong(box):
    ledger(box)
    e, before = one(box, "ASSAULT"), events(box)
    for args, says in ((("ezz", "type", "right"), "no event of the ledger"), ((e, "mood", "right"), "is no field"), ((e, "type", "maybe"), "right or wrong"),
                       ((e, "type", "wrong", "WAR"), "no event type"), ((e, "status", "wrong", "perhaps"), "no status"), ((e, "date", "wrong", "May"), "YYYY-MM-DD"),
                       ((e, "actor", "wrong", "Atlantis"), "no actor"), ((e, "event", "wrong", "x"), "correct its fields"), ((e, "type"), "what is right or wrong"),
                       ((e, "type", "right", "ASSAULT"), "no other value")):
        box.run("correct", *args, "--db", "l.db").exits(2).says(says)
    ensure(events(box) == before, "something changed")
    box.run("correct", e, "type", "right", "--db", "none.db").exits(1).says("none.db")


done()
