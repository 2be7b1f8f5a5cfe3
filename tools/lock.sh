#!/bin/sh
# Writes requirements.lock (what runs Studybot, and the backend that builds it) and requirements-dev.lock
# (that and the tools), with hashes, for every Python from 3.11 to 3.14. Needs uv; only this script does.
#
#   tools/lock.sh             keeps each version that still fits pyproject.toml
#   tools/lock.sh --upgrade   takes the newest of everything
set -eu
cd "$(dirname "$0")/.."

if ! command -v uv >/dev/null; then
    echo "tools/lock.sh needs uv to resolve the versions: install uv, then run it again." >&2
    exit 1
fi

# No header, annotation or index: the files name packages and hashes, no host and no path.
compile() {
    uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" pyproject.toml
}

compile "$@" --group build --output-file requirements.lock
compile "$@" --group dev --constraint requirements.lock --output-file requirements-dev.lock
grep -c '==' requirements.lock requirements-dev.lock | sed 's/:/: /; s/$/ packages/'
