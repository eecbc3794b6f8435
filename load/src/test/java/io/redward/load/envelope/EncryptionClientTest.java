package io.redward.load.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.load.unload.FileUnloader;
import io.redward.spi.CopyRequest;
import io.redward.spi.MasterKey;
import io.redward.spi.UnloadRequest;
import io.redward.spi.Unloader;
import io.redward.spi.ValueText;
import io.redward.storage.objectstore.s3.S3Connection;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.encryption.s3.S3EncryptionClient;

/// Amazon's own client reads what UNLOAD encrypts, and what it encrypts is read here.
final class EncryptionClientTest {
  private static final S3Options.Keys KEYS =
      new S3Options.Keys("local-identity", "local-credential", Optional.empty());
  private static final MasterKey MASTER =
      MasterKey.of("QWNLbnVtYmVyb25lQWNLbnVtYmVyb25lQWNLbnVtYjE=");

  private static final String FILE = "out/0000_part_00";

  @TempDir static Path directory;

  private static S3Proxy proxy;
  private static S3Options options;
  private static S3Client plain;
  private static S3Client encrypting;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(directory.resolve("s3/bucket"));
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.resolve("s3").toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, KEYS.accessKeyId(), KEYS.secretAccessKey())
            .build();
    proxy.start();
    URI endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    options =
        new S3Options(Optional.of(endpoint), Optional.of("eu-west-1"), true, Optional.of(KEYS), 1);
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(KEYS.accessKeyId(), KEYS.secretAccessKey()));
    plain = S3Connection.open(options).repeating();
    encrypting =
        S3EncryptionClient.builder()
            .wrappedClient(plain)
            .wrappedAsyncClient(
                S3AsyncClient.builder()
                    .endpointOverride(endpoint)
                    .forcePathStyle(true)
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(credentials)
                    .build())
            .aesKey(MASTER.key())
            .enableLegacyWrappingAlgorithms(true)
            .enableLegacyUnauthenticatedModes(true)
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    encrypting.close();
    plain.close();
    proxy.stop();
  }

  @Test
  void theClientReadsWhatIsUnloaded() {
    UnloadRequest request =
        new UnloadRequest(
            new UnloadRequest.Target(
                "s3://bucket/out/",
                UnloadRequest.Existing.REFUSE,
                true,
                Optional.empty(),
                Optional.empty(),
                new UnloadRequest.Encryption.OfClient(MASTER)),
            new UnloadRequest.Format.Csv((byte) ',', (byte) '"', ""),
            false,
            CopyRequest.Compression.NONE,
            new UnloadRequest.Layout(true, 1 << 30, List.of(), false, Optional.empty()),
            UnloadRequest.Manifest.PLAIN);
    FileUnloader unloader = new FileUnloader(List.of(), NumberText::new, options);
    List<Unloader.Written> files;
    try (Unloader.Writing writing =
        unloader.begin(request, List.of(new Unloader.Column("n", SqlType.INTEGER)))) {
      writing.rows(numbers(3));
      files = writing.finish();
    }
    assertThat(decrypted(FILE)).isEqualTo("0\n1\n2\n");
    assertThat(decrypted("out/manifest")).contains("s3://bucket/out/0000_part_00");
    assertThat(files.getFirst().bytes())
        .isEqualTo(plain.headObject(r -> r.bucket("bucket").key(FILE)).contentLength());
    assertThat(plain.getObjectAsBytes(r -> r.bucket("bucket").key(FILE)).asByteArray())
        .doesNotContain("0\n1\n2\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatTheClientEncryptsIsReadHere() throws Exception {
    String text = "row\n".repeat(50_000);
    encrypting.putObject(r -> r.bucket("bucket").key("in"), RequestBody.fromString(text));
    Path sealed = directory.resolve("in.sealed");
    Map<String, String> metadata;
    try (S3ObjectStore store = new S3ObjectStore(S3Connection.open(options), "bucket", "")) {
      metadata = store.fetch("in", sealed);
    }
    assertThat(Envelope.isSealed(metadata)).isTrue();
    Path opened = directory.resolve("in.plain");
    Envelope.open(sealed, opened, metadata, MASTER, "in");
    assertThat(opened).hasContent(text);

    MasterKey other = MasterKey.of("b3RoZXJrZXlvdGhlcmtleW90aGVya2V5b3RoZXJrZXk=");
    assertThatThrownBy(() -> Envelope.open(sealed, opened, metadata, other, "in"))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("the master symmetric key does not decrypt \"in\"");
    byte[] damaged = Files.readAllBytes(sealed);
    damaged[1_000] ^= 1;
    Files.write(sealed, damaged);
    assertThatThrownBy(() -> Envelope.open(sealed, opened, metadata, MASTER, "in"))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("is damaged");
  }

  private static String decrypted(String key) {
    return encrypting.getObjectAsBytes(r -> r.bucket("bucket").key(key)).asUtf8String();
  }

  private static Batch numbers(int count) {
    Batch batch = new Batch(List.of(SqlType.INTEGER.physical()));
    for (int i = 0; i < count; i++) {
      ((IntVector) batch.vectors[0]).values[i] = i;
    }
    batch.selectedCount = count;
    return batch;
  }

  private static final class NumberText implements ValueText {
    private byte[] bytes = new byte[0];

    @Override
    public int put(SqlType type, Vector vector, int row) {
      int number = ((IntVector) vector).values[row];
      bytes = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
      return bytes.length;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }
}
