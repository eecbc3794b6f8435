package io.redward.bench;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Columns as warehouses have them, for `bench encodings`.
enum EncodingSamples {
  KEYS("ascending keys", Physical.LONG, List.of("raw", "az64", "delta", "mostly32", "lzo", "zstd")),
  DATES("dates of 7 years", Physical.INT, List.of("raw", "az64", "bytedict", "mostly16", "zstd")),
  PRICES("prices", Physical.LONG, List.of("raw", "az64", "mostly32", "delta32k", "lzo", "zstd")),
  FLAGS("few long numbers", Physical.LONG, List.of("raw", "az64", "bytedict", "zstd")),
  SMALL("numbers below 100", Physical.INT, List.of("raw", "az64", "mostly8")),
  TOTALS("wide decimals", Physical.INT128, List.of("raw", "az64", "zstd")),
  RUNS("runs of 200", Physical.INT, List.of("raw", "az64", "runlength")),
  MEASURES("doubles of 2 decimals", Physical.DOUBLE, List.of("raw", "auto", "zstd")),
  REALS("measured reals", Physical.DOUBLE, List.of("raw", "auto")),
  READINGS("measured doubles", Physical.DOUBLE, List.of("raw", "auto", "zstd")),
  NOISE("random doubles", Physical.DOUBLE, List.of("raw", "auto", "zstd")),
  MODES("few words", Physical.BYTES, List.of("raw", "auto", "bytedict", "text255", "lzo", "zstd")),
  URLS("addresses", Physical.BYTES, List.of("raw", "auto", "text255", "lzo", "zstd")),
  COMMENTS(
      "sentences", Physical.BYTES, List.of("raw", "auto", "text255", "text32k", "lzo", "zstd"));

  private static final String[] WORDS =
      ("the furiously regular deposits sleep across final accounts quickly ironic packages are"
              + " blithely express requests haggle carefully bold theodolites among pending ideas"
              + " nag slyly even foxes boost unusual platelets wake")
          .split(" ");
  private static final String[] WAYS = {"AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB", "REG AIR"};

  private final String text;
  private final Physical physical;
  private final List<String> encodings;

  EncodingSamples(String text, Physical physical, List<String> encodings) {
    this.text = text;
    this.physical = physical;
    this.encodings = encodings;
  }

  String text() {
    return text;
  }

  List<String> encodings() {
    return encodings;
  }

  /// A range that about a tenth of the rows lie in.
  long low() {
    return switch (this) {
      case KEYS -> 1_020_000;
      case DATES -> 9_000;
      case PRICES -> 500_000;
      case FLAGS -> 2_000_000_000L;
      case RUNS -> 100;
      default -> 0;
    };
  }

  long high() {
    return switch (this) {
      case KEYS -> 1_040_000;
      case DATES -> 9_250;
      case PRICES -> 1_500_000;
      case FLAGS -> 2_999_999_999L;
      case RUNS -> 200;
      default -> 0;
    };
  }

  Vector make(int rows) {
    Random random = new Random(7);
    Vector vector = Vector.of(physical, rows);
    long key = 1_000_000;
    int run = 0;
    for (int row = 0; row < rows; row++) {
      key += random.nextInt(7);
      run = row % 200 == 0 ? random.nextInt(1_000) : run;
      switch (vector) {
        case IntVector ints ->
            ints.values[row] =
                switch (this) {
                  case DATES -> 8_036 + random.nextInt(2_526);
                  case SMALL -> random.nextInt(100);
                  default -> run;
                };
        case LongVector longs -> longs.values[row] = number(key, random);
        case DoubleVector doubles ->
            doubles.values[row] =
                switch (this) {
                  case NOISE -> random.nextGaussian();
                  case READINGS -> 47.3 + random.nextGaussian();
                  case REALS -> (float) (47.3 + random.nextGaussian());
                  default -> random.nextInt(10_000_000) / 100.0;
                };
        case Int128Vector wide -> wide.low[row] = number(key, random) * 1_000;
        case BytesVector bytes -> {
          byte[] value = word(row, random).getBytes(StandardCharsets.UTF_8);
          bytes.append(row, value, 0, value.length);
        }
      }
    }
    return vector;
  }

  private long number(long key, Random random) {
    return switch (this) {
      case KEYS -> key;
      case FLAGS -> random.nextInt(10) * 1_000_000_000L;
      default -> 90_000 + random.nextInt(10_400_000);
    };
  }

  private String word(int row, Random random) {
    return switch (this) {
      case MODES -> WAYS[random.nextInt(WAYS.length)];
      case URLS ->
          "https://www.example.com/shop/item?id=" + random.nextInt(1_000_000) + "&page=" + row % 9;
      default -> {
        StringBuilder sentence = new StringBuilder();
        for (int i = random.nextInt(5) + 3; i > 0; i--) {
          sentence.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        yield sentence.toString();
      }
    };
  }
}
