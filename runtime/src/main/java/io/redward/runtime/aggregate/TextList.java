package io.redward.runtime.aggregate;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.number.DoubleMath;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LISTAGG: strings with their sort keys, joined at the end.
final class TextList extends Collector {
  private static final int ENTRY_BYTES = 64;

  private record Entry(List<@Nullable Object> keys, byte[] value) {}

  private final AggregateCall call;
  private final MemoryBudget budget;
  private final List<Entry> entries = new ArrayList<>();
  private List<@Nullable Object> keys = new ArrayList<>();
  private byte[] separator = new byte[0];
  private long reserved;

  TextList(AggregateCall call, MemoryBudget budget) {
    this.call = call;
    this.budget = budget;
  }

  @Override
  public void key(long word) {
    keys.add(word);
  }

  @Override
  public void key(double value) {
    keys.add(value);
  }

  @Override
  public void key(long high, long low) {
    keys.add(new Int128(high, low));
  }

  @Override
  public void key(byte[] page, int offset, int length) {
    keys.add(Arrays.copyOfRange(page, offset, offset + length));
  }

  @Override
  public void nullKey() {
    keys.add(null);
  }

  @Override
  public void add(byte[] page, int offset, int length) {
    budget.reserve(ENTRY_BYTES + length);
    reserved += ENTRY_BYTES + length;
    entries.add(new Entry(keys, Arrays.copyOfRange(page, offset, offset + length)));
    keys = new ArrayList<>();
  }

  @Override
  public void option(byte[] page, int offset, int length) {
    if (separator.length != length) {
      separator = Arrays.copyOfRange(page, offset, offset + length);
    } else {
      System.arraycopy(page, offset, separator, 0, length);
    }
  }

  @Override
  void merge(Collector other) {
    TextList that = (TextList) other;
    entries.addAll(that.entries);
    separator = that.separator;
    reserved += that.reserved;
    that.reserved = 0;
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    out.writeInt(separator.length);
    out.write(separator);
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeInt(entry.keys().size());
      for (Object key : entry.keys()) {
        writeKey(key, out);
      }
      out.writeInt(entry.value().length);
      out.write(entry.value());
    }
  }

  private static void writeKey(@Nullable Object key, DataOutputStream out) throws IOException {
    switch (key) {
      case null -> out.writeByte('N');
      case Long word -> {
        out.writeByte('L');
        out.writeLong(word);
      }
      case Double value -> {
        out.writeByte('D');
        out.writeDouble(value);
      }
      case Int128 wide -> {
        out.writeByte('W');
        out.writeLong(wide.high());
        out.writeLong(wide.low());
      }
      default -> {
        byte[] bytes = (byte[]) key;
        out.writeByte('B');
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    separator = in.readNBytes(in.readInt());
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      int keyCount = in.readInt();
      for (int key = 0; key < keyCount; key++) {
        readKey(in);
      }
      byte[] value = in.readNBytes(in.readInt());
      add(value, 0, value.length);
    }
  }

  private void readKey(DataInputStream in) throws IOException {
    switch (in.readByte()) {
      case 'N' -> nullKey();
      case 'L' -> key(in.readLong());
      case 'D' -> key(in.readDouble());
      case 'W' -> key(in.readLong(), in.readLong());
      default -> keys.add(in.readNBytes(in.readInt()));
    }
  }

  @Override
  void close() {
    budget.release(reserved);
    reserved = 0;
    entries.clear();
  }

  @Override
  void finish(ResultWriter result) {
    entries.sort(this::compare);
    int limit = Math.max(SqlType.MAX_VARCHAR_BYTES, call.result().type().precision());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    @Nullable Entry before = null;
    for (Entry entry : distinct()) {
      if (before != null) {
        out.write(separator, 0, separator.length);
      }
      out.write(entry.value(), 0, entry.value().length);
      before = entry;
      if (out.size() > limit) {
        throw new SqlException(
            SqlState.STRING_DATA_RIGHT_TRUNCATION,
            "Result size exceeds LISTAGG limit (limit: " + limit + ")");
      }
    }
    byte[] bytes = out.toByteArray();
    result.bytes(bytes, bytes.length);
  }

  private List<Entry> distinct() {
    if (!call.distinct()) {
      return entries;
    }
    List<Entry> kept = new ArrayList<>();
    java.util.TreeSet<byte[]> seen =
        new java.util.TreeSet<>((a, b) -> BytesOrder.compare(a, 0, a.length, b, 0, b.length));
    for (Entry entry : entries) {
      if (seen.add(entry.value())) {
        kept.add(entry);
      }
    }
    return kept;
  }

  private int compare(Entry left, Entry right) {
    List<SortKey> order = call.orderBy();
    for (int i = 0; i < order.size(); i++) {
      int result = compare(left.keys().get(i), right.keys().get(i), order.get(i));
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private static int compare(@Nullable Object left, @Nullable Object right, SortKey key) {
    if (left == null || right == null) {
      int absent = Boolean.compare(left == null, right == null);
      return key.nullsFirst() ? -absent : absent;
    }
    int order =
        switch (left) {
          case Long word -> Long.compare(word, (Long) right);
          case Double value -> DoubleMath.compare(value, (Double) right);
          case Int128 wide -> wide.compareTo((Int128) right);
          default -> {
            byte[] a = (byte[]) left;
            byte[] b = (byte[]) right;
            yield BytesOrder.compare(a, 0, a.length, b, 0, b.length);
          }
        };
    return key.descending() ? -order : order;
  }
}
