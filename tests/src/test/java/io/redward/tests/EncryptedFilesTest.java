package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// UNLOAD with a master key to a bucket, and COPY of what is there with the same key, with another
/// and with none.
class EncryptedFilesTest {
  private static final String KEY = "QWNLbnVtYmVyb25lQWNLbnVtYmVyb25lQWNLbnVtYjE=";
  private static final String OTHER_KEY = "b3RoZXJrZXlvdGhlcmtleW90aGVya2V5b3RoZXJrZXk=";
  private static final String MASTER = " master_symmetric_key '" + KEY + "' encrypted ";

  @TempDir static Path directory;

  @AutoClose private static BucketWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new BucketWarehouse(directory);
    warehouse.execute(
        "create table t (a int, b varchar(40))",
        "insert into t values (1, 'a secret'), (2, null)",
        "create table back (like t)");
  }

  @Test
  void whatIsUnloadedWithAKeyIsLoadedWithIt() throws Exception {
    for (String form : List.of("", "csv gzip", "json 'auto'", "manifest", "manifest verbose csv")) {
      String folder = "s3://warehouse/form" + form.replaceAll("[^a-z]", "") + "/";
      String copied = form.replace(" verbose", "");
      String source = form.contains("manifest") ? folder + "manifest" : folder;
      warehouse.execute(
          "unload ('select * from t') to '" + folder + "'" + MASTER + form.replace("'auto'", ""),
          "copy back from '" + source + "'" + MASTER + copied);
      assertThat(warehouse.rows("select a, coalesce(nullif(b, ''), '-') from back order by a"))
          .as(form)
          .containsExactly("1|a secret", "2|-");
      warehouse.execute("delete from back");
    }
    assertThat(stored(directory.resolve("s3/warehouse/formcsvgzip"))).doesNotContain("a secret");
    assertThat(stored(directory.resolve("s3/warehouse/formmanifest"))).doesNotContain("entries");
  }

  @Test
  void theKeyMayBeAmongTheCredentials() throws Exception {
    String credentials =
        " credentials 'aws_access_key_id=%s;aws_secret_access_key=%s;master_symmetric_key=%s'"
                .formatted(S3Server.KEYS.accessKeyId(), S3Server.KEYS.secretAccessKey(), KEY)
            + " encrypted";
    warehouse.execute(
        "unload ('select * from t') to 's3://warehouse/credentials/'" + credentials,
        "create table credentialed (like t)",
        "copy credentialed from 's3://warehouse/credentials/'" + MASTER);
    assertThat(warehouse.rows("select count(*) from credentialed")).containsExactly("2");
    assertThat(
            warehouse.rows(
                "select count(*) from stl_query where querytxt like '%" + part(KEY) + "%'"))
        .containsExactly("0");
  }

  @Test
  void aWrongKeyNoKeyAndAPlainFileAreNamed() throws Exception {
    warehouse.execute(
        "unload ('select * from t') to 's3://warehouse/sealed/'" + MASTER,
        "unload ('select * from t') to 's3://warehouse/plain/'");
    warehouse.refused(
        "copy back from 's3://warehouse/sealed/' encrypted master_symmetric_key '"
            + OTHER_KEY
            + "'",
        "the master symmetric key does not decrypt \"s3://warehouse/sealed/0000_part_00\"");
    warehouse.refused(
        "copy back from 's3://warehouse/plain/'" + MASTER,
        "file \"s3://warehouse/plain/0000_part_00\" is not encrypted by its client");
    warehouse.refused("copy back from 's3://warehouse/sealed/'", "Load into table 'back' failed");
    assertThat(warehouse.rows("select count(*) from back")).containsExactly("0");
  }

  /// The server of these tests has no keys of its own; with others the store encrypts.
  @Test
  void aStoreThatCannotEncryptSaysSo() {
    warehouse.refused(
        "unload ('select * from t') to 's3://warehouse/kms/' kms_key_id '1234' encrypted",
        "Server-side encryption is not supported");
    warehouse.refused(
        "unload ('select * from t') to 's3://warehouse/auto/' encrypted auto",
        "Server-side encryption is not supported");
  }

  @Test
  void keysThatAreNoKeysAndOptionsThatDoNotGoTogetherAreRefused() {
    String copy = "copy back from 's3://warehouse/none/' ";
    warehouse.refused(copy + "encrypted", "ENCRYPTED requires MASTER_SYMMETRIC_KEY");
    warehouse.refused(
        copy + "master_symmetric_key '" + KEY + "'", "MASTER_SYMMETRIC_KEY requires ENCRYPTED");
    warehouse.refused(
        copy + "encrypted master_symmetric_key 'abc'", "must be a 256-bit AES key in base64");
    warehouse.refused(copy + "encrypted auto", "ENCRYPTED AUTO is an option of UNLOAD");
    warehouse.refused(copy + "parquet" + MASTER, "ENCRYPTED argument is not supported for PARQUET");
    warehouse.refused(
        "copy back from 'file://" + directory + "/'" + MASTER,
        "ENCRYPTED is for files in buckets alone");
    String unload = "unload ('select 1') to 's3://warehouse/none/' ";
    warehouse.refused(
        unload + "encrypted", "ENCRYPTED requires KMS_KEY_ID or MASTER_SYMMETRIC_KEY");
    warehouse.refused(unload + "kms_key_id 'k'", "KMS_KEY_ID requires ENCRYPTED");
    warehouse.refused(unload + "kms_key_id 'k'" + MASTER, "cannot be used together");
    warehouse.refused(
        unload + "encrypted auto kms_key_id 'k'", "ENCRYPTED AUTO cannot be used with");
    warehouse.refused(
        "unload ('select 1') to 'file://" + directory + "/out/'" + MASTER,
        "ENCRYPTED is for files in buckets alone");
  }

  /// The log's query that looks for the key must not have the whole of it.
  private static String part(String key) {
    return key.substring(3, 20) + "%" + key.substring(21, 30);
  }

  private static String stored(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(text).isNotEmpty();
    return text.toString();
  }
}
