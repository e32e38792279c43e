"""The skin's own texture layout: the face gets about 570 x 550 of 1024 texels."""

import numpy as np
import scipy.sparse as sp
import scipy.sparse.csgraph as csgraph
from scipy.interpolate import PchipInterpolator

HEAD_ISLAND, INSIDE_MOUTH_ISLAND, SOCKET_ISLAND, TORSO_ISLAND = 1, 2, 3, 4

_head_height = PchipInterpolator([-0.1, 0, 0.37, 0.785, 1, 1.1], [-0.05, 0, 0.20, 0.88, 1, 1.05])


def unwrap(uvs, uv_quads):
    """Returns the new uvs (v upwards) and the island kind of every uv vertex."""
    links = np.concatenate([uv_quads[:, [0, 1]], uv_quads[:, [1, 2]], uv_quads[:, [2, 3]]])
    graph = sp.coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), (len(uvs),) * 2)
    _, label = csgraph.connected_components(graph, False)
    out, kind = np.zeros_like(uvs), np.zeros(len(uvs), int)
    for island in np.unique(label[np.unique(uv_quads)]):
        of = label == island
        kind[of], out[of] = _place(uvs[of])
    return out, kind


def _place(uv):
    u, v = uv.T
    low, high = uv.min(0), uv.max(0)
    if low[0] > 0.63 and high[1] > 0.5:
        across = 0.5 + 0.495 * np.tanh(2 * (v - 0.4835) / 0.3345) / np.tanh(2)
        return HEAD_ISLAND, np.stack([across, 0.995 - _head_height((u - 0.641) / 0.353) * 0.785], 1)
    if low[0] > 0.75:
        return INSIDE_MOUTH_ISLAND, _box(uv, (0.758, 0.012), (0.166, 0.124), (0.83, 0.005), (0.16, 0.185))
    if high[0] < 0.08 and low[1] > 0.5:
        return SOCKET_ISLAND, _box(uv, (0.012, 0.547), (0.065, 0.086), (0.63, 0.005), (0.09, 0.185))
    if low[0] > 0.08 and high[0] < 0.155 and low[1] > 0.5:
        return SOCKET_ISLAND, _box(uv, (0.086, 0.547), (0.065, 0.086), (0.73, 0.005), (0.09, 0.185))
    torso = _box(uv, (0.162, 0.748), (0.437, 0.226), (0.005, 0.005), (0.61, 0.185))
    return TORSO_ISLAND, np.clip(torso, 0.002, [0.62, 0.19])


def _box(uv, start, size, to, to_size):
    return np.array(to) + (uv - start) / size * to_size
