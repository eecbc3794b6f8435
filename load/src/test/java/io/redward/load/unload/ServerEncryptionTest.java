package io.redward.load.unload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.spi.CopyRequest;
import io.redward.spi.UnloadRequest;
import io.redward.spi.UnloadRequest.Encryption;
import io.redward.spi.Unloader;
import io.redward.spi.ValueText;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What UNLOAD asks of the store by its headers.
final class ServerEncryptionTest {
  private static final String PREFIX = "x-amz-server-side-encryption";
  private static final S3Options.Keys KEYS = new S3Options.Keys("id", "secret", Optional.empty());

  private final List<String> puts = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Optional<String> bucketKey = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aKeyIsNamedInThePut() {
    unload(new Encryption.OfKey("1234abcd"));
    assertThat(puts).containsExactly("aws:kms 1234abcd");
  }

  @Test
  void automaticIsTheBucketsKeyOrElseTheStores() {
    unload(new Encryption.Automatic());
    bucketKey = Optional.of("of-bucket");
    unload(new Encryption.Automatic());
    assertThat(puts).containsExactly("AES256 null", "aws:kms of-bucket");
  }

  @Test
  void nothingIsAskedByDefault() {
    unload(new Encryption.OfBucket());
    assertThat(puts).containsExactly("null null");
  }

  private void unload(Encryption encryption) {
    UnloadRequest request =
        new UnloadRequest(
            new UnloadRequest.Target(
                "s3://bucket/out/",
                UnloadRequest.Existing.REFUSE,
                true,
                Optional.of(KEYS),
                Optional.of("eu-west-1"),
                encryption),
            new UnloadRequest.Format.Json(),
            false,
            CopyRequest.Compression.NONE,
            new UnloadRequest.Layout(true, 1 << 30, List.of(), false, Optional.empty()),
            UnloadRequest.Manifest.NONE);
    S3Options options =
        new S3Options(
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            Optional.empty(),
            true,
            Optional.empty(),
            1);
    FileUnloader unloader = new FileUnloader(List.of(), NoText::new, options);
    try (Unloader.Writing writing =
        unloader.begin(request, List.of(new Unloader.Column("n", SqlType.INTEGER)))) {
      writing.finish();
    }
  }

  /// There are no rows.
  private static final class NoText implements ValueText {
    @Override
    public int put(SqlType type, Vector vector, int row) {
      throw new IllegalStateException("a value");
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }
  }

  /// An empty bucket that takes everything.
  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT")) {
      puts.add(
          exchange.getRequestHeaders().getFirst(PREFIX)
              + " "
              + exchange.getRequestHeaders().getFirst(PREFIX + "-aws-kms-key-id"));
      respond(exchange, 200, "");
    } else if (!exchange.getRequestURI().getQuery().contains("encryption")) {
      respond(
          exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    } else if (bucketKey.isEmpty()) {
      respond(
          exchange,
          404,
          "<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>");
    } else {
      respond(
          exchange,
          200,
          "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
              + "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>"
              + bucketKey.get()
              + "</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule>"
              + "</ServerSideEncryptionConfiguration>");
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
