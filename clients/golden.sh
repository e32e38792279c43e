#!/usr/bin/env bash
# Plays the golden conversations from another language than Java:
#   clients/golden.sh python|go|typescript|rust [--base URL] [--door DOOR] [--key KEY] [NAME...]
# What has to be built goes into the user's cache, or into folders that git ignores. Ends with 77, and says why,
# where the language's tools are not on this machine. clients/golden/README.md tells the rest.
set -euo pipefail
clients=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/parley/clients"
golden="$clients/golden"

need() { type -P "$1" >/dev/null || { echo "skipped: $1 is not here"; exit 77; }; }

# What a build is made of, as one word: it is done again when that changes.
stamp() { find "$@" -type f -not -path '*/node_modules/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-20; }

fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

python() {
  need python3
  python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null \
    || { echo "skipped: Python 3.10 with venv is not here"; exit 77; }
  local venv="$cache/python" now
  now=$(stamp "$clients/../proto/parley" "$clients"/python/{setup.py,pyproject.toml,parley_client})
  if ! fresh "$venv/built" "$now"; then
    [ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "$clients/python"
    echo "$now" >"$venv/built"
  fi
  "$venv/bin/python" -m parley_client.golden --folder "$golden" "$@"
}

go() {
  need go
  mkdir -p "$cache/bin"
  (cd "$clients/go" && command go build -o "$cache/bin/golden-go" ./cmd/golden)
  "$cache/bin/golden-go" --folder "$golden" "$@"
}

typescript() {
  need node
  need npm
  cd "$clients/typescript"
  local now
  now=$(stamp ../../proto/parley src/*.ts src/doors src/golden examples package.json package-lock.json buf.gen.yaml tsconfig.json)
  if ! fresh dist/.built "$now"; then
    [ -x node_modules/.bin/tsc ] || npm ci --ignore-scripts --loglevel=error
    npm run --silent build
    echo "$now" >dist/.built
  fi
  node dist/src/golden/main.js --folder "$golden" "$@"
}

rust() {
  need cargo
  cd "$clients/rust"
  CARGO_TARGET_DIR="$cache/rust" cargo build --quiet --bin golden
  "$cache/rust/debug/golden" --folder "$golden" "$@"
}

case "${1:-}" in
  python | go | typescript | rust) "$@" ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
