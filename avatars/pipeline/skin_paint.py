"""Paints a person's skin from 3-D positions: colour, height (normal map), occlusion and roughness.

Every layer works on rest-mesh coordinates in dm, so it sits in the same anatomical place on everybody
and has no seams.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage as ndi
from scipy.spatial import cKDTree

from .anatomy import LIP_SEAM_Y, lower_lip_border, upper_lip_border
from .bust import Bust
from .geometry import smoothstep
from .skin_uv import INSIDE_MOUTH_ISLAND, SOCKET_ISLAND
from .texture import bleed, fractal_noise, grain, normal_map, rasterise, rgb

SIZE = 1024
FAR = 9.0


@dataclass
class SkinMaps:
    """0..255 pixels: colour and normal RGB; occlusion in R, roughness in G."""

    colour: np.ndarray
    normal: np.ndarray
    occlusion_roughness: np.ndarray


def paint(bust: Bust, vertex, uv, tris, hair_points) -> SkinMaps:
    """`vertex`, `uv`: base index and uv index of each face vertex; `hair_points` (n, 3): fitted hair."""
    c = _Canvas(bust, vertex, uv, tris)
    c.complexion()
    c.cavities()
    c.pores()
    c.age_lines()
    c.stubble()
    c.lips()
    c.inside_mouth_and_sockets()
    c.lid_lines()
    c.hair_roots(hair_points)
    return c.finish()


class _Canvas:
    def __init__(self, bust, vertex, uv, tris):
        a = bust.anatomy
        self.bust, self.person, self.skin = bust, bust.person, bust.person.skin
        curvature = [_curvature(bust, k)[vertex] for k in (2, 8, 30)]
        island = a.uv_island[uv]
        attributes = np.concatenate(
            [
                a.rest[vertex],
                bust.vertices[vertex],
                np.stack(curvature + [island == INSIDE_MOUTH_ISLAND, island == SOCKET_ISLAND], 1),
            ],
            axis=1,
        )
        texels, mask = rasterise(a.uvs[uv], tris, attributes, SIZE)
        texels = bleed(texels, mask)
        self.rest, self.world = texels[..., :3], texels[..., 3:6]
        self.x, self.y, self.z = (self.rest[..., k] for k in range(3))
        self.ax = np.abs(self.x)
        self.fine_cavity, self.cavity, self.broad_cavity = (texels[..., k] for k in (6, 7, 8))
        self.in_mouth, self.in_socket = texels[..., 9], texels[..., 10]
        self.front = smoothstep(0.5, 1.0, self.z)
        self.rng = np.random.default_rng(self.person.seed)
        self.pore, self.fine = grain(self.rng, SIZE, 1.0), grain(self.rng, SIZE, 2.2)
        self.base = rgb(self.skin.tone)
        self.colour = np.ones((SIZE, SIZE, 3)) * self.base
        self.height = np.zeros((SIZE, SIZE))
        self.lip = self.deep_mouth = self.occlusion = np.zeros((SIZE, SIZE))

    def spot(self, x, y, rx, ry):
        """1 at (+-x, y) in the front view, falling off over the radii."""
        return np.exp(-(((self.ax - x) / rx) ** 2) - ((self.y - y) / ry) ** 2)

    def mix(self, amount, colour):
        amount = np.clip(amount, 0, 1)[..., None]
        self.colour = self.colour * (1 - amount) + np.asarray(colour) * amount

    def tint(self, amount, factor):
        amount = np.clip(amount, 0, 1)[..., None]
        self.colour = self.colour * (1 - amount + amount * np.asarray(factor))

    def complexion(self):
        s, front, y = self.skin, self.front, self.y
        self.colour *= 1 + 0.06 * fractal_noise(self.rest, 2.2, 3)[..., None]
        self.tint(np.clip(0.5 + fractal_noise(self.rest + 3, 5, 3) * 1.4, 0, 1) * 0.40, [1.01, 0.950, 0.935])
        self.tint(np.clip(fractal_noise(self.rest + 9, 14, 2) * 1.6, 0, 1) * 0.30 * front, [1.0, 0.93, 0.90])
        nose = np.exp(-((self.x / 0.13) ** 2) - ((y - 6.93) / 0.13) ** 2) * smoothstep(1.5, 1.75, self.z)
        ears = smoothstep(0.70, 0.86, self.ax) * smoothstep(6.7, 6.8, y) * smoothstep(7.5, 7.3, y)
        for amount, where in (
            (0.46, self.spot(0.42, 6.92, 0.22, 0.20) * front),
            (0.40, nose),
            (0.30, self.spot(0, 6.36, 0.16, 0.1) * front),
            (0.45, ears),
        ):
            self.tint(amount * s.blush * where, s.blush_tint)
        self.tint(0.35 * self.spot(0.30, 7.30, 0.2, 0.11) * front, [0.97, 0.84, 0.82])
        self.tint(0.5 * s.eye_bags * self.spot(0.27, 7.13, 0.14, 0.05) * front, [0.80, 0.72, 0.74])
        self.tint(0.30 * self.spot(0, 7.75, 0.5, 0.25) * front, [1.03, 1.01, 0.96])
        self.tint(0.30 * self.spot(0.12, 6.80, 0.10, 0.06) * front, [0.95, 0.82, 0.8])

    def cavities(self):
        """Soft baked occlusion; light that reaches a crease through skin is red, hence the tint."""
        on_face = smoothstep(5.9, 6.3, self.y)
        dark = 4.5 * np.clip(self.cavity, 0, 0.05) * (0.35 + 0.65 * on_face)
        dark = dark + 3.0 * np.clip(self.broad_cavity, 0, 0.10) * (0.25 + 0.75 * on_face)
        dark = dark + 4 * np.clip(self.fine_cavity, 0, 0.02) * on_face
        self.occlusion = ndi.gaussian_filter(np.clip(1 - dark, 0.45, 1), 1.2)
        self.colour *= 1 - (1 - self.occlusion)[..., None] * np.array([0.62, 1.0, 1.06])
        ridge = -np.clip(self.broad_cavity, -0.12, 0) * on_face
        self.colour *= 1 + 0.35 * ridge[..., None]

    def pores(self):
        front, rng = self.front, self.rng
        self.colour *= 1 + (0.012 * self.pore + 0.012 * self.fine)[..., None] * front[..., None]
        if self.skin.freckles:
            spots = ndi.gaussian_filter((rng.random((SIZE, SIZE)) < 0.0022) * 1.0, 1.3) / 0.10
            where = np.clip(self.spot(0.25, 6.95, 0.35, 0.22) + 0.25 * front, 0, 1)
            self.tint(np.clip(spots, 0, 1) * self.skin.freckles * where, [0.80, 0.66, 0.56])
        v, u = np.mgrid[0:SIZE, 0:SIZE] / SIZE
        for _ in range(2):
            mu, mv = rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.6)
            mole = np.exp(-((u - mu) ** 2 + (v - mv) ** 2) / 0.0022**2)
            self.tint(0.7 * mole, [0.55, 0.42, 0.36])

    def age_lines(self):
        age, y, ax, front = self.skin.lines, self.y, self.ax, self.front
        if not age:
            return
        lines = np.zeros_like(y)
        for height in (7.62, 7.72, 7.83):
            wavy = height + 0.02 * np.sin(self.x * 9 + height * 30)
            wavy = wavy + 0.015 * fractal_noise(self.rest + height, 6, 2)
            lines += 0.6 * np.exp(-(((y - wavy) / 0.009) ** 2)) * smoothstep(0.42, 0.15, ax)
        fold = np.exp(-(((ax - (0.21 + (6.85 - y) * 0.42)) / 0.012) ** 2))
        lines += 0.7 * fold * smoothstep(6.92, 6.84, y) * smoothstep(6.58, 6.68, y)
        for k in (-1.5, -0.5, 0.5, 1.5):
            foot = np.exp(-(((y - (7.28 + k * 0.035 + (ax - 0.47) * k * 0.45)) / 0.006) ** 2))
            lines += 0.6 * foot * smoothstep(0.47, 0.50, ax) * smoothstep(0.60, 0.53, ax)
        lines = np.clip(lines * front, 0, 1)
        self.tint(age * 0.35 * lines, [0.80, 0.70, 0.68])
        self.height -= age * 1.6 * lines

    def stubble(self):
        amount, x, y, z, ax = self.skin.stubble, self.x, self.y, self.z, self.ax
        if not amount:
            return
        jaw = smoothstep(6.72, 6.60, y - 0.10 * np.clip(ax - 0.25, 0, 1)) * smoothstep(6.02, 6.30, y)
        moustache = self.spot(0.12, 6.745, 0.16, 0.045) * self.front
        sideburn = smoothstep(0.45, 0.6, ax) * smoothstep(6.95, 6.75, y) * smoothstep(6.2, 6.4, y)
        where = jaw * smoothstep(0.25, 0.7, z) + moustache + sideburn * smoothstep(0.35, 0.7, z) * 0.8
        where = np.clip(where, 0, 1) * (1 - 0.4 * np.exp(-((x / 0.09) ** 2) - ((y - 6.455) / 0.035) ** 2))
        where = ndi.gaussian_filter(where * (1 - 0.75 * self.spot(0.36, 6.72, 0.11, 0.10)), 4)
        bristle = ndi.gaussian_filter(self.rng.standard_normal((SIZE, SIZE)), [0.45, 0.8])
        bristle = np.clip(0.62 + 0.72 * np.clip(bristle * 2.6 - 0.25, 0, 1), 0, 1.2)
        self.mix(where * amount * bristle * 0.55, rgb(self.skin.stubble_colour))
        self.height += where * bristle * 0.25

    def lips(self):
        x, y, ax = self.x, self.y, self.ax
        upper, lower = upper_lip_border(x), lower_lip_border(x)
        lip = smoothstep(upper + 0.014, upper - 0.014, y) * smoothstep(lower - 0.020, lower + 0.018, y)
        self.lip = lip * smoothstep(0.262, 0.240, ax) * smoothstep(1.15, 1.25, self.z)
        ridges = ndi.gaussian_filter1d(self.rng.standard_normal((SIZE, SIZE)), 5, axis=0)
        ridges = ndi.gaussian_filter(ridges, 0.8)
        ridges /= ridges.std()
        light = 0.10 * np.exp(-(((y - (lower + 0.055)) / 0.028) ** 2) - (x / 0.13) ** 2)
        seam = 0.30 * np.exp(-(((y - LIP_SEAM_Y) / 0.022) ** 2))
        shade = (1 + 0.035 * ridges) * (1 + light) * (1 - seam) * (1 - 0.06 * smoothstep(0, 0.05, y - LIP_SEAM_Y))
        self.mix(self.lip * self.skin.lip_opacity, rgb(self.skin.lips) * shade[..., None])
        self.tint(0.35 * self.lip * np.clip((ax - 0.16) / 0.09, 0, 1), [0.85, 0.8, 0.8])
        self.height += self.lip * 0.175 * ridges
        rim = np.exp(-(((y - upper) / 0.012) ** 2)) * smoothstep(0.22, 0.12, ax) * self.front
        self.colour *= 1 + 0.035 * rim[..., None]

    def inside_mouth_and_sockets(self):
        y, z = self.y, self.z
        mouth = np.clip(self.in_mouth, 0, 1) * (1 - self.lip * 0.7)
        self.mix(mouth * 0.95, [0.46, 0.17, 0.16])
        self.tint(mouth * smoothstep(1.45, 1.05, z), [0.16, 0.10, 0.10])
        self.deep_mouth = np.clip(mouth * smoothstep(1.50, 1.36, z), 0, 1)
        slit = (1 - self.in_mouth) * smoothstep(1.36, 1.28, z) * smoothstep(6.66, 6.64, y)
        self.tint(slit * smoothstep(6.57, 6.59, y) * smoothstep(0.26, 0.24, self.ax), [0.5, 0.3, 0.3])
        self.mix(self.in_socket * 0.8, self.base * [0.93, 0.62, 0.58])

    def lid_lines(self):
        """The dark roots of the lashes along the lid margins, and a wet lower rim: they make eyes live."""
        a, v = self.bust.anatomy, self.bust.vertices
        e = a.lid_margin_edges
        rims = np.concatenate([v[e[:, 0]] * (1 - t) + v[e[:, 1]] * t for t in np.linspace(0, 1, 6)])
        d = self._distance(rims, 0.2)
        upper = smoothstep(7.24, 7.30, self.y)
        line = np.exp(-((d / 0.013) ** 2)) * (0.26 + self.skin.liner * upper)
        self.tint(line, [0.30, 0.22, 0.20])
        self.tint(np.exp(-((d / 0.05) ** 2)) * 0.30 * (0.4 + 0.6 * upper), [0.72, 0.6, 0.58])
        self.mix(0.55 * self.spot(0.172, 7.262, 0.016, 0.018) * self.front, self.base * [0.98, 0.60, 0.57])

    def hair_roots(self, hair_points):
        """Hair that thins out on the skin in front of the hair mesh, strand by strand: no helmet edge."""
        hair, x, y, z, ax = self.person.hair, self.x, self.y, self.z, self.ax
        d = self._distance(hair_points, 0.6)
        scalp = smoothstep(7.66, 7.92, y) + smoothstep(0.55, 0.2, z) * smoothstep(6.7, 7.0, y)
        ear = smoothstep(0.70, 0.78, ax) * smoothstep(7.5, 7.35, y) * smoothstep(6.8, 6.9, y)
        ear = ear * smoothstep(-0.1, 0.05, z) * smoothstep(0.7, 0.5, z)
        scalp = np.clip(scalp, 0, 1) * (1 - np.clip(ear, 0, 1))
        strands = ndi.gaussian_filter(self.rng.standard_normal((SIZE, SIZE)), [7, 0.75])
        strands = np.clip(0.5 + 0.28 * strands / strands.std(), 0, 1)
        reach = d / hair.root_reach
        drawn = smoothstep(reach - 0.45, reach + 0.25, 0.15 + 0.7 * strands) * smoothstep(1.5, 0.6, reach)
        under = np.exp(-((d / 0.09) ** 2))
        cover = np.clip(np.maximum(drawn * 0.9, under), 0, 1) * ndi.gaussian_filter(scalp, 3) * hair.root_opacity
        shade = np.clip(0.85 + 0.35 * (strands - 0.5) + 0.15 * self.fine, 0.3, 1.4)[..., None]
        self.mix(cover, rgb(hair.root) * shade)
        self.roots = cover

    def _distance(self, points, limit):
        d, _ = cKDTree(points).query(self.world.reshape(-1, 3), distance_upper_bound=limit, workers=2)
        d[~np.isfinite(d)] = FAR
        return d.reshape(SIZE, SIZE)

    def finish(self):
        height = self.height * 0.6 + (self.pore * 0.12 + self.fine * 0.08) * self.front
        shiny = self.spot(0, 7.05, 0.10, 0.35) + 0.7 * self.spot(0, 7.75, 0.35, 0.18)
        shiny = shiny + 0.35 * self.spot(0.38, 7.0, 0.14, 0.1)
        rough = self.skin.roughness - 0.09 * shiny * self.front
        rough = rough * (1 - self.lip) + 0.36 * self.lip + 0.030 * self.pore
        rough = rough * (1 - self.roots) + 0.8 * self.roots
        rough = np.clip(rough, 0.28, 0.85) * (1 - self.deep_mouth) + self.deep_mouth
        occlusion = self.occlusion * (1 - self.deep_mouth * 0.92)
        maps = np.stack([occlusion * 255, rough * 255, np.zeros_like(rough)], 2)
        normals = normal_map(ndi.gaussian_filter(height, 0.7), 0.55)
        return SkinMaps(np.clip(self.colour, 0, 1) * 255, normals, maps)


def _curvature(bust, steps):
    """Along the normal, how far the smoothed surface lies above: positive in creases, negative on ridges."""
    smoothed = bust.anatomy.smooth(bust.vertices, steps, 0.6)
    return ((smoothed - bust.vertices) * bust.normals).sum(1)
