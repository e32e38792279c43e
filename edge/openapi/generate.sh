#!/usr/bin/env bash
# Writes src/main/resources/web/openapi.yaml from the contracts and by-hand.yaml: needs Go for the generator (gnostic's
# protoc-gen-openapi), and buf and yaml as the page's build installs them. GeneratedTest fails when it was forgotten.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/parley/clients/bin"
PROTOC_GEN_OPENAPI=v0.7.1

generator="$cache/protoc-gen-openapi-$PROTOC_GEN_OPENAPI"
buf="$here/../../web/node_modules/.bin/buf"
[ -x "$buf" ] || { echo "buf is not here: ./parley build fetches it" >&2; exit 1; }
if [ ! -x "$generator" ]; then
  command -v go >/dev/null || { echo "Go is not here, which builds the generator" >&2; exit 1; }
  GOBIN="$cache" go install "github.com/google/gnostic/cmd/protoc-gen-openapi@$PROTOC_GEN_OPENAPI"
  mv "$cache/protoc-gen-openapi" "$generator"
fi

cd "$here"
made=../target/openapi
rm -rf "$made"
mkdir -p "$made/bin" ../src/main/resources/web
ln -s "$generator" "$made/bin/protoc-gen-openapi"
PATH="$PWD/$made/bin:$PATH" "$buf" generate
# Names and contents of all it is made of, as GeneratedTest counts them.
hash=$(cd ../.. && find proto/parley edge/openapi -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64)
node merge.mjs "$made/openapi.yaml" ../src/main/resources/web/openapi.yaml "$hash"
