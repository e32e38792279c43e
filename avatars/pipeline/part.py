"""One drawable part of an avatar, in dm."""

from dataclasses import dataclass, field

import numpy as np

from .arkit import NAMES
from .geometry import quad_normals, split_by_uv, triangles

METRES_PER_DM = 0.1
LEAST_MOVE_DM = 2e-4


@dataclass
class Part:
    """`uv` as glTF wants it (v downwards); morphs: name -> (position delta, normal delta)."""

    name: str
    position: np.ndarray
    normal: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    morphs: dict = field(default_factory=dict)
    colour: np.ndarray | None = None

    def write(self, gltf, material):
        morphs = {k: (p * METRES_PER_DM, n) for k, (p, n) in self.morphs.items()}
        position = self.position * METRES_PER_DM
        gltf.mesh(self.name, position, self.normal, self.uv, self.triangles, material, morphs, self.colour)


def proxy_part(name, proxy, place, bust, shapes, quads=None, uv_quads=None, normals=None):
    """A part bound to the base mesh. `place(base_vertices, shape_name)` gives its vertices.

    Every morph of a proxy is the placed vertices of the moved base minus those of the base at rest.
    With `normals` given they are fixed; otherwise they follow the shape.
    """
    quads = proxy.quads if quads is None else quads
    uv_quads = proxy.uv_quads if uv_quads is None else uv_quads
    vertex, uv_index, split = split_by_uv(quads, uv_quads)
    rest = place(bust.vertices, None)
    at_rest = quad_normals(rest, proxy.quads) if normals is None else normals
    morphs = {}
    for shape in (s for s in NAMES if s in shapes):
        moved = place(bust.vertices + shapes[shape], shape)
        if np.abs(moved - rest).max() >= LEAST_MOVE_DM:
            turned = quad_normals(moved, proxy.quads) - at_rest if normals is None else np.zeros_like(rest)
            morphs[shape] = ((moved - rest)[vertex], turned[vertex])
    return Part(name, rest[vertex], at_rest[vertex], flip_v(proxy.uvs[uv_index]), triangles(split), morphs)


def flip_v(uv):
    return np.stack([uv[:, 0], 1 - uv[:, 1]], 1)
