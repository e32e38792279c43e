"""Who the three people are. Target names are MakeHuman's; `*` stands for both sides."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Skin:
    tone: str
    lips: str
    lip_opacity: float = 0.85
    blush: float = 1.0
    blush_tint: tuple = (1.02, 0.83, 0.83)
    freckles: float = 0.0
    lines: float = 0.0
    eye_bags: float = 0.4
    liner: float = 0.45
    stubble: float = 0.0
    stubble_colour: str = "#4b423d"
    roughness: float = 0.60


@dataclass(frozen=True)
class Hair:
    style: str
    dark: str
    light: str
    root: str
    gamma: float = 1.0
    strand: float = 0.6
    grey: float = 0.0
    push: float = 0.0
    volume: float = 0.0
    flatten: float = 0.0
    bend: float = 0.5
    cutoff: float = 0.42
    roughness: float = 0.6
    specular: float = 0.40
    root_reach: float = 0.16
    root_opacity: float = 0.9
    rounded: bool = False
    puffs: tuple = ()  # centre of the left one from between the eyes (x, y, z), radii; all dm


@dataclass(frozen=True)
class Brows:
    style: str
    colour: str
    opacity: float
    raise_dm: float = 0.0
    height: float = 1.0


@dataclass(frozen=True)
class Lashes:
    style: str
    opacity: float


@dataclass(frozen=True)
class Sweater:
    colour: str
    front: float = 5.46
    back: float = 5.92
    collar: float = 0.06
    lean: float = 0.2


@dataclass(frozen=True)
class Person:
    name: str
    seed: int
    gender: str
    old: float
    ancestry: dict
    details: dict
    friendly: dict
    skin: Skin
    iris: tuple
    hair: Hair
    brows: Brows
    lashes: Lashes
    sweater: Sweater
    ideal: float = 0.6
    muscle: dict = field(default_factory=lambda: {"averagemuscle": 1.0})
    shoulders: float = 0.10


ELENA = Person(
    name="elena",
    seed=11,
    gender="female",
    old=0.06,
    ancestry={"caucasian": 0.85, "asian": 0.15},
    details={
        "head/head-oval": 0.45,
        "head/head-age-decr": 0.35,
        "head/head-scale-horiz-decr": 0.12,
        "head/head-scale-vert-decr": 0.15,
        "forehead/forehead-scale-vert-decr": 0.25,
        "forehead/forehead-temple-incr": 0.1,
        "cheek/*cheek-volume-incr": 0.12,
        "cheek/*cheek-bones-incr": 0.25,
        "nose/nose-scale-vert-decr": 0.2,
        "nose/nose-volume-decr": 0.25,
        "nose/nose-scale-horiz-decr": 0.35,
        "nose/nose-width2-decr": 0.3,
        "nose/nose-point-up": 0.3,
        "eyes/*eye-scale-incr": 0.38,
        "eyes/*eye-height2-incr": 0.3,
        "eyes/*eye-corner2-up": 0.25,
        "mouth/mouth-upperlip-volume-incr": 0.35,
        "mouth/mouth-lowerlip-volume-incr": 0.35,
        "mouth/mouth-angles-up": 0.5,
        "mouth/mouth-scale-horiz-incr": 0.18,
        "eyebrows/eyebrows-trans-up": 0.25,
        "chin/chin-width-decr": 0.4,
        "neck/neck-scale-horiz-decr": 0.3,
    },
    friendly={
        "mouth-corner-puller": 0.17,
        "eyebrows-left-inner-up": 0.22,
        "eyebrows-right-inner-up": 0.22,
    },
    skin=Skin(tone="#dfb196", lips="#b8645f", lip_opacity=0.78, blush=1.15, freckles=0.3, liner=0.55),
    iris=("#232c26", "#4b5844", "#755a33"),
    hair=Hair("long01", dark="#20120b", light="#8a5a39", root="#6a452c", push=0.035, flatten=0.10, root_opacity=0.6, rounded=True),
    brows=Brows("eyebrow001", "#3d2719", 0.95, 0.02, 0.78),
    lashes=Lashes("eyelashes03", 0.8),
    sweater=Sweater("#2f6f73", front=5.42, back=5.60, collar=0.065),
    shoulders=0.12,
)

DAVID = Person(
    name="david",
    seed=22,
    gender="male",
    old=0.24,
    ancestry={"caucasian": 1.0},
    details={
        "head/head-square": 0.10,
        "head/head-oval": 0.35,
        "head/head-scale-vert-decr": 0.25,
        "head/head-scale-horiz-decr": 0.12,
        "forehead/forehead-scale-vert-decr": 0.15,
        "chin/chin-width-incr": 0.1,
        "chin/chin-prominent-incr": 0.2,
        "nose/nose-scale-vert-decr": 0.45,
        "nose/nose-hump-incr": 0.12,
        "eyes/*eye-bag-incr": 0.1,
        "mouth/mouth-angles-up": 0.45,
        "mouth/mouth-laugh-lines-in": 0.25,
        "mouth/mouth-lowerlip-volume-incr": 0.25,
        "mouth/mouth-upperlip-volume-incr": 0.2,
        "ears/*ear-scale-decr": 0.1,
        "eyes/*eye-scale-incr": 0.45,
        "eyes/*eye-height2-incr": 0.3,
        "neck/neck-scale-horiz-decr": 0.25,
    },
    friendly={
        "mouth-corner-puller": 0.20,
        "eyebrows-left-inner-up": 0.3,
        "eyebrows-right-inner-up": 0.3,
        "eyebrows-left-extern-up": 0.15,
        "eyebrows-right-extern-up": 0.15,
    },
    skin=Skin(
        tone="#d2a184", lips="#a8685f", lip_opacity=0.62, lines=0.6, eye_bags=0.6, stubble=0.75, liner=0.06
    ),
    iris=("#1f2a34", "#40535f", "#6d7771"),
    hair=Hair("short01", dark="#17120f", light="#54463c", root="#3b342f", strand=0.5, grey=0.10),
    brows=Brows("eyebrow012", "#3a302a", 0.85),
    lashes=Lashes("Eyelashes01", 0.5),
    sweater=Sweater("#2b3648", front=5.48, back=5.94, collar=0.075, lean=0.22),
    ideal=0.4,
    muscle={"averagemuscle": 0.75, "maxmuscle": 0.25},
    shoulders=0.16,
)

AMARA = Person(
    name="amara",
    seed=33,
    gender="female",
    old=0.02,
    ancestry={"african": 0.85, "caucasian": 0.15},
    details={
        "head/head-oval": 0.15,
        "head/head-round": 0.25,
        "head/head-age-decr": 0.45,
        "head/head-scale-horiz-decr": 0.05,
        "forehead/forehead-scale-vert-decr": 0.15,
        "cheek/*cheek-volume-incr": 0.25,
        "cheek/*cheek-bones-incr": 0.1,
        "eyes/*eye-scale-incr": 0.35,
        "eyes/*eye-height2-incr": 0.25,
        "eyes/*eye-corner2-up": 0.15,
        "mouth/mouth-angles-up": 0.5,
        "mouth/mouth-scale-horiz-decr": 0.05,
        "eyebrows/eyebrows-trans-up": 0.2,
        "nose/nose-scale-horiz-decr": 0.35,
        "nose/nose-width2-decr": 0.3,
        "nose/nose-scale-vert-decr": 0.25,
        "nose/nose-volume-decr": 0.15,
        "chin/chin-width-decr": 0.35,
        "chin/chin-bones-decr": 0.3,
        "neck/neck-scale-horiz-decr": 0.35,
        "neck/neck-scale-vert-decr": 0.3,
    },
    friendly={
        "mouth-corner-puller": 0.20,
        "eyebrows-left-inner-up": 0.3,
        "eyebrows-right-inner-up": 0.3,
    },
    skin=Skin(
        tone="#7a5039",
        lips="#86464a",
        lip_opacity=0.7,
        blush=0.8,
        blush_tint=(1.02, 0.84, 0.82),
        liner=0.5,
        roughness=0.57,
    ),
    iris=("#150b07", "#301b0c", "#4e2f17"),
    hair=Hair(
        "ponytail01",
        dark="#070505",
        light="#46342a",
        root="#0f0b0a",
        gamma=1.15,
        strand=0.5,
        volume=0.05,
        bend=0.4,
        cutoff=0.30,
        specular=0.28,
        root_reach=0.20,
        root_opacity=0.95,
        puffs=(0.90, -0.16, -0.16, 0.43, 0.47, 0.43),
    ),
    brows=Brows("eyebrow001", "#0f0907", 0.95, 0.03, 0.8),
    lashes=Lashes("eyelashes03", 0.9),
    sweater=Sweater("#c98a2b", front=5.44),
    shoulders=0.14,
)

EVERYONE = (ELENA, DAVID, AMARA)
