#!/usr/bin/env bash
# Sends requests made up from /openapi.yaml to a Parley that runs, and holds every answer to the document:
#   e2e/schemathesis.sh http://localhost:8080 [SECONDS]
# Much of it deletes things: for a Parley of which nothing is needed. Ends with 77 where Python is not here.
set -euo pipefail
SCHEMATHESIS=4.32.5
base="${1:?where Parley is, as http://localhost:8080}"
seconds="${2:-600}"
python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null \
  || { echo "skipped: Python 3.10 with venv is not here"; exit 77; }
venv="${XDG_CACHE_HOME:-$HOME/.cache}/parley/schemathesis-$SCHEMATHESIS"
if [ ! -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check "schemathesis==$SCHEMATHESIS"
fi
# Python before 3.13 counts for all threads together how deep its syntax trees are, and stumbles over it (seen with 3.11.7): one there.
workers=$("$venv/bin/python" -c 'import sys; print(1 if sys.version_info < (3, 13) else 2)')
# Kept out are /healthz and /readyz, which may rightly say 503, and the checks that hold for no gRPC service behind JSON: that a wrong method is 405 (here 404, on both edges), and that
# unknown fields and parameters are refused (they are ignored, so that an older server takes a newer client).
cd "$(mktemp -d)"
exec "$venv/bin/schemathesis" run "$base/openapi.yaml" --url "$base" --no-color \
  --phases examples,coverage,fuzzing --max-examples 10 --max-time "$seconds" --seed "${SEED:-1}" --workers "$workers" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
  --exclude-path /healthz --exclude-path /readyz --request-timeout 60 --suppress-health-check all --continue-on-failure --no-shrink \
  --generation-with-security-parameters false --generation-database none
