package dev.parley.orchestrator.s3;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A server that speaks S3 over a folder and can be stopped and started again on its port. */
final class ObjectsForTests implements AutoCloseable {
  static final String ACCESS = "parley";
  static final String SECRET = "secret";

  private final Path folder;
  private final int port;
  private S3Proxy proxy;

  ObjectsForTests(Path folder) throws Exception {
    this.folder = folder;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  void start() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create(endpoint()))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS, SECRET)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(8)
            .build();
    proxy.start();
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
