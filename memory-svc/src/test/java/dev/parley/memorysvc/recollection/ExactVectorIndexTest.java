package dev.parley.memorysvc.recollection;

class ExactVectorIndexTest extends VectorIndexContract {
  @Override
  protected VectorIndex open() {
    return new ExactVectorIndex();
  }
}
