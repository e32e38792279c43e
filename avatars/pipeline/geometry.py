"""Small geometry: smooth steps, quads to triangles, normals, smoothing on a mesh, clipping."""

import numpy as np
import scipy.sparse as sp


def smoothstep(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def bump(points, centre, radius):
    """1 at the centre, exp(-d^2) away from it, d in radii per axis."""
    d = (points - np.array(centre)) / np.array(radius)
    return np.exp(-(d**2).sum(-1))


def column(mask):
    return np.asarray(mask)[:, None]


def unit_rows(a):
    return a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), 1e-12)


def _scatter_normals(count, corners, face_normals):
    out = np.zeros((count, 3))
    for k in range(corners.shape[1]):
        for axis in range(3):
            out[:, axis] += np.bincount(corners[:, k], face_normals[:, axis], count)
    return unit_rows(out)


def quad_normals(v, q):
    return _scatter_normals(len(v), q, np.cross(v[q[:, 2]] - v[q[:, 0]], v[q[:, 3]] - v[q[:, 1]]))


def triangle_normals(v, t):
    return _scatter_normals(len(v), t, np.cross(v[t[:, 1]] - v[t[:, 0]], v[t[:, 2]] - v[t[:, 0]]))


def split_by_uv(quads, uv_quads):
    """One vertex per (position, uv) pair: returns position index, uv index, quads over the new ones."""
    key = quads.reshape(-1).astype(np.int64) * 1_000_000 + uv_quads.reshape(-1)
    unique, inverse = np.unique(key, return_inverse=True)
    return unique // 1_000_000, unique % 1_000_000, inverse.reshape(-1, 4)


def triangles(quads):
    t = np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return t[(t[:, 0] != t[:, 1]) & (t[:, 1] != t[:, 2]) & (t[:, 0] != t[:, 2])]


def grid_triangles(rows, columns, wrap=True):
    """Triangles of a grid whose vertex (r, c) is r * columns + c; columns close into a ring when wrapped."""
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij")
    n = (c + 1) % columns
    a, b = (r * columns + c).ravel(), (r * columns + n).ravel()
    d, e = ((r + 1) * columns + n).ravel(), ((r + 1) * columns + c).ravel()
    return np.vstack([np.stack([a, b, d], 1), np.stack([a, d, e], 1)])


def rounded(position, normal, uv, quads, fine):
    """Triangles, with the quads marked `fine` cut in four and bent to their normals (Phong tessellation).

    New points on an edge that only one fine quad has stay on it, so that no crack opens. Points that
    share a place (split by uv) are bent alike because their normals are.
    """
    place = np.unique(position.round(5), axis=0, return_inverse=True)[1].reshape(-1)
    many = {}
    for quad in quads[fine]:
        for k in range(4):
            key = frozenset((place[quad[k]], place[quad[k - 1]]))
            many[key] = many.get(key, 0) + 1
    position, normal, uv, made, small = list(position), list(normal), list(uv), {}, []

    def between(corners, bend):
        key = tuple(sorted(corners))
        if key not in made:
            p = np.mean([position[i] for i in corners], 0)
            pulled = np.mean([p - np.dot(p - position[i], normal[i]) * normal[i] for i in corners], 0)
            position.append(p + bend * (pulled - p))
            normal.append(unit_rows(np.mean([normal[i] for i in corners], 0)))
            uv.append(np.mean([uv[i] for i in corners], 0))
            made[key] = len(position) - 1
        return made[key]

    for quad in quads[fine]:
        ring = [quad[k] for k in range(4)]
        pairs = [(ring[k], ring[(k + 1) % 4]) for k in range(4)]
        mids = [between(p, 0.75 if many[frozenset((place[p[0]], place[p[1]]))] > 1 else 0) for p in pairs]
        centre = between(tuple(ring), 0.75)
        small += [[ring[k], mids[k], centre, mids[k - 1]] for k in range(4)]
    cut = np.array(small, int).reshape(-1, 4)
    return np.array(position), np.array(normal), np.array(uv), triangles(np.vstack([quads[~fine], cut]))


def edges(quads):
    return np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)])


class Smoother:
    """Diffusion of per-vertex values over the edges of a quad mesh; isolated vertices stay."""

    def __init__(self, quads, count):
        e = edges(quads)
        e = e[e[:, 0] != e[:, 1]]
        e = np.concatenate([e, e[:, ::-1]])
        adjacency = sp.coo_matrix((np.ones(len(e)), (e[:, 0], e[:, 1])), (count, count)).tocsr()
        adjacency.data[:] = 1
        degree = np.asarray(adjacency.sum(1)).ravel()
        self.connected = degree > 0
        self._mean = sp.diags(1 / np.maximum(degree, 1)) @ adjacency

    def __call__(self, values, steps, amount=0.5):
        moving = column(self.connected) if values.ndim > 1 else self.connected
        for _ in range(steps):
            values = np.where(moving, values * (1 - amount) + (self._mean @ values) * amount, values)
        return values


def clip(vertices, tris, level):
    """Keeps level <= 0; vertices carry any columns. Returns vertices, triangles, edges of the cut."""
    vertices, level = list(vertices), list(level)
    kept, cut_edges, made = [], [], {}

    def cut(i, j):
        key = (min(i, j), max(i, j))
        if key not in made:
            t = level[i] / (level[i] - level[j])
            vertices.append(vertices[i] * (1 - t) + vertices[j] * t)
            level.append(0.0)
            made[key] = len(vertices) - 1
        return made[key]

    for tri in tris:
        inside = [level[i] <= 0 for i in tri]
        if all(inside):
            kept.append(list(tri))
        elif any(inside):
            k = next(k for k in range(3) if inside[k] and not inside[k - 1])
            a, b, c = (tri[(k + i) % 3] for i in range(3))
            if sum(inside) == 1:
                p, q = cut(a, b), cut(c, a)
                kept.append([a, p, q])
            else:
                p, q = cut(b, c), cut(c, a)
                kept += [[a, b, p], [a, p, q]]
            cut_edges.append((p, q))
    return np.array(vertices), np.array(kept), cut_edges


def compact(vertices, tris):
    used, inverse = np.unique(tris, return_inverse=True)
    return vertices[used], inverse.reshape(-1, 3)
