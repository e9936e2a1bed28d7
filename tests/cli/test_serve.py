"""test_serve - the dashboard as a browser meets it: each page, what it refuses, what it never shows."""
import html
import json
import re
import urllib.parse
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

from harness import case, done, ensure
from served import server

PAGES = ["/", "/incidents", "/incidents?actor=armenia&page=2", "/deadlines", "/deadlines?from=2020-01-01", "/demands", "/demands?type=threat", "/actors", "/actors?country=IRQ", "/actor?name=Armenia", "/network",
         "/network?unit=country&half-life=14", "/series", "/series?period=day", "/series?period=month", "/search", "/search?q=drone", "/coverage",
         "/brief", "/brief?days=30", "/try", "/dyads", "/dyads?actor=iran", "/dyad?a=Armenia&b=Azerbaijan", "/dyad?a=Armenia&b=Azerbaijan&period=month", "/map", "/map?view=world",
         "/map?country=IRQ", "/compare", "/compare?a_to=2020-03-01&b_from=2020-03-02", "/compare?a_source=wire-a&b_source=wire-b", "/data", "/help", "/incidents?acting=Iran",
         "/coverage?from=2020-01-01"]
LISTS = ["events", "incidents", "actors", "ties", "demands", "deadlines", "documents", "outlets", "coders", "series"]


class Page(HTMLParser):
    """Tags that stand open, headings, links, controls without a name."""
    VOID = {"meta", "link", "input", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.links, self.wrong, self.h1 = [], [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.h1 += tag == "h1"
        if tag == "a":
            self.links.append(attrs["href"])
        if tag in ("input", "textarea", "select") and "label" not in self.open:
            self.wrong.append(f"{tag} without a label")
        if (tag == "script" and attrs != {"src": "/page.js", "defer": None}) or any(name.startswith("on") for name in attrs):
            self.wrong.append(f"script in {tag}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")


def form(**fields):
    edge = "edge-of-the-form"
    body = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()) + f"--{edge}--\r\n"
    return {"body": body.encode(), "Content_Type": f"multipart/form-data; boundary={edge}"}


@case("each page is well formed, named, without script, and its links lead somewhere")
def pages(box):
    with server(box) as ask:
        links = set()
        for path in PAGES:
            a = ask(path)
            page = Page(a.body)
            ensure(a.status == 200 and not page.wrong and not page.open and page.h1 == 1, f"{path}: {a.status} {page.wrong} {page.open} {page.h1}")
            ensure("default-src 'none'" in a.headers["Content-Security-Policy"] and a.headers["X-Content-Type-Options"] == "nosniff", f"{path}: {a.headers}")
            links |= {x for x in page.links[:60] if x.startswith("/")}
        for link in sorted(links)[::3]:
            status = ask(link).status
            ensure(status == 200, f"{link}: {status}")
        drawn = re.findall(r'<circle[^>]*cx="([\d.]+)" cy="([\d.]+)"', ask("/network").body)
        ensure(len(drawn) > 4 and len(drawn) == len(set(drawn)) and ("0.0", "0.0") not in drawn, f"{drawn}")
        ensure(ask("/style.css").headers["Content-Type"].startswith("text/css"), "no style")
        ensure(ask("/", "HEAD").status == 200, "HEAD")


@case("an incident shows its reports, a document its text with the evidence marked, an entry how it was read")
def records(box):
    with server(box) as ask:
        rows = ask("/api/v1/incidents?limit=1000").json()["rows"]
        one = next(x for x in rows if int(x["reports"]) > 2)
        page = ask(f"/incident/{one['id']}").body
        ensure(page.count("/why/e") == int(one["reports"]) and one["doc"] in page, page[:3000])
        why = ask(f"/why/{one['id']}").body
        ensure("Sentence" in why and "One incident with" in why, why[:1000])
        for doc in ask("/api/v1/documents?limit=1000").json()["rows"]:
            body = ask(f"/document/{doc['id']}").body
            ensure(f"<h1>{html.escape(doc['title'], quote=True).replace('&#x27;', '&#39;')}</h1>" in body, f"{doc['title']}: {body[600:900]}")
        ensure("<mark>" in ask(f"/document/{one['doc']}").body, "no evidence is marked")
        for path in ("/incident/izzz", "/document/none", "/why/ezzz", "/nothing", "/incident/", "/api/v1/none"):
            ensure(ask(path).status == 404, f"{path}: {ask(path).status}")


@case("lists as JSON are those of the command line, page by page; a map, a calendar and a network are theirs")
def api(box):
    with server(box) as ask:
        for name in LISTS:
            a = ask(f"/api/v1/{name}?limit=1000").json()
            command = [name] if name not in ("outlets", "coders") else None
            if command:
                out = [json.loads(x) for x in box.run(*command, "--db", "s.db", "--format", "jsonl").exits(0).out.splitlines()]
                ensure(a["rows"] == out and a["meta"]["count"] == len(out) and not a["meta"]["more"], f"{name}: {len(a['rows'])} {len(out)}")
        whole = ask("/api/v1/events?limit=1000").json()["rows"]
        parts = [ask(f"/api/v1/events?page={n}").json() for n in (1, 2)]
        ensure(parts[0]["rows"] + parts[1]["rows"] == whole[:200] and parts[1]["meta"]["before"] == 100 and parts[1]["meta"]["more"], "pages do not join")
        ensure(len(ask("/api/v1/map.geojson").json()["features"]) > 50 and "ties" in ask("/api/v1/network").json(), "map or network")
        ensure(ask("/api/v1/deadlines.ics").body.startswith("BEGIN:VCALENDAR"), "calendar")
        ensure(set(LISTS) <= set(ask("/api/v1").json()["lists"]), "index")


@case("what is wrong is told with its status, on pages and as problem+json")
def wrong(box):
    with server(box) as ask:
        for path in ("/incidents?from=yesterday", "/series?period=year", "/brief?days=0", "/brief?on=1", "/network?actors=1", "/network?unit=x", "/actor",
                     "/api/v1/events?limit=0", "/api/v1/events?to=2020-13-01", "/api/v1/search", "/incidents?limit=9999"):
            a = ask(path)
            ensure(a.status == 400, f"{path}: {a.status}")
            if path.startswith("/api"):
                ensure(a.headers["Content-Type"] == "application/problem+json" and a.json()["status"] == 400, f"{path}: {a.body}")
    box.run("serve", "--db", "none.db").exits(1).says("none.db")
    box.run("serve").exits(2).says("--db")
    box.run("serve", "--db", "s.db", "--port", "99999").exits(2).says("0 to 65535")


@case("only this machine, only its own pages, only reading")
def guard(box):
    with server(box) as ask:
        for host in ("evil.example", f"127.0.0.1.evil.example:{ask.port}", f"127.0.0.1:{ask.port}.evil", "127.0.0.1", "localhost:1"):
            ensure(ask("/", Host=host).status == 421, host)
        ensure(ask("/", Host=f"localhost:{ask.port}").status == 200, "localhost")
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            ensure(ask("/", method).status == 405, method)
        fields = form(text="Police arrested two men in Nairobi on Monday.", date="2024-03-07")
        ensure(ask("/try", "POST", Origin="http://evil.example", **fields).status == 403, "a foreign form")
        ensure(ask("/try", "POST", **form(text="x" * 200000)).status == 413, "a long text")
        second = box.run("serve", "--db", "s.db", "--port", str(ask.port))
        second.exits(1).says(f"127.0.0.1:{ask.port}")


@case("a text that is tried is read and told, and not kept")
def tried(box):
    with server(box) as ask:
        before = ask("/api/v1/documents?limit=1000").json()["meta"]["count"]
        a = ask("/try", "POST", Origin=f"http://127.0.0.1:{ask.port}", **form(text="Police arrested two men in Nairobi on Monday.", date="2024-03-07"))
        ensure(a.status == 200 and "2024-03-04" in a.body and "Nairobi" in a.body and not Page(a.body).wrong, a.body[:2000])
        ensure(ask("/try", "POST", **form(text="Police arrested two men.", date="7 March")).status == 400, "a bad date")
        ensure(ask("/try", "POST", body=b"text", Content_Type="text/plain").status == 200, "no form")
        ensure(ask("/api/v1/documents?limit=1000").json()["meta"]["count"] == before, "it was kept")


@case("a hostile text stays text")
def hostile(box):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    box.jsonl("x.jsonl", {"id": f"id{bad}", "date": "2024-03-07", "source": f"out{bad}", "title": f"Title {bad}", "text":
              f"The {bad} Front attacked police in Nairobi on Monday. Police of Nairobi {bad} arrested two men on Tuesday."})
    with server(box, "x.jsonl") as ask:
        doc = ask("/api/v1/documents").json()["rows"][0]["id"]
        for path in PAGES + ["/document/" + urllib.parse.quote(doc, safe=""), f"/search?q={urllib.parse.quote('front')}", f"/search?q={urllib.parse.quote(bad)}",
                             f"/incidents?actor={urllib.parse.quote(bad)}", f"/actor?name={urllib.parse.quote(bad)}"]:
            a = ask(path)
            ensure(a.body.count("<script") == 1 and "<img" not in a.body and not Page(a.body).wrong, f"{path}: {Page(a.body).wrong}\n{a.body[:3000]}")


@case("an empty ledger and one that grows meanwhile are shown")
def living(box):
    box.write("none.txt", "")
    box.run("ingest", "--db", "s.db", "none.txt").exits(3)
    box.jsonl("x.jsonl", {"id": "x", "date": "2024-03-07", "text": "It rained."})
    with server(box, "x.jsonl") as ask:
        for path in PAGES:
            ensure(ask(path).status in (200, 404), f"{path}: {ask(path).status} {ask(path).body[-700:]}")
        box.jsonl("y.jsonl", {"id": "y", "date": "2024-03-08", "source": "w", "text": "Police arrested two men in Nairobi on Friday."})
        box.run("ingest", "--db", "s.db", "y.jsonl").exits(0)
        ensure(ask("/api/v1/events").json()["meta"]["count"] == 1 and "Nairobi" in ask("/").body, "the new document is not shown")
        xml.fromstring(re.search(r"<svg.*?</svg>", ask("/series").body, re.S).group(0))


done()
