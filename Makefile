# Vejviser. `make help` says what there is. Everything is built in build/<mode>/ and nothing outside build/ is touched.

MODE   ?= release
PREFIX ?= /usr/local
SYSTEM ?= $(PREFIX)/lib
DESTDIR ?=
CC     ?= gcc
B      := build/$(MODE)
SAMPLE := build/sample

# Reproducible: the time of the last commit (or of this file) stands for the time of building.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y Makefile)
# Newer is more, for packages and for the image.
VERSION ?= $(shell LC_ALL=C date -u -d @$(SOURCE_DATE_EPOCH) +%Y.%m.%d.%H%M)

.DELETE_ON_ERROR:
.SUFFIXES:

# ---- What needs no compiler: these goals first install what is missing, then call make again with the same word and "-now".

FIRST := run test tour check fuzz soak bench deb image image-run image-again firmware image-test specimen-chromium setup help clean distclean
.PHONY: all $(FIRST) run-now test-now tour-now check-now soak-now bench-now deb-now image-now image-run-now image-again-now firmware-now image-test-now specimen-chromium-now install uninstall sample FORCE

all: programs factory manual

run tour:
	@tools/setup build
	@$(MAKE) --no-print-directory $@-now

deb:
	@tools/setup deb
	@$(MAKE) --no-print-directory $@-now

test check fuzz soak:
	@tools/setup test
	@$(MAKE) --no-print-directory $@-now

image-test:
	@tools/setup test
	@tools/setup image
	@$(MAKE) --no-print-directory $@-now

image image-run image-again firmware:
	@tools/setup image
	@$(MAKE) --no-print-directory $@-now

specimen-chromium:
	@tools/setup look
	@$(MAKE) --no-print-directory $@-now

bench:
	@tools/setup bench
	@$(MAKE) --no-print-directory $@-now

setup:
	@tools/setup build

help:
	@echo 'make run       set everything up and run the kiosk on the sample content (without a screen: write the picture tour)'
	@echo 'make test      set everything up and run all tests'
	@echo 'make setup     install the Debian packages that building needs'
	@echo 'make           build the programs in $(B); MODE=debug|asan|tsan for other builds'
	@echo 'make check     layers, headers, static analysis, layout of the code'
	@echo 'make fuzz      try every parser with made-up input; SECONDS=60 each'
	@echo 'make soak      a million made-up touches on the real screens; EVENTS=1000000 SEED=1'
	@echo 'make bench     measure beside others, and print tables; ONLY=text for one part'
	@echo 'make mutants   take away one check of the trust code after the other; make interop: our repository before tuf-js'
	@echo 'make tour      a picture of every screen in every language in build/tour/index.html'
	@echo 'make fonts     cut the fonts down to what their scripts need and say how large each is'
	@echo 'make specimen-chromium   every language as we set it, beside Chromium, in build/specimen'
	@echo 'make messages  take new sentences of the programs up in tools/po, to be translated'
	@echo 'make deb       packages for Debian 12 in build/deb'
	@echo 'make image     the disk of a kiosk in build/image/vejviser.img; make image-run tries it in a virtual machine; make image-again: the same bytes twice'
	@echo 'make firmware  the same as a signed update in build/firmware; FIRMWARE_KEYS= those of tools/rauc/keys'
	@echo 'make image-test  starts the image in a virtual machine and judges what is on its screen; ONLY="touch damage" for some of it'
	@echo 'make install   DESTDIR= PREFIX=/usr/local; make uninstall takes it away again'
	@echo 'make clean     remove build/'

clean distclean:
	rm -rf build

# ---- Building

ifneq ($(filter-out $(FIRST),$(or $(MAKECMDGOALS),all)),)
include build/libraries.mk
libcurl_LIBS += -lssl # under libcurl: base/tls.h
endif

# What pkg-config says, once; a missing library is named with the way to get it. The loader seeks every symbol in this order, so
# those that are asked most (also by each other) stand first: that is a tenth of the time before main().
LIBRARIES := libcrypto sqlite3 libcjson icu-uc icu-i18n librsvg-2.0 pixman-1 freetype2 harfbuzz fribidi sdl2 SDL2_ttf libdrm libinput libudev libsystemd libcurl libcmark yaml-0.1 libical libpng
build/libraries.mk: Makefile tools/packages.txt
	@mkdir -p build
	@for lib in $(LIBRARIES); do pkg-config --exists $$lib || \
		{ echo "The library $$lib is missing. 'make setup' installs everything." >&2; exit 1; }; done
	@for lib in $(LIBRARIES); do \
		echo "$${lib}_CFLAGS := $$(pkg-config --cflags $$lib)"; \
		echo "$${lib}_LIBS := $$(pkg-config --libs $$lib 2>/dev/null)"; done > $@

WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wno-format-nonliteral -Wconversion -Wno-sign-conversion \
	-Wdouble-promotion -Wnull-dereference -Wimplicit-fallthrough
FLAGS_release := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
FLAGS_debug   := -Og -fno-omit-frame-pointer
FLAGS_asan    := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_fuzz    := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FLAGS_tsan    := -O1 -fno-omit-frame-pointer -fsanitize=thread
# What is built says nothing of the folder it was built in.
ANYWHERE_release = -ffile-prefix-map=$(CURDIR)=.
LINK_release  := -pie -Wl,-z,relro,-z,now
LINK_asan     := -fsanitize=address,undefined
LINK_fuzz     := -fsanitize=fuzzer,address,undefined
LINK_tsan     := -fsanitize=thread

CPPFLAGS += -D_GNU_SOURCE -Isrc -Itools -Ibuild/generated
CFLAGS   += -std=c11 -g $(WARNINGS) $(FLAGS_$(MODE))
LDFLAGS  += -Wl,--as-needed $(LINK_$(MODE))
ALL_CFLAGS = $(foreach lib,$(LIBRARIES),$($(lib)_CFLAGS))

# Each layer is an archive; a program links the layers it may use (tests/layers.txt), so what the kiosk cannot reach is not in it.
LAYERS  := base content trust store sync draw text ui visit screens
SOURCES := $(wildcard src/*/*.c tools/*/*.c tests/*/*.c)
object   = $(patsubst %.c,$(B)/%.o,$(1))
layer    = $(call object,$(filter-out %/main.c,$(wildcard src/$(1)/*.c)))
archive  = $(B)/lib$(1).a

KIOSK_LIBS   := sdl2 SDL2_ttf libdrm libinput libudev libsystemd
DATA_LIBS    := libcjson sqlite3 libcrypto
PICTURE_LIBS := pixman-1 librsvg-2.0 freetype2 harfbuzz fribidi icu-i18n icu-uc
libs          = -lc $(foreach lib,$(filter $(1),$(LIBRARIES)),$($(lib)_LIBS)) -lm

PROGRAMS := vejviser vejviser-sync vejviser-bundle vejviser-replay vejviser-provision tuf-client
.PHONY: programs
programs: $(PROGRAMS:%=$(B)/%) share

# Where test suites of The Update Framework are told to find it.
build/tuf-client: $(B)/tuf-client
	@ln -sf $(patsubst build/%,%,$<) $@

# Changed flags rebuild everything: the file's text is the flags.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS))' > $@

$(B)/%.o: %.c $(B)/flags build/libraries.mk | build/generated/tokens.h build/generated/handbook_lines.h
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(CFLAGS) $(ANYWHERE_$(MODE)) -MMD -MP -c -o $@ $<

# Only the clock asks when this was built, so a commit does not rebuild everything.
$(B)/built: FORCE
	@mkdir -p $(@D)
	@echo $(SOURCE_DATE_EPOCH) | cmp -s - $@ || echo $(SOURCE_DATE_EPOCH) > $@
$(B)/src/base/clock.o $(B)/tests/base/clock_test.o: private CPPFLAGS += -DVEJVISER_BUILT=$(SOURCE_DATE_EPOCH)
$(B)/src/base/clock.o $(B)/tests/base/clock_test.o: $(B)/built

# And only these ask where they are installed, so another PREFIX rebuilds no more than them.
PLACED := $(call object,$(shell grep -l '[^$$"]VEJVISER_SHARE\>' $(SOURCES)))
$(B)/placed: FORCE
	@mkdir -p $(@D)
	@echo $(PREFIX) | cmp -s - $@ || echo $(PREFIX) > $@
$(PLACED): private CPPFLAGS += -DVEJVISER_SHARE='"$(PREFIX)/share/vejviser"'
$(PLACED): $(B)/placed

define ARCHIVE
$(call archive,$(1)): $(call layer,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@ && ar rcsD $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call ARCHIVE,$(l))))

# program: objects and archives, libraries
define PROGRAM
$(B)/$(1): $(2)
	@mkdir -p $$(@D)
	@echo "  LINK  $$@"
	@$(CC) $(LDFLAGS) -o $$@ $(filter %.o,$(2)) -Wl,--start-group $(filter %.a,$(2)) -Wl,--end-group $(3)
endef
# (expanded when libraries.mk is there)
$(eval $(call PROGRAM,vejviser,$(call object,$(wildcard src/kiosk/*.c)) \
	$(foreach l,screens visit ui text draw store content base,$(call archive,$(l))),$(call libs,$(KIOSK_LIBS) $(PICTURE_LIBS) $(DATA_LIBS))))
$(eval $(call PROGRAM,vejviser-sync,$(call object,src/sync/main.c) \
	$(foreach l,sync trust store content base,$(call archive,$(l))),$(call libs,libcurl $(DATA_LIBS))))
$(eval $(call PROGRAM,tuf-client,$(call object,tools/tuf-client/main.c) \
	$(foreach l,sync trust base,$(call archive,$(l))),$(call libs,libcurl $(DATA_LIBS))))
$(eval $(call PROGRAM,vejviser-bundle,$(call object,$(wildcard tools/bundle/*.c)) \
	$(foreach l,trust store content text draw base,$(call archive,$(l))),$(call libs,libcurl libcmark yaml-0.1 libical $(PICTURE_LIBS) $(DATA_LIBS)) -lgettextpo))
$(eval $(call PROGRAM,vejviser-replay,$(call object,$(wildcard tools/replay/*.c)) \
	$(foreach l,screens visit ui text draw store content base,$(call archive,$(l))),$(call libs,libpng $(PICTURE_LIBS) $(DATA_LIBS))))

$(eval $(call PROGRAM,vejviser-provision,$(call object,$(wildcard tools/image/*.c)) \
	$(foreach l,trust base,$(call archive,$(l))),$(call libs,$(DATA_LIBS))))

# ---- Tests: tests/<layer>/<name>_test.c is one program, linked with that layer and those below it.
# <name>_test.wrap lists the functions it replaces (ld --wrap), one a line.

BELOW_base    := base
BELOW_content := content base
BELOW_trust   := trust base
BELOW_store   := store base
BELOW_sync    := sync trust store content base
BELOW_draw    := draw base
BELOW_text    := text draw base
BELOW_ui      := ui text draw base
BELOW_visit   := visit base
BELOW_screens := screens visit ui text draw content base
BELOW_bundle  := trust store content text draw base
BELOW_image   := trust base
BELOW_replay  := screens visit ui text draw store content base
BELOW_kiosk   := screens visit ui text draw store content base
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/*_test.c))
TEST_LIBS_sync    := libcurl
TEST_LIBS_bundle  := libcurl libcmark yaml-0.1 libical $(PICTURE_LIBS)
TEST_LIBS_draw    := $(PICTURE_LIBS)
TEST_LIBS_text    := $(PICTURE_LIBS)
# Only a test speaks to Pango, so building does not need it.
$(B)/tests/text/pango_test.o: private CPPFLAGS += $(shell pkg-config --cflags pangoft2)
$(B)/tests/text/pango_test: private LDLIBS = $(shell pkg-config --libs pangoft2)
TEST_LIBS_ui      := $(PICTURE_LIBS)
TEST_LIBS_screens := $(PICTURE_LIBS) libpng
TEST_LIBS_kiosk   := $(PICTURE_LIBS) $(KIOSK_LIBS)
TEST_LIBS_replay  := $(PICTURE_LIBS) libpng
extra_objects = $(if $(filter bundle,$(1)),$(call object,$(filter-out %/main.c,$(wildcard tools/bundle/*.c)))) \
	$(if $(filter kiosk,$(1)),$(call object,$(filter-out %/main.c,$(wildcard src/kiosk/*.c)))) \
	$(if $(filter image,$(1)),$(call object,$(filter-out %/main.c,$(wildcard tools/image/*.c)))) \
	$(if $(filter replay,$(1)),$(call object,$(filter-out %/main.c,$(wildcard tools/replay/*.c))))
comma := ,
define TEST
$(B)/$(1): $(B)/$(1).o $(call extra_objects,$(2)) $(foreach l,$(BELOW_$(2)),$(call archive,$(l)))
	@echo "  LINK  $$@"
	@$(CC) $(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
		$(foreach f,$(if $(wildcard $(1).wrap),$(file <$(1).wrap)),-Wl$(comma)--wrap=$(f)) \
		$(call libs,$(TEST_LIBS_$(2)) $(DATA_LIBS)) -lcmocka $$(LDLIBS) $(if $(filter bundle,$(2)),-lgettextpo)
endef
$(foreach t,$(patsubst %.c,%,$(wildcard tests/*/*_test.c)),$(eval $(call TEST,$(t),$(word 2,$(subst /, ,$(t))))))
.PHONY: tests
tests: $(TESTS)

# ---- Fuzzers: tests/fuzz/<name>_fuzz.c, by clang's libFuzzer. `make fuzz SECONDS=60` tries each for so long.

SECONDS ?= 60
FUZZERS := $(patsubst %.c,build/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
.PHONY: fuzz fuzz-now fuzzers
fuzzers: $(FUZZERS)
build/fuzz/tests/fuzz/%_fuzz: build/fuzz/tests/fuzz/%_fuzz.o $(call object,$(filter-out %/main.c,$(wildcard tools/bundle/*.c tools/image/*.c))) \
		$(foreach l,$(LAYERS),$(call archive,$(l)))
	@echo "  LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
		$(call libs,libcurl libcmark yaml-0.1 libical $(PICTURE_LIBS) $(DATA_LIBS)) -lgettextpo
fuzz-now:
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=fuzz CC=clang fuzzers share
	@mkdir -p build/corpus && printf '%s\n' $(FUZZERS) | VEJVISER_TEST_SHARE=$(SHARE) xargs -P $$(nproc) -n 1 tests/fuzz_long $(SECONDS)

# clang's opinion of what the fuzzers are not built from: all its warnings, and no code.
SEEN := $(patsubst %.c,$(B)/%.seen,$(filter-out tests/bench/% $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)) $(wildcard tools/bundle/*.c tools/image/*.c tests/fuzz/*.c),$(SOURCES)) \
	$(wildcard src/*/main.c tools/bundle/main.c tools/image/main.c))
.PHONY: opinion
opinion: $(SEEN)
$(B)/%.seen: %.c $(B)/flags build/libraries.mk | build/generated/tokens.h build/generated/handbook_lines.h
	@mkdir -p $(@D)
	@echo "  SEE   $<"
	@$(CC) $(CPPFLAGS) -DVEJVISER_SHARE='""' -DVEJVISER_BUILT=0 $(ALL_CFLAGS) $(CFLAGS) -MMD -MP -MF $(@:.seen=.d) -MT $@ -fsyntax-only $<
	@touch $@
$(B)/tests/text/pango_test.seen: private CPPFLAGS += $(shell pkg-config --cflags pangoft2)

# ---- Benches: tests/bench/<name>_bench.c is one program, linked with the other sources there and all layers. What runs
# them and how to add one is told in tests/bench/run.

BENCHES := $(patsubst %.c,$(B)/%,$(wildcard tests/bench/*_bench.c))
BENCH_LIBRARIES := pangocairo pangoft2
# Only a bench speaks to other text engines, so building does not need them.
$(BENCHES:%=%.o): private CPPFLAGS += $(shell pkg-config --cflags $(BENCH_LIBRARIES) 2>/dev/null)
$(BENCHES): $(B)/%: $(B)/%.o $(call object,$(filter-out %_bench.c,$(wildcard tests/bench/*.c))) $(foreach l,$(LAYERS),$(call archive,$(l)))
	@echo "  LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
		$(call libs,libcurl sdl2 SDL2_ttf $(PICTURE_LIBS) $(DATA_LIBS)) $(shell pkg-config --libs $(BENCH_LIBRARIES))
# Only these have a window: the libraries of SDL would count as memory of the others.
$(B)/tests/bench/floor_bench $(B)/tests/bench/screens_bench: $(call object,src/kiosk/window.c src/kiosk/turn.c src/kiosk/events.c)
.PHONY: benches
benches: $(BENCHES)
bench-now: programs-fast $(SAMPLE)/store/current
	@$(MAKE) --no-print-directory -j$$(nproc) benches
	@tests/bench/run $(B) $(ONLY)

# ---- Generated and gathered: tokens become C, fonts come from Debian's packages

build/tokens: tools/tokens.c build/libraries.mk
	@mkdir -p $(@D)
	@$(CC) -std=c11 -O1 -D_GNU_SOURCE -Isrc $(libcjson_CFLAGS) -o $@ tools/tokens.c $(libcjson_LIBS) -lm
build/generated/tokens.h: build/tokens assets/tokens.json
	@mkdir -p $(@D)
	@build/tokens assets/tokens.json > $@

# The staff's handbook in each language, its lines as C (tools/bundle/handbook.h).
build/generated/handbook_lines.h: content/README.md content/README.da.md
	@mkdir -p $(@D)
	@{ for lang in en da; do file=content/README.$$lang.md; [ -f $$file ] || file=content/README.md; \
		echo "static const char *const handbook_$$lang[] = {"; sed 's/[\\"]/\\&/g; s/.*/\t"&",/' $$file; echo '};'; done; } > $@

SHARE := build/share
CATALOGS := $(patsubst tools/po/%.po,$(SHARE)/locale/%/LC_MESSAGES/vejviser.mo,$(wildcard tools/po/*.po))
.PHONY: share fonts
fonts: build/fonts.txt
	@cat $<
build/fonts.txt: fonts/manifest.txt fonts/characters.txt tools/fonts
	@rm -rf build/fonts && tools/fonts build/fonts >$@
share: $(SHARE)/stamp $(CATALOGS)
$(SHARE)/stamp: build/fonts.txt $(wildcard assets/*/*.svg content/ui/*.po) tests/deviations.txt Makefile
	@rm -rf $(SHARE) && mkdir -p $(SHARE)/fonts $(SHARE)/icons $(SHARE)/pictures $(SHARE)/ui
	@cp content/ui/*.po $(SHARE)/ui/
	@cp assets/icons/*.svg $(SHARE)/icons/ && cp assets/pictures/*.svg $(SHARE)/pictures/
	@cp build/fonts/* $(SHARE)/fonts/
	@cp tests/deviations.txt $(SHARE)/
	@touch $@

# ---- Words for staff and operators (src/base/message.h): tools/po/<language>.po. `make messages` takes up new ones, to be translated.

$(SHARE)/locale/%/LC_MESSAGES/vejviser.mo: tools/po/%.po $(SHARE)/stamp
	@mkdir -p $(@D)
	@msgfmt --check-format -o $@ $<
.PHONY: messages
messages: build/generated/tokens.h build/generated/handbook_lines.h
	@tools/messages build/vejviser.pot
	@for po in tools/po/*.po; do msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --sort-output $$po build/vejviser.pot && \
		msgattrib --no-obsolete --no-wrap -o $$po $$po && echo "$$po: $$(msgfmt --statistics -o /dev/null $$po 2>&1)"; done

# ---- Man pages: tools/man/<page>.scd, and what the programs say of themselves (tools/manual)

PAGES := $(patsubst tools/man/%.scd,build/man/%,$(wildcard tools/man/*.scd))
.PHONY: manual
manual: $(PAGES)
build/man/%: tools/man/%.scd tools/manual $(B)/vejviser $(B)/vejviser-sync $(B)/vejviser-bundle $(B)/vejviser-replay
	@mkdir -p $(@D)
	@tools/manual $(B) $< >$@

# ---- The sample: our content, checked and built; signed with keys made on this machine; taken into a store as a kiosk would

$(SAMPLE)/bundle: $(B)/vejviser-bundle $(shell find content -type f) $(SHARE)/stamp
	@mkdir -p $(SAMPLE)
	@rm -rf $@
	@$(B)/vejviser-bundle build content --share $(SHARE) --out $@
	@touch $@
$(SAMPLE)/keys: | $(B)/vejviser-bundle
	@mkdir -p $(SAMPLE)
	@$(B)/vejviser-bundle keys $@
$(SAMPLE)/store/current: $(SAMPLE)/bundle $(B)/vejviser-sync | $(SAMPLE)/keys
	@$(B)/vejviser-bundle publish content --yes --share $(SHARE) --keys $(SAMPLE)/keys --repo $(SAMPLE)/repository
	@$(B)/vejviser-sync --server $(SAMPLE)/repository --root $(SAMPLE)/keys/root.json --store $(SAMPLE)/store
	@touch $@
sample: $(SAMPLE)/store/current

# The factory bundle: what a kiosk shows until it has heard from its server (src/sync/pass.h). Signed with the keys of this build,
# which count for nothing else; only their root is installed. Who wants the same bytes from another folder gives the same keys.
FACTORY_KEYS ?= $(SAMPLE)/keys
.PHONY: factory
factory: $(SAMPLE)/factory/root.json
$(SAMPLE)/factory/root.json: $(SAMPLE)/bundle $(B)/built | $(FACTORY_KEYS)
	@rm -rf $(@D)
	@$(B)/vejviser-bundle publish content --yes --share $(SHARE) --keys $(FACTORY_KEYS) --repo $(@D) --time $(SOURCE_DATE_EPOCH) >/dev/null
	@cp $(FACTORY_KEYS)/root.json $@

# ---- Running

.PHONY: programs-fast
programs-fast:
	@$(MAKE) --no-print-directory -j$$(nproc) programs

run-now: programs-fast
	@$(MAKE) --no-print-directory sample
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "The kiosk runs in a window. Ctrl-Q ends it."; \
		$(B)/vejviser --windowed --share $(SHARE) --store $(SAMPLE)/store; \
	else \
		echo "This machine has no screen: writing a picture of every screen instead, which takes some minutes."; \
		$(MAKE) --no-print-directory tour-now; \
	fi

tour-now: programs-fast
	@$(MAKE) --no-print-directory $(SAMPLE)/bundle
	@LC_ALL=C.UTF-8 LANGUAGE=da $(B)/vejviser-replay --share $(SHARE) --bundle $(SAMPLE)/bundle --here example-swimming-club --tour --out build/tour tests/replay/design.replay
	@echo "The tour is in build/tour/index.html"

specimen-chromium-now: programs-fast
	@$(B)/vejviser-replay --share $(SHARE) --specimen --out build/specimen
	@tools/specimen_chromium $(SHARE) build/specimen

check-now: programs-fast
	@tests/check $(B)

EVENTS ?= 1000000
SEED   ?= 1
soak-now:
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=asan build/asan/vejviser-replay share
	@$(MAKE) --no-print-directory programs-fast $(SAMPLE)/bundle
	@ASAN_OPTIONS=detect_leaks=1 build/asan/vejviser-replay --share $(SHARE) --bundle $(SAMPLE)/bundle --monkey $(EVENTS) --seed $(SEED)

# Release for what a visitor runs, AddressSanitizer for the unit tests, clang for its opinion.
test-now: programs-fast
	@echo "Building with AddressSanitizer, with clang, and the fuzzers (some minutes)"
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=asan build/asan/vejviser-replay tests
	@$(MAKE) --no-print-directory -j$$(nproc) CC=clang B=build/clang opinion
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=fuzz CC=clang fuzzers
	@$(MAKE) --no-print-directory $(SAMPLE)/bundle
	@tests/run $(B) build/asan

deb-now: programs-fast
	@$(MAKE) --no-print-directory all
	@tools/deb $(B) $(VERSION)

# The disk of a kiosk, and a virtual machine with it. It takes firmware that is signed by FIRMWARE_KEYS (tools/rauc/keys).
FIRMWARE_KEYS ?= build/firmware/keys
$(FIRMWARE_KEYS)/root.crt:
	@tools/rauc/keys $(@D)
image_build = tools/image/build $(1) $(VERSION) $(B)/vejviser-provision $(FIRMWARE_KEYS)/root.crt build/deb/vejviser_$(VERSION)_*.deb build/deb/vejviser-data_$(VERSION)_*.deb
image-now: deb-now $(FIRMWARE_KEYS)/root.crt
	@$(call image_build,build/image)
	@tools/rauc/keys --trial $(FIRMWARE_KEYS)

# Once more, elsewhere: the same bytes.
image-again-now: image-now
	@rm -rf build/image-again && mkdir build/image-again && cp -r build/image/debs build/image-again/
	@$(call image_build,build/image-again)
	@cmp build/image/vejviser.img build/image-again/vejviser.img && echo "image: the same bytes twice"
	@rm -rf build/image-again

image-run-now: $(if $(wildcard build/image/SHA256SUMS),,image-now)
	@tools/image/run build/image

firmware-now: $(if $(wildcard build/image/SHA256SUMS),,image-now)
	@tools/rauc/bundle build/image $(FIRMWARE_KEYS) build/firmware
	@tools/rauc/keys --trial $(FIRMWARE_KEYS)

image-test-now: image-now
	@tests/image/run $(B) build/image $(FIRMWARE_KEYS) $(ONLY)

# What needs more than Debian, or more time: other clients of The Update Framework, and whether the tests notice a missing check.
.PHONY: interop mutants
interop: programs-fast
	@sh tests/interop/tuf-js.sh $(B)

mutants: share
	@tests/mutants/run

# ---- Installing

UNITS := $(wildcard tools/systemd/*.service tools/systemd/*.timer tools/systemd/*.path)
# A kiosk that runs has the old fonts mapped: a file is replaced, never written over.
install: programs factory manual
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/vejviser
	install -m 755 $(B)/vejviser $(B)/vejviser-sync $(B)/vejviser-bundle $(B)/vejviser-replay $(DESTDIR)$(PREFIX)/bin/
	rm -rf $(DESTDIR)$(PREFIX)/share/vejviser/factory
	install -d $(DESTDIR)$(PREFIX)/share/locale $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 644 $(filter %.1,$(PAGES)) $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(filter %.5,$(PAGES)) $(DESTDIR)$(PREFIX)/share/man/man5/
	install -d $(DESTDIR)$(SYSTEM)/systemd/system $(DESTDIR)$(SYSTEM)/udev/rules.d $(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d
	install -m 644 $(UNITS) $(DESTDIR)$(SYSTEM)/systemd/system/
	install -m 644 tools/systemd/60-vejviser.rules $(DESTDIR)$(SYSTEM)/udev/rules.d/
	install -m 644 tools/systemd/vejviser.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/vejviser.conf
	install -m 644 tools/systemd/vejviser.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/vejviser.conf
	cp -r --remove-destination $(SHARE)/locale/* $(DESTDIR)$(PREFIX)/share/locale/
	cp -r --remove-destination $(SHARE)/fonts $(SHARE)/icons $(SHARE)/pictures $(SHARE)/ui $(SHARE)/deviations.txt $(SAMPLE)/factory $(DESTDIR)$(PREFIX)/share/vejviser/

uninstall:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,vejviser vejviser-sync vejviser-bundle vejviser-replay)
	rm -rf $(DESTDIR)$(PREFIX)/share/vejviser
	rm -f $(patsubst tools/systemd/%,$(DESTDIR)$(SYSTEM)/systemd/system/%,$(UNITS)) $(DESTDIR)$(SYSTEM)/udev/rules.d/60-vejviser.rules \
		$(DESTDIR)$(PREFIX)/lib/sysusers.d/vejviser.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/vejviser.conf
	rm -f $(patsubst $(SHARE)/%,$(DESTDIR)$(PREFIX)/share/%,$(CATALOGS)) $(foreach p,$(PAGES),$(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $(p)))/$(notdir $(p)))

-include $(patsubst %.c,$(B)/%.d,$(SOURCES))
