"""test_export - a ledger for other programs: the data package is whole and tells what is in it; points and dates are as their formats want."""
import csv
import hashlib
import io
import json
import os
import re

from harness import case, done, ensure
from ledgers import SAMPLES

VICTIM = {"id": "v", "date": "2024-05-15", "source": "wire-a",
          "text": "Police arrested a shopkeeper, Farid Nazari, in Kabul on Monday. The Harbour Front gave the government 48 hours to free him, "
                  "or it would close the port; it wants \"all of them\", he said."}


def read(box, *path):
    with open(box.path(os.path.join(*path)), "rb") as f:
        return f.read()


@case("the package holds what it says: files, sizes, hashes, rows, and a meaning for every column")
def package(box):
    box.run("ingest", "--db", "s.db", *SAMPLES).exits(0)
    box.run("export", "--db", "s.db", "--folder", "out").exits(0).says("datapackage.json")
    told = json.loads(read(box, "out", "datapackage.json"))
    files = {r["path"] for r in told["resources"]}
    ensure(files | {"datapackage.json", "CODEBOOK.md"} == set(os.listdir(box.path("out"))), f"{files}")
    codebook = read(box, "out", "CODEBOOK.md").decode()
    for r in told["resources"]:
        bytes_ = read(box, "out", r["path"])
        ensure(r["bytes"] == len(bytes_) and r["hash"] == "sha256:" + hashlib.sha256(bytes_).hexdigest(), f"{r['path']}: size or hash")
        ensure(r["path"] in codebook, f"{r['path']} is not in the codebook")
        if "schema" not in r:
            continue
        rows = list(csv.reader(io.StringIO(bytes_.decode("utf-8"), newline="")))
        ensure(rows[0] == [f["name"] for f in r["schema"]["fields"]], f"{r['path']}: columns")
        ensure(all(len(x) == len(rows[0]) for x in rows) and len(rows) == r["rows"] + 1, f"{r['path']}: rows")
        ensure(all(f["description"] for f in r["schema"]["fields"]), f"{r['path']}: a column without a meaning")
    listed = set(box.run("events", "--db", "s.db", "--format", "tsv").exits(0).out.split(b"\n")[0].decode().split("\t"))
    events = next(r for r in told["resources"] if r["name"] == "events")
    ensure(listed == {f["name"] for f in events["schema"]["fields"]}, "a column of the list is not exported")
    ensure(len(told["sources"]) == 6 and told["coders"][0]["documents"] == "131", f"{told['sources']} {told['coders']}")


@case("the same ledger gives the same bytes")
def same(box):
    box.run("ingest", "--db", "s.db", SAMPLES[0]).exits(0)
    for folder in ("a", "b"):
        box.run("export", "--db", "s.db", "--folder", folder).exits(0)
    ensure(all(read(box, "a", n) == read(box, "b", n) for n in os.listdir(box.path("a"))), "they differ")


@case("points: where a private person or civilians are concerned none is finer than five kilometres")
def points(box):
    box.jsonl("in.jsonl", VICTIM)
    box.run("ingest", "--db", "l.db", "in.jsonl", *SAMPLES).exits(0)
    map_ = json.loads(box.run("export", "--db", "l.db", "--format", "geojson").exits(0).out)
    ensure(map_["type"] == "FeatureCollection" and len(map_["features"]) > 50, "hardly a point")
    for f in map_["features"]:
        lon, lat = f["geometry"]["coordinates"]
        ensure(-180 <= lon <= 180 and -90 <= lat <= 90, f"{f}")
        p = f["properties"]
        if "shopkeeper" in p["evidence"] or p["type"] == "AID":
            ensure(abs(lat * 20 - round(lat * 20)) < 1e-6 and p["radius_km"] >= 5, f"too fine: {f}")
    held = [f for f in map_["features"] if "shopkeeper" in f["properties"]["evidence"]]
    ensure(held and all(f["properties"].get("place") != "Kabul" for f in held), f"{held}")


@case("dates: lines are folded at 75 bytes and escaped, each event is whole")
def dates(box):
    box.jsonl("in.jsonl", VICTIM)
    box.run("ingest", "--db", "l.db", "in.jsonl", *SAMPLES).exits(0)
    out = box.run("export", "--db", "l.db", "--format", "ics").exits(0).out
    ensure(out.startswith(b"BEGIN:VCALENDAR\r\n") and out.endswith(b"END:VCALENDAR\r\n"), "no calendar")
    lines = out.split(b"\r\n")
    ensure(all(len(x) <= 75 for x in lines) and b"\n" not in out.replace(b"\r\n", b""), "a line is too long")
    out.decode("utf-8")
    whole = out.replace(b"\r\n ", b"").decode()
    events = whole.split("BEGIN:VEVENT")[1:]
    ensure(events and all(re.search(r"^UID:d\w+@tightrope\r$", x, re.M) and re.search(r"^DTSTART(;VALUE=DATE:\d{8}|:\d{8}T\d{6})\r$", x, re.M)
                          for x in events), f"{whole[:800]}")
    ensure(not re.search(r"(?<!\\)[,;]", "".join(re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)$", whole, re.M))), "an unescaped comma")
    ensure("Nazari" not in whole, "a private name")


@case("what is asked for wrongly is told; a folder that cannot be made is an error")
def wrong(box):
    box.jsonl("in.jsonl", VICTIM)
    box.run("ingest", "--db", "l.db", "in.jsonl").exits(0)
    box.run("export", "--db", "l.db").exits(2).says("where to?")
    box.run("export", "--db", "l.db", "--format", "xml").exits(2).says("package, geojson or ics")
    box.run("export", "--db", "l.db", "--folder", "no/such/folder").exits(1).says("cannot make the folder")


done()
