package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.wire.BatchBuilder;
import io.redward.compute.step.BatchSink;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.runtime.segment.Parallel;
import java.util.ArrayList;
import java.util.List;

/// The sending end of an exchange: gathers rows into full batches, one for each receiver where
/// receivers get different ones.
final class SendSink implements BatchSink {
  private final Exchange exchange;
  private final List<Physical> columns;
  private final Division division;
  private final Outbound outbound;
  private final List<Sender> senders = new ArrayList<>();

  /// Where encoded batches go.
  interface Outbound {
    /// @param node the place of the receiving node; -1 for all receivers
    void send(Exchange exchange, int node, byte[] frame);

    /// True if nobody wants more.
    boolean closed();
  }

  /// Which node gets which rows, where each goes to one.
  interface Division {
    /// Sorts a batch's rows by node, see [io.redward.cluster.placement.RowSlices#group].
    int[] group(Batch batch, int firstKey, int[] order);

    int nodes();

    /// Whether rows for all nodes may come behind those of the last one.
    default boolean hasRowsForAll() {
      return false;
    }
  }

  SendSink(Exchange exchange, List<Field> fields, Division division, Outbound outbound) {
    this.exchange = exchange;
    this.columns = fields.stream().map(Field::physical).toList();
    this.division = division;
    this.outbound = outbound;
  }

  @Override
  public synchronized Part open() {
    boolean divides = exchange.kind().divides();
    int receivers = divides ? division.nodes() + (division.hasRowsForAll() ? 1 : 0) : 1;
    Sender sender = new Sender(this, receivers);
    senders.add(sender);
    return sender;
  }

  @Override
  public synchronized long finish(Parallel parallel) {
    long rows = 0;
    for (Sender sender : senders) {
      sender.flush();
      rows += sender.rows;
    }
    return rows;
  }

  @Override
  public void abort() {}

  @Override
  public boolean satisfied() {
    return outbound.closed();
  }

  @Override
  public boolean waitsForClient() {
    return true;
  }

  private static final class Sender implements Part {
    private final SendSink sink;
    private final BatchBuilder[] builders;
    private final int wanted;
    private int[] order = new int[0];
    private long rows;

    Sender(SendSink sink, int receivers) {
      this.sink = sink;
      wanted = sink.columns.size() - sink.exchange.keys();
      builders = new BatchBuilder[receivers];
      for (int i = 0; i < receivers; i++) {
        builders[i] = new BatchBuilder(sink.columns);
      }
    }

    @Override
    public void accept(Batch batch) {
      int count = batch.selectedCount;
      rows += count;
      if (order.length < count) {
        order = new int[batch.capacity()];
      }
      if (!sink.exchange.kind().divides()) {
        for (int i = 0; i < count; i++) {
          order[i] = batch.row(i);
        }
        append(batch, 0, 0, count);
        return;
      }
      int[] starts = sink.division.group(batch, wanted, order);
      for (int node = 0; node < builders.length; node++) {
        append(batch, node, starts[node], starts[node + 1] - starts[node]);
      }
    }

    private void append(Batch batch, int receiver, int from, int count) {
      BatchBuilder builder = builders[receiver];
      int done = 0;
      while (done < count) {
        int now = Math.min(builder.room(), count - done);
        builder.append(batch, order, from + done, now);
        done += now;
        if (builder.room() == 0) {
          send(receiver);
        }
      }
    }

    private void send(int receiver) {
      boolean one = sink.exchange.kind().divides() && receiver < sink.division.nodes();
      int node = one ? receiver : -1;
      sink.outbound.send(sink.exchange, node, builders[receiver].take(wanted));
    }

    void flush() {
      for (int receiver = 0; receiver < builders.length; receiver++) {
        if (builders[receiver].rowCount() > 0) {
          send(receiver);
        }
      }
    }
  }
}
