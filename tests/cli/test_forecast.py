"""test_forecast - what the next period may bring: beside simple guesses, by rolling origin, and told where there is no skill."""
import datetime

from harness import case, done, ensure
from ledgers import SAMPLES

SAYS = "Rebels attacked soldiers in Mosul on Monday."


def ledger(box, weeks=40, silent=()):
    """Two articles a week, and in every fourth week five more attacks."""
    day, docs = datetime.date(2023, 1, 4), []
    for n in range(weeks):
        for k in range(0 if n in silent else 7 if n % 4 == 0 else 2):
            docs.append({"id": f"d{n}.{k}", "date": str(day + datetime.timedelta(7 * n + k // 4)), "source": f"outlet-{k % 2}", "text": SAYS})
    box.jsonl("n.jsonl", *docs)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)


def rows(box, *args):
    return box.run("forecast", "--db", "l.db", "--format", "jsonl", *args).exits(0).says("not of what happens").json_lines()


@case("a forecast stands beside the best simple guess, and its intervals lie in one another")
def beside(box):
    ledger(box)
    for unit in ("all", "type", "country", "dyad", "pair", "actor"):
        found = rows(box, "--unit", unit)
        for r in found:
            ensure(int(r["low90"]) <= int(r["low50"]) <= int(r["median"]) <= int(r["high50"]) <= int(r["high90"]), f"{r}")
            ensure(r["verdict"] in ("skill", "no demonstrated skill", "too short to tell") and r["best_simple"], f"{r}")
            ensure(r["period"] == "2023-10-02" and int(r["origins"]) == 31, f"{r}")
    scores = rows(box, "--list", "scores")
    ensure([r["method"] for r in scores[:6]] == ["zero", "last", "mean", "history", "season", "model"], f"{scores}")
    ensure(sum(float(r["share"]) for r in rows(box, "--list", "reliability")) > .99, "shares")


@case("weeks without articles are told and are no zeros; the running week is not counted")
def silence(box):
    ledger(box, silent=range(20, 30))
    r = box.run("forecast", "--db", "l.db", "--format", "jsonl").exits(0).says("10 of these had no article")
    ensure(int(r.json_lines()[0]["origins"]) == 21, f"{r.out}")
    r = rows(box, "--on", "2023-03-01")[0]
    ensure(r["period"] == "2023-02-27" and r["verdict"] == "too short to tell" and r["origins"] == "0", f"{r}")


@case("days and months; counts; filters; the same bytes again")
def other(box):
    box.run("ingest", "--db", "l.db", *SAMPLES).exits(0)
    for by, day in (("day", None), ("month", "2021-01-01")):
        r = rows(box, "--by", by)[0]
        ensure(r["period"] == day or not day, f"{r}")
    totals = [float(rows(box, "--count", c)[0]["mean"]) for c in ("reports", "threats")]
    ensure(totals[0] > totals[1] > 0, f"{totals}")
    ensure(len(rows(box, "--unit", "actor", "--top", "3")) == 3, "--top")
    ensure(rows(box, "--actor", "armenia")[0]["mean"] != rows(box)[0]["mean"], "--actor")
    same = [box.run("forecast", "--db", "l.db", "--unit", "dyad").exits(0).out for _ in range(2)]
    ensure(same[0] == same[1] and b"skill" in same[0], "not the same again")


@case("an empty ledger, and what is asked wrongly")
def wrong(box):
    box.jsonl("n.jsonl")
    box.run("ingest", "--db", "l.db", "n.jsonl")
    r = box.run("forecast", "--db", "l.db").exits(0).says("nothing to forecast from")
    box.run("forecast", "--db", "l.db", "--by", "year").exits(2).says("year")
    box.run("forecast", "--db", "l.db", "--count", "wars").exits(2).says("wars")
    box.run("forecast").exits(2).says("--db FILE")


done()
