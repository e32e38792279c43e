package dev.parley.documentsvc.library;

import java.io.InputStream;
import java.nio.file.Path;

/** Uploaded files, by key. Thread-safe; fails with STORE_FAILED. */
public interface Originals {
  /** Keeps a file, whatever its size, in bounded memory. */
  void put(String key, Path file, String contentType);

  /** Reads a part; length 0 means to the end. The caller closes it. */
  InputStream read(String key, long offset, long length);

  /** Removes it; nothing happens when it is not there. */
  void remove(String key);
}
