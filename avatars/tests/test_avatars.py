"""Every shipped avatar, looked at through its .glb alone."""

import hashlib

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage as ndi

from avatar import MODELS, NOTHING, POSES, Avatar, View
from pipeline.arkit import NAMES

PEOPLE = ("elena", "david", "amara")
PARTS = ["face", "eyes", "teeth", "tongue", "cloth", "hair", "brows", "lashes"]
SOLID = ["face", "eyes", "teeth", "tongue"]
MOUTH_UV = ((0.825, 1.0), (0.80, 1.0))  # the island of the inside of the mouth, v downwards
LARGEST_BYTES = 4_300_000


@pytest.fixture(scope="module", params=PEOPLE)
def avatar(request):
    return Avatar(request.param)


def box_round(avatar, name, margin=0.0):
    position = avatar.meshes[name].position[:, :2]
    return position.min(0) - margin, position.max(0) + margin


def mouth_box(avatar):
    middle = np.array(avatar.json["scenes"][0]["extras"]["faceCenter"][:2])
    return middle - [0.04, 0.065], middle + [0.04, -0.005]


def weights(**by_name):
    return by_name


def test_parts_and_names(avatar):
    assert list(avatar.meshes) == PARTS
    assert tuple(avatar.meshes["face"].names) == NAMES
    assert len(set(NAMES)) == 52
    for mesh in avatar.meshes.values():
        assert set(mesh.names) <= set(NAMES)
    assert len(avatar.meshes["eyes"].names) == 8


def test_every_shape_moves_the_face_or_the_tongue_or_the_eyes(avatar):
    for name in NAMES:
        moved = max(
            np.abs(mesh.targets[mesh.names.index(name)][0]).max()
            for mesh in avatar.meshes.values()
            if name in mesh.names
        )
        assert 0.0005 < moved < 0.08, f"{name} moves {moved:.4f} m (expected 0.0005 to 0.08)"


def test_left_shapes_stay_left(avatar):
    face = avatar.meshes["face"]
    for name in (n for n in NAMES if n.startswith(("eye", "brow", "mouthSmile")) and n != "browInnerUp"):
        moved = np.linalg.norm(face.targets[face.names.index(name)][0], axis=1)
        sign = 1 if name.endswith("Left") else -1
        other = moved[face.position[:, 0] * sign < -0.012]
        assert other.max() < 0.15 * moved.max(), name


def test_size_of_file_and_of_head(avatar):
    assert avatar.path.stat().st_size <= LARGEST_BYTES
    face = avatar.meshes["face"].position
    width, height = np.ptp(face[:, 0]), np.ptp(face[:, 1])
    assert 0.15 < width < 0.36 and 0.25 < height < 0.45
    left, right = (np.array(c) for c in avatar.json["scenes"][0]["extras"]["eyes"])
    assert left[0] > 0 > right[0]
    assert 0.050 < left[0] - right[0] < 0.070


def test_normals_are_unit_length_and_face_outwards(avatar):
    for name, mesh in avatar.meshes.items():
        assert np.isfinite(mesh.position).all() and np.isfinite(mesh.normal).all()
        length = np.linalg.norm(mesh.normal, axis=1)
        assert length.min() > 0.98 and length.max() < 1.02, name
    for name in ("face", "eyes", "cloth", "tongue"):
        mesh = avatar.meshes[name]
        a, b, c = (mesh.position[mesh.triangles[:, k]] for k in range(3))
        face_normal = np.cross(b - a, c - a)
        agree = (face_normal * mesh.normal[mesh.triangles].mean(1)).sum(1) > 0
        least = 0.95 if name == "cloth" else 0.97  # the collar folds over sharply and is drawn from both sides
        assert agree.mean() > least, f"{name}: {agree.mean():.3f} of the triangles agree with their normals"


def test_indices_are_inside_and_weights_start_at_zero(avatar):
    for mesh, described in zip(avatar.meshes.values(), avatar.json["meshes"]):
        assert mesh.triangles.max() < len(mesh.position)
        assert described.get("weights", []) == [0.0] * len(mesh.names)


@pytest.mark.parametrize("viseme", ["sil", "PP"])
def test_lips_are_closed(avatar, viseme):
    view = View(avatar, POSES["visemes"][viseme], SOLID, mouth_box(avatar))
    assert not view.shows("teeth").any() and not view.shows("tongue").any()
    assert not inside_of_mouth(view).any()


def test_an_open_jaw_shows_the_inside(avatar):
    view = View(avatar, POSES["visemes"]["aa"], SOLID, mouth_box(avatar))
    seen = inside_of_mouth(view) | view.shows("teeth") | view.shows("tongue")
    assert seen.sum() * view.texel**2 > 0.5e-4, "less than half a square centimetre"
    assert view.shows("teeth").any()


def test_mouth_close_closes_an_open_jaw(avatar):
    view = View(avatar, weights(jawOpen=0.6, mouthClose=0.6), SOLID, mouth_box(avatar))
    assert view.shows("teeth").sum() + view.shows("tongue").sum() <= 4


def test_lower_lip_meets_the_upper_teeth_for_f(avatar):
    view = View(avatar, POSES["visemes"]["FF"], SOLID, mouth_box(avatar))
    assert view.shows("teeth").any() and not view.shows("tongue").any()


@pytest.mark.parametrize("pose", ["blink", "blinkSmile"])
def test_lids_are_closed_and_nothing_pokes_through(avatar, pose):
    view = View(avatar, POSES["poses"][pose], SOLID, box_round(avatar, "eyes", 0.004))
    assert view.shows("eyes").sum() == 0
    assert (view.mesh != NOTHING).all(), "a hole in the face"


@pytest.mark.parametrize("closed", [0.25, 0.5, 0.75])
def test_each_eye_shows_in_one_piece_while_the_lids_close(avatar, closed):
    view = View(avatar, weights(eyeBlinkLeft=closed, eyeBlinkRight=closed), ["face", "eyes"], box_round(avatar, "eyes", 0.004))
    pieces, count = ndi.label(view.shows("eyes"), np.ones((3, 3)))
    sizes = ndi.sum(view.shows("eyes"), pieces, range(1, count + 1))
    assert (sizes > 2).sum() == 2, f"pieces of {sizes} texels (expected one an eye)"


def test_open_eyes_look_at_the_viewer(avatar):
    view = View(avatar, {}, SOLID, box_round(avatar, "eyes", 0.004))
    for half in (view.shows("eyes")[:, : view.columns // 2], view.shows("eyes")[:, view.columns // 2 :]):
        assert 0.8e-4 < half.sum() * view.texel**2 < 4e-4, "square metres of one open eye"


def test_teeth_and_tongue_stay_inside_the_mouth(avatar):
    """Seen from the front they appear only between the corners of the mouth, in every viseme and pose."""
    middle = avatar.json["scenes"][0]["extras"]["faceCenter"]
    low, high = np.array(middle[:2]) - [0.08, 0.09], np.array(middle[:2]) + [0.08, 0.05]
    for name, pose in (POSES["visemes"] | POSES["poses"]).items():
        view = View(avatar, pose, SOLID, (low, high), texel_m=0.001)
        inside = view.shows("teeth") | view.shows("tongue")
        rows, columns = np.nonzero(inside)
        x, y = low[0] + columns * view.texel, low[1] + rows * view.texel
        assert (np.abs(x) < 0.036).all() and (y < middle[1] - 0.005).all(), name


def test_no_skin_comes_through_the_sweater(avatar):
    cloth = avatar.meshes["cloth"].position
    bottom, front = cloth[:, 1].min() + 0.01, cloth[cloth[:, 2] > 0.02]
    neck = front[np.abs(front[:, 0]) < 0.02][:, 1].max()
    view = View(avatar, {}, ["cloth", "face"], ((-0.14, bottom), (0.14, neck - 0.03)), texel_m=0.001)
    assert view.shows("face").sum() == 0


def test_poses_name_only_arkit_shapes():
    for table in ("visemes", "poses"):
        for name, pose in POSES[table].items():
            assert set(pose) <= set(NAMES), name
            assert all(0 < w <= 1 for w in pose.values()), name
    assert len(POSES["visemes"]) == 15
    assert max(p.get("jawOpen", 0) for p in POSES["visemes"].values()) <= POSES["rules"]["maxJawOpenInSpeech"]


def test_three_different_people_have_portraits():
    seen = set()
    for name in PEOPLE:
        with Image.open(MODELS / f"{name}.png") as portrait:
            assert portrait.size == (512, 512)
            seen.add(hashlib.sha256(portrait.convert("RGB").tobytes()).hexdigest())
    assert len(seen) == len(PEOPLE)


def inside_of_mouth(view):
    (u0, u1), (v0, v1) = MOUTH_UV
    u, v = view.uv[..., 0], view.uv[..., 1]
    return view.shows("face") & (u > u0) & (u < u1) & (v > v0) & (v < v1)
