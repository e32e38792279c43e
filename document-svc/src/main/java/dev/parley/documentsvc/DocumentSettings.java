package dev.parley.documentsvc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set of documents, as in {@code --document.readers=2}. */
@ConfigMapping(prefix = "document")
public interface DocumentSettings {
  /** JDBC address of PostgreSQL. */
  @WithDefault("jdbc:postgresql://127.0.0.1:5432/parley")
  String postgresUrl();

  /** Its user. */
  @WithDefault("parley")
  String postgresUser();

  /** Its password. */
  @WithDefault("parley")
  String postgresPassword();

  /** Connections to it. */
  @WithDefault("6")
  int postgresConnections();

  /** Address of the S3 store. */
  @WithDefault("http://127.0.0.1:9000")
  String s3Endpoint();

  /** Its access key. */
  @WithDefault("parley")
  String s3AccessKey();

  /** Its secret key. */
  @WithDefault("parley-local")
  String s3SecretKey();

  /** The bucket for uploaded files. */
  @WithDefault("parley-documents")
  String s3Bucket();

  /**
   * How the S3 store encrypts what it keeps: {@code AES256}, or {@code aws:kms:} and a key's id.
   */
  Optional<String> s3Encryption();

  /** Folder for files while they are uploaded and read; emptied at every start. */
  @WithDefault("data/documents")
  Path folder();

  /** Documents worked on at once. */
  @WithDefault("2")
  int jobs();

  /** Processes that read files at once. */
  @WithDefault("1")
  int readers();

  /** Heap of a process that reads files, in megabytes. */
  @WithDefault("160")
  int readerMemoryMb();

  /** A file of which nothing is read for so long is given up; ISO 8601. */
  @WithDefault("PT60S")
  Duration readerStall();

  /** A file that takes longer to read is given up; ISO 8601. */
  @WithDefault("PT1H")
  Duration readerTotal();

  /** A process that reads files ends when nothing is asked of it for so long; ISO 8601. */
  @WithDefault("PT15S")
  Duration readerIdle();

  /** The program that recognises text in pictures, by name or as a file. */
  @WithDefault("tesseract")
  String tesseract();

  /** Longest search; what did not answer by then is left out; ISO 8601. */
  @WithDefault("PT2S")
  Duration searchLimit();
}
