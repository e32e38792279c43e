"""Pixels: rasterising attributes into a texture, noise, colours, JPEG and PNG."""

import io

import numpy as np
from PIL import Image
from scipy import ndimage as ndi

_lattice = np.random.default_rng(7).random((64, 64, 64)).astype("f4")
EDGE_BLEED = -0.08


def jpeg(pixels, quality):
    out = io.BytesIO()
    _image(pixels).save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def png(pixels):
    out = io.BytesIO()
    _image(pixels).save(out, "PNG", optimize=True)
    return out.getvalue()


def resized(pixels, size, how=Image.LANCZOS):
    return np.asarray(_image(pixels).resize((size, size), how)).astype(float)


def load(path, mode="RGBA", size=None):
    image = Image.open(path).convert(mode)
    return np.asarray(image.resize((size, size), Image.LANCZOS) if size else image).astype(float)


def _image(pixels):
    return Image.fromarray(np.clip(pixels, 0, 255).astype("u1"))


def rgb(hex_colour):
    return np.array([int(hex_colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def rasterise(uv, tris, attributes, size):
    """Vertex attributes per texel (v upwards) and the mask of covered texels."""
    out = np.zeros((size, size, attributes.shape[1]), "f4")
    mask = np.zeros((size, size), bool)
    p = np.stack([uv[:, 0] * size, size - uv[:, 1] * size], 1) - 0.5
    for tri in tris:
        a, b, c = p[tri]
        low = np.maximum(np.floor(np.minimum(np.minimum(a, b), c) - 0.6), 0).astype(int)
        high = np.minimum(np.ceil(np.maximum(np.maximum(a, b), c) + 0.6), size - 1).astype(int)
        area = (b[1] - c[1]) * (a[0] - c[0]) + (c[0] - b[0]) * (a[1] - c[1])
        if (high < low).any() or abs(area) < 1e-9:
            continue
        gx, gy = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
        w0 = ((b[1] - c[1]) * (gx - c[0]) + (c[0] - b[0]) * (gy - c[1])) / area
        w1 = ((c[1] - a[1]) * (gx - c[0]) + (a[0] - c[0]) * (gy - c[1])) / area
        w2 = 1 - w0 - w1
        inside = (w0 >= EDGE_BLEED) & (w1 >= EDGE_BLEED) & (w2 >= EDGE_BLEED)
        weights = np.stack([w0[inside], w1[inside], w2[inside]], 1)
        out[gy[inside], gx[inside]] = weights @ attributes[tri]
        mask[gy[inside], gx[inside]] = True
    return out, mask


def bleed(pixels, mask):
    """Every texel outside the mask takes the value of the nearest one inside."""
    index = ndi.distance_transform_edt(~mask, return_distances=False, return_indices=True)
    return pixels[index[0], index[1]]


def fractal_noise(points, frequency, octaves=4):
    """About -1..1, continuous in 3-D, so that it crosses uv seams unseen."""
    total, amplitude, weight = 0, 1, 0
    for k in range(octaves):
        q = (points + 13.7 * k) * frequency * 2**k
        grid = [q[..., i] % 63 for i in range(3)]
        total = total + amplitude * (ndi.map_coordinates(_lattice, grid, order=1, mode="wrap") - 0.5)
        weight += amplitude
        amplitude *= 0.5
    return total / weight * 2


def grain(rng, size, sigma):
    """Gaussian-filtered white noise of standard deviation 1."""
    n = ndi.gaussian_filter(rng.standard_normal((size, size)), sigma)
    return n / n.std()


def normal_map(height, strength):
    gy, gx = np.gradient(height)
    n = np.stack([-gx * strength, gy * strength, np.ones_like(gx)], 2)
    n /= np.linalg.norm(n, axis=2, keepdims=True)
    return (n * 0.5 + 0.5) * 255
