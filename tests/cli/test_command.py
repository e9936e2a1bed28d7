#!/usr/bin/env python3
"""How the program behaves as a command: usage, help, streams that close, signals, threads, locale."""
import glob
import json
import os
import re
import signal
import subprocess
import time

from harness import PROGRAM, SOURCE, case, commands, done, ensure

TEXT = "Iraqi security forces detained two militia members in Baghdad on Friday. The ministry said they would stand trial."


def lines(count):
    return [json.dumps({"id": f"d{i}", "date": "2020-12-26", "text": f"{TEXT} It was number {i}."}).encode() + b"\n" for i in range(count)]


@case("no command: the list of commands on standard error, exit status 2")
def no_command(box):
    ensure(not box.run().exits(2).says("Usage: tightrope").out, "something on standard output")


@case("an unknown command is named, exit status 2")
def unknown_command(box):
    box.run("conquer").exits(2).says("conquer", "--help")


@case("an unknown option is named, exit status 2, for every command")
def unknown_option(box):
    for command in sorted(commands()):
        r = box.run(command, "--no-such-option").exits(2)
        ensure("no-such-option" in r.err and "--help" in r.err, f"{command}: {r.err}")


@case("wrong values of options are named, exit status 2")
def wrong_values(box):
    box.run("code", "-j", "0").exits(2).says("'0'")
    box.run("code", "-j", "many").exits(2).says("'many'")
    box.run("code", "--date", "2020-13-01").exits(2).says("2020-13-01")
    box.run("code", "--offsets", "words").exits(2).says("words")
    box.run("code", "--input", "parchment", "/dev/null").exits(2).says("parchment")


@case("--help and --version go to standard output, exit status 0; so does the help of every command")
def help_and_version(box):
    ensure(b"not for targeting" in box.run("--help").exits(0).silent().out.lower(), "the help does not say what it is not for")
    ensure(re.fullmatch(rb"tightrope \d+\.\d+\.\d+\S*\n", box.run("--version").exits(0).silent().out), "odd version")
    for command in sorted(commands()):
        ensure(b"Usage: tightrope " + command.encode() in box.run(command, "--help").exits(0).silent().out, f"help of {command}")


@case("every command of --help stands in the manual, and so do its options")
def manual(box):
    with open(os.path.join(SOURCE, "man", "tightrope.1.scd"), encoding="utf-8") as f:
        page = f.read().replace("\\", "")
    for command in sorted(commands()):
        ensure(f"tightrope {command}" in page, f"man/tightrope.1.scd does not tell of {command}")
        text = box.run(command, "--help").out.decode()
        for option in set(re.findall(r"--[a-z][a-z-]+", text)) - {"--help", "--usage"}:
            ensure(option in page, f"man/tightrope.1.scd does not tell of {command} {option}")


@case("a damaged or missing model is told, exit status 1")
def bad_model(box):
    box.write("m.model", os.urandom(4096))
    box.write("a.jsonl", lines(1)[0])
    box.run("code", "--model", "m.model", "a.jsonl").exits(1).says("m.model")
    box.run("code", "--model", "none.model", "a.jsonl").exits(1).says("none.model")


@case("a model that was cut off or changed in one byte is refused")
def changed_model(box):
    with open(os.path.join(SOURCE, "models", "en.model"), "rb") as f:
        model = bytearray(f.read())
    box.write("cut.model", bytes(model[:len(model) // 2]))
    model[len(model) // 2] ^= 0x40
    box.write("bit.model", bytes(model))
    box.write("a.jsonl", lines(1)[0])
    for name in ("cut.model", "bit.model"):
        box.run("code", "--model", name, "a.jsonl").exits(1).says(name)


@case("-j 1, 2, 4 and 7 give the same bytes")
def threads(box):
    files = sorted(glob.glob(f"{SOURCE}/samples/*.jsonl"))
    box.write("bad.jsonl", b"".join(lines(3)) + b"nonsense\n" + lines(5)[4])
    one = box.run("code", "-j1", *files, "bad.jsonl").exits(3)
    ensure(len(one.out) > 100000, "too little came out")
    for n in (2, 4, 7):
        other = box.run("code", f"-j{n}", *files, "bad.jsonl").exits(3)
        ensure(other.out == one.out, f"-j{n} gives other bytes than -j1")
        ensure(other.err == one.err, f"-j{n} says other things than -j1")


@case("a document gives the same page alone as among others")
def alone(box):
    files = sorted(glob.glob(f"{SOURCE}/samples/*.jsonl"))
    records = [line for f in files for line in open(f, "rb")]
    pages = box.run("code", *files).exits(0).out.splitlines()
    for i in range(0, len(records), 17):
        box.write("one.jsonl", records[i])
        ensure(box.run("code", "one.jsonl").exits(0).out.strip() == pages[i], f"document {i + 1} differs")


@case("the kernels of every processor give the same bytes")
def kernels(box):
    files = sorted(glob.glob(f"{SOURCE}/samples/*.jsonl"))
    env = {**os.environ}
    outs = set()
    for isa in ("c", "avx2", "vnni", "avx512"):
        r = subprocess.run([PROGRAM, "code", *files], env={**env, "TIGHTROPE_ISA": isa}, capture_output=True)
        if r.returncode == 0:
            outs.add(r.stdout)
    ensure(len(outs) == 1, f"{len(outs)} different outputs")


@case("the locale of the user changes nothing")
def locale(box):
    box.write("a.jsonl", b"".join(lines(20)))
    outs = {subprocess.run([PROGRAM, "code", "a.jsonl"], cwd=box.folder, env={**os.environ, "LC_ALL": l, "TZ": z}, capture_output=True).stdout
            for l, z in (("C", "UTC"), ("C.UTF-8", "Asia/Tokyo"), ("tr_TR.UTF-8", "America/New_York"))}
    ensure(len(outs) == 1, f"{len(outs)} different outputs")


@case("| head -1: the run ends at once, quietly, with exit status 0")
def head(box):
    p = box.start("code", "-", stderr=subprocess.PIPE)
    feed = b"".join(lines(400))
    pid = os.fork()
    if pid == 0:        # a writer that never ends by itself
        p.stdout.close()
        try:
            while True:
                os.write(p.stdin.fileno(), feed)
        except BrokenPipeError:
            pass
        os._exit(0)
    p.stdin.close()
    first = p.stdout.readline()
    p.stdout.close()
    try:
        code = p.wait(timeout=60)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    ensure(json.loads(first)["doc"]["id"], "no first page")
    err = p.stderr.read().decode()
    ensure(code == 0 and not err, f"exit status {code}: {err}")


@case("standard output on a full disk is told, exit status 1")
def full_output(box):
    box.write("a.jsonl", b"".join(lines(300)))
    with open("/dev/full", "wb") as full:
        box.run("code", "a.jsonl", stdout=full).exits(1).says("standard output", "No space left")


@case("Ctrl-C ends the run with whole pages and exit status 130")
def interrupt(box):
    for number, jobs in ((signal.SIGINT, "-j1"), (signal.SIGTERM, "-j1"), (signal.SIGINT, "-j3")):
        with open(box.path("out"), "wb") as out:
            p = box.start("code", jobs, "--input", "jsonl", "-", stdout=out)
            for line in lines(500):
                p.stdin.write(line)
            p.stdin.flush()
            time.sleep(1)
            p.send_signal(number)
            code = p.wait(timeout=30)
            p.stdin.close()
        err = p.stderr.read().decode()
        text = box.read("out")
        ensure(code == 130, f"exit status {code}: {err}")
        ensure(text and text.endswith(b"\n"), "the last page is not whole")
        for line in text.splitlines():
            json.loads(line)


@case("--codebook gives events the codes of another ontology; a codebook of the user's own is a file")
def codebook(box):
    box.jsonl("a.jsonl", {"id": "1", "date": "2020-01-01", "text": "Gunmen kidnapped an aid worker in the north. The minister visited Oslo."})
    box.write("mine.codebook", "codebook\tmine-1\nTaken\tCrimes\tmode=abduct !status=denied\n")
    box.write("bad.codebook", "codebook\tmine-1\nTaken\t-\tmode=teleport\n")
    events = box.run("code", "--codebook", "acled", "a.jsonl").exits(0).json_lines()[0]["events"]
    codes = [e["codebook"] and e["codebook"]["code"] for e in events]
    ensure(codes == ["Abduction/forced disappearance", None], f"codes of ACLED: {codes}")
    events = box.run("code", "--codebook", "./mine.codebook", "a.jsonl").exits(0).json_lines()[0]["events"]
    ensure(events[0]["codebook"] == {"name": "mine-1", "code": "Taken", "parent": "Crimes"}, f"own code: {events[0]['codebook']}")
    box.run("code", "--codebook", "./bad.codebook", "a.jsonl").exits(1).says("bad.codebook:2: unknown mode 'teleport'")
    box.run("code", "--codebook", "nowhere", "a.jsonl").exits(1).says("nowhere.codebook")


@case("dict lint finds no fault in the knowledge that ships; dict test reads nearly all of its examples rightly")
def dictionaries(box):
    r = box.run("dict", "lint").exits(0)
    ensure("0 faults" in r.out.decode(), f"dict lint: {r.out.decode()[-300:]}")
    found = re.search(r"(\d+) passed, (\d+) failed", box.run("dict", "test").out.decode())
    ensure(found and int(found[1]) > 700 and int(found[2]) * 40 <= int(found[1]), f"dict test: {found and found[0]}")


@case("parse --fast takes the small model; with --model it is an error")
def fast(box):
    box.write("a.txt", "Turkey expelled two diplomats on Monday. Iran and Iraq signed a treaty.\n")
    usual, fast_ = box.run("parse", "a.txt").exits(0).out, box.run("parse", "--fast", "a.txt").exits(0).out
    ensure(fast_.count(b"\n") == usual.count(b"\n"), "other tokens or sentences with --fast")
    ensure(b"expel\tVERB" in fast_ and b"\tnsubj\t" in fast_, fast_.decode())
    small = os.path.join(SOURCE, "models", "en-fast.model")
    ensure(fast_ == box.run("parse", "--model", small, "a.txt").exits(0).out, "--fast is not models/en-fast.model")
    box.run("parse", "--fast", "--model", small, "a.txt").exits(2).says("--fast")


@case("standard input is read when no file is named, and as -")
def standard_input(box):
    feed = b"".join(lines(3))
    first = box.run("code", feed=feed).exits(0).pages(ids=["d0", "d1", "d2"])
    ensure(first == box.run("code", "-", feed=feed).exits(0).pages(), "- differs")


done()
