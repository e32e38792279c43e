"""Builds Parley's default avatars from the MakeHuman CC0 data.

Order of work: `sources` fetches, `makehuman` reads, `bust` shapes a person, `shapes` makes the 52 ARKit
deltas, `skin_paint`/`eyes`/`mouth`/`hair`/`brows`/`sweater` make the parts, `assemble` writes one .glb.

Inside, coordinates are MakeHuman's decimetres: +Y up, +Z to the viewer, the character's left at +X.
The .glb is in metres on the same axes.
"""
