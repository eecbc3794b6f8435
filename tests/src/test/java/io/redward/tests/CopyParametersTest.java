package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.lzo.LzopHadoopStreams;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each parameter of COPY by what it does, or by the error it gives, from files and from a bucket.
class CopyParametersTest {
  private static final String KEYS =
      " access_key_id '%s' secret_access_key '%s'"
          .formatted(S3Server.KEYS.accessKeyId(), S3Server.KEYS.secretAccessKey());

  @TempDir static Path directory;

  @AutoClose private static BucketWarehouse warehouse;
  private static int files;

  /// A parameter with what shows its effect.
  ///
  /// @param table the columns of the table
  /// @param file what is to be loaded
  /// @param options behind FROM
  /// @param query of the table `t`
  /// @param expected its rows, or the one message if it begins with `ERROR `
  record Case(
      String parameter,
      String table,
      byte[] file,
      String options,
      String query,
      String... expected) {
    Case(String parameter, String table, String file, String options, String... rows) {
      this(parameter, table, utf8(file), options, "select * from t order by 1", rows);
    }

    @Override
    public String toString() {
      return parameter + ": " + options;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void start() throws Exception {
    warehouse = new BucketWarehouse(directory);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "formats",
    "packings",
    "texts",
    "values",
    "times",
    "loads",
    "authorization",
    "refused"
  })
  void fromAFileAndFromABucket(Case each) throws Exception {
    String name = "case" + files++;
    Path file = directory.resolve(name);
    Files.write(file, each.file);
    Files.write(directory.resolve("s3/warehouse").resolve(name), each.file);
    copied(each, file.toUri().toString(), "");
    boolean own = each.options.contains("access_key_id") || each.options.contains("iam_role");
    copied(each, "s3://warehouse/" + name, own ? "" : KEYS);
  }

  private static void copied(Case each, String source, String keys) throws Exception {
    warehouse.execute("drop table if exists t", "create table t (" + each.table + ")");
    String copy = "copy t from '" + source + "' " + each.options + keys;
    if (each.expected.length == 1 && each.expected[0].startsWith("ERROR ")) {
      assertThatThrownBy(() -> warehouse.execute(copy))
          .as(source)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(each.expected[0].substring("ERROR ".length()));
      return;
    }
    warehouse.execute(copy);
    assertThat(warehouse.rows(each.query)).as(source).containsExactly(each.expected);
  }

  static Stream<Case> formats() throws Exception {
    String avro = "id bigint, name varchar(20), more super";
    byte[] nested = resource("/parquet/nested.parquet");
    String people = "id int, name varchar(10), address super, marks super";
    return Stream.of(
        new Case(
            "DELIMITER", "a int, b char(3)", "1;xyz\n2;y\n", "delimiter as ';'", "1|xyz", "2|y  "),
        new Case("DELIMITER", "a int, b char(3)", "1\txyz\n", "delimiter '\\t'", "1|xyz"),
        new Case("CSV", "a int, b varchar(9)", "1,\"a,\"\"b\"\n", "csv", "1|a,\"b"),
        new Case("FORMAT", "a int, b varchar(9)", "1,x\n", "format as csv", "1|x"),
        new Case("QUOTE", "a int, b varchar(9)", "1,%a,b%\n", "csv quote as '%'", "1|a,b"),
        new Case(
            "FIXEDWIDTH",
            "a int, b char(3)",
            " 1abc\n22de \n",
            "fixedwidth 'a:2,b:3'",
            "1|abc",
            "22|de "),
        new Case(
            "FIXEDWIDTH",
            "a int, b char(3)",
            "1x\n",
            "fixedwidth 'a:0,b:3'",
            "ERROR Invalid fixed-width specification"),
        new Case(
            "JSON",
            "a int, b varchar(9)",
            "{\"a\":1,\"b\":\"x\",\"c\":2}{\"b\":\"y\",\"a\":2}",
            "json 'auto'",
            "1|x",
            "2|y"),
        new Case(
            "JSON",
            "a int, b varchar(9)",
            "{\"A\":1,\"B\":\"x\"}",
            "json 'auto ignorecase'",
            "1|x"),
        new Case(
            "JSON", "o super", "{\"A\":1, \"B\":[2]}", "json 'noshred'", "{\"A\":1,\"B\":[2]}"),
        new Case(
            "JSON",
            "a int, o super",
            "{\"a\":1,\"o\":\"x\"} {\"a\":2,\"o\":{\"p\": 1}}",
            "json 'auto'",
            "1|\"x\"",
            "2|{\"p\":1}"),
        new Case(
            "JSON", "a int, o super", "1|{\"p\": [1, 2]}\n2|3\n", "", "1|{\"p\":[1,2]}", "2|3"),
        new Case("JSON", "a int, o super", "1|{p}\n", "", "ERROR Load into table 't' failed"),
        new Case(
            "AVRO",
            avro,
            resource("/avro/plain.avro"),
            "avro 'auto ignorecase'",
            "select id, name from t order by 1",
            "-9000000000|NULL",
            "1|first",
            "3|naïve"),
        new Case(
            "PARQUET",
            people,
            nested,
            "format as parquet",
            "select 1",
            "ERROR is loaded with SERIALIZETOJSON only"),
        new Case(
            "SERIALIZETOJSON",
            people,
            nested,
            "format parquet serializetojson",
            "select id, name, address.city, address.zip[1], marks.b from t order by 1",
            "1|ann|\"Ulm\"|9|2",
            "2|NULL|NULL|NULL|NULL"),
        new Case(
            "ORC",
            people,
            resource("/parquet/nested.orc"),
            "format as orc serializetojson",
            "select id, name, address.city, address.zip[1], marks.b from t order by 1",
            "1|ann|\"Ulm\"|9|2",
            "2|NULL|NULL|NULL|NULL"),
        new Case(
            "ORC",
            people,
            resource("/parquet/nested.orc"),
            "orc",
            "select 1",
            "ERROR is loaded with SERIALIZETOJSON only"),
        new Case(
            "ORC",
            "a int",
            utf8("no such thing"),
            "orc",
            "select 1",
            "ERROR is not a valid ORC file"),
        new Case(
            "PARQUET",
            "a int, b int",
            nested,
            "parquet serializetojson",
            "select 1",
            "ERROR Unmatched number of columns between table and file. Table columns: 2, Data"),
        new Case(
            "PARQUET",
            "a date, b int, c super, d super",
            nested,
            "parquet serializetojson",
            "select 1",
            "ERROR has an incompatible Parquet schema for column"),
        new Case(
            "PARQUET",
            "a int",
            utf8("no such thing"),
            "parquet",
            "select 1",
            "ERROR is not a valid Parquet file"));
  }

  static Stream<Case> packings() throws Exception {
    byte[] text = utf8("1|x\n2|y\n");
    String table = "a int, b char(1)";
    String query = "select * from t order by 1";
    return Stream.of(
        new Case("GZIP", table, packed(text, GZIPOutputStream::new), "gzip", query, "1|x", "2|y"),
        new Case(
            "BZIP2",
            table,
            packed(text, out -> new BZip2HadoopStreams().createOutputStream(out)),
            "bzip2",
            query,
            "1|x",
            "2|y"),
        new Case("ZSTD", table, packed(text, ZstdOutputStream::new), "zstd", query, "1|x", "2|y"),
        new Case(
            "LZOP",
            table,
            packed(text, out -> new LzopHadoopStreams().createOutputStream(out)),
            "lzop",
            query,
            "1|x",
            "2|y"),
        new Case("GZIP", table, text, "gzip", query, "ERROR could not read"));
  }

  static Stream<Case> texts() {
    String table = "a int, b varchar(9)";
    return Stream.of(
        encoded("utf8", StandardCharsets.UTF_8),
        encoded("utf16", StandardCharsets.UTF_16),
        encoded("utf16le", StandardCharsets.UTF_16LE),
        encoded("utf16be", StandardCharsets.UTF_16BE),
        encoded("iso88591", StandardCharsets.ISO_8859_1),
        new Case("ENCODING", table, "1|x\n", "encoding ebcdic", "ERROR invalid ENCODING"),
        new Case(
            "ACCEPTINVCHARS",
            table,
            bytes("1|a\377b\n"),
            "acceptinvchars '^'",
            "select * from t",
            "1|a^b"),
        new Case(
            "ACCEPTINVCHARS",
            table,
            bytes("1|a\377b\n"),
            "acceptinvchars",
            "select * from t",
            "1|a?b"),
        new Case(
            "ACCEPTINVCHARS",
            table,
            bytes("1|a\377b\n"),
            "",
            "select * from t",
            "ERROR Load into table 't' failed"),
        new Case("ESCAPE", table, "1|a\\|b\n2|c\\\nd\n", "escape", "1|a|b", "2|c\nd"),
        new Case("REMOVEQUOTES", table, "1|\"a\"\n2|'b'\n", "removequotes", "1|a", "2|b"),
        new Case("IGNOREHEADER", table, "a|b\n--\n1|x\n", "ignoreheader as 2", "1|x"),
        new Case("IGNOREBLANKLINES", table, "\n1|x\n\n2|y\n", "ignoreblanklines", "1|x", "2|y"),
        new Case("MAXERROR", table, "1|x\ny|x\n3|y\n", "maxerror as 1", "1|x", "3|y"),
        new Case("MAXERROR", table, "1|x\n", "maxerror 100001", "ERROR MAXERROR must be between"));
  }

  static Stream<Case> values() {
    String table = "a int, b varchar(4)";
    return Stream.of(
        new Case("BLANKSASNULL", table, "1|  \n2|\n", "blanksasnull", "1|NULL", "2|"),
        new Case("EMPTYASNULL", table, "1|  \n2|\n", "emptyasnull", "1|  ", "2|NULL"),
        new Case("NULL AS", table, "1|nil\nnil|x\n", "null as 'nil'", "1|NULL", "NULL|x"),
        new Case("NULL AS", table, "1|\\N\n", "", "1|NULL"),
        new Case(
            "FILLRECORD",
            "a int, b varchar(4), c int",
            "1\n2|x\n",
            "fillrecord",
            "1||NULL",
            "2|x|NULL"),
        new Case("TRIMBLANKS", table, "1|x   \n", "trimblanks", "1|x"),
        new Case("TRUNCATECOLUMNS", table, "1|abcdef\n", "truncatecolumns", "1|abcd"),
        new Case("TRUNCATECOLUMNS", table, "1|abcdef\n", "", "ERROR Load into table 't' failed"),
        new Case("ROUNDEC", "a decimal(8,2)", "1.256\n-2.255\n", "roundec", "-2.26", "1.26"),
        new Case("ROUNDEC", "a decimal(8,2)", "1.256\n", "", "1.25"),
        new Case("EXPLICIT_IDS", "a int identity(1,1), b char(1)", "7|x\n", "explicit_ids", "7|x"),
        new Case("EXPLICIT_IDS", table, "7|x\n", "explicit_ids", "ERROR has no identity column"),
        new Case("EXPLICIT_IDS", "a int identity(5,1), b char(1)", "x\n", "", "5|x"));
  }

  static Stream<Case> times() {
    return Stream.of(
        new Case(
            "ACCEPTANYDATE",
            "a int, b date",
            "1|2024-02-30\n2|2024-02-29\n",
            "acceptanydate dateformat 'auto'",
            "1|NULL",
            "2|2024-02-29"),
        new Case(
            "ACCEPTANYDATE",
            "a int, b date",
            "1|2024-02-30\n",
            "",
            "ERROR Load into table 't' failed"),
        new Case(
            "DATEFORMAT", "b date", "29.02.2024\n", "dateformat as 'DD.MM.YYYY'", "2024-02-29"),
        new Case("DATEFORMAT", "b date", "02/29/2024\n", "dateformat 'auto'", "2024-02-29"),
        new Case(
            "TIMEFORMAT",
            "b timestamp",
            "29.02.2024 12:34:56\n",
            "timeformat 'DD.MM.YYYY HH:MI:SS'",
            "2024-02-29 12:34:56"),
        new Case(
            "TIMEFORMAT",
            "b timestamp",
            "1709210096\n",
            "timeformat 'epochsecs'",
            "2024-02-29 12:34:56"),
        new Case(
            "TIMEFORMAT",
            "b timestamp",
            "1709210096789\n",
            "timeformat as 'epochmillisecs'",
            "2024-02-29 12:34:56.789"));
  }

  static Stream<Case> loads() {
    String table = "a int, b char(1)";
    return Stream.of(
        new Case("COMPROWS", table, "1|x\n", "comprows 100000", "1|x"),
        new Case("COMPUPDATE", table, "1|x\n", "compupdate preset", "1|x"),
        new Case("COMPUPDATE", table, "1|x\n", "compupdate off", "1|x"),
        new Case("STATUPDATE", table, "1|x\n", "statupdate true", "1|x"),
        new Case("IGNOREALLERRORS", table, "1|x\nz|x\nz|y\nz|z\n", "ignoreallerrors", "1|x"),
        new Case("NOLOAD", table, utf8("1|x\n"), "noload", "select count(*) from t", "0"),
        new Case("NOLOAD", table, "z|x\n", "noload", "ERROR Load into table 't' failed"),
        new Case("MANIFEST", table, "{\"entries\":[]}", "manifest", "ERROR does not exist"),
        new Case("MANIFEST", table, "no\n", "manifest", "ERROR Invalid manifest file"),
        new Case(
            "MANIFEST",
            table,
            "{\"entries\":[{\"url\":\"s3://warehouse/none\",\"mandatory\":true}]}",
            "manifest access_key_id '%s' secret_access_key '%s'"
                .formatted(S3Server.KEYS.accessKeyId(), S3Server.KEYS.secretAccessKey()),
            "ERROR does not exist"));
  }

  static Stream<Case> authorization() {
    String table = "a int, b char(1)";
    return Stream.of(
        new Case("IAM_ROLE", table, "1|x\n", "iam_role default", "1|x"),
        new Case("IAM_ROLE", table, "1|x\n", "iam_role 'arn:aws:iam::0123456789012:role/r'", "1|x"),
        new Case("ACCESS_KEY_ID", table, "1|x\n", KEYS, "1|x"),
        new Case("CREDENTIALS", table, "1|x\n", "credentials 'aws_iam_role=arn'", "1|x"),
        new Case(
            "SECRET_ACCESS_KEY", table, "1|x\n", "access_key_id 'x'", "ERROR SECRET_ACCESS_KEY"),
        new Case("REGION", table, "1|x\n", "region as 'eu-west-1'", "1|x"));
  }

  static Stream<Case> refused() {
    String table = "a int";
    return Stream.of(
        new Case("SSH", table, "{\"entries\":[{}]}", "ssh", "ERROR Invalid SSH manifest file"),
        new Case("READRATIO", table, "1\n", "readratio 50", "ERROR READRATIO"),
        new Case("ENCRYPTED", table, "1\n", "encrypted", "ERROR ENCRYPTED"),
        new Case(
            "MASTER_SYMMETRIC_KEY",
            table,
            "1\n",
            "encrypted master_symmetric_key 'abc'",
            "ERROR MASTER_SYMMETRIC_KEY"),
        new Case("SHAPEFILE", table, "1\n", "shapefile", "ERROR is a shapefile"),
        new Case("SIMPLIFY", table, "1\n", "simplify auto", "ERROR not compatible with SIMPLIFY"),
        new Case(
            "CSV",
            table,
            "1\n",
            "csv fixedwidth 'a:1' delimiter ','",
            "ERROR is not compatible with DELIMITER"),
        new Case("CSV", table, "1\n", "csv escape", "ERROR CSV is not compatible with ESCAPE"),
        new Case("JSON", table, "1\n", "json 'auto' fillrecord", "ERROR is not compatible with"),
        new Case(
            "PARQUET",
            table,
            "1\n",
            "parquet ignoreheader 1",
            "ERROR IGNOREHEADER argument is not supported for PARQUET based COPY"),
        new Case("UNLOAD", table, "1\n", "addquotes", "ERROR is an option of UNLOAD"));
  }

  /// Sources that are not there say so.
  @Test
  void otherSourcesAreRefused() throws Exception {
    warehouse.execute("drop table if exists t", "create table t (a int)");
    for (String source : List.of("dynamodb://table", "emr://j-1/part-*", "ftp://x/y")) {
      assertThatThrownBy(() -> warehouse.execute("copy t from '" + source + "' readratio 50"))
          .as(source)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is not supported");
    }
  }

  private static Case encoded(String name, Charset charset) {
    return new Case(
        "ENCODING",
        "a int, b varchar(9)",
        "1|grüß\n".getBytes(charset),
        "encoding as " + name,
        "select * from t",
        "1|grüß");
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] resource(String name) throws IOException {
    return Objects.requireNonNull(CopyParametersTest.class.getResourceAsStream(name))
        .readAllBytes();
  }

  private interface Packer {
    OutputStream pack(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] text, Packer packer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = packer.pack(out)) {
      packing.write(text);
    }
    return out.toByteArray();
  }
}
