package io.redward.load.parquet;

import static io.redward.load.parquet.ColumnarLoads.load;
import static io.redward.load.parquet.ColumnarLoads.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.LoadOutcome;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ORC files against Parquet files of the same rows; Apache Arrow 25 (pyarrow) has written both.
final class OrcLoadTest {
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
          SqlType.decimal(38, 5),
          SqlType.varchar(20),
          SqlType.varchar(40),
          SqlType.of(TypeKind.SUPER),
          SqlType.of(TypeKind.SUPER),
          SqlType.BIGINT,
          SqlType.BIGINT);

  @TempDir Path directory;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(OrcLoadTest.class.getResource("/orc/" + name)).toURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "snappy", "lz4", "zstd", "uncompressed"})
  void readsTheSameFromBothFormats(String codec) throws Exception {
    CollectingTransaction orc = new CollectingTransaction();
    CollectingTransaction parquet = new CollectingTransaction();
    LoadOutcome outcome = load(resource(codec + ".orc"), new Format.Orc(true), target(TYPES), orc);
    load(resource(codec + ".parquet"), new Format.Parquet(true), target(TYPES), parquet);
    assertThat(outcome.rows()).isEqualTo(parquet.rows().size()).isPositive();
    List<String> expected = parquet.rows();
    List<String> loaded = orc.rows();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(loaded.get(i)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void nestedColumnsNeedToBeSerialized() {
    assertThatThrownBy(
            () ->
                load(
                    resource("uncompressed.orc"),
                    new Format.Orc(false),
                    target(TYPES),
                    new CollectingTransaction()))
        .hasMessageContaining("SERIALIZETOJSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "snappy", "uncompressed"})
  void reportsDamagedFilesAsSuch(String codec) throws Exception {
    byte[] sound = Files.readAllBytes(resource(codec + ".orc"));
    Path damaged = directory.resolve("damaged.orc");
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = sound.clone();
      int span = i % 2 == 0 ? bytes.length : Math.min(bytes.length, 3_000);
      bytes[bytes.length - 1 - random.nextInt(span)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      refused += isRefused(damaged) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  /// Anything but an error of the statement, or values that happen to be sound, fails the test.
  private static boolean isRefused(Path file) {
    try {
      load(file, new Format.Orc(true), target(TYPES), new CollectingTransaction());
      return false;
    } catch (SqlException e) {
      assertThat(e.state()).as(e.message()).isNotEqualTo(SqlState.INTERNAL_ERROR);
      return true;
    }
  }
}
