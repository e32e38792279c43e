"""Reads a .glb back, on its own (not through the writer), and looks at it with a depth buffer."""

import json
import struct
from pathlib import Path

import numpy as np

MODELS = Path(__file__).resolve().parent.parent / "models"
POSES = json.loads((MODELS.parent / "poses.json").read_text())
COMPONENTS = {5121: "u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}
NOTHING = -1


class Mesh:
    def __init__(self, position, normal, uv, triangles, names, targets):
        self.position, self.normal, self.uv, self.triangles = position, normal, uv, triangles
        self.names, self.targets = names, targets

    def posed(self, weights):
        out = self.position.astype(float)
        for name, (moved, _) in zip(self.names, self.targets):
            out = out + weights.get(name, 0.0) * moved
        return out


class Avatar:
    def __init__(self, name):
        self.path = MODELS / f"{name}.glb"
        data = self.path.read_bytes()
        magic, version, length, json_length, _ = struct.unpack("<5I", data[:20])
        assert (magic, version, length) == (0x46546C67, 2, len(data))
        self.json = json.loads(data[20 : 20 + json_length])
        self._binary = data[28 + json_length :]
        self.meshes = {m["name"]: self._mesh(m) for m in self.json["meshes"]}

    def _mesh(self, mesh):
        primitive = mesh["primitives"][0]
        read = lambda name: self._accessor(primitive["attributes"][name])
        targets = primitive.get("targets", [])
        return Mesh(
            read("POSITION"),
            read("NORMAL"),
            read("TEXCOORD_0"),
            self._accessor(primitive["indices"]).reshape(-1, 3).astype(int),
            mesh.get("extras", {}).get("targetNames", []),
            [(self._accessor(t["POSITION"]), self._accessor(t["NORMAL"])) for t in targets],
        )

    def _accessor(self, index):
        a = self.json["accessors"][index]
        width, kind = WIDTH[a["type"]], COMPONENTS[a["componentType"]]
        if "bufferView" in a:
            return self._view(a["bufferView"], kind, a["count"] * width).reshape(-1, width)
        out = np.zeros((a["count"], width), kind)
        sparse = a["sparse"]
        rows = self._view(sparse["indices"]["bufferView"], COMPONENTS[sparse["indices"]["componentType"]], sparse["count"])
        out[rows] = self._view(sparse["values"]["bufferView"], kind, sparse["count"] * width).reshape(-1, width)
        return out

    def _view(self, index, kind, count):
        return np.frombuffer(self._binary, kind, count, self.json["bufferViews"][index]["byteOffset"])


class View:
    """The avatar from the front without perspective: which mesh, and which triangle, is foremost where."""

    def __init__(self, avatar, weights, names, box, texel_m=0.0004):
        (self.x0, self.y0), (x1, y1) = box
        self.texel = texel_m
        self.columns, self.rows = (int((b - a) / texel_m) for a, b in ((self.x0, x1), (self.y0, y1)))
        self.depth = np.full((self.rows, self.columns), -np.inf)
        self.mesh = np.full((self.rows, self.columns), NOTHING)
        self.uv = np.zeros((self.rows, self.columns, 2))
        self.names = names
        for number, name in enumerate(names):
            self._draw(number, avatar.meshes[name], weights)

    def shows(self, name):
        return self.mesh == self.names.index(name)

    def _draw(self, number, mesh, weights):
        p = mesh.posed(weights)
        flat = (p[:, :2] - [self.x0, self.y0]) / self.texel - 0.5
        corners = flat[mesh.triangles]
        lows = np.maximum(np.ceil(corners.min(1)), 0).astype(int)
        highs = np.minimum(np.floor(corners.max(1)), [self.columns - 1, self.rows - 1]).astype(int)
        ab, ac = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        areas = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
        seen = (highs >= lows).all(1) & (areas > 1e-12)  # inside the box and not from behind
        for tri, low, high, area in zip(mesh.triangles[seen], lows[seen], highs[seen], areas[seen]):
            a, b, c = flat[tri]
            x, y = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
            v = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area
            w = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area
            inside = (v >= -1e-9) & (w >= -1e-9) & (v + w <= 1 + 1e-9)
            weights3 = np.stack([1 - v - w, v, w], -1)[inside]
            z = weights3 @ p[tri, 2]
            rows, columns = y[inside], x[inside]
            front = z > self.depth[rows, columns]
            rows, columns = rows[front], columns[front]
            self.depth[rows, columns] = z[front]
            self.mesh[rows, columns] = number
            self.uv[rows, columns] = weights3[front] @ mesh.uv[tri]
