"""Our own eyes: two spheres open at the back, with a slight cornea, and a painted iris and sclera."""

import math

import numpy as np

from .geometry import grid_triangles, smoothstep, triangle_normals
from .part import Part
from .texture import fractal_noise, rgb

RINGS, SEGMENTS = 18, 36
OPENING = math.radians(100)
HELPER_TO_BALL = 1.082
CORNEA, CORNEA_ANGLE = 0.045, 0.50
IRIS_ANGLE = 0.47
PUPIL = 0.36
CONVERGENCE = math.radians(1.5)
DISC = 512
LOOKS = {"eyeLookDown": (24, 0), "eyeLookUp": (-19, 0), "eyeLookIn": (0, -28), "eyeLookOut": (0, 28)}


def eyeball(bust, side):
    """Centre and radius (dm) from the base mesh's eye helper, which the targets move with the lids."""
    helper = bust.vertices[bust.anatomy.eye[side]]
    low, high = helper.min(0), helper.max(0)
    centre = (low + high) / 2
    centre[2] = bust.joint(f"{side[0].lower()}-eye")[2] + 0.010
    return centre, (high - low)[:2].mean() / 2 * HELPER_TO_BALL


def eyes(bust):
    """Both eyes as one part with the eight eyeLook morphs: true rotations, baked."""
    balls = {side: eyeball(bust, side) for side in ("Left", "Right")}
    shape, uv = _unit_ball()
    tris = grid_triangles(RINGS, SEGMENTS + 1, wrap=False)[:, ::-1]
    rest = {side: _turn(0, (-1 if side == "Left" else 1) * CONVERGENCE) for side in balls}
    place = lambda side, turn: balls[side][0] + balls[side][1] * (shape @ (turn @ rest[side]).T)
    still = _turn(0, 0)
    position = np.vstack([place(side, still) for side in balls])
    normal = _smooth_seam(triangle_normals(shape, tris))
    normals = np.vstack([normal @ rest[side].T for side in balls])
    morphs = {}
    for side in balls:
        for look, (pitch, yaw) in LOOKS.items():
            turn = _turn(math.radians(pitch), math.radians(yaw) * (1 if side == "Left" else -1))
            moved = np.vstack([place(s, turn if s == side else still) for s in balls]) - position
            turned = np.vstack([normal @ ((turn if s == side else still) @ rest[s]).T for s in balls]) - normals
            morphs[look + side] = (moved, turned)
    uvs = np.vstack([uv * [0.5, 1], uv * [0.5, 1] + [0.5, 0]])
    return Part("eyes", position, normals, uvs, np.vstack([tris, tris + len(shape)]), morphs)


def _unit_ball():
    """Rings from the front pole; the first and last column share a place, so the disc has no seam."""
    theta = OPENING * np.linspace(0, 1, RINGS) ** 1.25
    phi = np.linspace(0, 2 * math.pi, SEGMENTS + 1)
    t, p = np.meshgrid(theta, phi, indexing="ij")
    radius = 1 + CORNEA * np.exp(-((t / CORNEA_ANGLE) ** 2))
    direction = np.stack([np.sin(t) * np.cos(p), np.sin(t) * np.sin(p), np.cos(t)], -1)
    disc = np.stack([0.5 + t / OPENING * 0.5 * np.cos(p), 0.5 - t / OPENING * 0.5 * np.sin(p)], -1)
    return (direction * radius[..., None]).reshape(-1, 3), disc.reshape(-1, 2)


def _smooth_seam(normal):
    grid = normal.reshape(RINGS, SEGMENTS + 1, 3).copy()
    joined = grid[:, 0] + grid[:, -1]
    grid[:, 0] = grid[:, -1] = joined / np.linalg.norm(joined, axis=1, keepdims=True)
    grid[0] = [0, 0, 1]
    return grid.reshape(-1, 3)


def _turn(pitch, yaw):
    cx, sx, cy, sy = math.cos(pitch), math.sin(pitch), math.cos(yaw), math.sin(yaw)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    return about_y @ about_x


def paint(person):
    """The left and the right eye side by side, front pole in the middle of each square."""
    left = _disc(person, 0)
    right = _disc(person, 1)[:, ::-1]
    return np.clip(np.hstack([left, right]), 0, 1) * 255


def _disc(person, which):
    y, x = (np.mgrid[0:DISC, 0:DISC] + 0.5) / DISC * 2 - 1
    scale = OPENING / IRIS_ANGLE
    x, y = x * scale, y * scale  # in iris radii from the pole, y downwards
    r = np.hypot(x, y)
    iris = _iris(person, x, y, r, which)
    inside = smoothstep(1.06, 0.93, r)[..., None]
    return _sclera(x, y, r, which) * (1 - inside) + iris * inside


def _sclera(x, y, r, which):
    edge = (0.16 * smoothstep(1.15, 2.1, r))[..., None] * np.array([0.7, 1.3, 1.4])
    lid = 1 - 0.40 * smoothstep(-0.45, -1.6, y)
    floor = 1 - 0.12 * smoothstep(0.9, 1.75, y)
    white = np.array([0.815, 0.785, 0.765]) * (1 - edge) * (lid * floor)[..., None]
    veins = np.abs(fractal_noise(np.stack([x + 20 + which * 7, y + 20, 0 * x], 2), 3, 4))
    veins = np.clip(1 - veins * 14, 0, 1) * smoothstep(1.2, 2.3, r)
    return white * (1 - veins[..., None] * np.array([0.02, 0.14, 0.13]))


def _iris(person, x, y, r, which):
    angle = np.arctan2(y, x)
    outer, middle, inner = (rgb(c) for c in person.iris)
    ring = np.stack([np.cos(angle) * 2 + 2 + which, np.sin(angle) * 2 + 2, r * 1.6], 2)
    fibres = sum(
        k * np.sin(angle * n + 6 * fractal_noise(ring, 2.1, 3) + n) for n, k in ((37, 1), (61, 0.8), (97, 0.6))
    )
    t = (r - PUPIL) / (1 - PUPIL)
    towards_rim = smoothstep(0.45, 1.0, t)[..., None]
    colour = outer * towards_rim + middle * (1 - towards_rim)
    near_pupil = (smoothstep(0.42, 0.10, t) * 0.75)[..., None]
    colour = colour * (1 - near_pupil) + inner * near_pupil
    colour = colour * (1 + 0.11 * fibres * smoothstep(0, 0.2, t))[..., None]
    # light from above gathers in the lower half of the iris; the lid shades the upper one
    colour = colour * (1 + 0.32 * smoothstep(-0.1, 0.75, y) * smoothstep(1.0, 0.6, r))[..., None]
    colour = colour * (1 - 0.35 * smoothstep(0.1, -0.9, y))[..., None]
    colour = colour * (1 - 0.66 * smoothstep(0.78, 1.0, t))[..., None]
    pupil = smoothstep(1.12, 0.94, r / PUPIL)[..., None]
    return colour * (1 - pupil) + 0.010 * pupil
