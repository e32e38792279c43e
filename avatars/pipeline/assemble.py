"""Puts one avatar together and writes its .glb."""

from pathlib import Path

import numpy as np

from . import brows, eyes, hair, mouth, skin_paint, sweater
from .anatomy import Anatomy
from .bust import Bust
from .geometry import quad_normals, split_by_uv, triangles
from .gltf import REPEAT, Gltf
from .part import METRES_PER_DM, Part, flip_v
from .people import Person
from .shapes import shapes
from .skin_uv import SOCKET_ISLAND
from .texture import jpeg, resized

CROP_Y, CROP_X, SOCKET_Z = 4.75, 1.6, 1.20
UNDER_CLOTH = -0.22
FACE_CENTRE_BELOW_EYES_M = 0.035


def build(anatomy: Anatomy, person: Person, path: Path) -> None:
    bust = Bust(anatomy, person)
    moves = shapes(bust)
    cloth = sweater.sweater(bust)
    fitted_hair = hair.HairFit(bust, cloth)
    gltf = Gltf()
    _face(gltf, bust, moves, fitted_hair)
    texture = gltf.image(jpeg(eyes.paint(person), 92))
    eyes.eyes(bust).write(gltf, gltf.material("eye", texture, roughness=0.08))
    _mouth(gltf, bust, moves)
    _sweater(gltf, bust, cloth)
    _hair(gltf, fitted_hair)
    _cards(gltf, bust, moves)
    centres = [eyes.eyeball(bust, side)[0] * METRES_PER_DM for side in ("Left", "Right")]
    middle = sum(centres) / 2
    gltf.extras(
        faceCenter=[0, float(middle[1] - FACE_CENTRE_BELOW_EYES_M), float(middle[2])],
        eyes=[[round(float(x), 4) for x in c] for c in centres],
    )
    gltf.save(path)


def _face(gltf, bust, moves, fitted_hair):
    a = bust.anatomy
    kept = _skin_quads(bust)
    vertex, uv, split = split_by_uv(a.quads[kept], a.uv_quads[kept])
    tris = triangles(split)
    maps = skin_paint.paint(bust, vertex, uv, tris, fitted_hair.points())
    colour = gltf.image(jpeg(maps.colour, 90))
    normal = gltf.image(jpeg(maps.normal, 82))
    surface = gltf.image(jpeg(resized(maps.occlusion_roughness, 512), 85))
    material = gltf.material(
        "skin",
        colour,
        specular=0.70,
        pbr=dict(metallicRoughnessTexture=dict(index=surface)),
        normalTexture=dict(index=normal, scale=0.8),
        occlusionTexture=dict(index=surface, strength=0.8),
    )
    morphs = {}
    for name, delta in moves.items():
        turned = quad_normals(bust.vertices + delta, a.quads) - bust.normals
        morphs[name] = (delta[vertex], turned[vertex])
    part = Part("face", bust.vertices[vertex], bust.normals[vertex], flip_v(a.uvs[uv]), tris, morphs)
    part.write(gltf, material)


def _skin_quads(bust):
    """The bust without what the sweater hides and without the deep ends of the eye sockets."""
    a = bust.anatomy
    middle = a.rest[a.quads].mean(1)
    neckline = sweater.above_neckline(a, bust.person.sweater)[a.quads].max(1)
    socket = a.uv_island[a.uv_quads[:, 0]] == SOCKET_ISLAND
    inside = (middle[:, 1] > CROP_Y) & (np.abs(middle[:, 0]) < CROP_X)
    return inside & (neckline > UNDER_CLOTH) & ~(socket & (middle[:, 2] < SOCKET_Z))


def _mouth(gltf, bust, moves):
    part, texture = mouth.teeth(bust, moves)
    part.write(gltf, gltf.material("teeth", gltf.image(texture), roughness=0.30, specular=0.45))
    part, texture = mouth.tongue(bust, moves)
    part.write(gltf, gltf.material("tongue", gltf.image(texture), roughness=0.42, specular=0.35))


def _sweater(gltf, bust, cloth):
    colour, normal = (gltf.image(t, REPEAT) for t in sweater.knit(bust.person))
    material = gltf.material(
        "cloth", colour, roughness=0.86, normalTexture=dict(index=normal, scale=0.16), doubleSided=True
    )
    cloth.write(gltf, material)


def _hair(gltf, fitted):
    colour, normal = (gltf.image(t) for t in fitted.textures())
    look = fitted.person
    material = gltf.material(
        "hair",
        colour,
        roughness=look.roughness,
        specular=look.specular,
        normalTexture=dict(index=normal, scale=0.5),
        alphaMode="MASK",
        alphaCutoff=look.cutoff,
        doubleSided=True,
    )
    fitted.part().write(gltf, material)


def _cards(gltf, bust, moves):
    for name, make, roughness in (("brow", brows.brows, 0.7), ("lash", brows.lashes, 0.8)):
        part, texture = make(bust, moves)
        image = gltf.image(texture)
        part.write(gltf, gltf.material(name, image, roughness=roughness, alphaMode="BLEND", doubleSided=True))
