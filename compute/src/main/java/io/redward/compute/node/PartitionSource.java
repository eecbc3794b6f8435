package io.redward.compute.node;

import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import io.redward.runtime.row.RowScan;
import io.redward.runtime.segment.SinkState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Reads a state back from disk, partition by partition: each worker loads one, yields its rows and
/// gives its memory back before it takes the next.
final class PartitionSource implements BatchSource {
  private final List<Loader> loaders;
  private final List<Field> fields;
  private final AtomicInteger taken = new AtomicInteger();

  /// Brings a partition into memory.
  @FunctionalInterface
  interface Loader {
    Loaded load();
  }

  /// A partition in memory.
  record Loaded(RowScan rows, SinkState state) {}

  PartitionSource(List<Loader> loaders, List<Field> fields) {
    this.loaders = List.copyOf(loaders);
    this.fields = fields;
  }

  @Override
  public int workUnits() {
    return loaders.size();
  }

  @Override
  public BatchReader open() {
    return new Reader(this);
  }

  private static final class Reader implements BatchReader {
    private final PartitionSource source;
    private final Batch batch;
    private @Nullable Loaded loaded;
    private int unit;

    Reader(PartitionSource source) {
      this.source = source;
      batch = new Batch(source.fields.stream().map(Field::physical).toList());
    }

    @Override
    public boolean next() {
      while (true) {
        if (loaded != null && unit < loaded.rows().unitCount()) {
          loaded.rows().fill(unit++, batch);
          return true;
        }
        if (loaded != null) {
          loaded.state().close();
          loaded = null;
        }
        int number = source.taken.getAndIncrement();
        if (number >= source.loaders.size()) {
          return false;
        }
        loaded = source.loaders.get(number).load();
        unit = 0;
      }
    }

    @Override
    public Batch batch() {
      return batch;
    }
  }
}
