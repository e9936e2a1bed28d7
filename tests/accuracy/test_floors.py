#!/usr/bin/env python3
"""Accuracy that must not fall: runs the evaluation kit and compares its figures with tests/accuracy/floors.tsv, as TAP.

  test_floors.py quick|long

A line of the table: suite, set (with the kit's options behind it), what is measured, a regular expression whose group is the figure
in the kit's output, least or most, the bound. Floors only rise: who makes a figure better raises its bound in the same change.
The kit is not part of the repository (most of its texts may not be handed on); without it beside the repository, or at
TIGHTROPE_KIT, every line is skipped.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("TIGHTROPE_SOURCE", os.path.join(HERE, "..", ".."))
PROGRAM = os.path.abspath(os.environ.get("TIGHTROPE", os.path.join(SOURCE, "build", "tightrope")))
KIT = os.environ.get("TIGHTROPE_KIT", os.path.join(SOURCE, "..", "shared", "score", "evaluate.py"))


def floors(suite):
    with open(os.path.join(HERE, "floors.tsv"), encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 6 or fields[0] not in ("quick", "long") or fields[4] not in ("least", "most"):
                sys.exit(f"floors.tsv:{number}: expected suite, set, measure, expression, least or most, bound")
            if fields[0] == suite:
                yield fields[1:]


def output_of(name, seen):
    """What the kit prints of a set; each is run once."""
    if name not in seen:
        command, _, options = name.partition(" -- ")
        args = [sys.executable, KIT, "--bin", PROGRAM, *command.split()] + (["--", *options.split()] if options else [])
        run = subprocess.run(args, capture_output=True, text=True)
        seen[name] = run.stdout if run.returncode in (0, 1) else ""
        if not seen[name]:
            print("# " + run.stderr.strip().replace("\n", "\n# "))
    return seen[name]


def main():
    rows = list(floors(sys.argv[1] if len(sys.argv) > 1 else "quick"))
    print(f"1..{len(rows)}", flush=True)
    seen, failed = {}, 0
    for number, (name, measure, expression, side, bound) in enumerate(rows, 1):
        label = f"{number} - {name}: {measure} at {side} {bound}"
        if not os.path.exists(KIT):
            print(f"ok {label} # SKIP the evaluation kit is not beside the repository")
            continue
        found = re.search(expression, output_of(name, seen), re.MULTILINE)
        value = float(found.group(1)) if found else None
        kept = value is not None and (value >= float(bound) if side == "least" else value <= float(bound))
        failed += not kept
        print(f"{'ok' if kept else 'not ok'} {label}: {'no figure' if value is None else value}", flush=True)
    return 1 if failed else 0


sys.exit(main())
