package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each option of UNLOAD by the files it makes, or by the error it gives, to a directory and to a
/// bucket.
class UnloadOptionsTest {
  private static final String NULLS = "select 1 as a, 'x|y' as b union all select 2, null";

  @TempDir static Path directory;

  @AutoClose private static BucketWarehouse warehouse;
  private static int runs;

  /// @param files names after the prefix, in order
  /// @param first the first file as text, an `ERROR ` message, or empty where it is packed
  record Case(String option, String options, String files, String first) {
    @Override
    public String toString() {
      return option + ": " + options;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    warehouse = new BucketWarehouse(directory);
  }

  static Stream<Case> options() {
    String part = "0000_part_00";
    String plain = "1|x|y\n2|\n";
    return Stream.of(
        new Case("none", "", part, plain),
        new Case("DELIMITER", "delimiter as '\\t'", part, "1\tx|y\n2\t\n"),
        new Case("ADDQUOTES", "addquotes", part, "\"1\"|\"x|y\"\n\"2\"|\n"),
        new Case("ESCAPE", "escape", part, "1|x\\|y\n2|\n"),
        new Case("NULL AS", "null as 'nil'", part, "1|x|y\n2|nil\n"),
        new Case("NULL AS", "csv null as 'nil'", part, "1,x|y\n2,nil\n"),
        new Case("HEADER", "header", part, "a|b\n" + plain),
        new Case("HEADER", "csv header", part, "a,b\n1,x|y\n2,\n"),
        new Case("FIXEDWIDTH", "fixedwidth as 'a:2,b:4'", part, "1 x|y \n2     \n"),
        new Case("CSV", "format as csv delimiter '|'", part, "1|\"x|y\"\n2|\n"),
        new Case("JSON", "json", part, "{\"a\":1,\"b\":\"x|y\"}\n{\"a\":2,\"b\":null}\n"),
        new Case("PARQUET", "parquet", part + ".parquet", ""),
        new Case("ROWGROUPSIZE", "parquet rowgroupsize 64 mb", part + ".parquet", ""),
        new Case("ROWGROUPSIZE", "parquet rowgroupsize 31 mb", "", "ERROR ROWGROUPSIZE must be"),
        new Case("GZIP", "gzip", part + ".gz", ""),
        new Case("BZIP2", "bzip2", part + ".bz2", ""),
        new Case("ZSTD", "csv zstd", part + ".zst", ""),
        new Case("EXTENSION", "extension 'psv'", part + ".psv", plain),
        new Case("PARALLEL", "parallel off", "000", plain),
        new Case("PARALLEL", "parallel false", "000", plain),
        new Case("PARALLEL", "parallel true", part, plain),
        new Case("PARALLEL", "parallel on", part, plain),
        new Case("MANIFEST", "manifest", part + " manifest", plain),
        new Case("MANIFEST", "manifest verbose", part + " manifest", plain),
        new Case("MAXFILESIZE", "maxfilesize as 5 mb", part, plain),
        new Case("MAXFILESIZE", "maxfilesize 6.2 gb", part, plain),
        new Case("MAXFILESIZE", "maxfilesize 6.3 gb", "", "ERROR MAXFILESIZE must be between"),
        new Case("PARTITION BY", "partition by (a)", "a=1/" + part + " a=2/" + part, "x|y\n"),
        new Case(
            "PARTITION BY", "partition by (a) include", "a=1/" + part + " a=2/" + part, "1|x|y\n"),
        new Case("PARTITION BY", "partition by (a, b)", "", "ERROR must not be a partition column"),
        new Case("ALLOWOVERWRITE", "allowoverwrite", part, plain),
        new Case("CLEANPATH", "cleanpath", part, plain),
        new Case("CLEANPATH", "cleanpath allowoverwrite", "", "ERROR cannot be used together"),
        new Case("REGION", "region 'eu-west-1'", part, plain),
        new Case("IAM_ROLE", "iam_role default", part, plain),
        new Case("ENCRYPTED", "encrypted", "", "ERROR ENCRYPTED requires KMS_KEY_ID"),
        new Case("KMS_KEY_ID", "kms_key_id 'k'", "", "ERROR KMS_KEY_ID requires ENCRYPTED"),
        new Case("ORC", "format orc", "", "ERROR UNLOAD to ORC is not supported"),
        new Case("LZOP", "lzop", "", "ERROR LZOP is not an option of UNLOAD"),
        new Case("COPY", "maxerror 1", "", "ERROR MAXERROR is not an option of UNLOAD"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void toADirectoryAndToABucket(Case each) throws Exception {
    String name = "run" + runs++;
    unloaded(each, directory.resolve(name).toUri() + "/", directory.resolve(name));
    unloaded(each, "s3://warehouse/" + name + "/", directory.resolve("s3/warehouse").resolve(name));
  }

  private static void unloaded(Case each, String target, Path folder) throws Exception {
    String quoted = NULLS.replace("'", "''") + " order by 1";
    String unload = "unload ('%s') to '%s' %s".formatted(quoted, target, each.options);
    if (each.first.startsWith("ERROR ")) {
      assertThatThrownBy(() -> warehouse.execute(unload))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(each.first.substring("ERROR ".length()));
      assertThat(folder).doesNotExist();
      return;
    }
    warehouse.execute(unload);
    List<String> files = files(folder);
    assertThat(files).containsExactly(each.files.split(" "));
    if (!each.first.isEmpty()) {
      assertThat(Files.readString(folder.resolve(files.getFirst()))).isEqualTo(each.first);
    }
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void aVerboseManifestHasTheColumnsAndTheCounts() throws Exception {
    Path folder = directory.resolve("verbose");
    warehouse.execute(
        "unload ('select 1 as a, ''x'' as b') to '" + folder.toUri() + "/' manifest verbose");
    assertThat(Files.readString(folder.resolve("manifest"), StandardCharsets.UTF_8))
        .contains("\"content_length\":4", "\"record_count\":1", "\"name\":\"a\"")
        .contains("\"author\"");
  }

  @Test
  void historyAndLogShowTheFiles() throws Exception {
    Path folder = directory.resolve("history");
    warehouse.execute(
        "unload ('" + NULLS.replace("'", "''") + "') to '" + folder.toUri() + "/' csv gzip");
    assertThat(
            warehouse.rows(
                "select status, file_format, compression_type, unloaded_rows, unloaded_files_count"
                    + " from sys_unload_history where unloaded_location like '%/history/'"))
        .containsExactly("completed|csv|gzip|2|1");
    assertThat(
            warehouse.rows(
                "select line_count, trim(file_format), transfer_size > 0 from stl_unload_log"
                    + " where path like '%/history/%'"))
        .containsExactly("2|Text|t");
  }

  /// The query runs with its user's privileges, and files go below load roots only.
  @Test
  void usersWithoutPrivilegesAreRefused() throws Exception {
    warehouse.execute(
        "create table secret (a int)",
        "create user unloader password 'Unload123'",
        "set session authorization unloader");
    try {
      assertThatThrownBy(
              () -> warehouse.execute("unload ('select * from secret') to 's3://warehouse/secret'"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(
              () ->
                  warehouse.execute(
                      "unload ('select 1') to '" + directory.resolve("none").toUri() + "/'"))
          .hasMessageContaining("outside of the load roots");
    } finally {
      warehouse.execute("reset session authorization");
    }
  }
}
