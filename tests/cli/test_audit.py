"""test_audit - a sample for two coders, and what their sheets say: worked by hand."""
import csv
import json
import os

from harness import case, done, ensure
from ledgers import SAMPLES


def sheet(box, name):
    with open(box.path(name), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def fill(box, name, rows, answers):
    """Writes the sheet again, in another order and as a spreadsheet may save it, with answers by item."""
    with open(box.path(name), "w", newline="", encoding="utf-8-sig") as f:
        w = csv.DictWriter(f, rows[0].keys(), delimiter=";")
        w.writeheader()
        for r in reversed(rows):
            w.writerow({**r, **answers.get(r["item"], {})})


def drawn(box, n=48):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    box.run("audit", "sample", "--db", "l.db", "--n", str(n), "--sheets", "s").exits(0).says(f"{n} events")
    return sheet(box, "s-a.csv"), {r["item"]: r for r in sheet(box, "s-key.csv")}


@case("the sample is drawn again by the same seed, another by another; types get the same number; the sheets do not tell them")
def sample(box):
    rows, key = drawn(box)
    with open(box.path("s-a.csv"), "rb") as a, open(box.path("s-b.csv"), "rb") as b:
        first = a.read()
        ensure(first == b.read(), "the coders' sheets differ")
    box.run("audit", "sample", "--db", "l.db", "--n", "48", "--sheets", "again").exits(0)
    with open(box.path("again-a.csv"), "rb") as f:
        ensure(f.read() == first, "another sample by the same seed")
    box.run("audit", "sample", "--db", "l.db", "--n", "48", "--seed", "2", "--sheets", "other").exits(0)
    ensure({r["item"] for r in sheet(box, "other-a.csv")} != set(key), "the same sample by another seed")
    per_type = [sum(k["type"] == t for k in key.values()) for t in {k["type"] for k in key.values()}]
    ensure(max(per_type) - min(per_type) <= 1, f"{per_type}")
    ensure(all(r["type"] == "" and r["status"] == "" for r in rows) and "confidence" not in rows[0], "the sheet tells the code")


@case("alpha, precision by type with its interval, and the gold of what both coded alike")
def score(box):
    rows, key = drawn(box)
    items = [r["item"] for r in rows]
    of = {t: [i for i in items if key[i]["type"] == t] for t in ("ASSAULT", "CONSULT")}
    a = {i: {"type": "assault", "status": "actual", "actor": "y"} for i in of["ASSAULT"]}
    a.update({i: {"type": "CONSULT", "actor": "no"} for i in of["CONSULT"]})
    b = {i: dict(v) for i, v in a.items()}
    a[of["CONSULT"][0]] = b[of["CONSULT"][0]] = {"type": "NONE", "actor": "-"}  # both: no event
    b[of["CONSULT"][1]] = {"type": "ASSAULT", "actor": "1"}                     # they differ
    fill(box, "s-a.csv", rows, a), fill(box, "s-b.csv", rows, b)
    r = box.run("audit", "score", "--key", "s-key.csv", "s-a.csv", "s-b.csv", "--gold", "g.jsonl", "--format", "jsonl").exits(0)
    lines = [json.loads(x) for x in r.out.split(b"\n") if x]
    question = {x["question"]: x for x in lines if "question" in x}
    by_type = {x["type"]: x for x in lines if "type" in x}
    n = len(of["ASSAULT"]) + len(of["CONSULT"])
    ensure(question["type"]["coded_by_both"] == str(n) and question["type"]["alike"] == str(n - 1), f"{question['type']}")
    values = [v["type"].upper() for i in a for v in (a[i], b[i])]
    pairs = sum(a[i]["type"].upper() != b[i]["type"].upper() for i in a)
    apart = sum(x != y for x in values for y in values)
    alpha = 1 - (2 * n - 1) * (2 * pairs) / apart
    ensure(abs(float(question["type"]["alpha"]) - alpha) < 0.0006, f"{question['type']} is not {alpha:.3f}")
    consult = by_type["CONSULT"]
    ensure((consult["right"], consult["wrong"], consult["disputed"]) == (str(len(of["CONSULT"]) - 2), "1", "1"), f"{consult}")
    ensure(by_type["ASSAULT"]["precision"] == "1.000" and by_type["ACCUSE"]["precision"] == "-", "a figure that nobody coded")
    with open(box.path("g.jsonl"), encoding="utf-8") as f:
        gold = [json.loads(x) for x in f]
    ensure(len(gold) == n - 1 and {g["type"] for g in gold} == {"ASSAULT", "CONSULT", "NONE"}, f"{len(gold)} in the gold")


@case("what is wrong in a sheet is told with its line; nothing coded claims nothing")
def wrong(box):
    rows, key = drawn(box)
    box.run("audit", "score", "--key", "s-key.csv", "s-a.csv", "s-b.csv").exits(0).says("nothing is claimed")
    fill(box, "s-a.csv", rows, {rows[-1]["item"]: {"type": "ASSUALT"}})
    box.run("audit", "score", "--key", "s-key.csv", "s-a.csv", "s-b.csv").exits(1).says("s-a.csv:2: ", "'ASSUALT' is no answer")
    fill(box, "s-a.csv", rows, {rows[-1]["item"]: {"actor": "perhaps"}})
    box.run("audit", "score", "--key", "s-key.csv", "s-a.csv", "s-b.csv").exits(1).says("s-a.csv:2: ", "yes, no, or blank")
    box.write("foreign.csv", b"item,type,status,actor,recipient,date,place\r\nx,ASSAULT,,,,,\r\n")
    box.run("audit", "score", "--key", "s-key.csv", "foreign.csv", "s-b.csv").exits(1).says("foreign.csv:2: ", "no item 'x'")
    box.write("open.csv", b'item,type,status,actor,recipient,date,place\r\n"x,ASSAULT\r\n')
    box.run("audit", "score", "--key", "s-key.csv", "open.csv", "s-b.csv").exits(1).says("open.csv:2: ", "does not close")
    box.run("audit", "score", "--key", "s-a.csv", "s-a.csv", "s-b.csv").exits(1).says("s-a.csv:1: ", "column 'in_ledger' is missing")
    box.run("audit", "score", "--key", "s-key.csv", "s-a.csv").exits(2).says("both coders")
    box.run("audit", "sample", "--db", "l.db", "--n", "0", "--sheets", "s").exits(2)
    box.run("audit", "sample", "--db", "l.db", "--from", "2100-01-01", "--sheets", "none").exits(2).says("no event")
    ensure(not os.path.exists(box.path("none-a.csv")), "sheets without events")


done()
