package dev.parley.edge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a request for media gets: the headers, and the bytes that follow them.
 *
 * @param headers status and headers
 * @param part the bytes; length 0 when none follow
 */
record MediaAnswer(ResponseHeaders headers, ByteRange part) {
  private static final ByteRange NOTHING = new ByteRange(0, 0);

  /** Decides by what is asked and what there is. */
  static MediaAnswer to(RequestHeaders asked, long total, String contentType, String etag) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
            .set(HttpHeaderNames.ETAG, etag)
            .set(HttpHeaderNames.CACHE_CONTROL, "private, no-cache")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    if (known(asked.get(HttpHeaderNames.IF_NONE_MATCH, ""), etag)) {
      return new MediaAnswer(headers.status(HttpStatus.NOT_MODIFIED).build(), NOTHING);
    }
    Optional<ByteRange> range = range(asked, etag, total);
    if (range.isPresent() && range.get().length() == 0) {
      headers.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE).contentLength(0);
      headers.set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + total);
      return new MediaAnswer(headers.build(), NOTHING);
    }
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    range.ifPresent(part ->
        headers
            .status(HttpStatus.PARTIAL_CONTENT)
            .set(HttpHeaderNames.CONTENT_RANGE, part.contentRange(total)));
    ByteRange part = range.orElse(new ByteRange(0, total));
    headers.contentLength(part.length());
    return new MediaAnswer(headers.build(), asked.method() == HttpMethod.HEAD ? NOTHING : part);
  }

  /** The same for a file that is saved under its name; without a name it is unchanged. */
  MediaAnswer saved(String fileName) {
    if (fileName.isEmpty()) {
      return this;
    }
    String name = URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
    var more =
        headers.toBuilder()
            .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name)
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
    return new MediaAnswer(more.build(), part);
  }

  private static Optional<ByteRange> range(RequestHeaders asked, String etag, long total) {
    String range = asked.get(HttpHeaderNames.RANGE, "");
    String condition = asked.get(HttpHeaderNames.IF_RANGE, etag);
    return asked.method() == HttpMethod.HEAD || range.isEmpty() || !condition.equals(etag)
        ? Optional.empty()
        : ByteRange.parse(range, total);
  }

  private static boolean known(String tags, String etag) {
    return Arrays.stream(tags.split(","))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }
}
