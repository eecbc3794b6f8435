package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TwoLevelClockTest {
  /// The policy told a second time: two rings in lists, each with a hand.
  private static final class Model {
    private final long limit;
    private final List<ModelEntry> low = new ArrayList<>();
    private final List<ModelEntry> high = new ArrayList<>();
    private int lowHand;
    private int highHand;

    Model(long limit) {
      this.limit = limit;
    }

    void add(ModelEntry entry) {
      low.add(lowHand++, entry);
    }

    void remove(ModelEntry entry) {
      int at = low.indexOf(entry);
      if (at >= 0) {
        takeLow(at);
      } else {
        takeHigh(high.indexOf(entry));
      }
    }

    List<Integer> evictAll() {
      List<Integer> evicted = new ArrayList<>();
      while (bytes(low) + bytes(high) > limit) {
        if (low.isEmpty() || bytes(high) * 4 > limit * 3) {
          highHand = highHand == high.size() ? 0 : highHand;
          ModelEntry entry = high.get(highHand);
          if (entry.references > 0) {
            entry.references--;
            highHand++;
          } else {
            takeHigh(highHand);
            low.add(lowHand++, entry);
          }
          continue;
        }
        lowHand = lowHand == low.size() ? 0 : lowHand;
        ModelEntry entry = low.get(lowHand);
        if (entry.references == 0) {
          takeLow(lowHand);
          evicted.add(entry.id);
        } else if (entry.references == 1) {
          entry.references = 0;
          lowHand++;
        } else {
          takeLow(lowHand);
          entry.references--;
          high.add(highHand++, entry);
        }
      }
      return evicted;
    }

    private void takeLow(int at) {
      low.remove(at);
      lowHand -= at < lowHand ? 1 : 0;
    }

    private void takeHigh(int at) {
      high.remove(at);
      highHand -= at < highHand ? 1 : 0;
    }

    private static long bytes(List<ModelEntry> entries) {
      return entries.stream().mapToLong(e -> e.bytes).sum();
    }
  }

  private static final class ModelEntry {
    private final int id;
    private final long bytes;
    private int references;

    ModelEntry(int id, long bytes) {
      this.id = id;
      this.bytes = bytes;
    }
  }

  private static final class Sized extends ClockEntry {
    private final int id;
    private final long bytes;

    Sized(int id, long bytes) {
      this.id = id;
      this.bytes = bytes;
    }

    @Override
    long bytes() {
      return bytes;
    }
  }

  @Test
  void evictsWhatTheModelEvicts() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      long limit = 20L + random.nextInt(200);
      TwoLevelClock<Sized> clock = new TwoLevelClock<>(limit);
      Model model = new Model(limit);
      List<Sized> real = new ArrayList<>();
      List<ModelEntry> told = new ArrayList<>();
      for (int step = 0; step < 500; step++) {
        int choice = random.nextInt(100);
        if (choice < 40 || real.isEmpty()) {
          long bytes = 1L + random.nextInt(15);
          Sized entry = new Sized(step, bytes);
          ModelEntry same = new ModelEntry(step, bytes);
          real.add(entry);
          told.add(same);
          clock.add(entry);
          model.add(same);
          List<Integer> evicted = new ArrayList<>();
          for (Sized out = clock.evict(); out != null; out = clock.evict()) {
            evicted.add(out.id);
          }
          assertThat(evicted).as("seed %d, step %d", seed, step).isEqualTo(model.evictAll());
          real.removeIf(e -> evicted.contains(e.id));
          told.removeIf(e -> evicted.contains(e.id));
          assertThat(clock.bytes()).isLessThanOrEqualTo(limit);
        } else if (choice < 95) {
          int at = Math.min(random.nextInt(real.size()), random.nextInt(real.size()));
          real.get(at).touch();
          ModelEntry same = told.get(at);
          same.references = Math.min(ClockEntry.MOST_REFERENCES, same.references + 1);
        } else {
          int at = random.nextInt(real.size());
          clock.remove(real.remove(at));
          model.remove(told.remove(at));
        }
        assertThat(clock.entries()).containsExactlyInAnyOrderElementsOf(real);
        assertThat(clock.bytes()).isEqualTo(real.stream().mapToLong(e -> e.bytes).sum());
      }
    }
  }

  @Test
  void whatWasUsedVeryOftenLongAgoGoesInTheEnd() {
    TwoLevelClock<Sized> clock = new TwoLevelClock<>(10);
    Sized old = new Sized(-1, 1);
    clock.add(old);
    for (int i = 0; i < 1_000_000; i++) {
      old.touch();
    }
    for (int i = 0; i < 1_000 && !old.isGone(); i++) {
      Sized fresh = new Sized(i, 1);
      fresh.touch();
      fresh.touch();
      fresh.touch();
      clock.add(fresh);
      Sized out = clock.evict();
      assertThat(out == null || out.isGone()).isTrue();
    }
    assertThat(old.isGone()).isTrue();
  }
}
