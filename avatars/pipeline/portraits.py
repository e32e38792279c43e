"""Thumbnails for the character picker, drawn by three.js in headless Chromium (`portrait/`)."""

import subprocess
from pathlib import Path


def draw(home: Path, names: list[str]) -> None:
    """Writes models/<name>.png, 512 x 512, with a slight smile. Needs Node and a Chromium (CHROMIUM)."""
    folder = home / "portrait"
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    subprocess.run(["node", "draw.mjs", *names], cwd=folder, check=True)
