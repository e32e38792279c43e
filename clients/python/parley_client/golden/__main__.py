"""Plays golden conversations:

python -m parley_client.golden --base http://localhost:8080 --folder clients/golden
    [--door grpc]... [--key pk_...] [--have quota]... [--jobs 4] [NAME...]

Prints one line each; ends with 1 when one failed.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import pathlib
import sys
import time

from ..errors import ParleyError
from ..parley import DOORS, Parley
from .heard import Broken
from .play import Play


def outcome(parley: Parley, door: str, file: pathlib.Path, have: set[str]) -> str:
    what = f"{file.stem:<20} {door:<10}"
    needs = json.loads(file.read_text()).get("needs", [])
    if not have.issuperset(needs):
        return f"skip {what} needs {needs}"
    begin, play = time.monotonic(), Play(parley, door, file)
    try:
        play.run()
        return f"ok   {what} {time.monotonic() - begin:.1f} s"
    except (Broken, ParleyError, KeyError) as wrong:
        return f"FAIL {what} {wrong}"
    finally:
        play.close()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--base", default="http://localhost:8080")
    arguments.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("clients/golden"))
    arguments.add_argument("--door", action="append", choices=DOORS)
    arguments.add_argument("--key", default="")
    arguments.add_argument("--have", action="append", default=[])
    arguments.add_argument("--jobs", type=int, default=4)
    arguments.add_argument("names", nargs="*")
    asked = arguments.parse_args()

    def told(door: str, file: pathlib.Path) -> str:
        line = outcome(parley, door, file, set(asked.have))
        print(line, flush=True)
        return line

    with Parley(asked.base, asked.key) as parley, concurrent.futures.ThreadPoolExecutor(asked.jobs) as threads:
        plays = [
            threads.submit(told, door, file)
            for file in sorted(asked.folder.glob("*.json"))
            if not asked.names or file.stem in asked.names
            for door in json.loads(file.read_text()).get("doors", DOORS)
            if door in (asked.door or DOORS)
        ]
        lines = [play.result() for play in plays]
    failed, skipped = (sum(line.startswith(word) for line in lines) for word in ("FAIL", "skip"))
    print(f"{len(lines) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
