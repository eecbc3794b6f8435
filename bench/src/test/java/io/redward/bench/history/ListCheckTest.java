package io.redward.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.bench.history.History.Operation;
import io.redward.bench.history.History.Outcome;
import io.redward.bench.history.History.Read;
import io.redward.bench.history.History.Transaction;
import io.redward.bench.history.History.Write;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Histories made by hand, one for each thing that can be wrong and some where nothing is.
class ListCheckTest {
  private static final int X = 1;
  private static final int Y = 2;

  @Test
  void serialHistoryIsClean() {
    assertThat(
            check(
                Map.of(X, List.of(1, 2), Y, List.of(3)),
                committed(0, new Write(X, 1)),
                committed(1, new Read(X, List.of(1)), new Write(X, 2), new Read(X, List.of(1, 2))),
                committed(2, new Read(X, List.of(1, 2)), new Write(Y, 3))))
        .isEmpty();
  }

  @Test
  void overwritesInACircleAreG0() {
    assertThat(
            check(
                Map.of(X, List.of(1, 2), Y, List.of(4, 3)),
                committed(0, new Write(X, 1), new Write(Y, 3)),
                committed(1, new Write(X, 2), new Write(Y, 4))))
        .containsOnlyKeys(Anomaly.G0);
  }

  @Test
  void readOfAnAbortedValueIsG1a() {
    assertThat(
            check(
                Map.of(X, List.of()),
                new Transaction(0, Outcome.ABORTED, List.of(new Write(X, 1))),
                committed(1, new Read(X, List.of(1)))))
        .containsOnlyKeys(Anomaly.G1A);
  }

  @Test
  void readOfHalfATransactionIsG1b() {
    assertThat(
            check(
                Map.of(X, List.of(1, 2)),
                committed(0, new Write(X, 1), new Write(X, 2)),
                committed(1, new Read(X, List.of(1)))))
        .containsKey(Anomaly.G1B);
  }

  @Test
  void readsOfEachOthersWritesAreG1c() {
    assertThat(
            check(
                Map.of(X, List.of(1), Y, List.of(2)),
                committed(0, new Write(X, 1), new Read(Y, List.of(2))),
                committed(1, new Write(Y, 2), new Read(X, List.of(1)))))
        .containsOnlyKeys(Anomaly.G1C);
  }

  @Test
  void skewedReadIsGSingle() {
    assertThat(
            check(
                Map.of(X, List.of(1), Y, List.of(2)),
                committed(0, new Write(X, 1), new Write(Y, 2)),
                committed(1, new Read(X, List.of()), new Read(Y, List.of(2)))))
        .containsOnlyKeys(Anomaly.G_SINGLE);
  }

  @Test
  void lostUpdateIsFound() {
    assertThat(
            check(
                Map.of(X, List.of(2)),
                committed(0, new Read(X, List.of()), new Write(X, 1)),
                committed(1, new Read(X, List.of()), new Write(X, 2))))
        .containsOnlyKeys(Anomaly.LOST_WRITE);
  }

  @Test
  void writeSkewIsG2() {
    assertThat(
            check(
                Map.of(X, List.of(1), Y, List.of(2)),
                committed(0, new Read(Y, List.of()), new Write(X, 1)),
                committed(1, new Read(X, List.of()), new Write(Y, 2))))
        .containsOnlyKeys(Anomaly.G2);
  }

  @Test
  void versionsWithoutAnOrderAreFound() {
    assertThat(
            check(
                Map.of(X, List.of(1, 2)),
                committed(0, new Write(X, 1)),
                committed(1, new Write(X, 2)),
                committed(2, new Read(X, List.of(2)))))
        .containsOnlyKeys(Anomaly.INCOMPATIBLE_ORDER);
  }

  private static Transaction committed(int id, Operation... operations) {
    return new Transaction(id, Outcome.COMMITTED, List.of(operations));
  }

  private static Map<Anomaly, Integer> check(
      Map<Integer, List<Integer>> lists, Transaction... transactions) {
    return ListCheck.of(new History(List.of(transactions), lists));
  }
}
