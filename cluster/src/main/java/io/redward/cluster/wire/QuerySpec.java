package io.redward.cluster.wire;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.placement.HotKeys;
import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.Shares;
import io.redward.cluster.placement.TableShare;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.SourceStep;
import io.redward.storage.table.KeyWords;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What members must know of one query.
///
/// @param id by which the leader knows it
/// @param leader address of the leader
/// @param nodes the nodes that take part
/// @param shares which rows of tables scans find on a node
/// @param version the log position that the query reads
/// @param tables what it reads there
/// @param memoryBytes what a fragment may keep in memory, where the session limits it
public record QuerySpec(
    long id,
    String leader,
    List<Node> nodes,
    List<Fragment> fragments,
    List<Exchange> exchanges,
    Shares shares,
    List<Constant> parameters,
    long version,
    List<Table> tables,
    OptionalLong memoryBytes) {
  /// A compute node.
  ///
  /// @param name by which it gets slices
  public record Node(String name, String address) {}

  /// A table as the leader sees it.
  ///
  /// @param contentVersion by which a node tells whether it sees the same rows
  /// @param rows its rows, and `rowsets` the rowsets they are in: a statement may be given a part
  ///     of a table under the table's name
  /// @param fillers values of columns that are younger than rowsets
  public record Table(
      long id, long contentVersion, long rows, int rowsets, Map<Integer, Vector> fillers) {
    /// True if `snapshot` shows the same rows.
    public boolean isIn(Snapshot snapshot) {
      TableSnapshot table = snapshot.table(id);
      return table.contentVersion() == contentVersion
          && table.rowsets().size() == rowsets
          && table.rowCount() == rows;
    }
  }

  public QuerySpec {
    nodes = List.copyOf(nodes);
    fragments = List.copyOf(fragments);
    exchanges = List.copyOf(exchanges);
    parameters = List.copyOf(parameters);
    tables = List.copyOf(tables);
  }

  /// The tables of scans, each once.
  public static List<Table> tables(List<SourceStep.TableScan> scans, Snapshot snapshot) {
    List<Table> tables = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (SourceStep.TableScan scan : scans) {
      if (seen.add(scan.tableId())) {
        TableSnapshot table = snapshot.table(scan.tableId());
        tables.add(
            new Table(
                scan.tableId(),
                table.contentVersion(),
                table.rowCount(),
                table.rowsets().size(),
                snapshot.fillers(scan.tableId())));
      }
    }
    return tables;
  }

  /// By what members that know of each other tell whether they mean the same nodes.
  public static long digest(List<Node> nodes) {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node.name()).append('\n').append(node.address()).append('\n');
    }
    return ByteBuffer.wrap(PlanCodec.digest(text.toString())).getLong();
  }

  /// What all must know who run a fragment, in one description for all. Of the nodes it has the
  /// digest only, since members know of each other.
  ///
  /// @param plans of the fragments, written; empty for one whose plan nobody must be told
  public byte[] write(byte[] plans) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(plans, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private void write(byte[] plans, DataOutputStream out) throws IOException {
    out.writeLong(id);
    out.writeUTF(leader);
    out.writeLong(digest(nodes));
    Compact.write(plans, out);
    Compact.write(fragments.size(), out);
    for (Fragment fragment : fragments) {
      out.writeByte(fragment.place().ordinal());
    }
    Compact.write(exchanges.size(), out);
    for (Exchange exchange : exchanges) {
      out.writeByte(exchange.kind().ordinal());
      Compact.write(exchange.from(), out);
      Compact.write(exchange.to(), out);
      Compact.write(exchange.keys(), out);
      Compact.write(exchange.ranges(), out);
      write(exchange.hot(), out);
    }
    write(shares, out);
    Compact.write(PlanCodec.write(parameters), out);
    Compact.write(version, out);
    Compact.write(tables.size(), out);
    for (Table table : tables) {
      write(table, out);
    }
    out.writeBoolean(memoryBytes.isPresent());
    Compact.write(memoryBytes.orElse(0), out);
  }

  private static void write(Optional<HotKeys> hot, DataOutputStream out) throws IOException {
    out.writeBoolean(hot.isPresent());
    if (hot.isPresent()) {
      Compact.write(hot.get().key(), out);
      out.writeBoolean(hot.get().nulls());
      out.writeBoolean(hot.get().copied());
      Compact.write(hot.get().values().size(), out);
      for (long value : hot.get().values()) {
        out.writeLong(value);
      }
    }
  }

  private static Optional<HotKeys> hot(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    int key = Compact.readInt(in);
    boolean nulls = in.readBoolean();
    boolean copied = in.readBoolean();
    List<Long> values = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      values.add(in.readLong());
    }
    return Optional.of(new HotKeys(key, values, nulls, copied));
  }

  private static void write(Shares shares, DataOutputStream out) throws IOException {
    Compact.write(shares.tables().size(), out);
    for (TableShare share : shares.tables()) {
      Compact.write(share.tableId(), out);
      Compact.write(share.columnId(), out);
      out.writeByte(share.form().ordinal());
      Compact.write(share.ranges(), out);
    }
    Compact.write(shares.ranges().size(), out);
    for (KeyRanges ranges : shares.ranges()) {
      Compact.write(ranges.words().prefix(), out);
      long[] starts = ranges.starts();
      Compact.write(starts.length, out);
      long before = 0;
      for (long start : starts) {
        Compact.write(start - before, out);
        before = start;
      }
    }
  }

  private static Shares shares(DataInputStream in) throws IOException {
    List<TableShare> tables = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      tables.add(
          new TableShare(Compact.readLong(in), Compact.readInt(in), form(in), Compact.readInt(in)));
    }
    List<KeyRanges> ranges = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      KeyWords words = new KeyWords(Compact.readBytes(in));
      long[] starts = new long[Compact.readCount(in)];
      long before = 0;
      for (int i = 0; i < starts.length; i++) {
        before += Compact.readLong(in);
        starts[i] = before;
      }
      ranges.add(new KeyRanges(words, starts));
    }
    return new Shares(tables, ranges);
  }

  private static void write(Table table, DataOutputStream out) throws IOException {
    Compact.write(table.id(), out);
    Compact.write(table.contentVersion(), out);
    Compact.write(table.rows(), out);
    Compact.write(table.rowsets(), out);
    Compact.write(table.fillers().size(), out);
    for (Map.Entry<Integer, Vector> filler : table.fillers().entrySet()) {
      Compact.write(filler.getKey(), out);
      out.writeByte(filler.getValue().physical().ordinal());
      Compact.write(BatchCodec.encode(Batch.over(new Vector[] {filler.getValue()}, 1), 1), out);
    }
  }

  /// @param known what the reader knows already
  /// @throws IllegalArgumentException if the bytes are no such description
  public static QuerySpec read(byte[] bytes, Known known) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), known);
    } catch (IOException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("not the description of a query", e);
    }
  }

  private static QuerySpec read(DataInputStream in, Known known) throws IOException {
    long id = in.readLong();
    String leader = in.readUTF();
    List<Node> nodes = known.nodes(in.readLong());
    List<PhysicalPlan> plans = known.plans(Compact.readBytes(in));
    int fragmentCount = Compact.readCount(in);
    if (fragmentCount != plans.size()) {
      throw new IOException(fragmentCount + " fragments");
    }
    List<Fragment> fragments = new ArrayList<>();
    for (int i = 0; i < fragmentCount; i++) {
      Place place = Place.values()[in.readByte()];
      fragments.add(new Fragment(i, place, plans.get(i), List.of()));
    }
    List<Exchange> exchanges = new ArrayList<>();
    int exchangeCount = Compact.readCount(in);
    for (int i = 0; i < exchangeCount; i++) {
      exchanges.add(
          new Exchange(
              i,
              Exchange.Kind.values()[in.readByte()],
              Compact.readInt(in),
              Compact.readInt(in),
              Compact.readInt(in),
              Compact.readInt(in),
              hot(in)));
    }
    Shares shares = shares(in);
    List<Constant> parameters = PlanCodec.readConstants(Compact.readBytes(in));
    long version = Compact.readLong(in);
    List<Table> tables = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      tables.add(table(in));
    }
    boolean limited = in.readBoolean();
    long limit = Compact.readLong(in);
    return new QuerySpec(
        id,
        leader,
        nodes,
        fragments,
        exchanges,
        shares,
        parameters,
        version,
        tables,
        limited ? OptionalLong.of(limit) : OptionalLong.empty());
  }

  private static Physical form(DataInputStream in) throws IOException {
    return Physical.values()[in.readByte()];
  }

  private static Table table(DataInputStream in) throws IOException {
    long id = Compact.readLong(in);
    long contentVersion = Compact.readLong(in);
    long rows = Compact.readLong(in);
    int rowsets = Compact.readInt(in);
    Map<Integer, Vector> fillers = new TreeMap<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      int column = Compact.readInt(in);
      Batch one = new Batch(List.of(form(in)), 1);
      BatchCodec.decode(Compact.readBytes(in), new int[] {0}, one);
      fillers.put(column, one.vectors[0]);
    }
    return new Table(id, contentVersion, rows, rowsets, fillers);
  }

  /// What a member knows, so that it is not sent with every query.
  public interface Known {
    /// The nodes with such a digest.
    ///
    /// @throws IllegalStateException if the member knows of others
    List<Node> nodes(long digest);

    /// Makes plans of bytes, the same of the same.
    List<PhysicalPlan> plans(byte[] bytes);
  }
}
