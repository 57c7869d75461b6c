# make            set up, show a derivation, check every derivation there is
# make test       every check there is
# make lab        read the notebooks in JupyterLab
# make notebooks  execute the notebooks anew from their texts
# make ledger     decide all collected statements anew, and what is listed as open
# make repairs     which false claims hold under one hypothesis more, and how many answers say so
# make derivations  derivations of all claims that are listed as true, kept for the search
# make course     notebooks of exercises for students and for the teacher, in build/course
# make test-nbgrader  an assignment through the real nbgrader, installed in an environment of its own
# make slides     three lectures for a browser, and their handouts as PDF, in build/slides (node and npm are needed)
# make pdf        the collection as a PDF, in build
# make coverage   the kernel's tests, which are to reach its branches (pyproject.toml says how many)
# make proofs     check the proofs in Coq, and that they say what the results claim
# make certify    the claims of the corpus as theorems that Coq checks
# make coq        install Coq
# make site       the book, with Ask in the browser, in _site/ (node and npm are needed)
# make serve      the site on localhost
# make test-site  the site and the slides in a real browser, and the package in Pyodide, as far as Chromium and node are there
# make corpus-site  every claim of the corpus natively and in Pyodide, compared field by field
# make measure-site  what the site weighs and how fast it answers, into docs/site.md
# make bench      time the kernel against SymPy and Maxima
# make fuzz       random claims against an independent oracle, the kernel alone too, then lines that nobody would write
# make pins       requirements.txt anew, with the newest versions that pyproject.toml allows
# make pins-site  requirements-site.txt anew
# make clean      remove what was set up and cached
# make help       these lines
#
# The newest Python found is used; another one: make PYTHON=python3.12

BIN        := .venv/bin
READY      := .venv/ready
LAB        := .venv/share/jupyter/labextensions
CANDIDATES := python3.14 python3.13 python3.12 python3.11 python3 python
FITS       := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON     ?= $(firstword $(foreach p,$(CANDIDATES),$(shell $(p) -c '$(FITS)' 2>/dev/null && echo $(p))))

.PHONY: all help test lint types optimised-1 optimised-2 built lab notebooks ledger repairs derivations course test-nbgrader slides pdf coverage proofs certify coq bench fuzz pins pins-site clean site serve test-site corpus-site measure-site tools-site

# The kernel and the texts of the results need no installed package: they come first.
all:
	@$(PYTHON) -m symbolic show softmax_jacobian
	@printf '\nThe kernel, which needs nothing installed, checks the derivations that are kept:\n'
	@$(PYTHON) -S -m symbolic.kernel symbolic/search/known.jsonl | tail -n 1
	@printf '\nNow all that finds and shows them is set up in .venv, and every result is replayed.\n\n'
	@$(MAKE) --no-print-directory $(READY)
	$(BIN)/symbolic check
	@printf '\nEvery line above holds for every n. To read on:  make lab\n'
	@printf 'or open notebooks/00-start-here.ipynb in any notebook viewer. To ask:  .venv/bin/symbolic ask\n'

help:
	@sed -n 's/^# \(make\)/\1/p' Makefile

KERNEL := tests/kernel tests/test_derivations.py

# What fails fastest comes first.
test: $(READY)
	@$(MAKE) --no-print-directory -j 2 lint types optimised-1 optimised-2 built
	@notebooks=$$($(BIN)/python tools/notebooks.py --list) && set -x && \
	SYMBOLIC_PROGRESS= $(BIN)/pytest -n auto --dist loadscope --nbval --nbval-cell-timeout 120 $$notebooks
	@$(MAKE) --no-print-directory coverage
	$(BIN)/pytest -n auto --dist worksteal $(KERNEL:%=--ignore %)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory slides; \
	else printf '\nThe slides were NOT built: node and npm are not installed.\nTo build them:  make tools-site slides\n'; fi
	@command -v coqc >/dev/null || printf '\nThe formal proofs were NOT checked, and the notebooks with cells of Coq were left out: Coq is not installed.\nTo check them:  make coq test\n'

lint:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types:
	$(BIN)/mypy

# The kernel once more without asserts, in other set orders and with SymPy's own rationals.
optimised-1:
	PYTHONHASHSEED=1 $(BIN)/python -O -m tests.search.under_optimisation

optimised-2:
	PYTHONHASHSEED=2 SYMPY_GROUND_TYPES=python $(BIN)/python -O -m tests.search.under_optimisation

built:
	@if command -v coqc >/dev/null; then $(MAKE) --no-print-directory -C proofs; fi

lab: $(READY)
	$(BIN)/jupyter lab notebooks/00-start-here.ipynb

notebooks: $(READY)
	$(BIN)/python tools/notebooks.py
	$(BIN)/python tools/catalogue.py
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/readme.py
	$(BIN)/python tools/rules.py

ledger: $(READY)
	$(BIN)/python tools/ledger.py

repairs: $(READY)
	$(BIN)/python tools/repairs.py

derivations: $(READY)
	$(BIN)/python tools/derivations.py
	$(BIN)/python tools/rules.py

course: $(READY)
	$(BIN)/python tools/course.py build/course

test-nbgrader: .venv-nbgrader/ready
	.venv-nbgrader/bin/pytest -p no:cacheprovider tests/course/test_nbgrader.py

.venv-nbgrader/ready: requirements-nbgrader.txt requirements.txt
	$(PYTHON) -m venv .venv-nbgrader
	.venv-nbgrader/bin/pip install --quiet --requirement requirements-nbgrader.txt
	@touch $@

pdf: $(READY)
	$(BIN)/python -m symbolic.course.paper build/softmax.pdf notebooks/*.ipynb

slides: build/slides/ready

build/slides/ready: $(READY) site/node_modules/ready $(shell find slides symbolic tools site/static -type f -not -name '*.pyc')
	$(BIN)/python tools/slides.py build/slides
	@for each in build/slides/*.md; do $(BIN)/python -m symbolic.course.paper $${each%.md}.pdf $$each || exit 1; done
	@touch $@

coverage: $(READY)
	$(BIN)/pytest -n auto --dist worksteal $(KERNEL) --cov

proofs: $(READY)
	$(BIN)/python tools/proofs.py

certify: $(READY)
	$(BIN)/python -m symbolic certify --all --jobs 2

coq:
	@if command -v coqc >/dev/null; then coqc --version; \
	elif command -v apt-get >/dev/null; then \
		sudo=$$(test "$$(id -u)" = 0 || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends coq libcoq-coquelicot; \
	else \
		echo 'Install Coq 8.16 or newer with ssreflect and Coquelicot, for example with opam:'; \
		echo '    opam install coq coq-mathcomp-ssreflect coq-coquelicot'; \
	fi

SITE := .venv-site/bin

site: .venv-site/ready site/node_modules/ready
	cd site && PYTHONPATH=. ../$(SITE)/python -m book

serve:
	@test -e _site/index.html || { echo 'There is no site yet: make site'; exit 1; }
	@echo 'http://localhost:8000/'
	@$(PYTHON) -m http.server --bind localhost --directory _site 8000

corpus-site: .venv-site/ready
	@test -e _site/live/first.zip || $(MAKE) --no-print-directory site
	cd site && PYTHONPATH=..:live ../$(SITE)/python live/compare.py

measure-site:
	cd site && PYTHONPATH=. ../$(SITE)/python -m book.measure

# What is not installed is said, and left out: without node there is no site, without Chromium nobody reads it.
test-site:
	@if ! command -v npm >/dev/null; then echo 'Site and slides were NOT built or tested: node and npm are not installed (make tools-site).'; \
	else \
		command -v chromium >/dev/null || echo 'The pages were NOT read: Chromium is not installed (make tools-site).'; \
		$(MAKE) --no-print-directory slides site && cd site && ../$(SITE)/pytest -rs -n 2 --dist loadscope; \
	fi

tools-site:
	@if command -v apt-get >/dev/null; then \
		sudo=$$(test "$$(id -u)" = 0 || echo sudo); \
		missing=$$(for each in node:nodejs npm:npm chromium:chromium; do command -v $${each%:*} >/dev/null || echo $${each#*:}; done); \
		test -z "$$missing" || { $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing; }; \
	else \
		echo 'Install node, npm and Chromium.'; \
	fi

.venv-site/ready: requirements-site.txt
	$(PYTHON) -m venv .venv-site
	$(SITE)/pip install --quiet --requirement requirements-site.txt
	@touch $@

site/node_modules/ready: site/package-lock.json
	cd site && npm ci --silent --no-audit --no-fund
	@touch $@

bench: $(READY)
	$(BIN)/python -m bench
	$(BIN)/python tools/catalogue.py
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/readme.py
	$(BIN)/python tools/rules.py

# Claims decided by all there is, and by the kernel alone; then ten minutes of lines that nobody would write, guided by
# coverage: no crash, no hang, no evaluation.
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz_claims 20000
	$(BIN)/python -m tests.search.fuzz_kernel 20000 --workers 2
	$(BIN)/python -m tests.kernel.damage 20000
	$(BIN)/python -m tests.kernel.fuzz signs 20000
	$(BIN)/python -m tests.kernel.fuzz forms 20000
	$(BIN)/python -m tests.kernel.fuzz identities 20000
	$(BIN)/python -m tests.kernel.limits_fuzz 20000
	$(BIN)/python -m tests.kernel.readers 100000
	$(BIN)/pip install --quiet --editable '.[fuzz]'
	@mkdir -p .fuzz
	$(BIN)/python tools/fuzz.py --seconds 600 .fuzz -artifact_prefix=.fuzz/failed-

$(READY): requirements.txt pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Needed: Python 3.11 or newer with venv (on Debian and Ubuntu: apt install python3-venv).'; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --requirement requirements.txt
	@mkdir -p $(LAB) && ln -sfn $(CURDIR)/symbolic/coq/labextension $(LAB)/softmax-symbolic-coq # which --editable leaves out
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m symbolic verify 'p[i] < 1 given n > 1' > /dev/null # byte code and tables
	@touch $@

# By the oldest Python supported (Debian 12 has 3.11.2), since the newest versions may have left it behind.
pins:
	$(PYTHON) -m venv --clear .pins
	.pins/bin/pip install --quiet '.[fast,notebooks,teaching,test]'
	{ sed -n '/^[^#-]/q; p' requirements.txt; .pins/bin/pip freeze --exclude symbolic; } > .pins/requirements.txt
	mv .pins/requirements.txt .
	rm -rf .pins

pins-site:
	$(PYTHON) -m venv --clear .pins
	.pins/bin/pip install --quiet '.[site]'
	{ sed -n '/^[^#-]/q; p' requirements-site.txt; .pins/bin/pip freeze --exclude softmax-symbolic; } > .pins/requirements.txt
	mv .pins/requirements.txt requirements-site.txt
	rm -rf .pins

clean:
	rm -rf .venv-nbgrader .venv-site .site _site site/node_modules
	rm -rf .venv .pins .fuzz .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
