#!/bin/sh
# Checks a log with Go's golang.org/x/mod/sumdb, from Debian's golang-go and golang-golang-x-mod-dev.
# Usage: run.sh DIR|URL VERIFIER-KEY [WITNESS-KEY]... Ends with "N passed, M failed"; exit 1 if anything failed, 2 if it cannot run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOTOOLCHAIN=local
command -v go >/dev/null || { echo "go is missing: apt-get install golang-go golang-golang-x-mod-dev" >&2; exit 2; }
[ -d "$GOPATH/src/golang.org/x/mod/sumdb/tlog" ] ||
    { echo "x/mod is missing: apt-get install golang-golang-x-mod-dev" >&2; exit 2; }
program=$(mktemp)
trap 'rm -f "$program"' EXIT
(cd "$here" && go build -o "$program" main.go) || exit 2
code=0
"$program" "$@" || code=$?
exit "$code"
