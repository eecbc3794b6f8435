package io.redward.load.parquet;

import static io.redward.load.parquet.ColumnarLoads.load;
import static io.redward.load.parquet.ColumnarLoads.request;
import static io.redward.load.parquet.ColumnarLoads.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetLoadTest {
  private static final Format PARQUET = new Format.Parquet(true);

  private static final List<SqlType> TYPES =
      List.of(
          SqlType.SMALLINT,
          SqlType.INTEGER,
          SqlType.BIGINT,
          SqlType.BOOLEAN,
          SqlType.REAL,
          SqlType.DOUBLE,
          SqlType.DATE,
          SqlType.TIMESTAMP,
          SqlType.decimal(9, 2),
          SqlType.decimal(18, 4),
          SqlType.decimal(38, 5),
          SqlType.varchar(100),
          SqlType.varchar(100));

  /// Columns of all types, some null, strings with few and with many values.
  private static final String COLUMNS =
      """
      select case when i % 7 = 0 then null else (i % 30000)::smallint end a, i::integer b,
        case when i % 5 <> 0 then i * 1000000007::bigint end c, i % 3 = 0 d,
        (i / 4.0)::float e, (i / 8.0)::double f, date '1995-01-01' + (i % 9000)::integer g,
        timestamp '2001-02-03 04:05:06' + to_microseconds(i * 1234567) h,
        (i % 99999 / 100.0)::decimal(9, 2) j, (-i / 16.0)::decimal(18, 4) k,
        (i * 12345678901234567890.12345::decimal(38, 5)) l, 'word ' || (i % 11) m,
        case when i % 2 = 0 then 'number ' || i else '' end n
      from range(ROWS) t(i)
      """;

  /// The same as the loader keeps it.
  private static final String EXPECTED =
      """
      select concat_ws('|', coalesce(a::varchar, 'NULL'), b, coalesce(c::varchar, 'NULL'),
        d::integer, e::double, f, (g - date '1970-01-01'), epoch_us(h), (j * 100)::bigint, (k * 10000)::bigint,
        case when l = 0 then '0' else replace(l::varchar, '.', '') end, m, n) from (QUERY)
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "zstd", "gzip", "lz4_raw"})
  void readsWhatAnotherEngineWroteWithEachCodec(String codec) throws SQLException {
    assertRoundTrip("codec " + codec + ", row_group_size 10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void readsBothVersionsOfEncodings(String version) throws SQLException {
    assertRoundTrip("parquet_version " + version + ", dictionary_size_limit 1");
  }

  private void assertRoundTrip(String options) throws SQLException {
    String query = COLUMNS.replace("ROWS", "25000");
    Path file = write(query, options);
    CollectingTransaction transaction = new CollectingTransaction();
    LoadOutcome outcome = load(file, PARQUET, target(TYPES), transaction);
    assertThat(outcome.rows()).isEqualTo(25_000);
    List<String> expected = query(EXPECTED.replace("QUERY", query));
    List<String> loaded = transaction.rows();
    assertThat(loaded).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(loaded.get(i)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void appendsNothingWhenOnlyAnalyzing() throws SQLException {
    Path file = write("select 1 a", "codec snappy");
    CollectingTransaction transaction = new CollectingTransaction();
    CopyRequest request = request(file, PARQUET, false, true);
    LoadOutcome outcome = load(request, target(List.of(SqlType.INTEGER)), transaction);
    assertThat(outcome.rows()).isEqualTo(1);
    assertThat(transaction.rows()).isEmpty();
  }

  @Test
  void refusesAnotherNumberOfColumns() throws SQLException {
    Path file = write("select 1 a, 2 b", "codec snappy");
    assertThatThrownBy(() -> loadOne(file, SqlType.INTEGER))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining(
            "Unmatched number of columns between table and file. Table columns: 1,"
                + " Data columns: 2");
  }

  @Test
  void refusesTypesThatDoNotGoTogether() throws SQLException {
    Path file = write("select 'x' a", "codec snappy");
    assertThatThrownBy(() -> loadOne(file, SqlType.INTEGER))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("incompatible Parquet schema for column \"c0\"")
        .hasMessageContaining("INTEGER")
        .hasMessageContaining("byte_array")
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.detail()).get().asString().contains("Spectrum Scan Error"));
  }

  @Test
  void refusesNestedColumnsUnlessTheyAreToBeSerialized() throws SQLException {
    Path file = write("select [1, 2] a", "codec snappy");
    assertState(file, SqlType.INTEGER, SqlState.DATATYPE_MISMATCH);
    CopyRequest request =
        new CopyRequest(
            new CopyRequest.Origin("file://" + file, false, true),
            new Format.Parquet(false),
            CopyRequest.Reading.PLAIN,
            request(file, PARQUET, false, false).conversion(),
            0,
            false);
    LoadTarget target = target(List.of(SqlType.of(TypeKind.SUPER)));
    assertThatThrownBy(() -> load(request, target, new CollectingTransaction()))
        .hasMessageContaining("SERIALIZETOJSON");
  }

  /// Lists, structs and maps in one another, with nulls and empty ones at each level, as JSON.
  @ParameterizedTest
  @ValueSource(strings = {"parquet_version v1", "parquet_version v2, codec zstd"})
  void putsNestedColumnsTogether(String options) throws SQLException {
    String query =
        """
        select case when i % 7 <> 0 then range(i % 4) end a,
          case when i % 5 <> 0 then {'x': i, 'y': 'say "' || i || '"', 'z': case when i % 3 <> 0
            then [i, null] end} end b,
          case when i % 6 <> 0 then map(range(i % 3), range(i % 3)) end c,
          case when i % 4 <> 0 then list_transform(range(i % 5),
            lambda e: case when e <> 2 then {'d': date '2024-02-28' + e::integer,
              'l': list_transform(range(e), lambda f: case when f <> 1 then [f::varchar] end),
              'm': map([e::varchar], [e % 2 = 0])} end) end d
        from range(9000) t(i)
        """;
    Path file = write(query, options + ", row_group_size 5000");
    CollectingTransaction transaction = new CollectingTransaction();
    SqlType json = SqlType.of(TypeKind.SUPER);
    load(file, PARQUET, target(List.of(json, json, json, json)), transaction);
    List<String> expected =
        query(
            "select concat_ws('|', coalesce(to_json(a)::varchar, 'NULL'),"
                + " coalesce(to_json(b)::varchar, 'NULL'), coalesce(to_json(c)::varchar, 'NULL'),"
                + " coalesce(to_json(d)::varchar, 'NULL')) from ("
                + query
                + ")");
    assertThat(transaction.rows()).isEqualTo(expected);
  }

  @Test
  void readsTypesThatFewFilesHave() throws SQLException {
    Path file =
        write(
            "select uuid '01234567-89ab-cdef-0123-456789abcdef' a, 'low'::enum('low', 'high') b,"
                + " '{\"k\": [1, 2]}'::json c, -123.45::decimal(30, 2) d, time '01:02:03.5' e,"
                + " timestamp_ns '2024-02-29 01:02:03.123456789' f, 200::utinyint g",
            "codec snappy");
    CollectingTransaction transaction = new CollectingTransaction();
    SqlType text = SqlType.varchar(40);
    SqlType json = SqlType.of(TypeKind.SUPER);
    load(file, PARQUET, target(List.of(text, text, json, json, json, json, json)), transaction);
    assertThat(transaction.rows())
        .containsExactly(
            "01234567-89ab-cdef-0123-456789abcdef|low|{\"k\":[1,2]}|-123.45|\"01:02:03.5\""
                + "|\"2024-02-29 01:02:03.123456\"|200");
  }

  @Test
  void refusesValuesOutOfRange() throws SQLException {
    Path file = write("select 40000 a", "codec snappy");
    assertState(file, SqlType.SMALLINT, SqlState.NUMERIC_VALUE_OUT_OF_RANGE);
    assertState(file, SqlType.decimal(4, 0), SqlState.NUMERIC_VALUE_OUT_OF_RANGE);
  }

  @Test
  void refusesNullsWhereNoneMayBe() throws SQLException {
    Path file = write("select null::integer a", "codec snappy");
    LoadTarget.Column column =
        new LoadTarget.Column("c0", SqlType.INTEGER, false, Optional.empty(), false);
    LoadTarget target = target(List.of(column), List.of(0));
    assertThatThrownBy(() -> load(file, PARQUET, target, new CollectingTransaction()))
        .hasMessage("Cannot insert a NULL value into column c0");
  }

  @Test
  void cutsStringsOffOnlyWhenAskedTo() throws SQLException {
    Path file = write("select 'grüße' a", "codec snappy");
    LoadTarget target = target(List.of(SqlType.varchar(3)));
    assertState(file, SqlType.varchar(3), SqlState.STRING_DATA_RIGHT_TRUNCATION);
    CollectingTransaction transaction = new CollectingTransaction();
    load(request(file, PARQUET, true, false), target, transaction);
    assertThat(transaction.rows()).containsExactly("gr");
  }

  @Test
  void fillsColumnsThatAreNotListed() throws SQLException {
    Path file = write("select 5 a", "codec snappy");
    List<LoadTarget.Column> columns =
        List.of(
            new LoadTarget.Column("id", SqlType.BIGINT, false, Optional.empty(), true),
            new LoadTarget.Column("other", SqlType.BIGINT, true, Optional.empty(), false),
            new LoadTarget.Column("value", SqlType.BIGINT, true, Optional.empty(), false));
    CollectingTransaction transaction = new CollectingTransaction();
    load(file, PARQUET, target(columns, List.of(2)), transaction);
    assertThat(transaction.rows()).containsExactly("1|NULL|5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"codec snappy", "codec zstd", "parquet_version v2, dictionary_size_limit 1"})
  void reportsDamagedFilesAsSuch(String options) throws Exception {
    byte[] sound = Files.readAllBytes(write(COLUMNS.replace("ROWS", "2000"), options));
    Path damaged = directory.resolve("damaged.parquet");
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] bytes = sound.clone();
      int span = i % 2 == 0 ? bytes.length : Math.min(bytes.length, 4_000);
      bytes[bytes.length - 1 - random.nextInt(span)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      refused += isRefused(damaged) ? 1 : 0;
    }
    for (int i = 0; i < 50; i++) {
      int length = random.nextInt(sound.length);
      Files.write(damaged, Arrays.copyOf(sound, length));
      assertThat(isRefused(damaged)).as("cut off at %d", length).isTrue();
    }
    assertThat(refused).isPositive();
  }

  /// Anything but an error of the statement, or values that happen to be sound, fails the test.
  private static boolean isRefused(Path file) {
    try {
      load(file, PARQUET, target(TYPES), new CollectingTransaction());
      return false;
    } catch (SqlException e) {
      assertThat(e.state()).as(e.message()).isNotEqualTo(SqlState.INTERNAL_ERROR);
      return true;
    }
  }

  private void assertState(Path file, SqlType type, SqlState state) {
    assertThatThrownBy(() -> loadOne(file, type))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).as(e.message()).isEqualTo(state));
  }

  private static void loadOne(Path file, SqlType type) {
    load(file, PARQUET, target(List.of(type)), new CollectingTransaction());
  }

  private Path write(String query, String options) throws SQLException {
    Path file = directory.resolve("file.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("copy (%s) to '%s' (format parquet, %s)".formatted(query, file, options));
    }
    return file;
  }

  private static List<String> query(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows.stream().sorted().toList();
  }
}
