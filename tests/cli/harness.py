"""harness - run the built program as a user does, and tell the results as TAP.

A test file holds functions marked @case("what must hold"); each gets a Box: an empty folder, and ways to write files
and run the program in it. `needs` names a command without which the case is skipped. Standard library only.

    @case("an empty file is told and gives a page with an error")
    def empty(box):
        box.write("a.txt", b"")
        r = box.run("code", "a.txt")
        r.exits(3).says("a.txt: ").pages(errors=["empty"])
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.path.abspath(os.environ.get("TIGHTROPE", "build/tightrope"))
SOURCE = os.path.abspath(os.environ.get("TIGHTROPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", "..")))
TIMEOUT = int(os.environ.get("TIGHTROPE_TEST_TIMEOUT", "120"))
CASES = []


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def case(name, needs=None):
    def mark(function):
        CASES.append((name, needs, function))
        return function
    return mark


def skip(why):
    raise Skipped(why)


def ensure(ok, message):
    if not ok:
        raise Failed(message)


def commands():
    """The commands that --help lists."""
    text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=TIMEOUT).stdout
    return set(re.findall(r"^  ([a-z]+) ", text, re.MULTILINE))


def sanitized():
    with open(PROGRAM, "rb") as f:
        return b"__asan_init" in f.read()


class Result:
    """What a run left: exit status, both streams, peak memory. Checks return the result, so that they can be chained."""

    def __init__(self, args, code, out, err, peak_kb):
        self.args, self.code, self.out, self.peak_kb = args, code, out, peak_kb
        self.err = err.decode("utf-8", "replace")

    def fail(self, message):
        raise Failed(f"{' '.join(self.args)}: {message}\nexit status {self.code}\nstandard error: {self.err[-2000:]}")

    def exits(self, code):
        if "AddressSanitizer" in self.err or "runtime error" in self.err:
            self.fail("the sanitizer found an error")
        if self.code != code:
            self.fail(f"expected exit status {code}")
        return self

    def says(self, *parts):
        for part in parts:
            if part not in self.err:
                self.fail(f"expected on standard error: {part!r}")
        return self

    def silent(self):
        if self.err:
            self.fail("expected nothing on standard error")
        return self

    def json_lines(self):
        try:
            return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]
        except ValueError as error:
            self.fail(f"standard output is not JSON lines: {error}")

    def pages(self, ids=None, errors=None):
        """Checks ids in order, and error codes in order (None for a page without error)."""
        pages = self.json_lines()
        if ids is not None and [p["doc"]["id"] for p in pages] != ids:
            self.fail(f"expected pages {ids}, got {[p['doc']['id'] for p in pages]}")
        found = [p["error"]["code"] if "error" in p else None for p in pages]
        if errors is not None and found != errors:
            self.fail(f"expected errors {errors}, got {found}")
        return pages

    def below(self, megabytes):
        if not sanitized() and self.peak_kb > megabytes * 1024:
            self.fail(f"took {self.peak_kb // 1024} MB of memory, expected less than {megabytes}")
        return self


class Box:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return name

    def jsonl(self, name, *records):
        return self.write(name, "".join(json.dumps(r) + "\n" for r in records))

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def start(self, *args, limits=(), **streams):
        """The running program; limits are (resource, value) pairs set in it."""
        def prepare():
            for what, value in limits:
                resource.setrlimit(what, (value, value))
        env = streams.pop("env", None) or {k: v for k, v in os.environ.items() if k not in ("TIGHTROPE_DATA", "TIGHTROPE_ISA")}
        for name in ("stdin", "stdout", "stderr"):
            streams.setdefault(name, subprocess.PIPE)
        return subprocess.Popen([PROGRAM, *args], cwd=self.folder, env=env, preexec_fn=prepare, **streams)

    def run(self, *args, feed=b"", limits=(), stdout=None):
        """Runs to the end. feed: bytes, or chunks of them, for standard input. Output goes through files: no pipe can fill up."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            p = self.start(*args, limits=limits, stdout=stdout or out, stderr=err)
            try:
                for chunk in [feed] if isinstance(feed, bytes) else feed:
                    p.stdin.write(chunk)
                p.stdin.close()
            except BrokenPipeError:
                pass
            _, status, usage = os.wait4(p.pid, 0)
            p.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0), err.seek(0)
            return Result(args, p.returncode, out.read(), err.read(), usage.ru_maxrss)


def run_one(function):
    folder = tempfile.mkdtemp(prefix="tightrope-test-")
    try:
        function(Box(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    known = commands()
    failed = 0
    print(f"1..{len(CASES)}", flush=True)
    for n, (name, needs, function) in enumerate(CASES, 1):
        label = name.replace("#", "number")
        try:
            if needs and needs not in known:
                skip(f"there is no command {needs}")
            run_one(function)
            print(f"ok {n} - {label}", flush=True)
        except Skipped as why:
            print(f"ok {n} - {label} # SKIP {why}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {n} - {label}")
            text = str(error) if isinstance(error, Failed) else traceback.format_exc()
            print("\n".join("# " + line for line in text.splitlines()), flush=True)
    return 1 if failed else 0


def done():
    sys.exit(main())
