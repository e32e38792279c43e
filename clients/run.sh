#!/usr/bin/env bash
# Builds the client of another language than Java, and plays the golden conversations or talks with it:
#   clients/run.sh golden python|go|typescript|rust [--base URL] [--door DOOR] [--key KEY] [NAME...]
#   clients/run.sh talk   python|go|typescript|rust [--base URL] [--door DOOR] [--key KEY] [CHARACTER]
# What has to be built goes into the user's cache, or into folders that git ignores. Ends with 77, and says why,
# where the language's tools are not on this machine. clients/golden/README.md tells the rest.
set -euo pipefail
clients=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/parley/clients"

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
  golden=("$venv/bin/python" -m parley_client.golden)
  talk=("$venv/bin/python" "$clients/python/examples/talk.py")
}

go() {
  need go
  mkdir -p "$cache/bin"
  (cd "$clients/go" && command go build -o "$cache/bin/" ./cmd/golden ./cmd/talk)
  golden=("$cache/bin/golden")
  talk=("$cache/bin/talk")
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
  golden=(node "$PWD/dist/src/golden/main.js")
  talk=(node "$PWD/dist/examples/talk.js")
}

rust() {
  need cargo
  cd "$clients/rust"
  CARGO_TARGET_DIR="$cache/rust" cargo build --quiet --bin golden --example talk
  golden=("$cache/rust/debug/golden")
  talk=("$cache/rust/debug/examples/talk")
}

if [[ ! "${1:-} ${2:-}" =~ ^(golden|talk)\ (python|go|typescript|rust)$ ]]; then
  sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 2
fi
"$2"
if [ "$1" = golden ]; then
  "${golden[@]}" --folder "$clients/golden" "${@:3}"
else
  "${talk[@]}" "${@:3}"
fi
