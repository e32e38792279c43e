#!/usr/bin/env bash
# Live voice sessions with stubbed engines (README.md): run.sh "60 200" SERVER ...
# SERVER: parley-raw, parley-silero, parley-own, parley-own-nolog, pipecat, livekit. One fresh server process for
# every number and server, in turn, so that neighbouring rows saw the same machine; its children count. WARM and CYCLES may be set; BENCH_JAVA, BENCH_ARGS and
# BENCH_CACHE come from `./parley bench sessions`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${BENCH_CACHE:?run this by ./parley bench sessions}
results=${BENCH_RESULTS:-$cache/sessions.txt}
numbers=${1:-60}
shift || true
[ $# -gt 0 ] || set -- parley-raw
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true' EXIT
die() { printf 'bench: %s\n' "$*" >&2; exit 1; }

client() {
  command -v go >/dev/null || die "the load client needs Go (apt-get install golang, 1.21 or later)"
  (cd "$here/client" && go build -o "$cache/loadclient" .)
}

environment() { # NAME PACKAGE...
  local venv="$cache/venv-$1"
  shift
  [ -f "$venv/ready" ] && return
  printf 'bench: fetching %s ...\n' "$*" >&2
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q "$@" >&2
  touch "$venv/ready"
}

prepare() {
  case "$1" in
    parley-raw) server=("$BENCH_JAVA" "@$BENCH_ARGS" dev.parley.bench.stub.StubServer PORT raw) ;;
    parley-silero) server=("$BENCH_JAVA" "@$BENCH_ARGS" dev.parley.bench.stub.StubServer PORT silero) ;;
    parley-own) server=("$BENCH_JAVA" "@$BENCH_ARGS" dev.parley.bench.stub.StubServer PORT own) ;;
    parley-own-nolog) server=("$BENCH_JAVA" "@$BENCH_ARGS" dev.parley.bench.stub.StubServer PORT own-nolog) ;;
    pipecat)
      environment pipecat 'pipecat-ai[websocket,silero]==1.14.0' uvicorn uvloop fastapi numpy
      server=("$cache/venv-pipecat/bin/python" "$here/server_pipecat.py" PORT) ;;
    livekit)
      environment livekit livekit-agents==1.8.9 uvloop aiohttp numpy
      server=("$cache/venv-livekit/bin/python" "$here/server_livekit.py" PORT) ;;
    *) die "no server \"$1\" (parley-raw, parley-silero, parley-own, parley-own-nolog, pipecat, livekit)" ;;
  esac
  flags=(-warm "${WARM:-3}")
  [[ $1 == parley-* ]] && flags=(-warm "${WARM:-45}")
  [[ $1 == parley-own* ]] && flags+=(-parley -path /v1/sessions:connect)
  return 0
}

measure() { # SERVER N
  prepare "$1"
  local port=$((20000 + RANDOM % 9000))
  "${server[@]/PORT/$port}" >"$cache/$1.log" 2>&1 &
  pid=$!
  for _ in $(seq 300); do (echo >"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
  local pids=$pid child
  for child in $(cat /proc/"$pid"/task/*/children 2>/dev/null); do pids+=",$child"; done
  "$cache/loadclient" -addr "127.0.0.1:$port" -n "$2" -cycles "${CYCLES:-3}" -pid "$pids" -tag "$1" "${flags[@]}" \
    | tee -a "$results" || true
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  grep '^log: ' "$cache/$1.log" | tee -a "$results" || true
  pid=
}

mkdir -p "$cache"
client
printf '# %s, load %s, %s, %s cores\n' "$(date -u +%FT%TZ)" "$(cut -d' ' -f1 /proc/loadavg)" \
  "$(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)" "$(nproc)" | tee -a "$results"
for n in $numbers; do
  for name in "$@"; do
    measure "$name" "$n"
  done
done
