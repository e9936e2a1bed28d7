"""test_incidents - many reports, one event: against the gold of samples/, in any order, with documents that go, and by hand."""
import csv
import itertools
import json
import os
import random
import sqlite3

from harness import SOURCE, case, done, ensure
from ledgers import SAMPLES

RAID = "The Harbour Front attacked a police station in Tadjoura on Monday, the army said."


def gold(name):
    with open(os.path.join(SOURCE, "samples", name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def partition(box, db):
    """Each incident as the set of its reports."""
    out = {}
    with sqlite3.connect(box.path(db)) as g:
        for incident, event in g.execute("SELECT r.incident, v.id FROM reports r JOIN events v USING(event)"):
            out.setdefault(incident, set()).add(event)
    return {frozenset(x) for x in out.values()}


def rows(box, *args):
    out = box.run(*args, "--format", "jsonl").exits(0).out
    return [json.loads(line) for line in out.splitlines()]


def documents(box, name, *docs):
    with open(box.path(name), "w", encoding="utf-8") as f:
        f.writelines(json.dumps(d) + "\n" for d in docs)


def told(n, text=RAID, **more):
    return {"id": f"d{n}", "date": "2024-03-05", "source": f"outlet-{n}", "text": text, **more}


@case("the incidents of the samples agree with their gold: pairs at 0.80 or better, their number within a tenth")
def samples(box):
    box.run("ingest", "--db", "s.db", *SAMPLES).exits(0)
    spans = {}
    for m in gold("mentions.tsv"):
        if m["role"] == "report":
            spans.setdefault(m["doc"], []).append((int(m["start"]), int(m["end"]), m["incident"]))
    with sqlite3.connect(box.path("s.db")) as g:
        reports = g.execute("SELECT r.incident, d.id, v.trigger_start, v.trigger_end FROM reports r JOIN events v USING(event) "
                            "JOIN documents d USING(doc) WHERE NOT v.in_title").fetchall()
        families = dict(g.execute("SELECT d.id, s.family FROM doc_shapes s JOIN documents d USING(doc)"))
    both = [(mine, next(i for a, b, i in spans[doc] if a < end and b > start)) for mine, doc, start, end in reports
            if any(a < end and b > start for a, b, _ in spans.get(doc, ()))]
    same = [(a[0] == b[0], a[1] == b[1]) for a, b in itertools.combinations(both, 2)]
    hit = sum(x and y for x, y in same)
    f1 = 2 * hit / (sum(x for x, _ in same) + sum(y for _, y in same))
    mine, theirs = len({a for a, _ in both}), len({b for _, b in both})
    print(f"# {len(both)} reports with gold: pairwise F1 {f1:.3f}, {mine} incidents where gold has {theirs}")
    ensure(len(both) > 250, f"only {len(both)} reports match the gold")
    ensure(f1 >= 0.80, f"pairwise F1 {f1:.3f}")
    ensure(abs(mine - theirs) <= theirs / 10, f"{mine} incidents where gold has {theirs}")
    copies = {(x["doc"], x["to"]) for x in gold("links.tsv") if x["relation"] == "copy-of"}
    missed = [c for c in copies if families[c[0]] != families[c[1]]]
    ensure(not missed, f"copies that are no family: {missed}")


@case("the order in which documents come makes no difference")
def order(box):
    docs = [line for path in SAMPLES for line in open(path, encoding="utf-8")]
    kept = []
    for turn in range(3):
        random.Random(turn).shuffle(docs)
        with open(box.path("c.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(docs)
        box.run("ingest", "--db", f"{turn}.db", "c.jsonl").exits(0)
        kept.append(partition(box, f"{turn}.db"))
    ensure(kept[0] == kept[1] == kept[2], "other incidents in another order")
    ensure(len(kept[0]) > 400, "hardly an incident")


@case("copies of one text are one incident, one text, and many reports")
def copies(box):
    more = " The station stands at the harbour, where the union has its office. Nobody else was hurt, and the road was open again by noon."
    documents(box, "c.jsonl", *(told(n, RAID + more) for n in range(5)), told(9, "In Tadjoura the Harbour Front attacked a police station on "
              "Monday."))
    box.run("ingest", "--db", "l.db", "c.jsonl").exits(0)
    raids = [r for r in rows(box, "incidents", "--db", "l.db") if r["type"] == "ASSAULT" and int(r["reports"]) > 1]
    ensure(any(int(r["reports"]) >= 5 and int(r["texts"]) <= 2 for r in raids), f"{raids}")
    plain = len(rows(box, "events", "--db", "l.db"))
    once = len(rows(box, "events", "--db", "l.db", "--dedup", "incident"))
    daily = len(rows(box, "events", "--db", "l.db", "--dedup", "one-a-day"))
    ensure(once < plain and daily < plain, f"{plain} reports, {once} incidents, {daily} by the day")
    counted = rows(box, "series", "--db", "l.db", "--dedup", "incident")
    ensure(sum(int(r["reports"]) for r in counted) == once, f"{counted}")


@case("a document that is told anew leaves its incident; what it alone held together parts")
def changed(box):
    documents(box, "a.jsonl", told(1), told(2))
    box.run("ingest", "--db", "l.db", "a.jsonl").exits(0)
    ensure(any(int(r["reports"]) == 2 for r in rows(box, "incidents", "--db", "l.db")), "two reports are no incident")
    documents(box, "b.jsonl", told(2, "The market of Tadjoura was closed on Monday because of rain."))
    box.run("ingest", "--db", "l.db", "b.jsonl").exits(0)
    ensure(all(int(r["reports"]) == 1 for r in rows(box, "incidents", "--db", "l.db")), "the old text still counts")


@case("an analyst joins and parts reports; it lasts, and is replayed elsewhere")
def by_hand(box):
    documents(box, "a.jsonl", told(1), told(2), told(3))
    box.run("ingest", "--db", "l.db", "a.jsonl").exits(0)
    incident = next(r["id"] for r in rows(box, "incidents", "--db", "l.db") if int(r["reports"]) == 3)
    reports = [r["id"] for r in rows(box, "incidents", "show", "--db", "l.db", incident)]
    box.run("incidents", "split", "--db", "l.db", "--note", "another raid", reports[1]).exits(0).says("of its own")
    ensure(frozenset([reports[1]]) in partition(box, "l.db"), "it was not parted")
    decisions = box.run("incidents", "decisions", "--db", "l.db").exits(0).out
    ensure(decisions.count(b"split\t") == 2, f"{decisions!r}")
    box.write("d.tsv", decisions)
    box.run("ingest", "--db", "m.db", "a.jsonl").exits(0)
    box.run("incidents", "replay", "--db", "m.db", "d.tsv").exits(0).says("2 decisions taken")
    ensure(partition(box, "m.db") == partition(box, "l.db"), "the replay made other incidents")
    documents(box, "b.jsonl", told(4))  # another report of the same does not bring it back
    box.run("ingest", "--db", "l.db", "b.jsonl").exits(0)
    ensure(not any({reports[0], reports[1]} <= x for x in partition(box, "l.db")), "a new report undid the decision")
    box.run("incidents", "merge", "--db", "l.db", reports[0], reports[1]).exits(0).says("one incident of")
    ensure(any(set(reports) <= x for x in partition(box, "l.db")), "they were not joined")


@case("what is asked for wrongly is told")
def wrong(box):
    documents(box, "a.jsonl", told(1))
    box.run("ingest", "--db", "l.db", "a.jsonl").exits(0)
    box.run("incidents", "merge", "--db", "l.db", "zz", "yy").exits(2).says("no event of the ledger has the id 'zz'")
    box.run("incidents", "merge", "--db", "l.db", "zz").exits(2).says("the other report is missing")
    box.run("events", "--db", "l.db", "--dedup", "never").exits(2).says("--dedup does not know 'never'")
    box.run("incidents", "show", "--db", "l.db").exits(2).says("which incident?")


@case("why tells with which reports an event is one, and by what")
def why(box):
    documents(box, "a.jsonl", told(1), told(2, "On Monday the Harbour Front attacked a police station in Tadjoura, residents said."))
    box.run("ingest", "--db", "l.db", "a.jsonl").exits(0)
    incident = next(r["id"] for r in rows(box, "incidents", "--db", "l.db") if int(r["reports"]) == 2)
    out = box.run("why", "--db", "l.db", incident).exits(0).out
    ensure(b"One incident with" in out and b"same day" in out, out[-300:])


@case("what an act did, told in one sentence with it, is one incident with it: its figures, its parties; parted by hand it stays so")
def parts(box):
    news = [("2024-01-10", "Gunmen attacked a police station in Kano, Nigeria, on Tuesday, killing five policemen and wounding two."),
            ("2024-01-11", "Two soldiers were killed when rebels attacked a bus in Mosul, Iraq, on Wednesday.")]
    box.jsonl("p.jsonl", *({"id": f"p{i}", "date": day, "text": text} for i, (day, text) in enumerate(news)))
    box.run("ingest", "--db", "p.db", "p.jsonl").exits(0)
    rows = box.run("incidents", "--db", "p.db", "--format", "jsonl").json_lines()
    ensure([(r["place"], r["killed"], r["injured"], r["texts"]) for r in rows] == [("Kano", "5", "2", "1"), ("Mosul", "2", None, "1")], f"{rows}")
    reports = box.run("incidents", "show", "--db", "p.db", rows[0]["id"], "--format", "jsonl").json_lines()
    ensure(len(reports) == 3, f"{len(reports)} reports")
    box.run("incidents", "split", "--db", "p.db", reports[1]["id"]).exits(0)
    after = len(box.run("incidents", "--db", "p.db", "--format", "jsonl").json_lines())
    ensure(after == 3, f"{after} incidents when one report is parted")
    box.run("recode", "--db", "p.db", "--all", "--yes").exits(0)
    again = len(box.run("incidents", "--db", "p.db", "--format", "jsonl").json_lines())
    ensure(again == 3, f"{again} incidents when coded anew")


done()
