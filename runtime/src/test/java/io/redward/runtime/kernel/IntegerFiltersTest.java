package io.redward.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The kernels find the rows that a plain loop finds.
class IntegerFiltersTest {
  private final int[] selection = new int[512];

  @Property(tries = 300)
  void intRangeKeepsWhatLiesBetween(
      @ForAll @Size(max = 300) int[] values, @ForAll int a, @ForAll int b) {
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    int[] expected = where(values.length, i -> values[(int) i] >= low && values[(int) i] <= high);
    assertThat(kept(IntFilters.between(values, values.length, low, high, selection)))
        .isEqualTo(expected);
    Selections.all(values.length, selection);
    assertThat(kept(IntFilters.keepBetween(values, low, high, selection, values.length)))
        .isEqualTo(expected);
  }

  @Property(tries = 300)
  void longRangeKeepsWhatLiesBetween(
      @ForAll @Size(max = 300) long[] values, @ForAll long a, @ForAll long b) {
    long low = Math.min(a, b);
    long high = Math.max(a, b);
    int[] expected = where(values.length, i -> values[(int) i] >= low && values[(int) i] <= high);
    assertThat(kept(LongFilters.between(values, values.length, low, high, selection)))
        .isEqualTo(expected);
    Selections.all(values.length, selection);
    assertThat(kept(LongFilters.keepBetween(values, low, high, selection, values.length)))
        .isEqualTo(expected);
  }

  @Property(tries = 200)
  void unequalDropsTheOneValue(
      @ForAll @Size(max = 300) @IntRange(min = -3, max = 3) int[] values,
      @ForAll @IntRange(min = -3, max = 3) int unwanted) {
    int[] expected = where(values.length, i -> values[(int) i] != unwanted);
    assertThat(kept(IntFilters.notEqual(values, values.length, unwanted, selection)))
        .isEqualTo(expected);
    Selections.all(values.length, selection);
    assertThat(kept(IntFilters.keepNotEqual(values, unwanted, selection, values.length)))
        .isEqualTo(expected);
  }

  @Property(tries = 300)
  void setsHoldTheirMembersOnly(
      @ForAll @Size(min = 1, max = 40) long[] members, @ForAll @Size(max = 40) long[] others) {
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
  }

  @Property(tries = 200)
  void inKeepsMembersOfWideAndNarrowSets(
      @ForAll @Size(max = 200) @IntRange(min = 0, max = 50) int[] values,
      @ForAll @Size(min = 1, max = 10) @IntRange(min = 0, max = 50) int[] members,
      @ForAll boolean wide) {
    long[] widened =
        IntStream.concat(Arrays.stream(members), IntStream.of(wide ? 1_000_000 : members[0]))
            .asLongStream()
            .toArray();
    LongSet set = LongSet.of(widened);
    int[] expected =
        where(
            values.length,
            i -> Arrays.stream(widened).anyMatch(member -> member == values[(int) i]));
    int n = IntFilters.between(values, values.length, (int) set.min(), (int) set.max(), selection);
    assertThat(kept(IntFilters.keepIn(values, set, selection, n))).isEqualTo(expected);
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    n = LongFilters.between(longs, longs.length, set.min(), set.max(), selection);
    assertThat(kept(LongFilters.keepIn(longs, set, selection, n))).isEqualTo(expected);
  }

  @Property(tries = 200)
  void bitmapsBecomeSelections(
      @ForAll @Size(5) long[] words, @ForAll @IntRange(min = 0, max = 256) int count) {
    int[] set = where(count, i -> (words[1 + (int) (i >> 6)] >>> i & 1) != 0);
    int[] clear = where(count, i -> (words[1 + (int) (i >> 6)] >>> i & 1) == 0);
    assertThat(kept(Selections.whereSet(words, 1, count, selection))).isEqualTo(set);
    assertThat(kept(Selections.whereClear(words, 1, count, selection))).isEqualTo(clear);
    long[] shifted = Arrays.copyOfRange(words, 1, 5);
    Selections.all(count, selection);
    assertThat(kept(Selections.keepSet(shifted, selection, count))).isEqualTo(set);
    Selections.all(count, selection);
    assertThat(kept(Selections.keepClear(shifted, selection, count))).isEqualTo(clear);
  }

  private int[] kept(int n) {
    return Arrays.copyOf(selection, n);
  }

  private static int[] where(int count, LongPredicate condition) {
    return IntStream.range(0, count).filter(i -> condition.test(i)).toArray();
  }
}
