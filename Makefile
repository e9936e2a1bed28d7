# The front door: what people type. Meson and Ninja do the work underneath; `meson setup` and `ninja` by hand are as good.
#
#   make demo        install what is missing, build, code samples/ into a ledger, print the brief
#   make test        install what is missing, build, run every quick test
#   make build       leave the program at build/tightrope
#   make install     into PREFIX (default /usr/local), with DESTDIR
#   make bench       measure speed, memory and start-up
#   make test-long   the tests that take minutes (1 GB lines, many documents)
#   make clean       remove what was built
#
# Every target may be run again at any time.

BUILD ?= build
PREFIX ?= /usr/local
# Further options of `meson setup`, such as -Dwerror=true; they count when the build folder is made.
MESON_OPTIONS ?=
# Bold on a terminal that wants it, plain in a pipe.
say = @if [ -t 1 ] && [ -z "$$NO_COLOR$$CI" ] && [ "$$TERM" != dumb ]; then printf '\033[1m==> %s\033[0m\n' $(1); else printf '==> %s\n' $(1); fi

.PHONY: help demo test test-long build install bench clean setup
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

setup:
	@tools/setup

build: setup
	$(call say,'Building the program: $(BUILD)/tightrope')
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release --prefix=$(PREFIX) $(MESON_OPTIONS)
	@ninja -C $(BUILD)

demo: build
	$(call say,'Reading the sample dispatches into a ledger: $(BUILD)/demo.db')
	@$(BUILD)/tightrope ingest --db $(BUILD)/demo.db samples/*.jsonl
	$(call say,'The brief of that ledger')
	@$(BUILD)/tightrope brief --db $(BUILD)/demo.db
	$(call say,'Now look around')
	@echo "  $(BUILD)/tightrope events --db $(BUILD)/demo.db      what happened"
	@echo "  $(BUILD)/tightrope demands --db $(BUILD)/demo.db     who demanded what of whom, and by when"
	@echo "  $(BUILD)/tightrope ties --db $(BUILD)/demo.db        who holds which post, who is with whom"
	@echo "  $(BUILD)/tightrope serve --db $(BUILD)/demo.db       all of it in a browser, at http://127.0.0.1:8642/"
	@echo "  $(BUILD)/tightrope --help"

test: build
	$(call say,'Running the tests')
	@tools/run_tests $(BUILD) --no-suite long

test-long: build
	$(call say,'Running the long tests')
	@tools/run_tests $(BUILD) --suite long

install: build
	$(call say,'Installing into $(DESTDIR)$(PREFIX)')
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@meson install -C $(BUILD) --quiet

bench: build
	$(call say,'Measuring speed and memory and start-up')
	@bench/run $(BUILD)/tightrope

clean:
	@rm -rf build build-*
