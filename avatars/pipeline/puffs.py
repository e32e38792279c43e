"""Two puffs of coily hair behind the ears: our own geometry, shells of curls over a dark core."""

import math

import numpy as np
from scipy import ndimage as ndi

from .geometry import grid_triangles, smoothstep, triangle_normals, unit_rows
from .texture import fractal_noise

SHELLS = ((0.80, 0.0), (0.89, 0.34), (0.96, 0.50), (1.03, 0.63))  # radius, how high a curl must reach
RINGS, SEGMENTS = 7, 20
CELL = 512


def puffs(centre, radii, seed):
    """Both puffs round (+-x, y, z): positions, normals, uv (u, v downwards, 0..1 over `texture`), triangles."""
    parts = [_puff(np.array(centre) * [side, 1, 1], np.array(radii), seed + k) for k, side in enumerate((1, -1))]
    position, normal, uv, tris = zip(*parts)
    offset = len(position[0])
    return np.vstack(position), np.vstack(normal), np.vstack(uv), np.vstack([tris[0], tris[1] + offset])


def _puff(centre, radii, seed):
    direction, disc, tris = _ball()
    swell = 1 + 0.10 * fractal_noise(direction + seed, 1.6, 2)[:, None]
    out = []
    for cell, (radius, _) in enumerate(SHELLS):
        position = centre + direction * radii * radius * swell
        corner = np.array([cell % 2, cell // 2]) * 0.5
        out.append((position, unit_rows(direction / radii), corner + 0.25 + disc * 0.24))
    position, normal, uv = (np.vstack(columns) for columns in zip(*out))
    return position, normal, uv, np.vstack([tris + k * len(direction) for k in range(len(SHELLS))])


def _ball():
    """A front and a back half, each unrolled on a disc of equal areas (Lambert)."""
    polar, round_ = np.linspace(0, math.pi / 2, RINGS), np.linspace(0, 2 * math.pi, SEGMENTS + 1)
    theta, phi = np.meshgrid(polar, round_, indexing="ij")
    front = np.stack([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)], -1).reshape(-1, 3)
    disc = (np.stack([np.cos(phi), -np.sin(phi)], -1) * np.sqrt(1 - np.cos(theta))[..., None]).reshape(-1, 2)
    tris = grid_triangles(RINGS, SEGMENTS + 1, wrap=False)[:, ::-1]
    tris = tris if _outward(front, tris) else tris[:, ::-1]
    back, back_tris = front * [1, 1, -1], tris[:, ::-1] + len(front)
    return np.vstack([front, back]), np.vstack([disc, disc]), np.vstack([tris, back_tris])


def _outward(position, tris):
    return (triangle_normals(position, tris) * position).sum() > 0


def texture(seed):
    """Light (0..1) and alpha (0..1) of 2 x 2 cells, one a shell: the further out, the fewer curls."""
    rng = np.random.default_rng(seed)
    light, alpha = np.zeros((2 * CELL, 2 * CELL)), np.zeros((2 * CELL, 2 * CELL))
    curl = _curls(rng)
    for cell, (_, least) in enumerate(SHELLS):
        at = np.s_[cell // 2 * CELL : (cell // 2 + 1) * CELL, cell % 2 * CELL : (cell % 2 + 1) * CELL]
        light[at] = np.clip((0.10 + 0.22 * cell / len(SHELLS)) + 0.55 * (curl - 0.45), 0, 1)
        alpha[at] = smoothstep(least - 0.05, least + 0.05, curl) if least else 1
    return light, alpha


def _curls(rng):
    """Ringlets: ridges of a warped noise, 0 in the gaps to 1 on top of a curl."""
    y, x = np.mgrid[0:CELL, 0:CELL]
    bend = [ndi.gaussian_filter(rng.standard_normal((CELL, CELL)), 9, mode="wrap") for _ in range(2)]
    bend = [b / b.std() * 7 for b in bend]
    fine = ndi.gaussian_filter(rng.standard_normal((CELL, CELL)), 2.6, mode="wrap")
    fine = ndi.map_coordinates(fine / fine.std(), [y + bend[0], x + bend[1]], order=1, mode="wrap")
    ridge = np.exp(-((fine / 0.55) ** 2))
    lump = ndi.gaussian_filter(rng.standard_normal((CELL, CELL)), 14, mode="wrap")
    return np.clip(0.72 * ridge + 0.14 * lump / lump.std() + 0.16, 0, 1)
