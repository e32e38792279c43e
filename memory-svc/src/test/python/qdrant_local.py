"""Asks the local mode of Qdrant's own client, so that the server in memory of our tests can be held
against it: filters, dense search, sparse search with IDF, and both fused by reciprocal rank.

    pip install qdrant-client==1.20.0
    python qdrant_local.py > ../resources/qdrant-local.json
"""
import json
import random
import uuid

from qdrant_client import QdrantClient, models as m

SIZE, POINTS, WORDS, QUESTIONS, LIMIT, PREFETCH, RRF_K = 8, 80, 30, 60, 10, 20, 61
random.seed(20261121)
client = QdrantClient(":memory:")
client.create_collection(
    "notes",
    vectors_config={"dense": m.VectorParams(size=SIZE, distance=m.Distance.COSINE)},
    sparse_vectors_config={"words": m.SparseVectorParams(modifier=m.Modifier.IDF)},
)


def numbers(count):
    return [round(random.gauss(0, 1), 4) for _ in range(count)]


def sparse(most):
    indices = sorted(random.sample(range(WORDS), random.randint(1, most)))
    return {"indices": indices, "values": [round(random.random() + 0.05, 4) for _ in indices]}


points = []
for number in range(POINTS):
    points.append({
        "id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
        "dense": numbers(SIZE) if number % 10 else None,
        "words": sparse(12) if number % 7 else None,
        "colours": random.sample(["red", "green", "blue", "grey"], random.randint(0, 3)),
        "pages": [random.randint(-20, 20) for _ in range(random.randint(0, 2))],
    })
client.upsert("notes", [
    m.PointStruct(
        id=p["id"],
        vector={k: v for k, v in [
            ("dense", p["dense"]),
            ("words", p["words"] and m.SparseVector(**p["words"])),
        ] if v},
        payload={"k": {"colour": p["colours"]}, "w": {"page": p["pages"]}},
    ) for p in points])


def condition(c):
    if c["kind"] == "colour":
        return m.FieldCondition(key="k.colour", match=m.MatchAny(any=c["any"]))
    if c["kind"] == "page":
        return m.FieldCondition(key="w.page", range=m.Range(gte=c["gte"], lt=c["lt"]))
    return m.HasIdCondition(has_id=c["ids"])


def some_condition():
    kind = random.choice(["colour", "page", "ids"])
    if kind == "colour":
        return {"kind": kind, "any": random.sample(["red", "green", "blue", "none"], 2)}
    if kind == "page":
        least = random.randint(-20, 15)
        return {"kind": kind, "gte": least, "lt": least + random.randint(1, 20)}
    return {"kind": kind, "ids": [p["id"] for p in random.sample(points, 50)]}


questions = []
for number in range(QUESTIONS):
    q = {
        "must": [some_condition() for _ in range(random.randint(0, 2))],
        "must_not": [some_condition() for _ in range(random.randint(0, 1))],
        "dense": numbers(SIZE),
        "words": sparse(4),
    }
    q["words"]["values"] = [1.0] * len(q["words"]["indices"])
    where = m.Filter(must=[condition(c) for c in q["must"]],
                     must_not=[condition(c) for c in q["must_not"]])
    words = m.SparseVector(**q["words"])

    def ask(**more):
        found = client.query_points("notes", limit=LIMIT, **more).points
        return [{"id": f.id, "score": round(f.score, 5)} for f in found]

    q["by_dense"] = ask(query=q["dense"], using="dense", query_filter=where)
    q["by_words"] = ask(query=words, using="words", query_filter=where)
    q["by_both"] = ask(
        prefetch=[
            m.Prefetch(query=q["dense"], using="dense", filter=where, limit=PREFETCH),
            m.Prefetch(query=words, using="words", filter=where, limit=PREFETCH),
        ],
        query=m.RrfQuery(rrf=m.Rrf(k=RRF_K)),
    )
    q["where"] = sorted(f.id for f in client.scroll("notes", scroll_filter=where, limit=1000)[0])
    questions.append(q)

print(json.dumps({"size": SIZE, "limit": LIMIT, "prefetch": PREFETCH, "rrf_k": RRF_K,
                  "points": points, "questions": questions}))
