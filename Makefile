# The front door. Every target first installs what this machine lacks (tools/install.sh).
#
#   make          build/goldthread, as it is released
#   make demo     two councils, their reports and their pages (SERVE=no: stop before serving)
#   make check    all tests (SANITIZE=address,undefined: under these sanitizers)
#   make soak     kills and edits by the ten thousand; goes on where it was cut short
#   make lint     style, house rules, static analysis
#   make bench    speed, beside what one would use instead
#   make format   puts the code into the house's style
#   make fuzz     every fuzz target for SECONDS=60 each
#   make deb      the Debian package, into build/deb
#   make deb-test the package installed, upgraded and purged in a copy of this machine (as root)
#   make clean    forgets what was built
MAKEFLAGS += --no-print-directory
SECONDS = 60

# A build folder for each kind of test build: build/check, build/check-address-undefined.
comma = ,
CHECK = build/check$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
FUZZ_FLAGS = -Dfuzz=true -Db_sanitize=address$(comma)undefined
CHECK_FLAGS = $(if $(SANITIZE),-Db_sanitize=$(SANITIZE) -Doptimization=1)

# setup FOLDER,OPTIONS,ENVIRONMENT: once; what meson says is shown only when it fails.
setup = [ -f $(1)/build.ninja ] || $(3) meson setup $(1) $(2) >build/setup.log 2>&1 || \
	{ cat build/setup.log; exit 3; }

all:
	@tools/install.sh build
	@$(call setup,build,-Dtests=false)
	@ninja -C build --quiet goldthread

demo: all
	@tools/demo.sh

check:
	@tools/install.sh build test
	@$(call setup,$(CHECK),$(CHECK_FLAGS))
	@ninja -C $(CHECK) --quiet
	@meson test -C $(CHECK) --no-rebuild --print-errorlogs

# What was done is kept in soak.json, for this very program; AGAIN=yes begins anew.
SOAK = $(CHECK)/soak.json
soak:
	@tools/install.sh build test
	@$(call setup,$(CHECK),$(CHECK_FLAGS))
	@ninja -C $(CHECK) --quiet
	@[ -z "$(AGAIN)" ] || rm -f $(SOAK)
	@EDITS=10000 $(CHECK)/tests/store/test_connections
	@EDITS=10000 python3 tests/store/with_postgres.py $(CHECK)/tests/store/test_connections
	@python3 tests/web/two_servers.py $(CHECK)/goldthread 60
	@python3 tests/web/soak.py $(CHECK)/goldthread --sqlite 10000 --postgres 2000 \
		--progress $(SOAK)

# clang as the second compiler: its warnings are errors too, and clang-tidy reads its commands.
lint:
	@tools/install.sh build test lint
	@$(call setup,build/lint,,CC=clang)
	@ninja -C build/lint --quiet
	@python3 tools/lint/all.py build/lint

bench: all
	@tools/install.sh bench
	@python3 bench/run.py build/goldthread

format:
	@tools/install.sh build lint
	@find src tests bench \( -name node_modules -prune \) -o -name '*.[ch]' -print | xargs clang-format -i

fuzz:
	@tools/install.sh build test
	@$(call setup,build/fuzz,$(FUZZ_FLAGS),CC=clang CFLAGS=-fsanitize=fuzzer-no-link)
	@ninja -C build/fuzz --quiet
	@tools/fuzz.sh build/fuzz $(SECONDS)

deb: all
	@tools/install.sh build deb
	@packaging/build_deb.sh build/goldthread build/deb

deb-test: all
	@tools/install.sh build test deb
	@python3 tests/ops/test_deb.py build/goldthread .

# node_modules stays: it is what was installed, not what was built.
clean:
	rm -rf build

.PHONY: all demo check soak lint bench format fuzz deb deb-test clean
