#!/usr/bin/env bash
# Writes src/main/resources/web/openapi.yaml from the contracts and by-hand.yaml. With --check it only says whether
# that file is what would be written. Needs Go, and buf as the page's build installs it; ends with 77 without them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kept="$here/../src/main/resources/web/openapi.yaml"
bin="${XDG_CACHE_HOME:-$HOME/.cache}/parley/clients/bin"
PROTOC_GEN_OPENAPI=v0.7.1

command -v go >/dev/null || { echo "skipped: go is not here"; exit 77; }
buf=""
for at in "$here/../../web" "$here/../../clients/typescript"; do
  [ -x "$at/node_modules/.bin/buf" ] && buf="$at/node_modules/.bin/buf"
done
[ -n "$buf" ] || { echo "skipped: buf is not here"; exit 77; }
[ -x "$bin/protoc-gen-openapi" ] \
  || GOBIN="$bin" go install "github.com/google/gnostic/cmd/protoc-gen-openapi@$PROTOC_GEN_OPENAPI"

cd "$here"
rm -rf ../target/openapi
PATH="$bin:$PATH" "$buf" generate
# What is served by hand comes first under `paths:`.
made=../target/openapi/merged.yaml
awk -v hand=by-hand.yaml '{ print } /^paths:/ { while ((getline line < hand) > 0) print line }' ../target/openapi/openapi.yaml >"$made"
if [ "${1:-}" = --check ]; then
  cmp -s "$made" "$kept" || { echo "openapi.yaml is not what the contracts say: run edge/openapi/generate.sh"; exit 1; }
else
  mkdir -p "$(dirname "$kept")"
  cp "$made" "$kept"
fi
