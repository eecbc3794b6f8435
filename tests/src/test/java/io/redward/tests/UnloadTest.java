package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// UNLOAD to files and to a bucket, and COPY of what was unloaded.
class UnloadTest {
  private static final String KEYS =
      " credentials 'aws_access_key_id="
          + S3Server.KEYS.accessKeyId()
          + ";aws_secret_access_key="
          + S3Server.KEYS.secretAccessKey()
          + "'";

  @TempDir static Path directory;

  @AutoClose private static BucketWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new BucketWarehouse(directory);
    warehouse.execute(
        "create table t (a int, b varchar(40), c decimal(8,2), d date, e boolean)",
        "insert into t values (1, 'plain', 1.50, '2024-02-29', true),"
            + " (2, 'a|b,\"c\"', -3.25, null, false), (3, null, null, '1999-12-31', null)");
  }

  @Test
  void delimitedByDefault() throws Exception {
    unload("plain", "");
    assertThat(files("plain")).containsExactly("0000_part_00");
    assertThat(text("plain/0000_part_00"))
        .isEqualTo("1|plain|1.50|2024-02-29|t\n2|a|b,\"c\"|-3.25||f\n3|||1999-12-31|\n");
  }

  @Test
  void quotesEscapesNullsAndHeader() throws Exception {
    unload("escaped", "delimiter ',' addquotes escape null as 'NIL' header parallel off");
    assertThat(text("escaped/000"))
        .isEqualTo(
            "\"a\",\"b\",\"c\",\"d\",\"e\"\n"
                + "\"1\",\"plain\",\"1.50\",\"2024-02-29\",\"t\"\n"
                + "\"2\",\"a|b\\,\\\"c\\\"\",\"-3.25\",NIL,\"f\"\n"
                + "\"3\",NIL,NIL,\"1999-12-31\",NIL\n");
  }

  @Test
  void csvJsonAndFixedWidth() throws Exception {
    unload("csv", "csv header");
    assertThat(text("csv/0000_part_00"))
        .isEqualTo(
            "a,b,c,d,e\n1,plain,1.50,2024-02-29,t\n"
                + "2,\"a|b,\"\"c\"\"\",-3.25,,f\n3,,,1999-12-31,\n");
    unload("json", "json");
    assertThat(text("json/0000_part_00"))
        .isEqualTo(
            "{\"a\":1,\"b\":\"plain\",\"c\":1.50,\"d\":\"2024-02-29\",\"e\":true}\n"
                + "{\"a\":2,\"b\":\"a|b,\\\"c\\\"\",\"c\":-3.25,\"d\":null,\"e\":false}\n"
                + "{\"a\":3,\"b\":null,\"c\":null,\"d\":\"1999-12-31\",\"e\":null}\n");
    unload("fixed", "fixedwidth 'a:3,b:8,c:6,d:10,e:1'");
    assertThat(text("fixed/0000_part_00"))
        .isEqualTo(
            "1  plain   1.50  2024-02-29t\n2  a|b,\"c\" -3.25           f\n"
                + "3                1999-12-31 \n");
  }

  @Test
  void whatIsThereIsRefusedReplacedOrRemoved() throws Exception {
    unload("again", "maxfilesize 5 mb");
    assertThatThrownBy(() -> unload("again", ""))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Specified unload destination on S3 is not empty");
    unload("again", "allowoverwrite csv");
    Files.writeString(directory.resolve("out/again/stray"), "x");
    unload("again", "cleanpath gzip");
    assertThat(files("again")).containsExactly("0000_part_00.gz");
    byte[] packed = Files.readAllBytes(directory.resolve("out/again/0000_part_00.gz"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("1|plain|");
    }
  }

  @Test
  void partitionsAreFolders() throws Exception {
    unload("parts", "csv partition by (e)");
    assertThat(files("parts"))
        .containsExactly(
            "e=__HIVE_DEFAULT_PARTITION__/0000_part_00", "e=f/0000_part_00", "e=t/0000_part_00");
    assertThat(text("parts/e=t/0000_part_00")).isEqualTo("1,plain,1.50,2024-02-29\n");
    unload("included", "csv partition by (e) include");
    assertThat(text("included/e=t/0000_part_00")).isEqualTo("1,plain,1.50,2024-02-29,t\n");
  }

  @Test
  void parquetComesBackAsItWas() throws Exception {
    warehouse.execute(
        "create table types (a smallint, b bigint, c decimal(30,4), d real, e float8, f char(5),"
            + " g timestamp, h boolean, i varchar(10), j date, k decimal(9,3))",
        "insert into types values (-3, 9007199254740993, -12345678901234567890.5, 1.5, -2.25, 'ab',"
            + " '2024-02-29 12:34:56.789012', true, 'x|y', '1066-10-14', -1.125),"
            + " (null, null, null, null, null, null, null, null, null, null, null)",
        "insert into types select a, b, c, d, e, f, g, not h, i, j, k from types",
        "insert into types select * from types",
        "insert into types select * from types",
        "create table types_back (like types)",
        "unload ('select * from types') to 's3://warehouse/types/' iam_role default parquet",
        "copy types_back from 's3://warehouse/types/' iam_role default format parquet");
    String all = "select *, count(*) from %s group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 8";
    List<String> rows = warehouse.rows(all.formatted("types"));
    assertThat(rows).hasSize(3);
    assertThat(warehouse.rows(all.formatted("types_back"))).isEqualTo(rows);
  }

  @Test
  void throughABucketAndBack() throws Exception {
    warehouse.execute(
        "create table back (like t)",
        "unload ('select * from t') to 's3://warehouse/unload/t_'" + KEYS + " csv gzip manifest");
    warehouse.execute(
        "copy back from 's3://warehouse/unload/t_manifest'" + KEYS + " csv gzip manifest",
        "copy back from 's3://warehouse/unload/t_0000' iam_role default csv gzip");
    assertThat(
            warehouse.rows(
                "select trim(path), line_count from stl_unload_log where path like '%unload/t_%'"))
        .containsExactly("s3://warehouse/unload/t_0000_part_00.gz|3");
    assertThat(warehouse.rows("select count(*) from stl_query where querytxt like '%=local-cred%'"))
        .containsExactly("0");
    assertThat(
            warehouse.rows(
                "select count(*) > 0 from stl_query where querytxt ilike '%credentials ''***''%'"))
        .containsExactly("t");
    assertThat(
            warehouse.rows(
                "select a, b, c, d, e, count(*) from back group by 1, 2, 3, 4, 5" + " order by a"))
        .containsExactly(
            "1|plain|1.50|2024-02-29|t|2",
            "2|a|b,\"c\"|-3.25|NULL|f|2",
            "3||NULL|1999-12-31|NULL|2");
  }

  @Test
  void wrongKeysAMissingPrefixAndABadLineAreNamed() throws Exception {
    assertThatThrownBy(
            () ->
                warehouse.execute(
                    "copy t from 's3://warehouse/unload/' access_key_id 'x' secret_access_key 'y'"))
        .hasMessageContaining("access denied");
    assertThatThrownBy(() -> warehouse.execute("copy t from 's3://warehouse/nothing'" + KEYS))
        .hasMessageContaining("The specified file or prefix 's3://warehouse/nothing'");
    warehouse.execute(
        "create table narrow (a int)",
        "unload ('select ''x'' as a') to 's3://warehouse/bad/'" + KEYS);
    assertThatThrownBy(() -> warehouse.execute("copy narrow from 's3://warehouse/bad/'" + KEYS))
        .hasMessageContaining("s3://warehouse/bad/0000_part_00 line 1");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    for (String options :
        List.of(
            "csv addquotes",
            "json header",
            "allowoverwrite cleanpath",
            "maxfilesize 1 mb",
            "partition by (none)",
            "fixedwidth '3,4'",
            "fillrecord",
            "parquet gzip",
            "parquet rowgroupsize 1 mb")) {
      assertThatThrownBy(() -> unload("refused", options))
          .as(options)
          .isInstanceOf(SQLException.class);
    }
    assertThat(directory.resolve("out/refused")).doesNotExist();
  }

  private static void unload(String folder, String options) throws SQLException {
    warehouse.execute(
        "unload ('select * from t order by a') to 'file://"
            + directory.resolve("out").resolve(folder)
            + "/' "
            + options);
  }

  private static String text(String file) throws IOException {
    return Files.readString(directory.resolve("out").resolve(file));
  }

  private static List<String> files(String folder) throws IOException {
    Path root = directory.resolve("out").resolve(folder);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
