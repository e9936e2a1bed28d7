"""test_restraint - no view and no export shows the name of a private person; the role word stands in its place.

A new list, brief or export is added to VIEWS (of a ledger), PAGES (of the dashboard) or TABLES (of `code`) as one line. Dispatches, people and places are made up."""
import json
import os

from harness import case, commands, done, ensure
from served import server

NEWS = [
    {"id": "raid", "date": "2024-05-15", "source": "wire-a",
     "title": "Shopkeeper Farid Nazari-Qolam beaten in Kabul; NAZARI-QOLAM's son freed",
     "text": "KABUL, May 15 -- Police arrested a shopkeeper, Farid Nazari-Qolam, in Kabul on Monday, his wife, Zohra Temuri, said. "
             "Nazari-Qolam was beaten, and two of Temuri's sons were wounded. The Hill Front demanded that the police free Farid\n"
             "Nazari-Qolam by Friday and threatened to attack the station. \u201cThey took Farid,\u201d Temuri told reporters. "
             "The student Oleksa Dr\u00e1bovych met Zohra Temuri on Tuesday. Oleksa Dr\u00e1bovych's brother, a baker, denied it."},
    {"id": "court", "date": "2024-05-20", "source": "wire-b", "title": "Nurse Ilse Vandermolen killed in Basra",
     "text": "Gunmen killed a nurse, Ilse Vandermolen, near Basra on Sunday, according to her neighbour, Temo Kardava. Kardava, a farmer, "
             "is a cousin of Vandermolen. The army accused the farmer Temo Kardava of helping the gunmen. Vandermolen's killers fled. "
             "Soldiers detained Kardava, Petra Oberwinkler and three other villagers on Monday. The Kardavas left the village."},
]
NAMES = ["farid", "nazari", "qolam", "zohra", "temuri", "oleksa", "dr\u00e1bovych", "ilse", "vandermolen", "temo", "kardava", "oberwinkler"]

FORMATS = ("table", "tsv", "csv", "jsonl")
LISTS = ("search monday", "search shopkeeper OR villagers", "events --status all", "incidents", "demands --status all", "deadlines",
         "ties --status all", "ties --merged", "actors", "documents", "series --unit all", "series --unit actor", "series --unit dyad", "series --both", "forecast --unit actor", "forecast --unit dyad", "alarms --all", "alarms --unit actor --all")
VIEWS = [f"{view} --format {form}" for view in LISTS for form in FORMATS] + [
    "brief", "brief --format html", "brief --days 60", "brief --actor front",
    "actors unknown", "network --list actors --format tsv", "network --list ties --format tsv", "network --format json", "network --format graphml", "network --format gexf", "export --format geojson", "export --format ics",
]
PAGES = ["/", "/incidents", "/deadlines", "/demands", "/actors", "/network", "/series", "/coverage", "/brief?days=30", "/search?q=monday", "/actor?name=front",
         "/api/v1/incidents", "/api/v1/actors", "/api/v1/documents", "/api/v1/deadlines", "/api/v1/search?q=monday", "/api/v1/network",
         "/api/v1/map.geojson", "/api/v1/deadlines.ics", "/api/v1/series?unit=dyad"]
COLUMNS = ("plover", "polecat", "phoenix", "petrarch", "icews", "gdelt-like", "acled-like", "ucdp-like")
TABLES = [f"--format {form} --columns {name} --status all" for name in COLUMNS for form in ("csv", "tsv")]


def shown(out):
    """The names that stand in what a reader sees."""
    text = out.decode("utf-8", "replace").lower().replace("\\u00e1", "\u00e1")
    return [n for n in NAMES if n in text]


def ledger(box):
    box.jsonl("in.jsonl", *NEWS)
    box.run("ingest", "--db", "l.db", "in.jsonl").exits(0)


def ensure_hidden(what, r):
    ensure(not shown(r.out), f"{what}: shows {shown(r.out)}\n{r.out.decode('utf-8', 'replace')[:3000]}")


@case("lists, briefs and queues of a ledger hide private persons")
def views(box):
    ledger(box)
    for view in VIEWS:
        r = box.run(*view.split(), "--db", "l.db")
        ensure(r.code == 0, f"{view}: exit status {r.code} {r.err}")
        ensure_hidden(view, r)
    out = box.run("events", "--db", "l.db", "--status", "all", "--format", "jsonl").out
    ensure(b"shopkeeper" in out and b"nurse" in out, "the role words are missing")


@case("a data package hides private persons, in each of its files")
def package(box):
    ledger(box)
    box.run("export", "--db", "l.db", "--folder", "out").exits(0)
    files = [os.path.join(folder, name) for folder, _, names in os.walk(box.path("out")) for name in names]
    ensure(len(files) > 3, f"the package has only {files}")
    for path in files:
        with open(path, "rb") as f:
            found = shown(f.read())
        ensure(not found, f"{os.path.basename(path)}: shows {found}")


@case("no page of the dashboard shows a private person, nor is one found there by name")
def pages(box):
    box.jsonl("in.jsonl", *NEWS)
    with server(box, "in.jsonl") as ask:
        paths = [f"/api/v1/{name}?status=all&limit=1000" for name in ("events", "ties", "demands")] + PAGES
        for kind, where in (("events", "/why/"), ("incidents", "/incident/"), ("documents", "/document/")):
            paths += [where + row["id"] for row in ask(f"/api/v1/{kind}?limit=1000").json()["rows"]]
        ensure(len(paths) > 30, f"only {len(paths)} pages")
        for path in paths:
            a = ask(path)
            ensure(a.status == 200 and not shown(a.body.encode()), f"{path}: {a.status} shows {shown(a.body.encode())}")
        for name in ("vandermolen", "kardava"):
            ensure("<li>" not in ask(f"/actor?name={name}").body and "<li>" not in ask(f"/search?q={name}").body, f"{name} is found")


@case("why hides private persons: of every event, demand and tie")
def explanations(box):
    ledger(box)
    told = 0
    for kind in ("events", "demands", "ties"):
        for row in box.run(kind, "--db", "l.db", "--status", "all", "--format", "jsonl").exits(0).json_lines():
            ensure_hidden(f"why of {kind}", box.run("why", row["id"], "--db", "l.db").exits(0))
            told += 1
    ensure(told >= 8, f"only {told} rows were read")


@case("tables of events hide private persons, in every set of columns")
def tables(box):
    box.jsonl("in.jsonl", *NEWS)
    for table in TABLES:
        ensure_hidden(table, box.run("code", "-q", *table.split(), "in.jsonl").exits(0))


@case("a private person is not found by name, nor has a page of events")
def searches(box):
    ledger(box)
    for name in ("vandermolen", "kardava", "nazari"):
        for kind in ("events", "actors", "ties"):
            rows = box.run(kind, "--db", "l.db", "--actor", name, "--format", "jsonl").exits(0).json_lines()
            ensure(not rows, f"{kind} --actor {name} finds {rows[:1]}")
        r = box.run("search", name, "--db", "l.db", "--format", "jsonl")
        ensure(not r.out.strip(), f"search {name} finds {r.out[:200]}")


@case("no religion, ethnicity or health is coded on a private person")
def nothing_coded(box):
    box.jsonl("in.jsonl", {"id": "r", "date": "2024-05-15", "text": "Police arrested a Muslim shopkeeper, Farid Nazari, on Monday. The ill "
                           "Christian teacher Ana Drabov was freed. A Kurdish farmer, Temo Kardava, was killed. Oleksa Drab, a Kurd, "
                           "was beaten. A Hutu was arrested. Three Tamils were freed."})
    for page in box.run("code", "-q", "in.jsonl").exits(0).json_lines():
        for a in page["actors"]:
            if a["private"]:
                ensure("REL" not in a["code"]["sectors"] and "REF" not in a["code"]["sectors"], f"{a['name']}: {a['code']}")
                ensure(a["role_word"] not in ("kurd", "hutu", "tamil", "tamils"), f"{a['name']}: {a['role_word']}")
                ensure(not a.get("ethnicity") and not a.get("religion"), f"{a['name']}: {a}")


done()
