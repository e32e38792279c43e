"""Asks Qdrant's own engine (the shard that its server is made of, as a Python package) what
qdrant_local.py asked the client's local mode, and says where the two differ.

    pip install qdrant-edge-py==0.9.0
    python qdrant_engine.py ../resources/qdrant-local.json
"""
import json
import sys
import tempfile

import qdrant_edge as q

CLOSE = 1e-4
local = json.load(open(sys.argv[1]))


def vectors(point):
    named = {"dense": point["dense"]} if point["dense"] else {}
    if point["words"]:
        named["words"] = q.SparseVector(**point["words"])
    return named


def condition(c):
    if c["kind"] == "colour":
        return q.FieldCondition(key="k.colour", match=q.MatchAny(any=c["any"]))
    if c["kind"] == "page":
        return q.FieldCondition(key="w.page", range=q.RangeFloat(gte=c["gte"], lt=c["lt"]))
    return q.HasIdCondition(set(c["ids"]))


def same(found, expected):
    """The same scores in the same order, and the same points where scores differ."""
    if len(found) != len(expected):
        return False
    wanted = {}
    for e in expected:
        wanted.setdefault(round(e["score"], 3), set()).add(e["id"])
    last = round(expected[-1]["score"], 3) if expected else 0
    return all(
        abs(f.score - e["score"]) < CLOSE
        and (round(e["score"], 3) == last or str(f.id) in wanted[round(e["score"], 3)])
        for f, e in zip(found, expected))


folder = tempfile.mkdtemp()
shard = q.EdgeShard.create(folder, q.EdgeConfig(
    vectors={"dense": q.EdgeVectorParams(size=local["size"], distance=q.Distance.Cosine)},
    sparse_vectors={"words": q.EdgeSparseVectorParams(modifier=q.Modifier.Idf)}))
shard.update(q.UpdateOperation.upsert_points([
    q.Point(p["id"], vectors(p), {"k": {"colour": p["colours"]}, "w": {"page": p["pages"]}})
    for p in local["points"]]))

differ = []
for number, ask in enumerate(local["questions"]):
    where = q.Filter(must=[condition(c) for c in ask["must"]],
                     must_not=[condition(c) for c in ask["must_not"]])
    dense = q.Query.Nearest(ask["dense"], using="dense")
    words = q.Query.Nearest(q.SparseVector(**ask["words"]), using="words")
    limit = local["limit"]
    found, _ = shard.scroll(q.ScrollRequest(limit=1000, filter=where))
    answers = {
        "by_dense": shard.query(q.QueryRequest(limit, query=dense, filter=where)),
        "by_words": shard.query(q.QueryRequest(limit, query=words, filter=where)),
        "by_both": shard.query(q.QueryRequest(
            limit, query=q.Fusion.Rrf(k=local["rrf_k"]),
            prefetches=[q.Prefetch(local["prefetch"], query=way, filter=where)
                        for way in (dense, words)])),
    }
    if sorted(str(f.id) for f in found) != ask["where"]:
        differ.append((number, "where"))
    differ += [(number, way) for way, it in answers.items() if not same(it, ask[way])]

print("%d questions, each by filter, meaning, words and both: %d differ %s"
      % (len(local["questions"]), len(differ), differ))
sys.exit(1 if differ else 0)
