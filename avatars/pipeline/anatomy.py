"""What is where on the MakeHuman base mesh (hm08): vertex classes, joints, the measured lips, masks.

Masks are made on the base mesh's own coordinates and therefore fit every person.
"""

from functools import cached_property

import numpy as np
from scipy.interpolate import PchipInterpolator

from .geometry import Smoother, bump, edges, smoothstep
from .makehuman import MakeHuman
from .skin_uv import INSIDE_MOUTH_ISLAND, HEAD_ISLAND, SOCKET_ISLAND, unwrap

BODY_END = 13380
LIP_SEAM_Y = 6.610
LIP_CORNER_X = 0.2475

_upper = PchipInterpolator(
    [-0.2475, -0.22, -0.177, -0.081, 0, 0.081, 0.177, 0.22, 0.2475],
    [6.610, 6.638, 6.669, 6.705, 6.683, 6.705, 6.669, 6.638, 6.610],
)
_lower = PchipInterpolator(
    [-0.2475, -0.225, -0.19, -0.13, -0.055, 0, 0.055, 0.13, 0.19, 0.225, 0.2475],
    [6.610, 6.585, 6.552, 6.510, 6.489, 6.487, 6.489, 6.510, 6.552, 6.585, 6.610],
)


def upper_lip_border(x):
    return _upper(np.clip(x, -LIP_CORNER_X, LIP_CORNER_X))


def lower_lip_border(x):
    return _lower(np.clip(x, -LIP_CORNER_X, LIP_CORNER_X))


class Anatomy:
    def __init__(self, data: MakeHuman):
        self.data = data
        self.rest = data.base.vertices
        self.count = len(self.rest)
        self.x, self.y, self.z = self.rest.T
        body = data.base.material == 0
        self.quads, self.uv_quads = data.base.quads[body], data.base.uv_quads[body]
        self.smooth = Smoother(self.quads, self.count)
        self.uvs, self.uv_island = unwrap(data.base.uvs, self.uv_quads)

        self.body = self._range(0, BODY_END)
        self.tongue = self._range(13380, 13606)
        self.eye = {"Left": self._range(14598, 14670), "Right": self._range(14670, 14742)}
        self.lower_teeth = self._range(14992, 15060)
        self.upper_teeth = self._range(15060, 15128)
        self.in_mouth = self.tongue | self.lower_teeth | self.upper_teeth
        self.skin = ~self.in_mouth & ~self.eye["Left"] & ~self.eye["Right"]

        self.front = smoothstep(1.05, 1.25, self.z)
        self.left = smoothstep(-0.10, 0.10, self.x)
        self.left_wide = smoothstep(-0.2, 0.2, self.x)

    def _range(self, start, end):
        mask = np.zeros(self.count, bool)
        mask[start:end] = True
        return mask

    def bump(self, centre, radius):
        return bump(self.rest, centre, radius)

    def joint(self, vertices, name):
        """Mean of the joint's helper cube, e.g. `l-eye`."""
        base = self.data.base
        names = [m["DbgName"] for m in base.data["materials"]]
        quads = base.quads[base.material == names.index(f"joint-{name}")]
        return vertices[np.unique(quads)].mean(0)

    @cached_property
    def upper_lip(self):
        near = np.exp(-((np.maximum(0, self.y - upper_lip_border(self.x)) / 0.06) ** 2))
        return near * (self.y >= LIP_SEAM_Y - 0.002) * self._lip_width * self.skin

    @cached_property
    def lower_lip(self):
        near = np.exp(-((np.maximum(0, lower_lip_border(self.x) - self.y) / 0.075) ** 2))
        return near * (self.y < LIP_SEAM_Y - 0.002) * self._lip_width * self.skin

    @cached_property
    def _lip_width(self):
        return smoothstep(0.25, 0.15, np.abs(self.x)) * self.front

    @cached_property
    def lower_lip_centre(self):
        """The vertex that says how far jawOpen carries the lower lip."""
        near = (np.abs(self.x) < 0.012) & (self.y > 6.5) & (self.y < 6.60) & (self.z > 1.2) & self.body
        return max(np.flatnonzero(near), key=lambda i: self.z[i] + self.y[i] * 0.3)

    @cached_property
    def lid_margin_edges(self):
        """Edges between the face island and the eye sockets: the rims of the lids."""
        kind = self.uv_island[self.uv_quads]
        face, socket = np.zeros(self.count, bool), np.zeros(self.count, bool)
        face[self.quads[kind == HEAD_ISLAND]] = True
        socket[self.quads[kind == SOCKET_ISLAND]] = True
        all_edges = edges(self.quads)
        return all_edges[(face & socket)[all_edges].all(1)]

    @cached_property
    def lid_rim(self):
        """The foremost edge of both lids: third ring of the face round the lid margin."""
        face = edges(self.quads[(self.uv_island[self.uv_quads] == HEAD_ISLAND).all(1)])
        ring, seen = np.unique(self.lid_margin_edges), np.zeros(self.count, bool)
        for _ in range(3):
            seen[ring] = True
            beside = np.unique(face[seen[face].any(1)])
            ring = beside[~seen[beside]]
        return ring

    @cached_property
    def arm_weight(self):
        """Per side, how much of each vertex follows the arm (bone weights from the upper arm outwards)."""
        data = self.data.base.data
        bones = [b["name"] for b in data["bones"]]
        index = np.array(data["skinIndices"]).reshape(-1, 4)
        weight = np.array(data["skinWeights"]).reshape(-1, 4)
        parts = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
        return {
            side: (weight * np.isin(index, [i for i, n in enumerate(bones) if n.startswith(parts) and f".{side}_" in n])).sum(1)
            for side in "LR"
        }
