"""python3 -m pipeline [--portraits] [name ...]: fetches the data and builds models/<name>.glb."""

import argparse
import time
from pathlib import Path

from . import portraits, sources
from .anatomy import Anatomy
from .assemble import build
from .makehuman import MakeHuman
from .people import EVERYONE

HOME = Path(__file__).resolve().parent.parent


def main():
    names = [p.name for p in EVERYONE]
    parser = argparse.ArgumentParser(prog="python3 -m pipeline", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(names)}; all by default")
    parser.add_argument("--portraits", action="store_true", help="draw models/<name>.png too (Node, Chromium)")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(names):
        parser.error(f"unknown: {', '.join(sorted(unknown))} (known: {', '.join(names)})")
    wanted = [p for p in EVERYONE if p.name in (chosen.names or names)]
    anatomy = Anatomy(MakeHuman(sources.ensure(HOME / ".cache")))
    models = HOME / "models"
    models.mkdir(exist_ok=True)
    for person in wanted:
        start = time.monotonic()
        file = models / f"{person.name}.glb"
        build(anatomy, person, file)
        print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB in {time.monotonic() - start:.0f} s")
    if chosen.portraits:
        portraits.draw(HOME, [p.name for p in wanted])


if __name__ == "__main__":
    main()
