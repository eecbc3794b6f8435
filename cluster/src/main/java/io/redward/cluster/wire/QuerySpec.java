package io.redward.cluster.wire;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.Shares;
import io.redward.cluster.placement.TableShare;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.SourceStep;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final PhysicalPlan NOT_TOLD = new PhysicalPlan(List.of(), List.of(), 0);

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

  /// What somebody must know who runs one of the fragments; of the others he gets to know the
  /// place.
  ///
  /// @param plan that fragment's, written
  public byte[] write(int fragment, byte[] plan) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(fragment, plan, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private void write(int own, byte[] plan, DataOutputStream out) throws IOException {
    out.writeLong(id);
    out.writeUTF(leader);
    out.writeInt(nodes.size());
    for (Node node : nodes) {
      out.writeUTF(node.name());
      out.writeUTF(node.address());
    }
    out.writeInt(fragments.size());
    for (Fragment fragment : fragments) {
      out.writeByte(fragment.place().ordinal());
      out.writeBoolean(fragment.id() == own);
      if (fragment.id() == own) {
        bytes(plan, out);
      }
      out.writeInt(fragment.origins().size());
      for (int origin : fragment.origins()) {
        out.writeInt(origin);
      }
    }
    out.writeInt(exchanges.size());
    for (Exchange exchange : exchanges) {
      out.writeByte(exchange.kind().ordinal());
      out.writeInt(exchange.from());
      out.writeInt(exchange.to());
      out.writeInt(exchange.keys());
      out.writeInt(exchange.ranges());
    }
    write(shares, out);
    bytes(PlanCodec.write(parameters), out);
    out.writeLong(version);
    out.writeInt(tables.size());
    for (Table table : tables) {
      write(table, out);
    }
    out.writeBoolean(memoryBytes.isPresent());
    out.writeLong(memoryBytes.orElse(0));
  }

  private static void write(Shares shares, DataOutputStream out) throws IOException {
    out.writeInt(shares.tables().size());
    for (TableShare share : shares.tables()) {
      out.writeLong(share.tableId());
      out.writeInt(share.columnId());
      out.writeBoolean(share.wide());
      out.writeInt(share.ranges());
    }
    out.writeInt(shares.ranges().size());
    for (KeyRanges ranges : shares.ranges()) {
      long[] starts = ranges.starts();
      out.writeInt(starts.length);
      for (long start : starts) {
        out.writeLong(start);
      }
    }
  }

  private static Shares shares(DataInputStream in) throws IOException {
    List<TableShare> tables = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tables.add(new TableShare(in.readLong(), in.readInt(), in.readBoolean(), in.readInt()));
    }
    List<KeyRanges> ranges = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      int count = in.readInt();
      if (count < 1 || count > in.available()) {
        throw new IOException(count + " ranges");
      }
      long[] starts = new long[count];
      for (int i = 0; i < count; i++) {
        starts[i] = in.readLong();
      }
      ranges.add(new KeyRanges(starts));
    }
    return new Shares(tables, ranges);
  }

  private static void write(Table table, DataOutputStream out) throws IOException {
    out.writeLong(table.id());
    out.writeLong(table.contentVersion());
    out.writeLong(table.rows());
    out.writeInt(table.rowsets());
    out.writeInt(table.fillers().size());
    for (Map.Entry<Integer, Vector> filler : table.fillers().entrySet()) {
      out.writeInt(filler.getKey());
      out.writeByte(filler.getValue().physical().ordinal());
      bytes(BatchCodec.encode(Batch.over(new Vector[] {filler.getValue()}, 1), 1), out);
    }
  }

  private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// @throws IllegalArgumentException if the bytes are no such description
  public static QuerySpec read(byte[] bytes, PlanReader plans) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), plans);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not the description of a query", e);
    }
  }

  private static QuerySpec read(DataInputStream in, PlanReader plans) throws IOException {
    long id = in.readLong();
    String leader = in.readUTF();
    List<Node> nodes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      nodes.add(new Node(in.readUTF(), in.readUTF()));
    }
    List<Fragment> fragments = new ArrayList<>();
    int fragmentCount = in.readInt();
    for (int i = 0; i < fragmentCount; i++) {
      Place place = Place.values()[in.readByte()];
      PhysicalPlan plan = in.readBoolean() ? plans.read(bytes(in)) : NOT_TOLD;
      List<Integer> origins = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        origins.add(in.readInt());
      }
      fragments.add(new Fragment(i, place, plan, origins));
    }
    List<Exchange> exchanges = new ArrayList<>();
    int exchangeCount = in.readInt();
    for (int i = 0; i < exchangeCount; i++) {
      Exchange.Kind kind = Exchange.Kind.values()[in.readByte()];
      exchanges.add(new Exchange(i, kind, in.readInt(), in.readInt(), in.readInt(), in.readInt()));
    }
    Shares shares = shares(in);
    List<Constant> parameters = PlanCodec.readConstants(bytes(in));
    long version = in.readLong();
    List<Table> tables = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tables.add(table(in));
    }
    boolean limited = in.readBoolean();
    long limit = in.readLong();
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

  private static Table table(DataInputStream in) throws IOException {
    long id = in.readLong();
    long contentVersion = in.readLong();
    long rows = in.readLong();
    int rowsets = in.readInt();
    Map<Integer, Vector> fillers = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      int column = in.readInt();
      Batch one = new Batch(List.of(Physical.values()[in.readByte()]), 1);
      BatchCodec.decode(bytes(in), new int[] {0}, one);
      fillers.put(column, one.vectors[0]);
    }
    return new Table(id, contentVersion, rows, rowsets, fillers);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a part of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /// Makes plans of bytes, the same of the same.
  @FunctionalInterface
  public interface PlanReader {
    PhysicalPlan read(byte[] bytes);
  }
}
