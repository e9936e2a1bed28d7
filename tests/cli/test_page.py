#!/usr/bin/env python3
"""Pages against docs/page.schema.json: every field that stands there is printed and is as it says; fields that do not stand there are told."""
import json
import os
import re

from harness import SOURCE, case, done, ensure

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, root, at="page"):
    """What is wrong with a value, by the part of JSON Schema that the file uses. A key that the schema does not name is a fault too."""
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, at)
    if "anyOf" in schema:
        found = [faults(value, s, root, at) for s in schema["anyOf"]]
        return [] if any(not f for f in found) else min(found, key=len) if value is not None else [f"{at}: null"]
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(is_type(value, n) for n in names):
        return [f"{at}: {value!r} is not {' or '.join(names)}"]
    out = []
    if "const" in schema and value != schema["const"]:
        out.append(f"{at}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{at}: {value!r} is none of {schema['enum']}")
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        out.append(f"{at}: {value!r} does not match {schema['pattern']}")
    if "minimum" in schema and is_type(value, "number") and value < schema["minimum"] or "maximum" in schema and value > schema["maximum"]:
        out.append(f"{at}: {value} is out of range")
    if isinstance(value, dict) and "properties" in schema:
        out += [f"{at}: no {k}" for k in schema.get("required", []) if k not in value]
        out += [f"{at}: {k} is not in the schema" for k in value if k not in schema["properties"]]
        for k, v in value.items():
            out += faults(v, schema["properties"].get(k, {}), root, f"{at}.{k}")
    if isinstance(value, list) and "items" in schema:
        for i, v in enumerate(value):
            out += faults(v, schema["items"], root, f"{at}[{i}]")
    return out


def load():
    with open(os.path.join(SOURCE, "docs", "page.schema.json"), encoding="utf-8") as f:
        return json.load(f)


TEXT = ("BAGHDAD - Iraqi security forces detained two members of a militia on Friday, killing at least three people, police said. The prime minister, "
        "Mustafa al-Kadhimi, gave the group 48 hours to leave the city or face arrest. \"We will not go,\" its leader Qais al-Khazali said. The "
        "United States and Iran met in Geneva. Reports that France had sent troops were denied. Turkey threatened to attack Syria unless it "
        "withdrew by 3 May. Dozens of protesters, among them a student, Ali Hassan, threw stones in Basra.")


def check_pages(pages):
    """Fails on missing and wrong fields; a field that is new is told, so that it comes into the schema."""
    schema = load()
    found = sorted({re.sub(r"\[\d+\]", "[]", f) for page in pages for f in faults(page, schema, schema)})
    for new in (f for f in found if f.endswith("not in the schema")):
        print(f"# {new}")
    wrong = [f for f in found if not f.endswith("not in the schema")]
    ensure(not wrong, "\n".join(wrong[:20]))


@case("pages of all kinds of text hold to docs/page.schema.json, field by field")
def pages(box):
    box.jsonl("in.jsonl", {"id": "1", "date": "2020-12-26", "title": "Iraq detains militia members in Baghdad", "source": "Wire", "text": TEXT},
              {"id": "2", "date": "2020-12-26", "text": "Nothing happened."}, {"id": "3", "date": "never", "text": "Ukraine condemned Russia."})
    for flags in ((), ("--with-text",), ("--offsets", "utf16"), ("--codebook", "acled")):
        check_pages(box.run("code", "-q", *flags, "in.jsonl").exits(3).pages())


@case("the samples' pages hold to docs/page.schema.json")
def samples(box):
    path = os.path.join(SOURCE, "samples", "iraq-2019-2021.jsonl")
    with open(path, encoding="utf-8") as f:
        box.write("in.jsonl", "".join(line for n, line in enumerate(f) if n < 20))
    check_pages(box.run("code", "-q", "in.jsonl").pages())


@case("the check itself finds a missing, a wrong and an unknown field")
def check(box):
    schema = load()
    page = box.run("code", "-q", "--date", "2020-12-26", "-", feed=b"Ukraine condemned Russia.").exits(0).pages()[0]
    check_pages([page])
    del page["events"][0]["status"]
    page["doc"]["bytes"] = "many"
    page["mood"] = "good"
    found = " ".join(faults(page, schema, schema))
    ensure("no status" in found and "page.doc.bytes" in found and "mood" in found, found)


done()
