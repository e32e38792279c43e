"""The sweater is ours: the body's own surface moved out and smoothed, a clipped neckline and a collar."""

import numpy as np
from scipy import ndimage as ndi

from .geometry import clip, column, compact, grid_triangles, quad_normals, triangle_normals, triangles
from .part import Part
from .texture import jpeg, normal_map, rgb

OFF_SKIN, LEAST_OFF_SKIN = 0.11, 0.06
SMOOTHING = 14
CROP_Y = 3.9
SIDE_RISE = 0.14
COLLAR_POINTS = 96
FRONT_Z, BACK_Z = 0.75, -0.45
UV_SCALE = 1.0
KNIT, STITCHES = 256, 12


def above_neckline(anatomy, sweater):
    """Per base vertex, how far (dm) it lies above the neckline; negative is under the cloth."""
    x, y, z = anatomy.x, anatomy.y, anatomy.z
    slope = (sweater.back - sweater.front) / (FRONT_Z - BACK_Z)
    line = sweater.front + (FRONT_Z - z) * slope + SIDE_RISE * np.clip(np.abs(x) / 0.8, 0, 1) ** 2
    return anatomy.smooth(np.where(np.abs(x) > 0.85, -0.3, y - line), 3, 0.4)


def sweater(bust):
    a, look = bust.anatomy, bust.person.sweater
    middle = a.rest[a.quads].mean(1)
    near = (middle[:, 1] > 3.2) & (middle[:, 1] < 6.6) & (np.abs(middle[:, 0]) < 3.1)
    vertices = np.concatenate([_draped(bust), a.rest], 1)
    level = above_neckline(a, look)
    vertices, tris, neck = clip(vertices, triangles(a.quads[near]), level)
    vertices, tris, _ = clip(vertices, tris, CROP_Y - vertices[:, 1])
    collar, collar_uv, collar_tris = _collar(vertices[_loop(neck, vertices), :3], look)
    cloth, tris = compact(vertices, tris)
    position, normal = cloth[:, :3], triangle_normals(cloth[:, :3], tris)
    collar_normal = triangle_normals(collar, collar_tris)
    return Part(
        "cloth",
        np.vstack([position, collar]),
        np.vstack([normal, collar_normal]),
        np.vstack([cloth[:, 3:5] * 1.1 * UV_SCALE, collar_uv * 0.5 * UV_SCALE]),
        np.vstack([tris, collar_tris + len(position)]),
    )


def _draped(bust):
    a, v, n = bust.anatomy, bust.vertices, bust.normals
    out = a.smooth(v + n * OFF_SKIN, SMOOTHING)
    out = out + quad_normals(out, a.quads) * 0.045
    distance = ((out - v) * n).sum(1)
    return out + n * column(np.clip(LEAST_OFF_SKIN - distance, 0, 0.3))


def _loop(cut_edges, vertices):
    """The cut's vertex numbers in order round the neck, from the front."""
    following = dict(cut_edges)
    start = max(following, key=lambda i: vertices[i, 2])
    loop = [start]
    while (step := following.get(loop[-1], start)) != start and len(loop) <= len(following):
        loop.append(step)
    return loop


def _collar(edge, look):
    ring = _even(edge, COLLAR_POINTS)
    for _ in range(3):
        ring = (np.roll(ring, 1, 0) + ring * 2 + np.roll(ring, -1, 0)) / 4
    inward = edge.mean(0) - ring
    inward[:, 1] = 0
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    h = look.collar
    profile = (
        (-0.020, -0.06), (-0.050, 0.005), (-0.050, 0.05), (-0.045, h * 0.75),
        (-0.02, h), (0.015, h * 0.97), (0.035, h * 0.8), (0.045, -0.05),
    )  # fmt: skip
    lean = look.lean
    rings = [ring + inward * (a + max(b, 0) * lean) + np.array([0, b, 0]) for a, b in profile]
    vertices = np.concatenate(rings)
    tris = grid_triangles(len(profile), COLLAR_POINTS)
    if (triangle_normals(vertices, tris)[:COLLAR_POINTS] * -inward).sum() < 0:
        tris = tris[:, ::-1]
    round_neck = np.abs(np.linspace(0, 1, COLLAR_POINTS, endpoint=False) * 2 - 1) * 9
    up = np.repeat(np.linspace(0, 0.5, len(profile)), COLLAR_POINTS)
    return vertices, np.stack([np.tile(round_neck, len(profile)), up], 1), tris


def _even(points, count):
    closed = np.vstack([points, points[:1]])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.linspace(0, along[-1], count, endpoint=False)
    return np.stack([np.interp(at, along, closed[:, k]) for k in range(3)], 1)


def knit(person):
    """A tile of knitting: colour and normal map as JPEG."""
    y, x = np.mgrid[0:KNIT, 0:KNIT] / KNIT
    across = np.abs((x * STITCHES) % 1 - 0.5) * 2
    height = np.sin((y * STITCHES + 0.35 * across) * 2 * np.pi) * 0.5 + 0.5
    height = ndi.gaussian_filter(height * (1 - across**4) + 0.15, 1.5, mode="wrap")
    fibre = np.random.default_rng(3).standard_normal((KNIT, KNIT, 1))
    colour = rgb(person.sweater.colour) * (1 + 0.035 * (height[..., None] - 0.5) + 0.03 * fibre)
    return jpeg(np.clip(colour, 0, 1) * 255, 88), jpeg(normal_map(height, 2.4), 88)
