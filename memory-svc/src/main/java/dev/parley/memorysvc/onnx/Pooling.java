package dev.parley.memorysvc.onnx;

/** How the vectors of a text's tokens become the vector of the text. */
public enum Pooling {
  /** Their mean, padding left out: most sentence-transformers models. */
  MEAN,
  /** The first token's: BGE, GTE, Arctic. */
  CLS,
  /** The last token's that is no padding: models made of a decoder. */
  LAST
}
