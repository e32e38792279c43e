"""Teeth and tongue: MakeHuman's meshes, set a little deeper and lower so that they sit behind the lips."""

import dataclasses

import numpy as np
from scipy import ndimage as ndi

from .geometry import smoothstep, unit_rows
from .part import proxy_part
from .texture import bleed, jpeg, load

TEETH_WIDTH = np.array([0.92, 1, 1])
TEETH_SHIFT = np.array([0, -0.055, -0.062])
LOWER_ROW_SHIFT = np.array([0, -0.012, -0.02])
TONGUE_SHIFT = np.array([0, -0.055, -0.05])
TEETH_DEPTH, LONGEST_EDGE = 0.62, 0.14
MOVERS = ("jawForward", "jawLeft", "jawRight", "jawOpen", "tongueOut")


def teeth(bust, shapes):
    proxy = bust.anatomy.data.proxy("teeth", "Teeth_Base")
    lower = bust.anatomy.lower_teeth[proxy.reference[:, 0]][:, None] * LOWER_ROW_SHIFT
    place = lambda v, _: proxy.fit(v) * TEETH_WIDTH + lower + TEETH_SHIFT
    rest = place(bust.vertices, None)
    kept = _visible_quads(rest, proxy.quads)
    moving = {k: shapes[k] for k in MOVERS}
    part = proxy_part("teeth", proxy, place, bust, moving, proxy.quads[kept], proxy.uv_quads[kept])
    return _darker_behind(part, 0.14, 0.86, -0.36, -0.05), _teeth_texture(proxy)


def tongue(bust, shapes):
    proxy = bust.anatomy.data.proxy("tongue", "tongue01")
    place = lambda v, _: proxy.fit(v) + TONGUE_SHIFT
    part = proxy_part("tongue", proxy, place, bust, {k: shapes[k] for k in MOVERS})
    pixels = load(proxy.textures / "tongue01_diffuse.png", "RGB", 256) * [0.78, 0.60, 0.58]
    return _darker_behind(part, 0.16, 0.70, -0.50, -0.02), jpeg(pixels, 85)


def _visible_quads(v, q):
    """Leaves out what lies deep or faces backwards, and two spiky outliers of the asset."""
    facing = unit_rows(np.cross(v[q[:, 2]] - v[q[:, 0]], v[q[:, 3]] - v[q[:, 1]]))[:, 2]
    longest = np.linalg.norm(v[q] - v[np.roll(q, -1, 1)], axis=2).max(1)
    deep = v[:, 2].max() - v[q].mean(1)[:, 2]
    return (deep < TEETH_DEPTH) & (facing > -0.3) & (longest < LONGEST_EDGE)


def _darker_behind(part, low, span, back, front):
    z = part.position[:, 2] - part.position[:, 2].max()
    shade = np.clip(low + span * smoothstep(back, front, z), 0, 1)
    return dataclasses.replace(part, colour=shade[:, None] * np.ones(3))


def _teeth_texture(proxy):
    pixels = load(proxy.textures / "teeth.png")
    pixels = bleed(pixels[..., :3], pixels[..., 3] > 200)
    red = (pixels[..., 0] - pixels[..., 1]) / (pixels[..., 0] + 1) > 0.22
    gum = ndi.gaussian_filter(red * 1.0, 1.2)[..., None]
    light = pixels.mean(2, keepdims=True) / 255
    tooth = np.array([236, 229, 216]) * (0.55 + 0.45 * np.clip(light * 1.3, 0, 1))
    flesh = np.array([168, 84, 82]) * (0.6 + 0.8 * light)
    return jpeg(tooth * (1 - gum) + flesh * gum, 88)
