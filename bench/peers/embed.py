"""Embeds the lines of FOLDER/texts.txt with FOLDER/model.onnx under Python's onnxruntime, as its
sentence-transformers users do: sorted by length, batches of 32, mean pooling, all cores. Prints
texts a second, loading and a warm-up left out.

    pip install onnxruntime tokenizers numpy
"""
import sys
import time

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

BATCH, LONGEST = 32, 256
folder = sys.argv[1]
texts = open(f"{folder}/texts.txt", encoding="utf-8").read().splitlines()
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
tokenizer.enable_truncation(LONGEST)
tokenizer.enable_padding()
session = ort.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
names = {it.name for it in session.get_inputs()}


def embed(batch):
    encoded = tokenizer.encode_batch(batch)
    ids = np.array([e.ids for e in encoded], dtype=np.int64)
    mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden = session.run(None, {k: v for k, v in given.items() if k in names})[0]
    summed = (hidden * mask[:, :, None]).sum(axis=1)
    return summed / np.linalg.norm(summed, axis=1, keepdims=True)


def embed_all(some):
    some = sorted(some, key=len)
    for start in range(0, len(some), BATCH):
        embed(some[start:start + BATCH])


embed_all(texts[:50])
begun = time.perf_counter()
embed_all(texts)
print(len(texts) / (time.perf_counter() - begun))
