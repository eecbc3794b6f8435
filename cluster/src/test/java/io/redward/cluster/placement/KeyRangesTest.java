package io.redward.cluster.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Physical;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
  private static final int SEEDS = Integer.getInteger("seeds", 5);
  private static final TableShare SHARE = new TableShare(1, 1, Physical.LONG, 0);

  /// Whatever the tables and nodes: each row on one node, equal keys of two tables on the same.
  @Test
  void nodes_have_every_row_once_and_equal_keys_together() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<String> nodes = names(1 + random.nextInt(6));
      LongTable large = table(1, random, 150_000 + random.nextInt(250_000));
      LongTable small = table(2, random, 1 + random.nextInt(90_000));
      KeyRanges ranges = KeyRanges.of(large, 1, nodes.size()).orElseThrow();
      int[] owners = new RangeParts().owners(nodes, ranges.count());
      for (LongTable table : List.of(large, small)) {
        RangeParts parts = new RangeParts();
        long[] found = new long[0];
        for (int node = 0; node < nodes.size(); node++) {
          long[] mine = LongTable.visible(parts.part(table, SHARE, ranges, nodes, node));
          for (long value : mine) {
            int range = value == LongTable.NULL ? 0 : ranges.of(value);
            if (owners[range] != node) {
              throw new AssertionError("value " + value + " of seed " + seed + " on " + node);
            }
          }
          found = LongStream.concat(Arrays.stream(found), Arrays.stream(mine)).toArray();
        }
        Arrays.sort(found);
        assertThat(found).as("seed %d", seed).isEqualTo(LongTable.visible(table));
      }
    }
  }

  @Test
  void ranges_hold_about_as_many_rows_each() {
    LongTable table = new LongTable(1, List.of(LongStream.range(0, 2_000_000).toArray()));
    for (int nodes : new int[] {2, 3, 4, 8}) {
      KeyRanges ranges = KeyRanges.of(table, 1, nodes).orElseThrow();
      int[] rows = new int[ranges.count()];
      for (long[] values : table.values()) {
        Arrays.stream(values).forEach(value -> rows[ranges.of(value)]++);
      }
      assertThat(Arrays.stream(rows).max().orElseThrow())
          .isLessThan(2_000_000 / ranges.count() * 5 / 4);
    }
  }

  @Test
  void a_table_out_of_its_keys_order_is_not_divided() {
    long[] mixed = new Random(1).longs(400_000, 0, 1_000_000).toArray();
    assertThat(KeyRanges.of(new LongTable(1, List.of(mixed)), 1, 4)).isEmpty();
  }

  @Test
  void one_key_alone_is_no_reason_to_divide_a_block() {
    long[] same = new long[300_000];
    Arrays.fill(same, 7);
    KeyRanges ranges = KeyRanges.of(new LongTable(1, List.of(same)), 1, 4).orElseThrow();
    assertThat(ranges.count()).isEqualTo(1);
    List<String> nodes = names(4);
    long owned = 0;
    for (int node = 0; node < 4; node++) {
      TableSnapshot part =
          new RangeParts().part(new LongTable(1, List.of(same)), SHARE, ranges, nodes, node);
      owned += part.rowCount();
    }
    assertThat(owned).isEqualTo(300_000);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "node-" + i).toList();
  }

  /// Loads leave rowsets that pass through the same keys side by side.
  @Test
  void tables_of_rowsets_side_by_side_are_divided_alike() {
    LongTable large = sideBySide(1, 6_000_000, 1);
    LongTable small = sideBySide(2, 1_500_000, 4);
    KeyRanges ranges = KeyRanges.of(large, 1, 4).orElseThrow();
    assertThat(ranges.divides(small, 1) || ranges.coarser(4).orElseThrow().divides(small, 1))
        .isTrue();
  }

  /// Two workers that take up pieces of a file in turn.
  private static LongTable sideBySide(long id, int rows, int step) {
    LongStream.Builder first = LongStream.builder();
    LongStream.Builder second = LongStream.builder();
    for (int row = 0; row < rows; row++) {
      (row / (rows / 60) % 2 == 0 ? first : second).add((long) row * step);
    }
    return new LongTable(id, List.of(first.build().toArray(), second.build().toArray()));
  }

  /// Rowsets one behind the other in the order of the key, hot keys and NULLs among them.
  private static LongTable table(long id, Random random, int rows) {
    List<long[]> rowsets = new ArrayList<>();
    long key = random.nextInt(1_000) - 500L;
    int left = rows;
    while (left > 0) {
      int count = Math.min(left, 1 + random.nextInt(160_000));
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        key += random.nextInt(4) == 0 ? random.nextInt(5) : 0;
        values[i] = random.nextInt(1_000) == 0 ? LongTable.NULL : key;
      }
      rowsets.add(values);
      left -= count;
    }
    return new LongTable(id, rowsets);
  }
}
