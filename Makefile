# Deux commandes suffisent : make run, make test. Rien à installer d'autre que Python 3.11+.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 7860
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
TEST_STAMP := $(VENV)/.installed-test
DEBIAN_STAMP := $(VENV)/.installed-debian
PYTEST := $(BIN)/python -m pytest
UV := $(shell command -v uv 2>/dev/null)
PIP := $(if $(UV),$(UV) pip install --python $(BIN)/python,$(BIN)/python -m pip install --disable-pip-version-check)

.PHONY: run test test-long check bench bench-full evals index screenshots clean help

help: ## Cette liste
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(RUN_STAMP) ## Installe, indexe le corpus livré, sert le chat sur http://127.0.0.1:7860
	$(BIN)/reperes ingest
	$(BIN)/reperes serve --port $(PORT)

index: $(RUN_STAMP) ## Construit l'index du corpus livré s'il manque ou a changé
	$(BIN)/reperes ingest

test: $(TEST_STAMP) $(DEBIAN_STAMP) ## Installe et passe la suite de tous les jours (moins de 10 minutes)
	OMP_NUM_THREADS=1 $(PYTEST) tests -m "not long" -n $(WORKERS) --dist worksteal

test-long: $(TEST_STAMP) $(DEBIAN_STAMP) ## Les comptes complets, repris où ils en étaient (PART=kills, mutilations...)
	$(PYTEST) tests -m "long$(if $(PART), and $(PART),)" --timeout 3600 --durations 0 -s \
		--resume "var/test-long/$$(git rev-parse --short HEAD 2>/dev/null || echo sans-git).txt"

check: $(TEST_STAMP) ## ruff, mypy strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TEST_STAMP) ## Mesure la recherche et la vitesse (10 minutes)
	$(BIN)/python -m evals.bench

bench-full: $(TEST_STAMP) ## Mesure complète, cdtn_search compris (une heure la première fois)
	$(BIN)/python -m evals.bench --full

evals: $(TEST_STAMP) ## Passe tous les cas (5 minutes) : rapport dans var/evals, puis la barrière
	$(BIN)/reperes ingest
	$(BIN)/reperes eval suite

screenshots: $(TEST_STAMP) $(DEBIAN_STAMP) ## Refait les images de chaque page (var/screenshots) et celles du README
	$(BIN)/python -m tests.ui.screenshots var/screenshots docs

clean: ## Efface ce qui se refait (jamais var/library)
	rm -rf $(VENV) var/index var/bench var/evals var/test-long build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# torch vient d'abord, dans la version dont une construction CPU est proposée hors ligne : sans elle,
# le registre envoie plusieurs Go de bibliothèques pour carte graphique.
$(BIN)/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Il faut Python 3.11 ou plus récent"'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml | $(BIN)/python
	$(PIP) "torch==2.13.0" || $(PIP) torch
	$(PIP) -e .
	@touch $@

$(TEST_STAMP): pyproject.toml | $(BIN)/python
	$(PIP) "torch==2.13.0" || $(PIP) torch
	$(PIP) -e '.[test]'
	@touch $@ $(RUN_STAMP)

# Le navigateur et LibreOffice des tests viennent de Debian ; sans droits d'administration, ces
# tests se passent.
$(DEBIAN_STAMP): | $(BIN)/python
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		has() { dpkg -s "$$1" >/dev/null 2>&1; }; wanted=; \
		command -v chromium >/dev/null || wanted="chromium"; \
		suffix=-nogui; has libreoffice-core && suffix=; \
		for part in writer impress; do \
			has libreoffice-$$part || has libreoffice-$$part-nogui || wanted="$$wanted libreoffice-$$part$$suffix"; \
		done; \
		has libpangoft2-1.0-0 || wanted="$$wanted libpangoft2-1.0-0"; \
		[ -z "$$wanted" ] || { apt-get update -qq && \
			DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$wanted; }; \
	fi
	@touch $@
