package dev.parley.kit.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends this process's spans to a collector, in batches on a thread of its own. A collector that is
 * slow or gone costs spans, never a call. One at a time in a process.
 */
public final class TraceExport implements AutoCloseable {
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

  private final SdkTracerProvider spans;

  private TraceExport(SdkTracerProvider spans) {
    this.spans = spans;
  }

  /**
   * Begins.
   *
   * @param endpoint of the collector, without a path
   * @param process name of this process among the others
   */
  public static TraceExport begin(URI endpoint, String process) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.resolve("/v1/traces").toString())
            .setTimeout(Duration.ofSeconds(5))
            .build();
    var spans =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().toBuilder().put(SERVICE_NAME, process).build())
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    Traces.use(Optional.of(spans));
    return new TraceExport(spans);
  }

  /** Sends what is left. */
  @Override
  public void close() {
    Traces.use(Optional.empty());
    spans.close();
  }
}
