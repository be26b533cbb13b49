# Everyday commands. `make help` lists them; a new developer needs no others.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

ADDR ?= 127.0.0.1:8080
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO_FILES = $(shell git ls-files --cached --others --exclude-standard -- '*.go')
WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/vite.config.ts web/tsconfig.json

# npm writes this file at the end of every install, so it is as old as the installed packages.
PACKAGES := web/node_modules/.package-lock.json
APP := web/dist/index.html

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: build ## build what changed, create the demo company in ./data if there is none, serve it on 127.0.0.1:8080
	@[ -e data/laurel.db ] || scripts/demo.sh | sed -n 1p # the server prints the sign-ins
	@exec ./bin/laurel serve --addr $(ADDR) --db sqlite:./data/laurel.db

.PHONY: build
build: web binary ## the web application and the one binary, bin/laurel

# Go itself knows what to compile again, so this is always asked.
.PHONY: binary
binary:
	@mkdir -p bin
	@CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/laurel ./cmd/laurel

.PHONY: web
web: $(APP) ## the web application only, into web/dist

$(PACKAGES): web/package-lock.json
	@command -v npm >/dev/null || { echo "make: Node 20 or newer is needed to build the web application: https://nodejs.org" >&2; exit 1; }
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(APP): $(PACKAGES) $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

.PHONY: demo
demo: binary ## create the demo company in ./data if there is none
	@[ -e data/laurel.db ] && echo "There is a company in ./data already; move it away to have a new one." || scripts/demo.sh

.PHONY: web-dev
web-dev: $(PACKAGES) ## serve the web application with hot reload on :5173, beside a running `make run`
	cd web && npm run dev

.PHONY: test
test: ## every test there is: Go on both databases, web, browser
	@scripts/test.sh

.PHONY: test-go
test-go: ## Go tests on SQLite and PostgreSQL
	@scripts/test.sh go

.PHONY: test-web
test-web: ## unit tests of the web application
	@scripts/test.sh web

.PHONY: test-e2e
test-e2e: ## browser journeys against the real binary
	@scripts/test.sh e2e

.PHONY: lint
lint: $(PACKAGES) ## every linter: go vet, golangci-lint, TypeScript, Biome
	go vet ./...
	go tool -modfile=tools/go.mod golangci-lint run --allow-serial-runners
	cd web && npm run --silent typecheck && npm run --silent lint

.PHONY: fmt
fmt: $(PACKAGES) ## format Go and web sources
	gofmt -w $(GO_FILES)
	cd web && npm run --silent fmt

.PHONY: generate
generate: $(PACKAGES) ## write the OpenAPI contract and the web client's types from the Go types
	LAUREL_UPDATE=1 go test -count=1 -run '^TestCommittedContractIsUpToDate$$' ./internal/api
	cd web && npm run --silent generate

.PHONY: bench
bench: binary ## measure against bare databases and peers, in one run, and print ratios
	@scripts/bench.sh

.PHONY: shots
shots: build ## a picture of every page, in both languages, both themes, two widths, into ./shots
	@scripts/e2e.sh shots

.PHONY: guide
guide: build ## the pictures of the user guide, taken again, into docs/guide/images
	@scripts/e2e.sh guide

.PHONY: clean
clean: ## remove what was built; ./data stays
	rm -rf bin tmp shots coverage.out
	find web/dist -mindepth 1 ! -name .gitkeep -delete
