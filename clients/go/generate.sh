#!/usr/bin/env bash
# Makes proto/ anew from the contracts, with the pinned generators; needs Go, and buf as the page's build installs it.
# What it is made of is kept in proto/MADE_OF: a test fails when it was forgotten.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PROTOC_GEN_GO=v1.36.12
PROTOC_GEN_GO_GRPC=v1.6.2
buf="$here/../../web/node_modules/.bin/buf"
[ -x "$buf" ] || { echo "buf is not here: ./parley build fetches it" >&2; exit 1; }
export GOBIN="${XDG_CACHE_HOME:-$HOME/.cache}/parley/clients/bin"
go install "google.golang.org/protobuf/cmd/protoc-gen-go@$PROTOC_GEN_GO"
go install "google.golang.org/grpc/cmd/protoc-gen-go-grpc@$PROTOC_GEN_GO_GRPC"
cd "$here"
rm -rf proto
PATH="$GOBIN:$PATH" "$buf" generate
(cd ../.. && find proto/parley clients/go/buf.gen.yaml clients/go/generate.sh -type f | LC_ALL=C sort | xargs sha256sum) \
  | sha256sum | cut -c1-64 >proto/MADE_OF
