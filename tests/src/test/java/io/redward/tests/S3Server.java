package io.redward.tests;

import io.redward.server.StoreAddress;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A server of the S3 API over a directory, on a free port of this machine, with a bucket for a
/// store and one as documented examples have it.
public final class S3Server implements AutoCloseable {
  static final S3Options.Keys KEYS =
      new S3Options.Keys("local-identity", "local-credential", Optional.empty());

  /// Fewer than usual, since tests of failures wait for the last one.
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final S3Proxy proxy;

  public S3Server(Path directory) throws Exception {
    this.directory = directory;
    Files.createDirectories(directory.resolve("warehouse"));
    Files.createDirectories(directory.resolve("mybucket"));
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, KEYS.accessKeyId(), KEYS.secretAccessKey())
            .build();
    proxy.start();
  }

  /// Removes what has been written to the bucket of documented examples.
  public void empty() throws IOException {
    Path bucket = directory.resolve("mybucket");
    try (Stream<Path> files = Files.walk(bucket)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(bucket)) {
          Files.delete(file);
        }
      }
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /// The directory in which the server keeps a store.
  Optional<StoreAddress> folder(String prefix) {
    return Optional.of(new StoreAddress.Directory(directory.resolve("warehouse").resolve(prefix)));
  }

  /// The address of a store below a prefix of the bucket.
  public Optional<StoreAddress> store(String prefix) {
    return store(prefix, endpoint());
  }

  /// The same by way of another endpoint.
  Optional<StoreAddress> store(String prefix, URI endpoint) {
    S3Options options =
        new S3Options(Optional.of(endpoint), Optional.empty(), true, Optional.of(KEYS), ATTEMPTS);
    return Optional.of(StoreAddress.parse("s3://warehouse/" + prefix, options));
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
