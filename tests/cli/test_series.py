"""test_series - the index of a panel of outlets, and both directions of a dyad."""
import datetime

from harness import case, done, ensure
from ledgers import SAMPLES

QUIET = "Chad and Niger signed a trade agreement on Monday."
LOUD = "Turkey expelled two Greek diplomats on Monday."
BACK = "Greece expelled a Turkish diplomat on Monday."


def write(box, name, weeks, copies=lambda outlet: 1):
    """weeks: of each outlet, texts by week."""
    docs, day = [], datetime.date(2022, 1, 9)
    for outlet, texts in weeks.items():
        for n, week in enumerate(texts):
            for k, text in enumerate(week * copies(outlet)):
                docs.append({"id": f"{outlet}-{n}-{k}", "date": str(day + datetime.timedelta(7 * n)), "source": outlet, "text": text})
    docs.sort(key=lambda d: (d["date"], d["id"]))
    box.jsonl(name + ".jsonl", *docs)
    box.run("ingest", "--db", name + ".db", name + ".jsonl").exits(0)


def rows(box, name, *args):
    return box.run("series", "--db", name + ".db", "--format", "jsonl", *args).exits(0).json_lines()


# Acts by the article: of a 1/4, 2/4, 3/4; of b 1/4, 1/4, 4/4. By their spreads (1/4, 0.4330) the mean is 0.7887, 1.2887, 2.6547: 50, 81.7, 168.3
PANEL = {"a": [[LOUD] + [QUIET] * 3, [LOUD] * 2 + [QUIET] * 2, [LOUD] * 3 + [QUIET]], "b": [[LOUD] + [QUIET] * 3, [LOUD] + [QUIET] * 3, [LOUD] * 4]}


@case("an index worked by hand; an outlet that writes twice as much leaves it as it is; one that is silent leaves the others")
def index(box):
    write(box, "one", PANEL)
    r = box.run("series", "--db", "one.db", "--index", "--format", "jsonl").exits(0).says("2 outlets", "not peace")
    found = r.json_lines()
    ensure([x["acts"] for x in found] == ["50.0", "81.7", "168.3"], f"{found}")
    ensure([(x["alive"], x["panel"], x["documents"]) for x in found] == [("2", "2", "8")] * 3, f"{found}")
    write(box, "two", PANEL, copies=lambda outlet: 3 if outlet == "a" else 1)
    ensure([x["acts"] for x in rows(box, "two", "--index")] == ["50.0", "81.7", "168.3"], "more articles moved the index")
    pair = rows(box, "one", "--index", "--unit", "pair", "--of", "TUR > GRC")
    ensure([x["acts"] for x in pair] == ["50.0", "81.7", "168.3"], f"{pair}")
    base = rows(box, "one", "--index", "--base", "2022-01-03/2022-01-16")
    ensure([x["acts"] for x in base][:2] != ["50.0", "81.7"], f"{base}")
    box.run("series", "--db", "one.db", "--index", "--base", "2022").exits(2).says("--base")
    box.run("series", "--db", "one.db", "--index", "--unit", "pair").exits(2).says("--of")
    box.run("events", "--db", "one.db", "--index").exits(2).says("for series")


@case("both directions stand side by side with their asymmetry, each dyad once")
def both(box):
    write(box, "l", {"a": [[LOUD, LOUD, LOUD, BACK], [QUIET], [BACK]]})
    found = rows(box, "l", "--both", "--unit", "pair")
    one = [r for r in found if {r["a"], r["b"]} == {"TUR", "GRC"}]
    ensure([(r["a"], r["a_conflict"], r["b_conflict"], r["conflict_asymmetry"]) for r in one] == [("GRC", "1", "3", "-0.50"), ("GRC", "1", "0", "1.00")], f"{one}")
    box.run("ingest", "--db", "s.db", *SAMPLES).exits(0)
    both = rows(box, "s", "--both")
    single = {(r["period"], r["unit"]): int(r["verbal_conflict"]) + int(r["material_conflict"]) for r in rows(box, "s", "--unit", "dyad")}
    ensure(len({(r["period"], frozenset((r["a"], r["b"]))) for r in both}) == len(both) > 50, "a dyad stands twice")
    for r in both:
        ensure(int(r["a_conflict"]) == single.get((r["period"], r["a"] + " > " + r["b"]), 0), f"{r}")
        ensure(int(r["b_conflict"]) == single.get((r["period"], r["b"] + " > " + r["a"]), 0), f"{r}")
    box.run("series", "--db", "s.db", "--both", "--unit", "actor").exits(2).says("dyad or pair")


done()
