package io.redward.storage.objectstore.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A server of the S3 API over a directory, on a free port of this machine, with one bucket. It
/// checks signatures and decides conditional puts.
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "warehouse";

  private static final S3Options.Keys KEYS =
      new S3Options.Keys("local-identity", "local-credential", Optional.empty());

  private final S3Proxy proxy;

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
  }

  public static S3Server start(Path directory) throws Exception {
    Files.createDirectories(directory.resolve(BUCKET));
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, KEYS.accessKeyId(), KEYS.secretAccessKey())
            .build();
    proxy.start();
    return new S3Server(proxy);
  }

  public S3Options options() {
    return new S3Options(Optional.empty(), Optional.empty(), true, Optional.of(KEYS))
        .withEndpoint(URI.create("http://127.0.0.1:" + proxy.getPort()));
  }

  /// A store below a prefix of the bucket, over connections of its own.
  public S3ObjectStore store(String prefix) {
    return new S3ObjectStore(S3Connection.open(options()), BUCKET, prefix);
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }
}
