#!/usr/bin/env python3
"""What `meson install` lays down: the program, the library with its header and pkg-config file, knowledge and model, the
manual and the completions; and that a program of twenty lines links against it."""
import glob
import os
import shutil
import subprocess

from harness import PROGRAM, SOURCE, case, done, ensure, sanitized, skip

BUILD = os.path.dirname(PROGRAM)


def installed(box):
    """The folder that stands for the prefix."""
    if sanitized():
        skip("built with sanitizers")
    root = box.path("root")
    done_ = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", root], capture_output=True, text=True)
    ensure(done_.returncode == 0, done_.stdout + done_.stderr)
    return os.path.dirname(os.path.dirname(glob.glob(root + "/**/bin/tightrope", recursive=True)[0]))


def clean_environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("TIGHTROPE")}


@case("everything is installed where the system looks for it")
def files(box):
    prefix = installed(box)
    for pattern in ("bin/tightrope", "include/tightrope/tightrope.h", "lib/**/libtightrope.so", "lib/**/pkgconfig/tightrope.pc",
                    "share/tightrope/models/en.model", "share/tightrope/knowledge/ontologies/plover.tsv",
                    "share/man/man1/tightrope.1", "share/bash-completion/completions/tightrope",
                    "share/zsh/site-functions/_tightrope", "share/doc/tightrope/LICENSE"):
        ensure(glob.glob(os.path.join(prefix, pattern), recursive=True), f"{pattern} is not installed")
    headers = [f for _, _, names in os.walk(os.path.join(prefix, "include")) for f in names]
    ensure(headers == ["tightrope.h"], f"other headers are installed: {headers}")


@case("the installed program reads the installed knowledge")
def data(box):
    prefix = installed(box)
    box.jsonl("a.jsonl", {"id": "a", "date": "2020-12-26", "text": "Iraq detained two militia members on Friday."})

    def knowledge():
        r = subprocess.run([prefix + "/bin/tightrope", "code", "a.jsonl"], cwd=box.folder, env=clean_environment(), capture_output=True, text=True)
        ensure(r.returncode == 0, r.stderr)
        return r.stdout.split('"knowledge":"')[1][:16]
    before = knowledge()
    with open(prefix + "/share/tightrope/knowledge/text/abbreviations.txt", "a", encoding="utf-8") as f:
        f.write("# one more line\n")
    ensure(knowledge() != before, "a change of the installed knowledge makes no difference")


@case("a program of twenty lines compiles, links and runs")
def example(box):
    prefix = installed(box)
    folder = glob.glob(prefix + "/lib/**/pkgconfig", recursive=True)[0]
    root = box.path("root")
    env = {**clean_environment(), "PKG_CONFIG_PATH": folder, "PKG_CONFIG_SYSROOT_DIR": root, "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1",
           "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1"}
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "tightrope"], env=env, capture_output=True, text=True)
    ensure(flags.returncode == 0, flags.stderr)
    libraries = os.path.dirname(folder)
    program = prefix + "/bin/events"
    cc = subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", os.path.join(SOURCE, "examples", "events.c"),
                         *flags.stdout.split(), "-Wl,-rpath," + libraries, "-o", program], capture_output=True, text=True)
    ensure(cc.returncode == 0, cc.stderr)
    r = subprocess.run([program], env=clean_environment(), capture_output=True, text=True)
    ensure(r.returncode == 0, r.stderr)
    for line in r.stdout.splitlines():
        ensure(line.count("\t") == 3, f"odd line: {line}")


@case("the header stands alone in C and in C++")
def header(box):
    box.write("a.c", "#include <tightrope/tightrope.h>\nint main(void) { return tr_version() == 0; }\n")
    for compiler, standard in (("cc", "c99"), ("c++", "c++11")):
        if not shutil.which(compiler):
            continue
        language = "c" if compiler == "cc" else "c++"
        r = subprocess.run([compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", language, "-I",
                            os.path.join(SOURCE, "include"), box.path("a.c")], capture_output=True, text=True)
        ensure(r.returncode == 0, r.stderr)


done()
