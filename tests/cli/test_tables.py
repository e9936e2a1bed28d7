#!/usr/bin/env python3
"""Users' PETRARCH dictionaries, and tables of events in the columns that users have now."""
import csv
import io
import json
import os
import time

from harness import SOURCE, case, done, ensure, skip

CASES = os.path.join(SOURCE, "tests", "cases", "petrarch")
SHARED = os.path.join(SOURCE, "..", "shared", "data", "petrarch", "dictionaries")


def dictionaries(verbs, *kinds):
    out = ["--petrarch-verbs", os.path.join(CASES, verbs)]
    for kind in kinds:
        out += [f"--petrarch-{kind}", os.path.join(CASES, kind + ".txt")]
    return out


def triples(page):
    """source>target:code of every event, as PETRARCH writes them."""
    code = {a["id"]: a["code"]["cameo"] for a in page["actors"]}
    found = set()
    for event in page["events"]:
        sources, targets = [code[a] for a in event["actor"]], [code[a] for a in event["recipient"]]
        for a in sources or ["---"]:
            for b in (sources if event["reciprocal"] else targets) or ["---"]:
                if a != b:
                    found.add(f"{a}>{b}:{event['cameo']}")
    return found


def run_cases(box, name, flags):
    with open(os.path.join(CASES, name), encoding="utf-8") as f:
        rows = [[x.strip() for x in line.split("|")] for line in f if line.strip() and line[0] != "#"]
    box.jsonl("in.jsonl", *[{"id": str(i), "date": r[0], "text": r[1]} for i, r in enumerate(rows)])
    pages = box.run("code", "-q", *flags, "in.jsonl").exits(0).pages()
    wrong = [f"{text}\n  expected {expected or 'nothing'}\n  read     {' '.join(sorted(triples(p))) or 'nothing'}"
             for (_, text, expected), p in zip(rows, pages) if set(expected.split()) != triples(p)]
    ensure(not wrong, "\n".join(wrong))


@case("dictionaries in TABARI's and PETRARCH1's way")
def linear(box):
    run_cases(box, "linear.txt", dictionaries("verbs.txt", "actors", "agents", "discards"))


@case("dictionaries in PETRARCH2's way")
def tree(box):
    run_cases(box, "tree.txt", dictionaries("verbs2.txt", "actors", "agents"))


@case("options of PETR_config.ini: dyads, new actors, years, clauses between commas")
def options(box):
    flags = dictionaries("verbs.txt", "actors", "agents", "discards")

    def read(text, *more):
        box.jsonl("in.jsonl", {"id": "1", "date": "2012-05-01", "text": text})
        extra = [x for o in more for x in ("--petrarch-option", o)]
        return triples(box.run("code", "-q", *flags, *extra, "in.jsonl").exits(0).pages()[0])
    ensure(not read("Ruritania opposed the proposal."), "a row without target")
    ensure(read("Ruritania opposed the proposal.", "require_dyad=false") == {"RUR>---:112"}, "no row without target")
    ensure(read("Ruritania opposed the Purple League.", "new_actor_length=3") == {'RUR>"PURPLE LEAGUE":112'}, "no new actor")
    ensure(read("Ruritania opposed Lutha as in 1893.", "discard_years=false") == {"RUR>LUT:112"}, "a year was discarded")
    text = "Ruritania opposed Lutha, a Graustark official said on Sunday."
    ensure(read(text, "comma_emin=2", "comma_emax=8") == {"RUR>LUT:112"}, "the final clause was not cut")
    r = box.run("code", "--petrarch-option", "colour=blue", "in.jsonl").exits(2)
    r.says("colour", "require_dyad")
    box.run("code", "--petrarch-option", "new_actor_length=many", "in.jsonl").exits(2).says("many")


@case("issues: codes with counts, cancelled sections")
def issues(box):
    box.jsonl("in.jsonl", {"id": "1", "date": "2012-05-01", "text": "Two railways and a steam engine. They planted maize after the harvest."},
              {"id": "2", "date": "2012-05-01", "text": "His model railway stood beside the harvest."})
    pages = box.run("code", "--petrarch-issues", os.path.join(CASES, "issues.txt"), "in.jsonl").exits(0).pages()
    found = [{x["code"]: x["count"] for x in p["doc"].get("issues", [])} for p in pages]
    ensure(found == [{"RAILWAYS": 2, "FARMING": 2}, {"FARMING": 1}], f"{found}")


@case("a bad line of a dictionary is told with file and line, and everything else is loaded")
def bad_lines(box):
    box.write("a.txt", "+NOBODY\nRURITANIA [RUR\nLUTHA [LUT 2004017-20050101]\n\t[LUTGOV >19990101]\nGRAUSTARK\nSODOR [S?D!]\n")
    box.write("v.txt", "- * EARLY [010]\n--- OPPOSE [112] ---\nOPPOSE\n- * &NOSUCH [113]\n- NO STAR [114]\n- * PLAN\n~ a b\n")
    box.jsonl("in.jsonl", {"id": "1", "date": "2012-05-01", "text": "Ruritania opposed Lutha."})
    r = box.run("code", "--petrarch-verbs", "v.txt", "--petrarch-actors", "a.txt", "in.jsonl").exits(0)
    ensure(triples(r.pages()[0]) == {"RUR>LUTGOV:112"}, f"read {triples(r.pages()[0])}")
    r.says("a.txt:1:", "a.txt:2:", "a.txt:3:", "a.txt:5:", "a.txt:6:", "v.txt:1:", "v.txt:4:", "&NOSUCH", "v.txt:5:", "v.txt:6:", "v.txt:7:")
    box.run("code", "--petrarch-verbs", "missing.txt", "in.jsonl").exits(1).says("missing.txt")


@case("any number of threads, the same pages by dictionaries")
def threads(box):
    texts = ["Ruritania opposed Lutha.", "Ruritania and Graustark agreed on Monday.", "Lutha gave gold to Graustark."]
    box.jsonl("in.jsonl", *[{"id": str(i), "date": "2012-05-01", "text": texts[i % 3]} for i in range(30)])
    flags = dictionaries("verbs.txt", "actors")
    one, four = (box.run("code", "-q", "-j", n, *flags, "in.jsonl").exits(0).out for n in ("1", "4"))
    ensure(one == four, "they differ")


@case("the published dictionaries load, and fast")
def published(box):
    if not os.path.isdir(SHARED):
        skip("../shared is not there")
    box.jsonl("in.jsonl", {"id": "1", "date": "2012-05-01", "text": "Obama met Putin."})
    start = time.monotonic()
    box.run("code", "-q", "in.jsonl").exits(0)
    bare = time.monotonic() - start
    flags = ["--petrarch-verbs", os.path.join(SHARED, "CAMEO.2.0.txt"), "--petrarch-issues", os.path.join(SHARED, "Phoenix.IssueCoding.txt")]
    for kind, name in (("actors", "Countries.actors"), ("actors", "International.actors"), ("actors", "MilNonState.actors"), ("agents", "agents"),
                       ("discards", "discards")):
        flags += [f"--petrarch-{kind}", os.path.join(SHARED, f"Phoenix.{name}.txt")]
    start = time.monotonic()
    page = box.run("code", "-q", *flags, "in.jsonl").exits(0).pages()[0]
    ensure(time.monotonic() - start - bare < 5, "it takes too long")
    ensure(any(t.startswith("USAGOV>RUSGOV:") for t in triples(page)), f"read {triples(page)}")


@case("dict import: dictionaries become knowledge that lints clean and codes")
def dict_import(box):
    r = box.run("dict", "import", *dictionaries("verbs2.txt", "actors", "agents"), "-o", "mine").exits(0)
    ensure(b"actors: 9 of 10 went over" in r.out and b"patterns: " in r.out, r.out.decode())
    ensure(b"Black" not in r.out and "black duke" in box.read("mine/left-out.tsv").decode(), "what was left out is not told")
    lint = box.run("dict", "lint", "mine")
    wrong = [line for line in lint.out.decode().splitlines() if "imported" in line or "mine/knowledge/events" in line]
    ensure(not wrong, "\n".join(wrong))
    ensure("verb attack" in box.read("mine/knowledge/events/imported.rules").decode(), "no rule")
    box.jsonl("in.jsonl", {"id": "1", "date": "2012-05-01", "text": "Zenda Television helped the Island of Sodor."})
    out, err = box.start("code", "-q", "in.jsonl", env=dict(os.environ, TIGHTROPE_DATA=box.path("mine"))).communicate()
    page = json.loads(out or b"{}")
    ensure("events" in page, err.decode())
    ensure([e["cameo"] for e in page["events"]] == ["070"], f"{page['events']}")
    box.run("dict", "import", *dictionaries("verbs2.txt"), "-o", "mine").exits(1).says("mine")
    box.run("dict", "import", "-o", "other").exits(2).says("dictionaries")


# ---- tables

NEWS = ("Ukraine and Poland signed an agreement in Warsaw on Thursday. France denied attacking Mali. "
        "A shopkeeper, Ali Hassan, was killed by police in Basra.")
SETS = {"plover": 42, "polecat": 40, "phoenix": 26, "petrarch": 13, "icews": 20, "gdelt-like": 61, "acled-like": 31, "ucdp-like": 43}


@case("every set of columns: as many cells in each row as in the header, in CSV and in TSV")
def tables(box):
    box.jsonl("in.jsonl", {"id": "a,\"b\"", "date": "2024-05-03", "source": "The \"Daily\", evening", "text": NEWS})
    for name, width in SETS.items():
        for form in ("csv", "tsv"):
            out = box.run("code", "-q", "--format", form, "--columns", name, "in.jsonl").exits(0).out.decode()
            rows = list(csv.reader(io.StringIO(out))) if form == "csv" else [line.split("\t") for line in out.splitlines()]
            ensure(len(rows) > 1 or name == "ucdp-like", f"{name}: no rows")
            ensure({len(r) for r in rows} == {width}, f"{name} {form}: {[len(r) for r in rows]} cells instead of {width}")
            ensure("Hassan" not in out, f"{name}: the name of a private person")


@case("a table holds actual events unless asked, and says what it leaves out")
def filter_told(box):
    box.jsonl("in.jsonl", {"id": "1", "date": "2024-05-03", "text": NEWS})
    r = box.run("code", "--format", "events", "in.jsonl").exits(0)
    r.says("not actual", "--status all")
    ensure("denied" not in r.out.decode(), "a denied event in the table")
    r = box.run("code", "--format", "events", "--status", "all", "in.jsonl").exits(0)
    ensure("left out" not in r.err and b"denied" in r.out, "not all events are there")
    box.run("code", "--format", "events", "--columns", "acled-like", "in.jsonl").exits(0).says("acled-like does not hold")


@case("wrong formats, columns and statuses are named; pages stay the default")
def wrong_tables(box):
    box.jsonl("in.jsonl", {"id": "1", "date": "2024-05-03", "text": NEWS})
    box.run("code", "--format", "parchment", "in.jsonl").exits(2).says("parchment")
    box.run("code", "--status", "maybe", "in.jsonl").exits(2).says("maybe")
    box.run("code", "--columns", "nosuch", "in.jsonl").exits(2).says("nosuch", "phoenix")
    box.write("mine.tsv", "column\twho\tactor.nose\n")
    box.run("code", "--columns", "./mine.tsv", "in.jsonl").exits(1).says("mine.tsv:1:", "actor.nose")
    ensure(box.run("code", "in.jsonl").exits(0).pages(ids=["1"]), "no page")


@case("a user's own columns")
def own_columns(box):
    box.jsonl("in.jsonl", {"id": "1", "date": "2024-05-03", "text": "Ukraine condemned Russia."})
    box.write("mine.tsv", "rows\tdyad\nseparator\tcomma\ncolumn\twho\tactor.name\ncolumn\twhom\trecipient.code\ncolumn\tkind\tmap:k\n"
                          "column\tby\t=machine\nmap\tk\tACCUSE\twords\nmap\tk\t\tdeeds\n")
    out = box.run("code", "--format", "events", "--columns", "./mine.tsv", "in.jsonl").exits(0).out.decode()
    ensure(out == "who,whom,kind,by\nUkraine,RUS,words,machine\n", out)


@case("offsets in bytes, characters and UTF-16 units point at the same words")
def offsets(box):
    text = "Президент said 🛰 that Ukraine condemned Russia. Söder met Zelensky in Łódź."
    box.jsonl("in.jsonl", {"id": "1", "date": "2024-05-03", "text": text})
    units = {"bytes": text.encode(), "chars": text, "utf16": text.encode("utf-16-le")}
    words = {}
    for unit, whole in units.items():
        page = box.run("code", "--offsets", unit, "in.jsonl").exits(0).pages()[0]
        cut = {"bytes": lambda a, b: whole[a:b].decode(), "chars": lambda a, b: whole[a:b],
               "utf16": lambda a, b: whole[2 * a:2 * b].decode("utf-16-le")}[unit]
        words[unit] = [cut(m["start"], m["end"]) for a in page["actors"] for m in a["mentions"]]
        ensure(words[unit] == [m["text"] for a in page["actors"] for m in a["mentions"]], f"{unit}: {words[unit]}")
    ensure(words["bytes"] == words["chars"] == words["utf16"] and words["bytes"], f"{words}")


done()
