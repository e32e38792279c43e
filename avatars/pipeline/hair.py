"""Hair cards: a fitted MakeHuman style, recoloured strand by strand, shaded as one volume."""

import numpy as np
from PIL import Image
from scipy import ndimage as ndi
from scipy.spatial import cKDTree

from . import puffs
from .geometry import quad_normals, rounded, smoothstep, split_by_uv, unit_rows
from .part import Part, flip_v
from .texture import bleed, grain, jpeg, load, normal_map, png, resized, rgb

LOWEST_Y = 3.9
COLOUR_STEP, CURL_LEVELS = 6, 7
OVER_CLOTH = 0.07
ON_THE_HEAD = 0.30


class HairFit:
    """The style's vertices on one person (dm), and points of it for the painter of the roots."""

    def __init__(self, bust, cloth):
        self.bust, self.person = bust, bust.person.hair
        self.proxy = bust.anatomy.data.proxy("hair", self.person.style)
        v = self.proxy.fit(bust.vertices)
        v = v + quad_normals(v, self.proxy.quads) * self.person.push
        self.head = bust.joint("head")
        self.vertices = self._over(cloth, self._volume(v))

    def _volume(self, v):
        """Fuller behind the ears and on top, and a lower crown where a style stands too tall."""
        eye = self.bust.joint("l-eye")[1]
        top = smoothstep(eye + 0.45, eye + 1.1, v[:, 1])
        behind = smoothstep(0.55, 0.1, v[:, 2]) * smoothstep(eye - 0.5, eye, v[:, 1])
        fuller = self.person.volume * np.maximum(top, behind)[:, None]
        v = v + (v - (self.head + [0, 0.3, 0])) * fuller
        skull = self.bust.vertices[self.bust.anatomy.body][:, 1].max()
        v[:, 1] -= np.clip(v[:, 1] - skull, 0, None) * self.person.flatten
        return v

    def _over(self, cloth, v):
        """Lies on the sweater instead of cutting through its collar."""
        distance, nearest = cKDTree(cloth.position).query(v)
        out = cloth.normal[nearest]
        above = ((v - cloth.position[nearest]) * out).sum(1)
        lift = np.clip(OVER_CLOTH - above, 0, 0.35) * smoothstep(0.45, 0.25, distance)
        return v + out * lift[:, None]

    def points(self):
        """Vertices, edge and face centres: dense enough for distances of a few millimetres."""
        corner = self.vertices[self.proxy.quads]
        return np.concatenate(
            [self.vertices, corner.mean(1), corner[:, :2].mean(1), corner[:, 1:3].mean(1)]
        )

    def part(self):
        quads, uv_quads = self.proxy.quads, self.proxy.uv_quads
        kept = (self.vertices[quads].mean(1)[:, 1] > LOWEST_Y) & self._kept(quads)
        vertex, uv, split = split_by_uv(quads[kept], uv_quads[kept])
        position, normal, uvs = self.vertices[vertex], self._normals()[vertex], self.proxy.uvs[uv]
        fine = (position[split].mean(1)[:, 1] > self._crown()) & self.person.rounded
        position, normal, uvs, tris = rounded(position, normal, uvs, split, fine)
        part = Part("hair", position, normal, flip_v(uvs), tris)
        return self._with_puffs(part) if self.person.puffs else part

    def _crown(self):
        """Above it the outline of the head shows every corner of the mesh."""
        return self.bust.joint("l-eye")[1] + 0.62

    def _kept(self, quads):
        """With puffs the hair ends on the head: nothing that hangs off it."""
        if not self.person.puffs:
            return np.ones(len(quads), bool)
        skin = self.bust.vertices[np.unique(self.bust.anatomy.quads)]
        return cKDTree(skin).query(self.vertices)[0][quads].max(1) < ON_THE_HEAD

    def _with_puffs(self, part):
        """The style's texture keeps the left half of a wide one, the curls take the right."""
        eye = self.bust.joint("l-eye")
        centre = eye * [0, 1, 0] + self.person.puffs[:3]
        position, normal, uv, tris = puffs.puffs(centre, self.person.puffs[3:], self.bust.person.seed)
        return Part(
            "hair",
            np.vstack([part.position, position]),
            np.vstack([part.normal, normal]),
            np.vstack([part.uv * [0.5, 1], uv * [0.5, 1] + [0.5, 0]]),
            np.vstack([part.triangles, tris + len(part.position)]),
        )

    def _normals(self):
        """Bent towards a sphere round the head, so that crossing cards do not flicker light and dark."""
        normal = quad_normals(self.vertices, self.proxy.quads)
        sphere = unit_rows(self.vertices - (self.head + [0, 0.35, 0.1]))
        normal = normal * np.where((normal * sphere).sum(1) < 0, -1, 1)[:, None]
        return unit_rows(normal * (1 - self.person.bend) + sphere * self.person.bend)

    def textures(self):
        """Colour with alpha as PNG, normal map as JPEG."""
        pixels, light = _tinted(self.proxy.diffuse, self.person, self.bust.person.seed)
        if self.person.puffs:
            curls, alpha = (np.round(t * CURL_LEVELS) / CURL_LEVELS for t in puffs.texture(self.bust.person.seed))
            colour = np.clip(_ramp(self.person, curls), 0, 1) * 255
            pixels = np.hstack([pixels, np.concatenate([colour, alpha[..., None] * 255], 2)])
            light = np.hstack([light, curls])
        stepped = np.floor(pixels / COLOUR_STEP) * COLOUR_STEP + [2, 2, 2, 0]
        stepped[..., :3] *= stepped[..., 3:] > 4
        height = ndi.gaussian_filter(light, 0.8)
        return png(stepped), jpeg(normal_map(height[::2, ::2] if self.person.puffs else height, 3), 80)


def _ramp(hair, light):
    return rgb(hair.dark) * (1 - light[..., None]) + rgb(hair.light) * light[..., None]


def _tinted(path, hair, seed):
    pixels = load(path) / 255
    alpha = pixels[..., 3]
    solid = alpha > 0.35
    light = bleed((pixels[..., :3] @ [0.3, 0.59, 0.11])[..., None], solid)[..., 0]
    low, high = np.percentile(light[solid], [3, 98])
    light = np.clip((light - low) / (high - low + 1e-6), 0, 1) ** hair.gamma
    size = light.shape[0] * 2
    light = resized(light * 255, size, Image.BICUBIC) / 255
    alpha = resized(alpha * 255, size, Image.BICUBIC)
    rng = np.random.default_rng(seed)
    strand = ndi.gaussian_filter1d(rng.standard_normal((size, size)), 9, axis=0)
    strand = ndi.gaussian_filter(strand, 0.6)
    light = np.clip(light + hair.strand * strand / strand.std() * 0.12, 0, 1)
    colour = _ramp(hair, light)
    if hair.grey:
        where = np.clip(grain(rng, size, [7, 0.8]) * 0.35 + hair.grey * 1.2 - 0.35, 0, 0.8)[..., None]
        silver = np.array([0.62, 0.61, 0.60]) * (0.45 + 0.75 * light[..., None])
        colour = colour * (1 - where) + silver * where
    return np.concatenate([np.clip(colour, 0, 1) * 255, np.clip(alpha, 0, 255)[..., None]], 2), light
