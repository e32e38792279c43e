"""Readers for the MakeHuman data: base mesh, proxies (hair, teeth, ...) and targets (shape deltas)."""

import json
from functools import cached_property
from pathlib import Path

import numpy as np

DECIMETRES_PER_UNIT = 1 / 1000


def _faces(stream: list[int]):
    """The three.js JSON v3 face stream as (vertices, uvs, material) of quads.

    The first number of a face is a bit mask: 1 quad, 2 material, 8 uv per vertex. A triangle becomes a
    quad that repeats its last vertex. Other bits do not occur in this data.
    """
    quads, uv_quads, materials = [], [], []
    at = 0
    while at < len(stream):
        mask = stream[at]
        if mask & ~11:
            raise ValueError(f"face mask {mask} at {at} (expected bits 1, 2, 8 only)")
        count = 4 if mask & 1 else 3
        at += 1
        corner = stream[at : at + count]
        at += count
        material = stream[at] if mask & 2 else 0
        at += bool(mask & 2)
        uv = stream[at : at + count] if mask & 8 else [0] * count
        at += count if mask & 8 else 0
        pad = [] if count == 4 else [-1]
        quads.append(corner + [corner[i] for i in pad])
        uv_quads.append(uv + [uv[i] for i in pad])
        materials.append(material)
    return np.array(quads), np.array(uv_quads), np.array(materials)


class Mesh:
    """Vertices (n, 3) in dm, uvs (m, 2) with v upwards, and quads indexing both."""

    def __init__(self, data: dict):
        self.data = data
        self.vertices = np.array(data["vertices"], float).reshape(-1, 3)
        self.uvs = np.array(data["uvs"][0], float).reshape(-1, 2)
        self.quads, self.uv_quads, self.material = _faces(data["faces"])


class Proxy(Mesh):
    """A mesh bound to the base mesh: each vertex is a weighted sum of three base vertices plus an offset.

    The x/y/z scale of the offsets is part of the .mhclo text and missing in the JSON, hence SCALE_RULES:
    scale = distance of two base vertices along the axis / the distance it was made for.
    """

    SCALE_RULES = {
        "short01": (1.6682, 2.8351, 2.3542),
        "long01": (1.3980, 2.2048, 1.8461),
        "ponytail01": (1.3980, 2.2048, 1.8461),
        "eyebrows": (1.4160, 2.3073, 1.9231),
        "eyelashes": (1.48, 2.3298, 1.9221),
        "tongue": (1.48, 2.3298, 1.9221),
    }
    HEAD_PAIRS = ((5399, 11998), (791, 881), (962, 5320))
    TEETH_PAIRS = ((15077, 15111), (14993, 15061), (15061, 15068))
    TEETH_MADE_FOR = (0.5002, 0.3132, 0.4465)

    def __init__(self, folder: Path, data: dict, pairs, made_for):
        super().__init__(data)
        self.reference = np.array(data["ref_vIdxs"])
        self.weight = np.array(data["weights"])[:, :, None]
        self.offset = np.array(data["offsets"])
        self.textures = folder / "textures"
        self.diffuse = folder / data["materials"][0].get("mapDiffuse", "none")
        self._pairs, self._made_for = pairs, made_for

    def fit(self, base_vertices: np.ndarray) -> np.ndarray:
        scale = [
            abs(base_vertices[a, k] - base_vertices[b, k]) / self._made_for[k]
            for k, (a, b) in enumerate(self._pairs)
        ]
        return (base_vertices[self.reference] * self.weight).sum(1) + self.offset * scale


class MakeHuman:
    """All raw data under the folder that `sources.ensure` returned."""

    def __init__(self, root: Path):
        self._data = root / "package/public/data"
        self._targets = np.load(root / "makehuman/data/targets.npz")
        self._names = {k[8:-6] for k in self._targets.files if k.endswith(".index")}

    @cached_property
    def base(self) -> Mesh:
        return Mesh(json.loads((self._data / "models/human_full_size.json").read_text()))

    def proxy(self, kind: str, name: str) -> Proxy:
        folder = self._data / "proxies" / kind / name
        data = json.loads((folder / f"{name}.json").read_text())
        if kind == "teeth":
            return Proxy(folder, data, Proxy.TEETH_PAIRS, Proxy.TEETH_MADE_FOR)
        rule = Proxy.SCALE_RULES.get(name) or Proxy.SCALE_RULES[kind]
        return Proxy(folder, data, Proxy.HEAD_PAIRS, rule)

    def has_target(self, name: str) -> bool:
        return name in self._names

    def target(self, name: str) -> np.ndarray:
        """Deltas of all base vertices in dm."""
        delta = np.zeros_like(self.base.vertices)
        index = self._targets[f"targets/{name}.index"].astype(int)
        delta[index] = self._targets[f"targets/{name}.vector"] * DECIMETRES_PER_UNIT
        return delta
