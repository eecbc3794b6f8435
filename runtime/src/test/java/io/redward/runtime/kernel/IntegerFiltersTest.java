package io.redward.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The kernels find the rows that a plain loop finds.
class IntegerFiltersTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE + 1,
    Long.MAX_VALUE - 1,
    1L << 32
  };

  private final int[] selection = new int[512];

  @Test
  void intRangeKeepsWhatLiesBetween() {
    rounds(
        300,
        random -> {
          int[] values = ints(random, 300);
          int a = anyInt(random);
          int b = anyInt(random);
          int low = Math.min(a, b);
          int high = Math.max(a, b);
          int[] expected =
              where(values.length, i -> values[(int) i] >= low && values[(int) i] <= high);
          assertThat(kept(IntFilters.between(values, values.length, low, high, selection)))
              .isEqualTo(expected);
          Selections.all(values.length, selection);
          assertThat(kept(IntFilters.keepBetween(values, low, high, selection, values.length)))
              .isEqualTo(expected);
        });
  }

  @Test
  void longRangeKeepsWhatLiesBetween() {
    rounds(
        300,
        random -> {
          long[] values = longs(random, 0, 300);
          long a = anyLong(random);
          long b = anyLong(random);
          long low = Math.min(a, b);
          long high = Math.max(a, b);
          int[] expected =
              where(values.length, i -> values[(int) i] >= low && values[(int) i] <= high);
          assertThat(kept(LongFilters.between(values, values.length, low, high, selection)))
              .isEqualTo(expected);
          Selections.all(values.length, selection);
          assertThat(kept(LongFilters.keepBetween(values, low, high, selection, values.length)))
              .isEqualTo(expected);
        });
  }

  @Test
  void unequalDropsTheOneValue() {
    rounds(
        200,
        random -> {
          int[] values = random.ints(random.nextInt(301), -3, 4).toArray();
          int unwanted = random.nextInt(-3, 4);
          int[] expected = where(values.length, i -> values[(int) i] != unwanted);
          assertThat(kept(IntFilters.notEqual(values, values.length, unwanted, selection)))
              .isEqualTo(expected);
          Selections.all(values.length, selection);
          assertThat(kept(IntFilters.keepNotEqual(values, unwanted, selection, values.length)))
              .isEqualTo(expected);
        });
  }

  @Test
  void setsHoldTheirMembersOnly() {
    rounds(
        300,
        random -> {
          long[] members = longs(random, 1, 40);
          long[] others = longs(random, 0, 40);
          LongSet set = LongSet.of(members);
          long[] asked = new long[members.length + 3 * others.length];
          System.arraycopy(members, 0, asked, 0, members.length);
          for (int i = 0; i < others.length; i++) {
            asked[members.length + i] = others[i];
            asked[members.length + others.length + i] = members[i % members.length] + 1;
            asked[members.length + 2 * others.length + i] = members[i % members.length] - 1;
          }
          for (long value : asked) {
            assertThat(set.contains(value))
                .isEqualTo(Arrays.stream(members).anyMatch(member -> member == value));
          }
        });
  }

  @Test
  void inKeepsMembersOfWideAndNarrowSets() {
    rounds(
        200,
        random -> {
          int[] values = random.ints(random.nextInt(201), 0, 51).toArray();
          int[] members = random.ints(random.nextInt(1, 11), 0, 51).toArray();
          boolean wide = random.nextBoolean();
          long[] widened =
              IntStream.concat(Arrays.stream(members), IntStream.of(wide ? 1_000_000 : members[0]))
                  .asLongStream()
                  .toArray();
          LongSet set = LongSet.of(widened);
          int[] expected =
              where(
                  values.length,
                  i -> Arrays.stream(widened).anyMatch(member -> member == values[(int) i]));
          int n =
              IntFilters.between(
                  values, values.length, (int) set.min(), (int) set.max(), selection);
          assertThat(kept(IntFilters.keepIn(values, set, selection, n))).isEqualTo(expected);
          long[] longs = Arrays.stream(values).asLongStream().toArray();
          n = LongFilters.between(longs, longs.length, set.min(), set.max(), selection);
          assertThat(kept(LongFilters.keepIn(longs, set, selection, n))).isEqualTo(expected);
        });
  }

  @Test
  void bitmapsBecomeSelections() {
    rounds(
        200,
        random -> {
          long[] words = longs(random, 5, 5);
          int count = random.nextInt(4) == 0 ? 64 * random.nextInt(5) : random.nextInt(257);
          int[] set = where(count, i -> (words[1 + (int) (i >> 6)] >>> i & 1) != 0);
          int[] clear = where(count, i -> (words[1 + (int) (i >> 6)] >>> i & 1) == 0);
          assertThat(kept(Selections.whereSet(words, 1, count, selection))).isEqualTo(set);
          assertThat(kept(Selections.whereClear(words, 1, count, selection))).isEqualTo(clear);
          long[] shifted = Arrays.copyOfRange(words, 1, 5);
          Selections.all(count, selection);
          assertThat(kept(Selections.keepSet(shifted, selection, count))).isEqualTo(set);
          Selections.all(count, selection);
          assertThat(kept(Selections.keepClear(shifted, selection, count))).isEqualTo(clear);
        });
  }

  /// Runs a property on many random inputs; the message of a failure has the seed of its input.
  private static void rounds(int count, Consumer<Random> property) {
    for (int seed = 0; seed < count; seed++) {
      try {
        property.accept(new Random(seed));
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  /// Every fourth an edge of the type, every fourth a small number, so that equal ones meet.
  private static long anyLong(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextLong(-20, 21);
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private static int anyInt(Random random) {
    return (int) anyLong(random);
  }

  private static int[] ints(Random random, int most) {
    return IntStream.range(0, random.nextInt(most + 1)).map(_ -> anyInt(random)).toArray();
  }

  private static long[] longs(Random random, int least, int most) {
    return LongStream.range(0, random.nextInt(least, most + 1)).map(_ -> anyLong(random)).toArray();
  }

  private int[] kept(int n) {
    return Arrays.copyOf(selection, n);
  }

  private static int[] where(int count, LongPredicate condition) {
    return IntStream.range(0, count).filter(i -> condition.test(i)).toArray();
  }
}
