"""test_search - full text over a ledger: words, phrases, filters, kept searches, hostile queries, and what must not be found."""
import json

from harness import case, done, ensure

NEWS = [{"id": "a", "date": "2024-03-05", "source": "wire-a", "title": "Raid in Tadjoura",
         "text": "Gunmen attacked a police station in Tadjoura on Monday. A truce had held since January."},
        {"id": "b", "date": "2024-03-06", "source": "daily-b", "text": "France and Djibouti signed a truce agreement on Tuesday."},
        {"id": "c", "date": "2024-03-07", "source": "wire-a",
         "text": "Police arrested a shopkeeper, Farid Nazari, in Kabul on Monday. Nazari was beaten, and his shop was burned."}]


def ledger(box):
    box.jsonl("in.jsonl", *NEWS)
    box.run("ingest", "--db", "l.db", "in.jsonl").exits(0)


def found(box, *args):
    out = box.run("search", "--db", "l.db", *args, "--format", "jsonl").exits(0).out
    return [json.loads(line) for line in out.splitlines()]


def ids(box, *args):
    return sorted(r["doc"] for r in found(box, *args))


@case("words, phrases, beginnings and operators find texts and titles")
def words(box):
    ledger(box)
    ensure(ids(box, "truce") == ["a", "b"], "a word")
    ensure(ids(box, "truce", "agreement") == ["b"], "two words are both wanted")
    ensure(ids(box, "police station") == ["a"] and ids(box, '"station police"') == [], "a phrase")
    ensure(ids(box, "agree*") == ["b"] and ids(box, "raid") == ["a"], "a beginning; a title")
    ensure(ids(box, "agreement", "OR", "shop") == ["b", "c"], "either word")
    ensure(ids(box, "truce", "NOT", "agreement") == ["a"], "one without the other")
    ensure("[truce]" in found(box, "truce", "--doc", "b")[0]["text"], "the hit is not marked")


@case("filters are those of the other lists")
def filters(box):
    ledger(box)
    ensure(ids(box, "truce", "--source", "wire-a") == ["a"], "outlet")
    ensure(ids(box, "truce", "--from", "2024-03-06") == ["b"], "day")
    ensure(ids(box, "truce", "--actor", "france") == ["b"], "actor")
    ensure(ids(box, "monday", "--type", "assault", "--place", "tadjoura") == ["a"], "type and place")


@case("a search is kept under a name, used, and narrowed")
def kept(box):
    ledger(box)
    ensure(ids(box, "truce", "--save", "truces", "--from", "2024-03-01") == ["a", "b"], "saving finds as well")
    ensure(ids(box, "--saved", "truces") == ["a", "b"], "the kept search")
    ensure(ids(box, "--saved", "truces", "--source", "daily-b") == ["b"], "narrowed")
    ensure([r["name"] for r in found(box)] == ["truces"], "the list of them")
    box.run("search", "--db", "l.db", "--saved", "other").exits(2).says("no search is kept under the name 'other'")


@case("no query is malformed")
def hostile(box):
    ledger(box)
    for words in ('"', "AND", "OR OR", "NOT truce", "a:b (", "truce*)", "^truce", "NEAR(truce, 2)", "-", "*", "'; DROP TABLE search; --", "\u0007"):
        box.run("search", "--db", "l.db", words).exits(0)
    ensure(ids(box, "truce") == ["a", "b"], "something was broken")


@case("private persons are neither found nor shown; a text told anew takes the place of the old")
def restraint(box):
    ledger(box)
    ensure(ids(box, "Nazari") == [] and ids(box, "farid*") == [], "a private name is found")
    ensure("azari" not in found(box, "beaten")[0]["text"], "a snippet shows a private name")
    box.jsonl("new.jsonl", {**NEWS[0], "text": "Rain closed the market of Tadjoura on Monday."})
    box.run("ingest", "--db", "l.db", "new.jsonl").exits(0)
    ensure(ids(box, "truce") == ["b"] and ids(box, "market") == ["a"], "the old text is found")


done()
