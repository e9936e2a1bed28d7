#!/usr/bin/env python3
"""What `tightrope code` does with input that is broken: each a message with its place, the right exit status, and the
other documents coded."""
import gzip
import json

from harness import SOURCE, case, done, ensure

TEXT = "Iraqi security forces detained two militia members in Baghdad on Friday. The ministry said they would stand trial."
TITLE = "Two held in Baghdad"


def record(name, **more):
    return {"id": name, "date": "2020-12-26", "title": TITLE, "text": TEXT, **more}


def tagged(r, box, name, bad, code, line, *words):
    """One bad record between two good ones: they come out, the bad one is named with its line."""
    box.write(name, b"\n".join([json.dumps(record("a")).encode(), bad, json.dumps(record("b")).encode(), b""]))
    result = box.run("code", name).exits(3).says(f"{name}:{line}: ", *words, "1 of 3 documents")
    pages = result.pages(errors=[None, code, None])
    ensure([pages[0]["doc"]["id"], pages[2]["doc"]["id"]] == ["a", "b"], "the good documents came out changed")
    ensure(pages[1]["error"]["file"] == name and pages[1]["error"]["line"] == line, f"wrong place: {pages[1]['error']}")
    return pages[1]


@case("good input: one page a document, in order, nothing on standard error, exit status 0")
def good(box):
    box.jsonl("a.jsonl", record("a"), record("b"))
    pages = box.run("code", "a.jsonl").exits(0).silent().pages(ids=["a", "b"], errors=[None, None])
    ensure(pages[0]["schema"] == "tightrope-page/1", "wrong schema")
    ensure(pages[0]["doc"]["tokens"] > 10, "no tokens")


@case("an export of articles is read the same from a file and from a pipe; one that is cut off gives what is whole and an error")
def export_of_articles(box):
    article = ("HD Two held in %s\nWC 20 words\nPD 26 December 2020\nSN Wire A\nLA English\nLP\n" + TEXT + "\nAN Document WIRA0000202012260000%d\n\n")
    text = (article % ("Baghdad", 1) + article % ("Basra", 2)).encode()
    box.write("a.txt", text)
    pages = box.run("code", "a.txt").exits(0).silent().pages(errors=[None, None])
    ensure([p["doc"]["id"] for p in pages] == ["WIRA00002020122600001", "WIRA00002020122600002"], "other ids")
    ensure(pages[1]["doc"]["title"] == "Two held in Basra" and pages[1]["doc"]["source"] == "Wire A", "other title or source")
    piped = box.run("code", "-", feed=text).exits(0).pages(errors=[None, None])
    ensure([p["events"] for p in piped] == [p["events"] for p in pages], "a pipe gives other events")
    box.write("b.rtf", b"{\\rtf1 " + text.replace(b"\n", b"\\par ")[:-60])
    box.run("code", "b.rtf").exits(3).says("b.rtf", "cut off").pages(errors=[None, "bad-format"])


@case("an empty text file is an error on that document")
def empty_text(box):
    box.write("a.txt", b"")
    box.run("code", "a.txt").exits(3).says("a.txt", "empty").pages(errors=["empty"])


@case("an empty JSONL file is an error too, and the file beside it is coded")
def empty_jsonl(box):
    box.write("a.jsonl", b"")
    box.jsonl("b.jsonl", record("b"))
    pages = box.run("code", "a.jsonl", "b.jsonl").exits(3).says("a.jsonl").pages(errors=["empty", None])
    ensure(pages[1]["doc"]["id"] == "b", "the good document is gone")


@case("a document without text is an error with its line")
def no_text(box):
    tagged(None, box, "a.jsonl", b'{"id":"x","date":"2020-12-26","text":""}', "empty", 2, "no text")


@case("a binary is refused as not text, once")
def binary(box):
    box.write("a.txt", bytes(range(256)) * 40)
    box.write("p.txt", b"\x7fELF" + bytes(3000))
    r = box.run("code", "a.txt", "p.txt").exits(3).says("a.txt", "p.txt", "a program")
    r.pages(errors=["not-text", "not-text"])


@case("a PDF file is refused with advice")
def pdf(box):
    box.write("a.pdf", b"%PDF-1.7\n" + bytes(3000))
    box.run("code", "a.pdf").exits(3).says("a.pdf", "PDF").pages(errors=["not-text"])


@case("a line that is not JSON is an error with its line")
def not_json(box):
    tagged(None, box, "a.jsonl", b'{"id": nonsense', "bad-format", 2)


@case("a JSON line that is no object is an error with its line")
def not_object(box):
    tagged(None, box, "a.jsonl", b"[1,2,3]", "bad-format", 2)


@case("JSON nested a hundred thousand deep is an error, not a crash")
def deep_json(box):
    tagged(None, box, "a.jsonl", b"[" * 100000 + b"]" * 100000, "bad-format", 2)


@case("a missing date is an error that says how to give one")
def no_date(box):
    tagged(None, box, "a.jsonl", json.dumps({"id": "x", "text": TEXT}).encode(), "date-missing", 2, "--date")


@case("--date gives documents without a date theirs, and changes no other")
def default_date(box):
    box.jsonl("a.jsonl", {"id": "x", "text": TEXT}, record("b"))
    pages = box.run("code", "--date", "2021-01-02", "a.jsonl").exits(0).pages(ids=["x", "b"])
    ensure([p["doc"]["date"] for p in pages] == ["2021-01-02", "2020-12-26"], "wrong dates")


@case("an impossible date is an error, not the next possible one")
def bad_date(box):
    page = tagged(None, box, "a.jsonl", json.dumps(record("x", date="2021-02-29")).encode(), "date-bad", 2, "2021-02-29")
    ensure(page["doc"]["id"] == "x", "the page lost its id")


@case("a second document of one id is an error")
def duplicate(box):
    tagged(None, box, "a.jsonl", json.dumps(record("a")).encode(), "duplicate-id", 2)


@case("invalid UTF-8 is repaired, counted in a warning, and coded")
def invalid_utf8(box):
    raw = json.dumps(record("x")).encode().replace(b"detained", b"detained \xff\xfe\xc3(")
    box.write("a.jsonl", raw + b"\n")
    page = box.run("code", "--with-text", "a.jsonl").exits(0).pages(ids=["x"], errors=[None])[0]
    ensure(page["doc"]["warnings"], "no warning about the repair")
    ensure("\ufffd" in page["doc"].get("text", page.get("text", "")), "the text holds no replacement character")


@case("CRLF line ends give the same pages as LF")
def crlf(box):
    lines = [json.dumps(record("a")), json.dumps(record("b"))]
    box.write("lf.jsonl", "\n".join(lines) + "\n")
    box.write("crlf.jsonl", "\r\n".join(lines) + "\r\n")
    ensure(box.run("code", "lf.jsonl").exits(0).out == box.run("code", "crlf.jsonl").exits(0).out, "the pages differ")


@case("a byte order mark is no part of the text")
def byte_order_mark(box):
    line = json.dumps(record("a")) + "\n"
    box.write("a.jsonl", line)
    box.write("bom.jsonl", b"\xef\xbb\xbf" + line.encode())
    box.write("wide.jsonl", line.encode("utf-16"))
    plain = box.run("code", "a.jsonl").exits(0).out
    ensure(box.run("code", "bom.jsonl").exits(0).out == plain, "UTF-8 with a mark gives another page")
    ensure(box.run("code", "wide.jsonl").exits(0).out == plain, "UTF-16 with a mark gives another page")


@case("plain text: date line, headers, --date")
def plain_text(box):
    box.write("a.txt", f"date 2020-12-26 {TEXT}\n")
    box.write("b.txt", f"Date: 2020-12-26\nTitle: {TITLE}\nSource: wire-a\n\n{TEXT}\n")
    box.write("c.txt", f"{TEXT}\n")
    pages = box.run("code", "--with-text", "a.txt", "b.txt").exits(0).pages(errors=[None, None])
    ensure(all(p["doc"]["date"] == "2020-12-26" for p in pages), "wrong date")
    ensure(pages[1]["doc"]["title"] == TITLE and pages[1]["doc"]["source"] == "wire-a", "headers were lost")
    box.run("code", "c.txt").exits(3).says("c.txt", "--date").pages(errors=["date-missing"])
    box.run("code", "--date", "2020-12-26", "c.txt").exits(0).pages(errors=[None])


@case("a text in another language is refused")
def other_language(box):
    german = ("Die irakischen Sicherheitskräfte haben am Freitag in Bagdad zwei Mitglieder einer Miliz festgenommen, wie das "
              "Innenministerium mitteilte. Der Ministerpräsident sagte, dass niemand über dem Gesetz stehe.")
    tagged(None, box, "a.jsonl", json.dumps(record("x", text=german, title="Zwei Festnahmen")).encode(), "not-english", 2)


@case("HTML nested fifty thousand deep is coded or refused, not a crash")
def deep_html(box):
    head = '<html><head><title>T</title><meta property="article:published_time" content="2020-12-26"></head><body>'
    box.write("a.html", head + "<div>" * 50000 + f"<p>{TEXT}</p>")
    box.jsonl("b.jsonl", record("b"))
    r = box.run("code", "a.html", "b.jsonl")
    ensure(r.code in (0, 3), f"exit status {r.code}: {r.err[-300:]}")
    ensure(r.below(200).pages()[-1]["doc"]["id"] == "b", "the document after it is gone")


@case("a gzip file that was cut off gives what it holds, and an error")
def truncated_gzip(box):
    whole = gzip.compress("".join(json.dumps(record(f"d{i}", text=f"{TEXT} {i * 7919}.")) + "\n" for i in range(2000)).encode())
    box.write("whole.jsonl.gz", whole)
    box.write("cut.jsonl.gz", whole[:len(whole) // 2])
    full = box.run("code", "whole.jsonl.gz").exits(0).pages()
    ensure(len(full) == 2000, "documents of a whole gzip file are missing")
    pages = box.run("code", "cut.jsonl.gz").exits(3).says("cut.jsonl.gz", "incomplete").pages()
    ensure(len(pages) > 100 and pages[-1]["error"]["code"] == "bad-format", "what came before the cut is gone")
    ensure(all("error" not in p for p in pages[:-1]), "a document before the cut has an error")


@case("a file that cannot be read is told, the others are coded, exit status 1 or 3")
def unreadable(box):
    box.jsonl("b.jsonl", record("b"))
    r = box.run("code", "missing.jsonl", ".", "b.jsonl").says("missing.jsonl", "No such file", "folder")
    ensure(r.code in (1, 3), f"exit status {r.code}")
    ensure([p["doc"]["id"] for p in r.pages() if "error" not in p] == ["b"], "the good document is gone")


@case("a file without the permission to read it is told")
def forbidden(box):
    import os
    if os.geteuid() == 0:
        box.write("a.jsonl", b"")
        os.remove(box.path("a.jsonl"))
        os.symlink("/proc/self/mem", box.path("a.jsonl"))     # root may open it; reading fails with an error of its own
    else:
        box.jsonl("a.jsonl", record("a"))
        os.chmod(box.path("a.jsonl"), 0)
    r = box.run("code", "a.jsonl").says("a.jsonl", "cannot")
    ensure(r.code in (1, 3), f"exit status {r.code}")


@case("a wrong kind of file for --input is an error with its place")
def wrong_kind(box):
    box.write("a.txt", f"date 2020-12-26 {TEXT}\n")
    box.run("code", "--input", "jsonl", "a.txt").exits(3).says("a.txt:1: ").pages(errors=["bad-format"])


@case("CSV: quoted line breaks and commas are kept, a broken row is told with its line")
def csv(box):
    rows = f'id,date,title,text\na,2020-12-26,"{TITLE}, again","{TEXT}\n\nMore was to come."\nb,2020-12-26\nc,2020-12-26,{TITLE},"{TEXT}"\n'
    box.write("a.csv", rows)
    r = box.run("code", "--with-text", "a.csv").exits(3).says("a.csv:5: ")
    pages = r.pages()
    ensure([p["doc"]["id"] for p in pages] == ["a", "b", "c"], "wrong documents")
    ensure(pages[0]["doc"]["title"] == TITLE + ", again", "the title was cut at its comma")


@case("a line of 1 GB is an error with its line, in bounded memory, and the next one is coded")
def giant_line(box):
    block = b"a" * (1 << 20)

    def feed():
        yield json.dumps(record("a")).encode() + b'\n{"id":"x","date":"2020-12-26","text":"'
        for _ in range(1024):
            yield block
        yield b'"}\n' + json.dumps(record("b")).encode() + b"\n"
    r = box.run("code", "--input", "jsonl", "-", feed=feed()).exits(3).says(":2: ")
    r.below(200).pages(errors=[None, "too-large", None])


@case("a megabyte without a blank or a full stop is coded in bounded memory")
def no_sentences(box):
    box.jsonl("a.jsonl", record("x", text="Iraq" * 250000), record("y", text="Iraq " * 200000), record("b"))
    r = box.run("code", "a.jsonl").below(400)
    ensure(r.code in (0, 3) and r.pages()[-1]["doc"]["id"] == "b", f"exit status {r.code}")


@case("control characters, NUL bytes and direction marks in a text do not break the page")
def control_characters(box):
    text = "Iraq\u0000 detained\u0007 two\u202e members\u2028 of\ufeff a militia\x7f on Friday in Baghdad, the ministry said."
    box.jsonl("a.jsonl", record("x", text=text), record("b"))
    r = box.run("code", "a.jsonl")
    ensure(len(r.json_lines()) == 2 and r.code in (0, 3), f"exit status {r.code}")


@case("the samples are coded without an error, in order")
def samples(box):
    import glob
    files = sorted(glob.glob(f"{SOURCE}/samples/*.jsonl"))
    ids = [json.loads(line)["id"] for f in files for line in open(f, encoding="utf-8")]
    r = box.run("code", *files).exits(0).below(200)
    r.pages(ids=ids, errors=[None] * len(ids))


done()
