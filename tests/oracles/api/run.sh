#!/bin/sh
# Attacks a running zone's API with PyPI's schemathesis, from its own description. Fails on any finding.
#
# usage: run.sh BASE_URL TOKEN [SECONDS]
# PANJEREH_PYTHON names a Python that has the packages of tests/oracles/requirements.txt; without it, target/oracles/venv is used.
set -eu

if [ "$#" -lt 2 ]; then
    echo "usage: run.sh BASE_URL TOKEN [SECONDS]" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
python=${PANJEREH_PYTHON:-$here/../../../target/oracles/venv/bin/python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$here/schemathesis.toml" config.toml
"$python" "$here/names.py" "$1" "$2" >> config.toml
SCHEMATHESIS_HOOKS="$here/hooks.py" "$python" -m schemathesis.cli --config-file config.toml run "$1/api/openapi.json" --url "$1" \
    --header "Authorization: Bearer $2" --checks all --phases examples,coverage,fuzzing,stateful --max-time "${3:-75}" \
    --max-examples 40 --workers 1 --no-color
