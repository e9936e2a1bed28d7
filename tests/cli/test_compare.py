"""test_compare - a ledger beside ACLED and UCDP: made-up files in their columns, worked by hand."""
from harness import case, done, ensure

ACLED = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities\r\n"
UCDP = "id,year,type_of_violence,side_a,side_b,where_coordinates,latitude,longitude,country,date_start,date_end,best,high,low\n"
NEWS = [  # day told, text
    ("2024-01-10", "Gunmen killed five policemen in Kano, Nigeria, on Tuesday."),
    ("2024-01-20", "Protesters marched in Lagos, Nigeria, on Friday."),
    ("2024-02-14", "Gunmen killed nine people in Kano, Nigeria, on Tuesday."),
    ("2024-03-06", "Soldiers attacked rebels in Mosul, Iraq, on Tuesday."),
    ("2024-03-20", "Gunmen attacked a school in Kano, Nigeria, on Tuesday."),
    ("2024-04-24", "Protesters marched in Abuja, Nigeria, on Tuesday."),
]


def ledger(box):
    box.jsonl("n.jsonl", *({"id": f"d{i}", "date": day, "text": text} for i, (day, text) in enumerate(NEWS)))
    box.run("ingest", "--db", "l.db", "n.jsonl").exits(0)


def rows(box, *args, status=0):
    return box.run("compare", "--db", "l.db", "--format", "jsonl", *args).exits(status).json_lines()


@case("ACLED: matched by day and place, each once; months correlate; fatalities of what is matched")
def acled(box):
    ledger(box)
    box.write("a.csv", (ACLED +
        'NIG1,2024-01-09,2024,1,Battles,Armed clash,"Unidentified, Armed Group",Police Forces,Nigeria,Kano,12.00,8.52,6\r\n'
        "NIG2,10 January 2024,2024,1,Battles,Armed clash,Bandits,Police,Nigeria,Kano,12.01,8.53,1\r\n"
        "NIG3,2024-01-09,2024,1,Battles,Armed clash,Bandits,Police,Nigeria,Maiduguri,11.84,13.16,2\r\n"
        "NIG4,2024-01-19,2024,1,Protests,Peaceful protest,Protesters,,Nigeria,Lagos,6.45,3.39,0\r\n"
        "NIG5,2024-02-13,2024,1,Violence against civilians,Attack,Bandits,Civilians,Nigeria,Kano,12.0,8.5,9\r\n"
        "NIG6,2024-02-20,2024,1,Strategic developments,Arrests,Police,,Nigeria,Kano,12.0,8.5,0\r\n"
        "NIG7,2024-04-23,2024,1,Riots,Mob violence,Rioters,,Nigeria,Abuja,9.06,7.49,0\r\n"
        "NIG8,2024-04-29,2024,1,Protests,Peaceful protest,Protesters,,Nigeria,Lagos,6.45,3.39,0\r\n").encode())
    by = {(r["country"], r["group"]): r for r in rows(box, "--acled", "a.csv")}
    force = by["NGA", "force"]
    ensure((force["theirs"], force["ours"], force["matched"]) == ("4", "3", "2"), f"{force}")
    ensure((force["their_best"], force["our_low"], force["our_high"]) == ("15", "14", "14"), f"{force}")
    protest = by["NGA", "protest"]
    ensure((protest["theirs"], protest["matched"], protest["of_theirs"]) == ("2", "2", "1.000"), f"{protest}")
    # January to April: theirs 3, 1, 0, 0; ours 1, 1, 1, 0
    ensure(force["months"] == "4" and force["correlation"] == "0.471", f"{force}")
    ensure(by["IRQ", "force"]["theirs"] == "0" and by["IRQ", "force"]["ours"] == "1", f"{by['IRQ', 'force']}")
    matched = rows(box, "--acled", "a.csv", "--list", "matched")
    ensure({r["id"] for r in matched} == {"NIG1", "NIG4", "NIG5", "NIG7"}, f"{[r['id'] for r in matched]}")
    ensure({r["id"] for r in rows(box, "--acled", "a.csv", "--list", "theirs")} == {"NIG2", "NIG3"}, "theirs alone")
    ours = rows(box, "--acled", "a.csv", "--list", "ours")
    ensure({(r["country"], r["date"]) for r in ours} == {("IRQ", "2024-03-05"), ("NGA", "2024-03-19")}, f"{ours}")
    wide = rows(box, "--acled", "a.csv", "--km", "900", "--list", "theirs")
    ensure({r["id"] for r in wide} == {"NIG2", "NIG3"}, "one of ours matched twice")


@case("UCDP: days from to, low, best and high")
def ucdp(box):
    ledger(box)
    box.write("u.csv", (UCDP + "1,2024,1,Government,Bandits,Kano town,12.0,8.5,Nigeria,2024-01-07 00:00:00.000,2024-01-08 00:00:00.000,5,8,4\n"
                        "2,2024,3,IS,Civilians,Mosul city,36.34,43.13,Iraq,2024-03-05,2024-03-05,2,2,2\n"
                        "3,2024,3,IS,Civilians,Mosul city,36.34,43.13,Iraq,2024-04-25,2024-04-25,2,2,2\n").encode())
    by = {(r["country"], r["group"]): r for r in rows(box, "--ucdp", "u.csv")}
    force = by["NGA", "force"]
    ensure((force["theirs"], force["matched"], force["their_low"], force["their_best"], force["their_high"]) == ("1", "1", "4", "5", "8"), f"{force}")
    ensure(by["IRQ", "force"]["matched"] == "1", f"{by['IRQ', 'force']}")
    none = rows(box, "--ucdp", "u.csv", "--window", "0", "--list", "matched")
    ensure({r["id"] for r in none} == {"2"}, f"{none}")


@case("rows that cannot be read are told and left out; a file of other columns and one of other days are told")
def wrong(box):
    ledger(box)
    box.write("a.csv", (ACLED + "X1,yesterday,2024,1,Battles,,A,B,Nigeria,Kano,12,8,0\r\nX2,2024-01-09,2024,1,Battles,,A,B,Narnia,Kano,12,8,0\r\n"
                        "X3,2024-01-09,2024,1,Battles,,A,B,Nigeria,Kano,12,8.5,0\r\n").encode())
    r = box.run("compare", "--db", "l.db", "--acled", "a.csv").exits(3)
    r.says("a.csv:2: ", "'yesterday' is no day", "a.csv:3: ", "'Narnia'", "2 of their rows")
    box.run("compare", "--db", "l.db", "--ucdp", "a.csv").exits(1).says("a.csv:1: ", "column 'id' is missing")
    box.write("late.csv", (ACLED + "X3,2034-01-09,2024,1,Battles,,A,B,Nigeria,Kano,12,8.5,0\r\n").encode())
    box.run("compare", "--db", "l.db", "--acled", "late.csv").exits(0).says("no day in common")
    box.run("compare", "--db", "l.db").exits(2).says("--acled FILE")
    box.run("compare", "--db", "l.db", "--acled", "none.csv").exits(1).says("none.csv")


done()
