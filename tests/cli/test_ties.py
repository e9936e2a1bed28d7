"""test_ties - posts and relations over all documents: dates, successors, conflicts, and what is known besides."""
from harness import case, done, ensure

NEWS = [
    ("2018-03-01", "President Omar Tembo of Kenya met the elders on Monday. Tembo took office in May 2010."),
    ("2018-06-01", "Kenyan President Omar Tembo said that talks would go on. Tembo has been in office since 2011."),
    ("2019-02-01", "Ana Lund succeeded Omar Tembo as president of Kenya on Monday."),
    ("2019-05-01", "President Ana Lund of Kenya visited Uganda. Former president Omar Tembo stayed at home."),
    ("2019-06-01", "Foreign Minister Jon Abt of Kenya resigned. Idris Tolmer leads the Lake Party."),
    ("2019-07-01", "Kenyan Foreign Minister Peter Moss met Ana Lund. Peter Sand leads the Lake Party."),
    ("2021-07-01", "Kenyan Finance Minister Peter Oster met U.S. President Barack Obama on Monday."),
]


def merged(box, *more):
    box.jsonl("n.jsonl", *({"id": f"d{i}", "date": day, "text": text} for i, (day, text) in enumerate(NEWS)))
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)
    return {(r["subject"], r["role"]): r for r in box.run("ties", "--db", "l.db", "--merged", "--format", "jsonl", *more).exits(0).json_lines()}


@case("one row for one post: dates of all documents, who told otherwise, who came after")
def posts(box):
    rows = merged(box)
    tembo = rows["Omar Tembo", "president"]
    ensure(tembo["object"] == "Kenya" and tembo["documents"] == "4" and tembo["status"] == "former", f"{tembo}")
    ensure(tembo["since"] == "2010-05-01" and tembo["until"] == "2019-01-28", f"{tembo}")
    ensure(tembo["differs"] == "since 2010-05-01 / 2011-01-01" and tembo["succeeded_by"] == "Ana Lund", f"{tembo}")
    lund = rows["Ana Lund", "president"]
    ensure(lund["status"] == "current" and lund["since"] == "2019-01-28" and lund["until"] is None, f"{lund}")
    ensure(rows["Idris Tolmer", None]["followed_by"] == "Peter Sand", "nobody follows")
    ensure(rows["Idris Tolmer", None]["status"] == "current", "closed without a word of it")


@case("what is known stands beside it, and what is told against it is a difference")
def known(box):
    obama = merged(box, "--actor", "obama")["Barack Obama", "president"]
    ensure(obama["known"] == "2009-01-20 to 2017-01-20" and obama["differs"] == "known until 2017-01-20", f"{obama}")


@case("filters narrow, and --merged is for ties alone")
def filters(box):
    ensure(set(merged(box, "--type", "leads")) == {("Idris Tolmer", None), ("Peter Sand", None)}, "--type")
    ensure(set(merged(box, "--actor", "uganda")) == set(), "--actor")
    ensure(len(merged(box, "--limit", "2")) == 2, "--limit")
    box.run("events", "--db", "l.db", "--merged").exits(2).says("for ties")


done()
