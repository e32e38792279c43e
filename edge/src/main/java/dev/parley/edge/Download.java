package dev.parley.edge;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import java.util.function.Function;

/**
 * Something that a service gives in chunks: which call, with which request for a part, and how to
 * read its answers.
 *
 * @param <Q> the request
 * @param <S> the answer
 */
record Download<Q, S>(
    MethodDescriptor<Q, S> method, RequestFor<Q> request, Function<S, Chunk> reader) {
  /** Makes the request for bytes from an offset; length 0 means to the end. */
  interface RequestFor<Q> {
    Q part(long offset, long length);
  }

  /**
   * One answer; all but the data comes with the first only. An empty tag means none is given; a
   * file name that it is to be saved, and never shown as a page of ours.
   */
  record Chunk(
      ByteString data, long totalBytes, String contentType, String etag, String fileName) {}
}
