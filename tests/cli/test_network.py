"""test_network - friends, foes and tightropes through the program: read from texts, in every format."""
import json
import xml.etree.ElementTree as xml

from harness import case, done, ensure
from ledgers import SAMPLES

NEWS = [f"{who} signed a defence pact with {whom} on Monday." for who, whom in (("Kenya", "Uganda"), ("Kenya", "Tanzania"))] + [
    "Ugandan forces shelled Tanzania on Tuesday.", "Uganda attacked Tanzania on Wednesday."]


def ledger(box):
    box.jsonl("in.jsonl", *({"id": f"d{i}", "date": "2024-03-07", "source": f"s{i}", "text": t} for i, t in enumerate(NEWS)))
    box.run("ingest", "--db", "l.db", "in.jsonl").exits(0)


@case("the state between two that fight walks a tightrope")
def tightrope(box):
    ledger(box)
    r = box.run("network", "--db", "l.db", "--unit", "country", "--format", "jsonl").exits(0).says("3 actors")
    ropes = [json.loads(x) for x in r.out.splitlines()]
    ensure(len(ropes) == 1 and ropes[0]["actor"] == "KEN" and {ropes[0]["between"], ropes[0]["and"]} == {"UGA", "TZA"}, f"{ropes}")
    all_ = json.loads(box.run("network", "--db", "l.db", "--unit", "country", "--format", "json").exits(0).out)
    ensure(all_["triads"] == {"+++": 0, "++-": 1, "+--": 0, "---": 0} and all_["frustrated_most"] == 1 and all_["exact"], f"{all_}")
    ensure({t["sign"] for t in all_["ties"]} == {"positive", "negative"} and all(t["incidents"] for t in all_["ties"]), f"{all_['ties']}")


@case("old acts weigh less, and what is not yet told is not there")
def decay(box):
    ledger(box)
    box.jsonl("late.jsonl", {"id": "late", "date": "2025-03-07", "source": "s", "text": "Kenya signed a pact with Ghana on Monday."})
    box.run("ingest", "--db", "l.db", "late.jsonl").exits(0)
    ties = lambda *more: [json.loads(x) for x in box.run("network", "--db", "l.db", "--unit", "country", "--list", "ties", "--format",
                                                         "jsonl", *more).exits(0).out.splitlines()]
    now = {(t["a"], t["b"]): float(t["conflict"]) for t in ties("--half-life", "14")}
    then = {(t["a"], t["b"]): float(t["conflict"]) for t in ties("--on", "2024-03-07")}
    ensure(not any("GHA" in k for k in then) and any("GHA" in k for k in now), f"{now} {then}")
    ensure(max(then.values()) > 5 and max(now.values()) < 0.1, f"{now} {then}")


@case("every format is well formed, also of a network without ties")
def formats(box):
    box.run("ingest", "--db", "s.db", *SAMPLES).exits(0)
    box.jsonl("calm.jsonl", {"id": "c", "date": "2024-01-01", "text": "It rained."})
    box.run("ingest", "--db", "calm.db", "calm.jsonl").exits(0)
    for db in ("s.db", "calm.db"):
        for form in ("graphml", "gexf"):
            root = xml.fromstring(box.run("network", "--db", db, "--format", form).exits(0).out)
            ensure(root.tag.endswith(form), f"{root.tag}")
        json.loads(box.run("network", "--db", db, "--format", "json").exits(0).out)
        for what in ("tightropes", "ties", "actors"):
            box.run("network", "--db", db, "--list", what, "--format", "csv").exits(0)
    box.run("network", "--db", "s.db", "--list", "camps").exits(2).says("tightropes, ties or actors")


done()
