package io.redward.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.bench.history.History.Operation;
import io.redward.bench.history.History.Outcome;
import io.redward.bench.history.History.Read;
import io.redward.bench.history.History.Transaction;
import io.redward.bench.history.History.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Histories made by hand, one for each thing that can be wrong and some where nothing is.
class RegisterCheckTest {
  private static final int X = 1;
  private static final int Y = 2;

  @Test
  void serialHistoryIsClean() {
    assertThat(
            check(
                Map.of(X, 2, Y, 3),
                committed(0, new Write(X, 1)),
                committed(1, read(X, 1), new Write(X, 2), read(X, 2)),
                committed(2, read(X, 2), new Write(Y, 3)),
                committed(3, read(Y, 0))))
        .isEmpty();
  }

  @Test
  void blindWritesAreClaimedToBeOrderedOnlyWhereTheyAre() {
    assertThat(
            check(
                Map.of(X, 1, Y, 4),
                committed(0, new Write(X, 1), new Write(Y, 2)),
                committed(1, new Write(X, 3), new Write(Y, 4))))
        .as("one was first in X and the other in Y: only if both are known to be")
        .containsOnlyKeys(Anomaly.G0);
    assertThat(
            check(
                Map.of(X, 5, Y, 6),
                committed(0, new Write(X, 1), new Write(Y, 2)),
                committed(1, new Write(X, 3), new Write(Y, 4)),
                committed(2, new Write(X, 5), new Write(Y, 6))))
        .isEmpty();
  }

  @Test
  void readOfAnAbortedValueIsG1a() {
    assertThat(
            check(
                Map.of(X, 0),
                new Transaction(0, Outcome.ABORTED, List.of(new Write(X, 1))),
                committed(1, read(X, 1))))
        .containsOnlyKeys(Anomaly.G1A);
  }

  @Test
  void readOfHalfATransactionIsG1b() {
    assertThat(
            check(
                Map.of(X, 2),
                committed(0, new Write(X, 1), new Write(X, 2)),
                committed(1, read(X, 1))))
        .containsKey(Anomaly.G1B);
  }

  @Test
  void transactionsThatReadEachOtherAreG1c() {
    assertThat(
            check(
                Map.of(X, 1, Y, 2),
                committed(0, new Write(X, 1), read(Y, 2)),
                committed(1, new Write(Y, 2), read(X, 1))))
        .containsKey(Anomaly.G1C);
  }

  @Test
  void twoThatOverwriteTheSameVersionHaveLostAnUpdate() {
    assertThat(
            check(
                Map.of(X, 2),
                committed(0, read(X, 0), new Write(X, 1)),
                committed(1, read(X, 0), new Write(X, 2))))
        .containsKey(Anomaly.G_SINGLE);
  }

  @Test
  void skewedReadIsGSingle() {
    assertThat(
            check(
                Map.of(X, 1, Y, 2),
                committed(0, new Write(X, 1), new Write(Y, 2)),
                committed(1, read(X, 0), read(Y, 2))))
        .containsOnlyKeys(Anomaly.G_SINGLE);
    assertThat(
            check(
                Map.of(X, 1), committed(0, new Write(X, 1)), committed(1, read(X, 0), read(X, 1))))
        .containsKey(Anomaly.G_SINGLE);
  }

  @Test
  void writeSkewIsG2() {
    assertThat(
            check(
                Map.of(X, 1, Y, 2),
                committed(0, read(X, 0), read(Y, 0), new Write(X, 1)),
                committed(1, read(X, 0), read(Y, 0), new Write(Y, 2))))
        .containsOnlyKeys(Anomaly.G2);
  }

  @Test
  void whatOneHasWrittenItMustRead() {
    assertThat(check(Map.of(X, 1), committed(0, new Write(X, 1), read(X, 0))))
        .containsKey(Anomaly.INTERNAL);
  }

  @Test
  void aRegisterAsNewAfterAWriteHasLostIt() {
    assertThat(check(Map.of(X, 0), committed(0, new Write(X, 1)))).containsKey(Anomaly.LOST_WRITE);
  }

  private static Map<Anomaly, Integer> check(
      Map<Integer, Integer> end, Transaction... transactions) {
    Map<Integer, List<Integer>> values = new HashMap<>();
    end.forEach((key, value) -> values.put(key, List.of(value)));
    return RegisterCheck.of(new History(List.of(transactions), values));
  }

  private static Transaction committed(int id, Operation... operations) {
    return new Transaction(id, Outcome.COMMITTED, List.of(operations));
  }

  private static Read read(int key, int value) {
    return new Read(key, List.of(value));
  }
}
