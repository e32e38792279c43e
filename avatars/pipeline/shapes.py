"""The 52 ARKit shapes as deltas (dm) of a person's base mesh: expression units, masks and own moves."""

import numpy as np

from .anatomy import LIP_SEAM_Y
from .arkit import NAMES
from .bust import Bust
from .geometry import column, smoothstep

SIDES = (("Left", 1), ("Right", -1))
JAW = 0.86
LIPS_MEET = 0.52
LIDS_OVERLAP = 0.012
LID_LEAST_FALL, LID_STILL = 0.045, 0.005


def shapes(bust: Bust) -> dict[str, np.ndarray]:
    """All 52 in ARKit order."""
    maker = _Shapes(bust)
    maker.jaw()
    maker.mouth()
    maker.lips()
    maker.eyes()
    maker.brows_and_cheeks()
    maker.tongue()
    return {name: maker.made[name] for name in NAMES}


class _Shapes:
    def __init__(self, bust: Bust):
        self.bust, self.a, self.made = bust, bust.anatomy, {}
        self.left = {"Left": self.a.left, "Right": 1 - self.a.left}
        self.left_wide = {"Left": self.a.left_wide, "Right": 1 - self.a.left_wide}

    def _both(self, name, delta, split):
        for side, _ in SIDES:
            self.made[name + side] = delta * column(split[side])

    def jaw(self):
        a, unit = self.a, self.bust.unit("mouth-open")
        field = a.smooth(np.clip(np.linalg.norm(unit, axis=1) / 0.27, 0, 1), 6)
        field[a.upper_teeth], field[a.lower_teeth] = 0, 1
        field[a.tongue] = np.maximum(field[a.tongue], 0.6)
        field = column(field * np.where(a.skin, smoothstep(7.0, 6.75, a.y), 1))
        self.made["jawOpen"] = self._rigid_jaw(unit) * JAW
        self.made["jawForward"] = field * np.array([0, 0.004, 0.075])
        self.made["jawLeft"] = field * np.array([0.085, 0, -0.01])
        self.made["jawRight"] = field * np.array([-0.085, 0, -0.01])
        self.made["mouthClose"] = self._mouth_close(self.made["jawOpen"])

    def _rigid_jaw(self, opened):
        """Lower teeth move as one body (Kabsch fit of their own motion) and carry the tongue."""
        a, v = self.a, self.bust.vertices
        here = v[a.lower_teeth]
        there = here + opened[a.lower_teeth]
        c0, c1 = here.mean(0), there.mean(0)
        u, _, vt = np.linalg.svd((here - c0).T @ (there - c1))
        turn = vt.T @ np.diag([1, 1, np.sign(np.linalg.det(vt.T @ u.T))]) @ u.T
        follow = lambda p: (p - c0) @ turn.T + c1 - p
        z = a.z[a.tongue]
        tip = column(0.25 + 0.67 * smoothstep(z.min(), z.min() + 0.45, z))
        opened = opened.copy()
        opened[a.tongue] = follow(v[a.tongue]) * tip
        opened[a.lower_teeth] = follow(here)
        return opened

    def _mouth_close(self, jaw):
        """With jawOpen w and mouthClose w the lips meet again, lower than before."""
        a = self.a
        wide = smoothstep(0.42, 0.26, np.abs(a.x)) * smoothstep(6.98, 6.72, a.y) * a.front * a.skin
        below = a.y < LIP_SEAM_Y - 0.002
        reach = np.where(below, smoothstep(6.30, 6.46, a.y), smoothstep(6.86, 6.64, a.y))
        profile = column(np.clip(1 - (a.x / 0.30) ** 2, 0, 1) ** 0.7)
        meet = -jaw + LIPS_MEET * jaw[a.lower_lip_centre] * profile
        close = np.where(column(a.skin & a.smooth.connected), column(wide * reach) * meet, 0)
        return a.smooth(close, 1, 0.35)

    def mouth(self):
        a, unit, made = self.a, self.bust.unit, self.made
        made["mouthFunnel"] = unit("mouth-protusion") * 0.75 + unit("mouth-pursing") * 0.35
        made["mouthPucker"] = unit("mouth-pursing")
        shift = column(a.bump((0, 6.6, 1.5), (0.40, 0.26, 0.7)) * smoothstep(0.85, 1.1, a.z) * a.skin)
        pull = unit("mouth-retraction") * 0.2
        for side, sign in SIDES:
            made["mouth" + side] = shift * np.array([sign * 0.125, 0, -0.01]) + pull * column(self.left[side])
            dent = column(a.bump((sign * 0.30, 6.63, 1.2), (0.09, 0.1, 0.4)) * a.skin)
            dimple = unit("mouth-retraction") * 0.35 + unit("mouth-corner-puller") * 0.18
            made["mouthDimple" + side] = dimple * column(self.left[side]) * 1.1 - dent * self.bust.normals * 0.018
        self._both("mouthSmile", unit("mouth-corner-puller") * 0.92, self.left)
        self._both("mouthFrown", unit("mouth-depression") * 0.9, self.left)
        stretch = unit("mouth-retraction") * 0.85 + unit("neck-platysma") * 0.45
        self._both("mouthStretch", stretch, self.left)

    def lips(self):
        a, unit, made = self.a, self.bust.unit, self.made
        upper, lower = column(a.upper_lip), column(a.lower_lip)
        move = lambda *d: np.array(d)
        press = upper * move(0, -0.012, -0.012) + lower * move(0, 0.014, -0.014)
        self._both("mouthPress", unit("mouth-compression") * 0.6 + press, self.left)
        above = column(smoothstep(6.60, 6.62, a.y) * a.skin)
        below = column(smoothstep(6.625, 6.600, a.y) * a.skin)
        self._both("mouthUpperUp", unit("mouth-elevation") * 0.62 * above, self.left_wide)
        self._both("mouthLowerDown", unit("mouth-depression-retraction") * 0.85 * below, self.left_wide)
        made["mouthRollLower"] = a.smooth(lower * move(0, 0.035, -0.072), 2, 0.4)
        made["mouthRollUpper"] = a.smooth(upper * move(0, -0.030, -0.075), 1, 0.3)
        chin = column(a.bump((0, 6.33, 1.5), (0.28, 0.16, 0.5)) * a.skin)
        made["mouthShrugLower"] = lower * move(0, 0.05, 0.035) + chin * move(0, 0.06, 0.015)
        # the lower lip follows, else the teeth show
        made["mouthShrugUpper"] = upper * move(0, 0.036, 0.040) + lower * move(0, 0.040, 0.012)

    def eyes(self):
        a, made = self.a, self.made
        for side, sign in SIDES:
            closure = self._lids_meet(sign, self.bust.unit(f"eye-{side.lower()}-closure"))
            opened = self.bust.unit(f"eye-{side.lower()}-opened-up")
            slit = self.bust.unit(f"eye-{side.lower()}-slit")
            cheek = column(a.bump((sign * 0.36, 7.02, 1.3), (0.24, 0.16, 0.5)) * a.skin)
            bone = column(a.bump((sign * 0.40, 6.95, 1.3), (0.26, 0.2, 0.5)) * a.skin)
            lower_lid = column(a.bump((sign * 0.308, 7.19, 1.35), (0.16, 0.06, 0.3)) * a.skin)
            lids = column(a.bump((sign * 0.308, 7.284, 1.35), (0.16, 0.09, 0.3)) * a.skin)
            made["eyeBlink" + side] = closure
            made["eyeWide" + side] = opened * 0.9
            made["eyeSquint" + side] = slit * 0.55 + cheek * np.array([0, 0.035, 0.01])
            made["cheekSquint" + side] = slit * 0.30 + bone * (np.array([0, 0.085, 0]) + self.bust.normals * 0.06)
            made["eyeLookDown" + side] = closure * column(closure[:, 1] < 0) * 0.55
            made["eyeLookUp" + side] = opened * column(opened[:, 1] > 0) * 0.70 + lower_lid * np.array([0, 0.022, 0])
            made["eyeLookIn" + side] = lids * np.array([-sign * 0.012, 0, 0])
            made["eyeLookOut" + side] = lids * np.array([sign * 0.012, 0, 0])

    def _lids_meet(self, sign, closure):
        """Stretches the closure so that larger eyes close too: the upper rim ends below the lower one."""
        v, rim = self.bust.vertices, self.a.lid_rim
        rim = rim[self.a.x[rim] * sign > 0]
        falls = closure[rim, 1] < -LID_LEAST_FALL
        upper, lower = rim[falls], rim[closure[rim, 1] > -LID_STILL]
        lower = lower[np.argsort(v[lower, 0])]
        closed_y = v[upper, 1] + closure[upper, 1]
        gap = closed_y - np.interp(v[upper, 0], v[lower, 0], v[lower, 1]) + LIDS_OVERLAP
        stretch = 1 + np.maximum(gap, 0) / -closure[upper, 1]
        order = np.argsort(v[upper, 0])
        return closure * column(np.interp(v[:, 0], v[upper, 0][order], stretch[order]))

    def brows_and_cheeks(self):
        a, unit, made = self.a, self.bust.unit, self.made
        lifted = unit("mouth-elevation") * 0.26 * column(smoothstep(6.60, 6.63, a.y) * a.skin)
        for side, _ in SIDES:
            one = side.lower()
            made["browDown" + side] = unit(f"eyebrows-{one}-down") * 1.2
            made["browOuterUp" + side] = unit(f"eyebrows-{one}-extern-up") * 1.25
            made["noseSneer" + side] = unit(f"nose-{one}-elevation") * 1.5 + lifted * column(self.left[side])
        made["browInnerUp"] = 1.25 * (unit("eyebrows-left-inner-up") + unit("eyebrows-right-inner-up"))
        puff = sum(a.bump((sign * 0.38, 6.66, 1.20), (0.19, 0.19, 0.40)) for _, sign in SIDES)
        puff = column(puff * a.skin * smoothstep(0.1, 0.5, a.z))
        made["cheekPuff"] = a.smooth(puff * self.bust.normals * 0.20 + unit("mouth-pursing") * 0.12, 2)

    def tongue(self):
        """Own bend of the tongue, t = 0 at the root to 1 at the tip, and room for it."""
        a = self.a
        z = a.z[a.tongue]
        t = (z - z.min()) / (z.max() - z.min())
        out = self.made["jawOpen"] * 0.24
        out[a.upper_teeth] = 0
        out[a.tongue] *= 0.5
        rise = 0.075 * t - 0.22 * np.clip(t - 0.5, 0, 1) ** 1.3
        out[a.tongue] += np.stack([-a.x[a.tongue] * 0.25 * t, rise, 0.06 + 0.52 * t**1.3], 1)
        self.made["tongueOut"] = out
