"""test_alarms - each rule on the last week and on all weeks before: what it raises, what chance raises, what followed; silence is no peace."""
import datetime

from harness import case, done, ensure

QUIET = "Chad and Niger signed a trade agreement on Monday."
LOUD = "Turkey expelled two Greek diplomats on Monday."
RULES = ["exceedance", "surge", "threat", "ears", "cusum", "change", "hdx"]


def ledger(box, weeks):
    """weeks: of each, how many articles are quiet and how many loud."""
    docs, day = [], datetime.date(2022, 1, 4)
    for n, (quiet, loud) in enumerate(weeks):
        for k in range(quiet + loud):
            docs.append({"id": f"{n}-{k}", "date": str(day + datetime.timedelta(7 * n)), "source": f"outlet-{k % 3}", "text": LOUD if k < loud else QUIET})
    docs.append({"id": "end", "date": str(day + datetime.timedelta(7 * len(weeks) - 2)), "source": "outlet-0", "text": QUIET})
    box.jsonl("n.jsonl", *docs)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)


def rows(box, *args):
    return box.run("alarms", "--db", "l.db", "--unit", "pair", "--format", "jsonl", *args).exits(0).says("not a forecast").json_lines()


def day_of(week):
    return str(datetime.date(2022, 1, 4) + datetime.timedelta(7 * week))


@case("every rule raises by itself, with the evidence, and tells its budget")
def by_rule(box):
    ledger(box, [(4, n % 2) for n in range(60)] + [(4, 2)] * 3 + [(4, 12)] * 3)
    for rule in RULES[:-1]:
        found = rows(box, "--rule", rule, "--on", day_of(65 if rule == "change" else 63))
        ensure([r["unit"] for r in found] == ["TUR > GRC"], f"{rule}: {found}")
        ensure(rule in found[0]["rules"].split("+") and found[0]["alarm"] == "alarm", f"{found}")
        ids = found[0]["evidence"].split()
        ensure(len(ids) == 5, f"{ids}")
        told = box.run("events", "--db", "l.db", "--from", day_of(62), "--format", "jsonl").json_lines()
        ensure(set(ids) <= {e["id"] for e in told if e["type"] == "SANCTION" or e["type"] == "COERCE"}, f"{ids}")
    box.run("alarms", "--db", "l.db", "--rule", "surge").exits(0).says("states no share of false alarms")
    box.run("alarms", "--db", "l.db", "--rule", "ears").exits(0).says("By chance alone about")
    box.run("alarms", "--db", "l.db", "--rule", "gut").exits(2).says("gut")


@case("a week without articles is told as no data, by every rule")
def no_data(box):
    ledger(box, [(4, 1)] * 30 + [(0, 0)] * 3 + [(4, 1)])
    for rule in RULES:
        r = box.run("alarms", "--db", "l.db", "--unit", "pair", "--rule", rule, "--on", day_of(31), "--format", "jsonl").exits(0).says("no data", "not peace")
        ensure(not r.out, f"{rule}: {r.out}")
    r = {x["rule"]: x for x in rows(box, "--backtest")}
    ensure(r["surge"]["silent"] == "3" and r["surge"]["weeks"] == "31", f"{r['surge']}")


@case("the back-test: every rule on all weeks, chance beside it; what is followed by more has shown skill, what is not has not")
def backtest(box):
    calm = [(4, n % 2) for n in range(20)]
    waves = []
    for k in range(14):
        waves += [(4, 0)] * 9 + [(4, 6)] + [(4, 8)] * 4 + [(4, 0)] * 3
    ledger(box, calm + waves)
    r = {x["rule"]: x for x in rows(box, "--backtest")}
    ensure(list(r) == RULES, f"{list(r)}")
    for x in r.values():
        ensure(int(x["alarms"]) <= int(x["judged"]) and int(x["known"]) <= int(x["alarms"]), f"{x}")
    surge = r["surge"]
    ensure(int(surge["alarms"]) > 12 and surge["verdict"] == "skill", f"{surge}")
    ensure(int(r["exceedance"]["alarms"]) > 12 and r["exceedance"]["verdict"] != "too few to tell", f"{r['exceedance']}")
    ensure(r["ears"]["stated"] and r["cusum"]["stated"] and not r["threat"]["stated"], f"{r}")
    same = [box.run("alarms", "--db", "l.db", "--backtest").exits(0).out for _ in range(2)]
    ensure(same[0] == same[1], "not the same again")
    one = rows(box, "--backtest", "--rule", "ears")
    ensure([x["rule"] for x in one] == ["ears"] and one[0] == r["ears"], f"{one}")


@case("hdx: deaths of thirty days by country beyond those of the year before")
def deaths(box):
    docs, day = [], datetime.date(2022, 1, 1)
    for n in range(430):
        d = day + datetime.timedelta(n)
        docs.append({"id": f"q{n}", "date": str(d), "source": "a", "text": QUIET})
        if n in (50, 405, 415):
            docs.append({"id": f"k{n}", "date": str(d), "source": "b", "text": f"Gunmen killed {40 if n == 50 else 60} soldiers in Kano, Nigeria, on {d:%A}."})
    box.jsonl("n.jsonl", *docs)
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    found = rows(box, "--rule", "hdx")
    ensure([(r["unit"], r["reports"], float(r["expected"])) for r in found] == [("NGA", "120", 40)], f"{found}")
    ensure(not rows(box, "--rule", "hdx", "--deaths", "121"), "--deaths")
    ensure(int(rows(box, "--backtest", "--rule", "hdx")[0]["alarms"]) >= 1, "back-test")


done()
