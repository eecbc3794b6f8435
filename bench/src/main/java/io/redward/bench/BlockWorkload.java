package io.redward.bench;

import io.redward.storage.cache.BlockKey;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/// Which blocks queries read, as skewed workloads have it.
enum BlockWorkload {
  /// Single blocks, their frequencies by Zipf's law.
  ZIPF_0_8("Zipf, exponent 0.8", 0.8),
  ZIPF_1("Zipf, exponent 1", 1),
  ZIPF_1_2("Zipf, exponent 1.2", 1.2),
  /// A table sorted by day: queries read some columns of the last days, and one in twenty all days.
  RECENT_DAYS("reports over recent days", 1);

  private static final int BLOCKS = 20_000;
  private static final int DAYS = 400;
  private static final int COLUMNS = 50;
  private static final int COLUMNS_READ = 4;
  private static final double MEAN_DAYS = 20;

  private final String text;
  private final double[] cumulative;

  BlockWorkload(String text, double exponent) {
    this.text = text;
    cumulative = new double[text.startsWith("Zipf") ? BLOCKS : COLUMNS];
    double sum = 0;
    for (int rank = 0; rank < cumulative.length; rank++) {
      sum += Math.pow(rank + 1.0, -exponent);
      cumulative[rank] = sum;
    }
  }

  String text() {
    return text;
  }

  /// Reads what one query reads.
  ///
  /// @return how many blocks
  int query(Random random, Consumer<BlockKey> reader) {
    if (this != RECENT_DAYS) {
      reader.accept(new BlockKey(rank(random), 1, 0));
      return 1;
    }
    boolean all = random.nextInt(20) == 0;
    int days = all ? DAYS : (int) Math.min(DAYS, 1 - Math.log(random.nextDouble()) * MEAN_DAYS);
    for (int i = 0; i < COLUMNS_READ; i++) {
      int column = rank(random);
      for (int day = 0; day < days; day++) {
        reader.accept(new BlockKey(DAYS - day, column, 0));
      }
    }
    return COLUMNS_READ * days;
  }

  private int rank(Random random) {
    double place = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, place);
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
  }
}
