"""Brows and lashes: blended cards that follow the skin and, for lashes, fold down over closed lids."""

import numpy as np
from scipy.spatial import cKDTree

from .anatomy import BODY_END
from .geometry import quad_normals, smoothstep
from .part import proxy_part
from .texture import load, png, rgb

BROW_LIFT = 0.012
LASH_COLOUR = "#14100e"
ROOT_WITHIN = 0.03
SIZE = 512


def brows(bust, shapes):
    """Brows carry the normals of the nearest skin, so they shade as skin does."""
    look = bust.person.brows
    proxy = bust.anatomy.data.proxy("eyebrows", look.style)
    bare = proxy.fit(bust.vertices)
    out = quad_normals(bare, proxy.quads)
    out = -out if out[:, 2].mean() < 0 else out
    middle = np.polyval(np.polyfit(np.abs(bare[:, 0]), bare[:, 1], 2), np.abs(bare[:, 0]))
    slimmer = (bare[:, 1] - middle) * (look.height - 1)
    shift = out * BROW_LIFT + slimmer[:, None] * [0, 1, 0] + [0, look.raise_dm, 0]
    nearest = cKDTree(bust.vertices[:BODY_END]).query(bare)[1]
    place = lambda v, _: proxy.fit(v) + shift
    part = proxy_part("brows", proxy, place, bust, shapes, normals=bust.normals[nearest])
    return part, _stencil(proxy.diffuse, look.colour, look.opacity * _inner_fade(part))


def _inner_fade(part):
    """Thins the blunt inner end out, texel by texel: |x| is as good as linear over the card."""
    far = np.abs(part.position[:, 0])
    plane = lambda u, v: np.stack([np.ones_like(u), u, v, u * v, u * u], -1)
    fit = np.linalg.lstsq(plane(part.uv[:, 0], part.uv[:, 1]), far, rcond=None)[0]
    v, u = (np.mgrid[0:SIZE, 0:SIZE] + 0.5) / SIZE
    return smoothstep(far.min() - 0.01, far.min() + 0.11, plane(u, v) @ fit)[..., None]


def lashes(bust, shapes):
    look = bust.person.lashes
    proxy = bust.anatomy.data.proxy("eyelashes", look.style)
    fold = _Fold(bust, proxy)
    normals = quad_normals(fold.rest, proxy.quads)
    part = proxy_part("lashes", proxy, fold.place, bust, shapes, normals=normals)
    return part, _stencil(proxy.diffuse, LASH_COLOUR, look.opacity)


class _Fold:
    """Fitted lashes follow the lids but their tips keep pointing up: turn the upper ones down."""

    HOW_FAR = {"eyeBlink": 1.0, "eyeLookDown": 0.5}

    def __init__(self, bust, proxy):
        self.proxy, self.rest = proxy, proxy.fit(bust.vertices)
        skin = bust.vertices[np.unique(bust.anatomy.quads)]
        self.is_root = cKDTree(skin).query(self.rest)[0] < ROOT_WITHIN
        roots = np.flatnonzero(self.is_root)
        self.root = roots[cKDTree(self.rest[roots]).query(self.rest)[1]]
        self.from_root = self.rest - self.rest[self.root]
        eye_y = (bust.joint("l-eye")[1] + bust.joint("r-eye")[1]) / 2
        self.upper = (self.rest[self.root][:, 1] > eye_y - 0.012) & (self.from_root[:, 1] > -0.004)

    def place(self, v, shape):
        out = self.proxy.fit(v)
        far = next((k for name, k in self.HOW_FAR.items() if shape and shape.startswith(name)), None)
        if far is None:
            return out
        side = self.rest[:, 0] > 0 if shape.endswith("Left") else self.rest[:, 0] < 0
        tip = np.stack(
            [
                self.from_root[:, 0],
                -0.55 * np.abs(self.from_root[:, 1]) - 0.01,
                self.from_root[:, 2] * 1.15 + 0.01,
            ],
            axis=1,
        )
        moving = self.upper & side & ~self.is_root
        folded = out[self.root] + self.from_root * (1 - far) + tip * far
        return np.where(moving[:, None], folded, out)


def _stencil(path, colour, opacity):
    """One colour everywhere; the drawing is in the alpha."""
    alpha = load(path, "RGBA", SIZE)[..., 3:]
    return png(np.concatenate([np.ones((SIZE, SIZE, 3)) * rgb(colour) * 255, alpha * opacity], 2))
