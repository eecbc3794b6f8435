package io.redward.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.placement.Slices;
import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSink;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep;
import io.redward.runtime.segment.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Nodes come, go, die in mid-query and come back; after each step a query scans every node's
/// share, exchanges rows by key, groups and gathers, through the real placement, encoding and
/// queues. `-Dsteps=10000` is the long form, `-Dseed=N` another run.
class ClusterSimulationTest {
  private static final int STEPS = Integer.getInteger("steps", 150);
  private static final long SEED = Long.getLong("seed", 20_261_121);
  private static final int MOST_NODES = 12;
  private static final List<Field> FIELDS =
      List.of(Field.of("k", SqlType.BIGINT, false), Field.of("v", SqlType.BIGINT, false));
  private static final List<Field> SENT =
      List.of(FIELDS.get(0), FIELDS.get(1), Field.of("key", SqlType.BIGINT, false));
  private static final int[] COLUMNS = {0, 1};

  private final Random random = new Random(SEED);
  private final List<long[][]> blocks = new ArrayList<>();
  private final Map<Long, Long> wanted = new TreeMap<>();

  @Test
  void every_answer_is_right_whatever_becomes_of_the_nodes() {
    List<String> nodes = new ArrayList<>(List.of("node-0"));
    List<String> gone = new ArrayList<>();
    int named = 1;
    int retries = 0;
    for (int step = 0; step < STEPS; step++) {
      write();
      Slices before = Slices.of(nodes);
      boolean dies = false;
      switch (random.nextInt(5)) {
        case 0 -> {
          if (nodes.size() < MOST_NODES) {
            nodes.add("node-" + named++);
          }
        }
        case 1 -> {
          if (nodes.size() > 1) {
            gone.add(nodes.remove(random.nextInt(nodes.size())));
          }
        }
        case 2 -> {
          if (!gone.isEmpty() && nodes.size() < MOST_NODES) {
            nodes.add(gone.remove(random.nextInt(gone.size())));
          }
        }
        case 3 -> dies = nodes.size() > 1;
        default -> {}
      }
      assertPlacement(before, Slices.of(nodes));
      try {
        int victim = dies ? random.nextInt(nodes.size()) : -1;
        assertThat(query(nodes, victim)).as("step %d of seed %d", step, SEED).isEqualTo(wanted);
      } catch (Lost lost) {
        gone.add(lost.name);
        nodes.remove(lost.name);
        retries++;
        assertThat(query(nodes, -1)).as("again at step %d", step).isEqualTo(wanted);
      }
    }
    assertThat(retries).as("queries that lost a node").isPositive();
  }

  /// Every slice has one owner, evenly, and between two memberships little moves.
  private static void assertPlacement(Slices before, Slices after) {
    int nodes = after.nodes().size();
    int fill = (Slices.COUNT + nodes - 1) / nodes;
    for (int node = 0; node < nodes; node++) {
      assertThat(after.held(node)).isLessThanOrEqualTo(fill);
    }
    int moved = 0;
    for (int slice = 0; slice < Slices.COUNT; slice++) {
      String was = before.nodes().get(before.owners()[slice]);
      String now = after.nodes().get(after.owners()[slice]);
      moved += was.equals(now) ? 0 : 1;
    }
    int smaller = Math.min(nodes, before.nodes().size());
    if (nodes == before.nodes().size()) {
      assertThat(moved).isZero();
    } else if (smaller > 1) {
      assertThat(moved).isLessThanOrEqualTo(2 * (Slices.COUNT / smaller) + Slices.COUNT / 8);
    }
  }

  private void write() {
    if (blocks.size() >= 40) {
      return;
    }
    int rows = 1 + random.nextInt(100);
    long[][] block = new long[2][rows];
    for (int row = 0; row < rows; row++) {
      long key = random.nextInt(10) == 0 ? 7 : random.nextInt(50);
      long value = random.nextInt();
      block[0][row] = key;
      block[1][row] = value;
      wanted.merge(key, value, Long::sum);
    }
    blocks.add(block);
  }

  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String name;

    Lost(String name) {
      this.name = name;
    }
  }

  /// Sums of values by key.
  ///
  /// @param victim the node that dies after some frames, -1 for none
  private Map<Long, Long> query(List<String> names, int victim) {
    Slices slices = Slices.of(names);
    int count = slices.nodes().size();
    Exchange byKey = new Exchange(0, Exchange.Kind.HASH, 0, 1, 1, -1, Optional.empty());
    Exchange gather = new Exchange(1, Exchange.Kind.GATHER, 1, 2, 0, -1, Optional.empty());
    List<FrameQueue> inboxes = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      inboxes.add(new FrameQueue(Optional.empty(), () -> {}));
    }
    int[] left = {random.nextInt(count + 1)};
    for (int node = 0; node < count; node++) {
      BatchSink sink =
          new SendSink(
              byKey,
              SENT,
              RowDivision.byHash(byKey, slices, -1),
              out(
                  (to, frame) -> {
                    if (to == victim && left[0]-- <= 0) {
                      throw new Lost(slices.nodes().get(to));
                    }
                    assertThat(inboxes.get(to).offer(frame)).isTrue();
                  }));
      BatchSink.Part part = sink.open();
      for (int block = 0; block < blocks.size(); block++) {
        if (slices.ownerOfBlock(1, 1, block) == node) {
          part.accept(batch(blocks.get(block)));
        }
      }
      long unused = sink.finish(Parallel.SEQUENTIAL);
    }
    FrameQueue leader = new FrameQueue(Optional.empty(), () -> {});
    for (int node = 0; node < count; node++) {
      Map<Long, Long> sums = sums(inboxes.get(node));
      BatchSink sink =
          new SendSink(
              gather,
              FIELDS,
              RowDivision.byHash(gather, slices, -1),
              out((_, frame) -> leader.offer(frame)));
      long[][] rows = new long[2][sums.size()];
      int row = 0;
      for (Map.Entry<Long, Long> sum : sums.entrySet()) {
        rows[0][row] = sum.getKey();
        rows[1][row++] = sum.getValue();
      }
      if (row > 0) {
        sink.open().accept(batch(rows));
      }
      long unused = sink.finish(Parallel.SEQUENTIAL);
    }
    Map<Long, Long> answer = new TreeMap<>();
    for (Map.Entry<Long, Long> sum : sums(leader).entrySet()) {
      answer.merge(sum.getKey(), sum.getValue(), Long::sum);
    }
    return answer;
  }

  private interface Taking {
    void take(int node, byte[] frame);
  }

  private static SendSink.Outbound out(Taking taking) {
    return new SendSink.Outbound() {
      @Override
      public void send(Exchange exchange, int node, byte[] frame) {
        taking.take(node, frame);
      }

      @Override
      public boolean closed() {
        return false;
      }
    };
  }

  private static Batch batch(long[][] rows) {
    LongVector keys = new LongVector(rows[0].length);
    keys.values = rows[0];
    LongVector values = new LongVector(rows[0].length);
    values.values = rows[1];
    return Batch.over(
        new io.redward.foundation.batch.Vector[] {keys, values, keys}, rows[0].length);
  }

  private static Map<Long, Long> sums(FrameQueue queue) {
    queue.finish();
    SourceStep.Receive step = new SourceStep.Receive(0, COLUMNS, FIELDS);
    BatchReader reader = new ReceiveSource(step, queue, new CancelToken(), frame -> frame).open();
    Map<Long, Long> sums = new HashMap<>();
    while (reader.next()) {
      Batch batch = reader.batch();
      for (int row = 0; row < batch.selectedCount; row++) {
        sums.merge(
            ((LongVector) batch.vectors[0]).values[row],
            ((LongVector) batch.vectors[1]).values[row],
            Long::sum);
      }
    }
    return sums;
  }
}
