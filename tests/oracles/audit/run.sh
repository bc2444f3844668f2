#!/bin/sh
# Opens an audit note with Go's golang.org/x/mod/sumdb/note, from Debian's golang-go and golang-golang-x-mod-dev.
# Usage: run.sh NOTE AUDITOR-KEY LOG-KEY. Exit 1 if a signature does not hold, 2 if it cannot run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOTOOLCHAIN=local
program=$(mktemp)
trap 'rm -f "$program"' EXIT
(cd "$here" && go build -o "$program" main.go) || exit 2
code=0
"$program" "$@" || code=$?
exit "$code"
