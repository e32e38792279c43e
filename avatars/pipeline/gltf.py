"""A small binary glTF 2.0 writer: sparse morph targets, embedded JPEG and PNG."""

import json
import struct
from pathlib import Path

import numpy as np

ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER = 34962, 34963
COMPONENT = {"float32": 5126, "uint16": 5123, "uint32": 5125}
CLAMP, REPEAT = 0, 1
SPARSE_ABOVE = 0.8
POSITION_EPSILON_M, NORMAL_EPSILON = 2e-6, 2e-3


class Gltf:
    def __init__(self):
        linear = dict(magFilter=9729, minFilter=9987)
        self.json = dict(
            asset=dict(version="2.0", generator="parley avatars", copyright="From MakeHuman core assets, CC0 1.0"),
            extensionsUsed=["KHR_materials_specular"],
            scene=0,
            scenes=[dict(nodes=[])],
            nodes=[],
            meshes=[],
            accessors=[],
            bufferViews=[],
            materials=[],
            textures=[],
            images=[],
            samplers=[dict(wrapS=33071, wrapT=33071, **linear), dict(wrapS=10497, wrapT=10497, **linear)],
        )
        self._bytes = bytearray()

    def extras(self, **extras):
        self.json["scenes"][0]["extras"] = extras

    def image(self, data: bytes, sampler=CLAMP) -> int:
        mime = "image/png" if data[:4] == b"\x89PNG" else "image/jpeg"
        image = self._add("images", dict(bufferView=self._view(data), mimeType=mime))
        return self._add("textures", dict(sampler=sampler, source=image))

    def material(self, name, colour, roughness=1.0, specular=None, **more) -> int:
        pbr = dict(baseColorTexture=dict(index=colour), metallicFactor=0, roughnessFactor=roughness)
        pbr.update(more.pop("pbr", {}))
        material = dict(name=name, pbrMetallicRoughness=pbr, **more)
        if specular is not None:
            material["extensions"] = dict(KHR_materials_specular=dict(specularFactor=specular))
        return self._add("materials", material)

    def mesh(self, name, position, normal, uv, triangles, material, morphs=None, colour=None):
        """`morphs`: name -> (position delta, normal delta), in metres; `colour`: per vertex RGB 0..1."""
        attributes = dict(
            POSITION=self._dense(position.astype("f4"), "VEC3", bounds=True),
            NORMAL=self._dense(normal.astype("f4"), "VEC3"),
            TEXCOORD_0=self._dense(uv.astype("f4"), "VEC2"),
        )
        if colour is not None:
            attributes["COLOR_0"] = self._dense(colour.astype("f4"), "VEC3")
        index = triangles.reshape(-1).astype("u2" if len(position) < 65536 else "u4")
        indices = self._dense(index, "SCALAR", target=ELEMENT_ARRAY_BUFFER)
        primitive = dict(attributes=attributes, indices=indices, material=material, mode=4)
        mesh = dict(name=name, primitives=[primitive])
        if morphs:
            primitive["targets"] = [
                dict(POSITION=self._sparse(p, POSITION_EPSILON_M, True), NORMAL=self._sparse(n, NORMAL_EPSILON))
                for p, n in morphs.values()
            ]
            mesh["extras"] = dict(targetNames=list(morphs))
            mesh["weights"] = [0.0] * len(morphs)
        node = self._add("nodes", dict(name=name, mesh=self._add("meshes", mesh)))
        self.json["scenes"][0]["nodes"].append(node)

    def save(self, path: Path):
        self._pad()
        self.json["buffers"] = [dict(byteLength=len(self._bytes))]
        text = json.dumps(self.json, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self._bytes)
        with path.open("wb") as out:
            out.write(struct.pack("<III", 0x46546C67, 2, total))
            out.write(struct.pack("<II", len(text), 0x4E4F534A) + text)
            out.write(struct.pack("<II", len(self._bytes), 0x004E4942) + self._bytes)

    def _add(self, kind, value) -> int:
        self.json[kind].append(value)
        return len(self.json[kind]) - 1

    def _pad(self):
        self._bytes += bytes(-len(self._bytes) % 4)

    def _view(self, data, target=None) -> int:
        self._pad()
        view = dict(buffer=0, byteOffset=len(self._bytes), byteLength=len(data))
        self._bytes += data
        return self._add("bufferViews", view | (dict(target=target) if target else {}))

    def _dense(self, values, kind, bounds=False, target=ARRAY_BUFFER) -> int:
        values = np.ascontiguousarray(values)
        view = self._view(values.tobytes(), target)
        accessor = dict(
            bufferView=view, componentType=COMPONENT[str(values.dtype)], count=len(values), type=kind
        )
        return self._add("accessors", accessor | (_bounds(values) if bounds else {}))

    def _sparse(self, values, epsilon, bounds=False) -> int:
        """Zero but for the rows above epsilon; without a bufferView, as jgltf and three.js read it."""
        values = values.astype("f4")
        rows = np.flatnonzero(np.abs(values).max(1) > epsilon)
        if len(rows) > SPARSE_ABOVE * len(values):
            return self._dense(values, "VEC3", bounds)
        rows = rows if len(rows) else np.array([0])
        index = rows.astype("u2" if len(values) < 65536 else "u4")
        sparse = dict(
            count=len(rows),
            indices=dict(bufferView=self._view(index.tobytes()), componentType=COMPONENT[str(index.dtype)]),
            values=dict(bufferView=self._view(values[rows].tobytes())),
        )
        accessor = dict(componentType=5126, count=len(values), type="VEC3", sparse=sparse)
        with_zero = np.vstack([values[rows], np.zeros((1, 3), "f4")])
        return self._add("accessors", accessor | (_bounds(with_zero) if bounds else {}))


def _bounds(values):
    return dict(min=[float(x) for x in values.min(0)], max=[float(x) for x in values.max(0)])
