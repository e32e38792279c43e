"""A person's head and shoulders: the base mesh plus weighted targets, a friendly trace, posed arms."""

import math

import numpy as np

from .anatomy import LIP_SEAM_Y, Anatomy
from .geometry import column, quad_normals, smoothstep
from .people import Person

ARMS_DOWN_DEGREES = 28
SEAL_DM = 0.010


class Bust:
    """`vertices` and `normals` of the whole base mesh for one person, in dm."""

    def __init__(self, anatomy: Anatomy, person: Person):
        self.anatomy, self.person = anatomy, person
        v = _targets(anatomy, person)
        for name, weight in person.friendly.items():
            v = v + weight * self.unit(name)
        v = _seal_lips(anatomy, v)
        v = _narrow_shoulders(anatomy, v, person.shoulders)
        self.vertices = _lower_arms(anatomy, v)
        self.normals = quad_normals(self.vertices, anatomy.quads)

    def unit(self, name):
        """An expression unit mixed by the person's ancestry."""
        mix = self.person.ancestry.items()
        return sum(w * self.anatomy.data.target(f"expression/units/{race}/{name}") for race, w in mix)

    def joint(self, name):
        return self.anatomy.joint(self.vertices, name)


def _targets(anatomy, person):
    data, v = anatomy.data, anatomy.rest.copy()
    ages = {"young": 1 - person.old, "old": person.old}
    gender = person.gender
    for age, age_weight in ages.items():
        for race, weight in person.ancestry.items():
            v += weight * age_weight * data.target(f"macrodetails/{race}-{gender}-{age}")
        for muscle, weight in person.muscle.items():
            build = f"{gender}-{age}-{muscle}-averageweight"
            for name, k in (
                (f"macrodetails/universal-{build}", 1),
                (f"macrodetails/proportions/{build}-idealproportions", person.ideal),
            ):
                if data.has_target(name):
                    v += k * weight * age_weight * data.target(name)
    for name, weight in person.details.items():
        sides = ("l-", "r-") if "*" in name else ("",)
        for side in sides:
            v += weight * data.target(name.replace("*", side))
    return v


def _seal_lips(a, v):
    """The base mouth is a hair open: teeth would glint at the corners."""
    near = smoothstep(0.32, 0.24, np.abs(a.x)) * a.front * a.body
    d = a.y - LIP_SEAM_Y
    v = v.copy()
    v[:, 1] += near * SEAL_DM * np.where(d >= -0.002, -1, 1) * np.exp(-((d / 0.035) ** 2))
    return v


def _narrow_shoulders(a, v, amount):
    """Draws everything below the neck towards the middle line; the neck keeps its own width."""
    below = smoothstep(6.0, 5.15, a.y) * smoothstep(0.55, 1.3, np.abs(a.x))
    below = a.smooth(below, 6)
    v = v.copy()
    v[:, 0] *= 1 - amount * below
    return v


def _lower_arms(a, v):
    for side, sign in (("L", 1), ("R", -1)):
        weight = a.smooth(np.clip(a.arm_weight[side], 0, 1), 4)
        centre = a.joint(v, f"{side.lower()}-shoulder")
        turn = -math.radians(ARMS_DOWN_DEGREES) * sign * weight
        d, cos, sin = v - centre, np.cos(turn), np.sin(turn)
        turned = np.stack([d[:, 0] * cos - d[:, 1] * sin, d[:, 0] * sin + d[:, 1] * cos, d[:, 2]], 1)
        v = np.where(column(a.smooth.connected), centre + turned, v)
    return v
