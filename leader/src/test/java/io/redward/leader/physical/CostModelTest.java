package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The figures of the plans in the Amazon Redshift Developer Guide over the TICKIT tables: 172,456
/// sales, 192,497 listings, 8,798 events, 202 venues.
class CostModelTest {
  private static final Offset<Double> CENT = within(0.011);

  private final Estimate sales = CostModel.scan(172_456, 0, 172_456);
  private final Estimate event = CostModel.scan(8_798, 0, 8_798);

  @Test
  void scanCostsAHundredthARow() {
    assertThat(sales.total()).isCloseTo(1724.56, CENT);
    assertThat(event.total()).isCloseTo(87.98, CENT);
  }

  @Test
  void sortCostsAsInTheCtasNotes() {
    Estimate sorted = CostModel.sort(sales, 172_456);
    assertThat(sorted.startup()).isCloseTo(1000000016724.67, CENT);
    assertThat(sorted.total()).isCloseTo(1000000017155.81, CENT);
  }

  @Test
  void groupingCostsAsInTheCtasNotes() {
    Estimate grouped = CostModel.aggregate(sales, 2, 1, 83_509);
    assertThat(grouped.startup()).isCloseTo(3017.98, CENT);
    assertThat(grouped.total()).isCloseTo(3226.75, CENT);
  }

  @Test
  void distinctCostsAsInTheSampleOfStlPlanInfo() {
    assertThat(CostModel.unique(event, 1, 576).total()).isCloseTo(109.98, CENT);
  }

  @Test
  void joinInPlaceCostsAsInTheTuningExample() {
    Estimate merged = new Estimate(0, 6286.47, 172_456);
    Estimate joined = CostModel.hashJoin(merged, event, 1, 172_456, 0);
    assertThat(joined.startup()).isCloseTo(109.98, CENT);
    assertThat(joined.total()).isCloseTo(10276.71, CENT);
  }

  @Test
  void broadcastCostsAsInTheQueryPlanExamples() {
    assertThat(CostModel.broadcast(8_798, 35)).isEqualTo(3871120000.0);
    assertThat(CostModel.broadcast(8_798, 25)).isEqualTo(3167280000.0);
    assertThat(CostModel.broadcast(202, 41)).isEqualTo(105040000.0);
    assertThat(CostModel.broadcast(49_990, 14)).isEqualTo(11997600000.0);
    assertThat(CostModel.broadcast(365, 11)).isEqualTo(73000000.0);
  }

  @Test
  void redistributionCostsAsInTheExampleOfExplain() {
    assertThat(CostModel.distribute(8_798, 23)).isCloseTo(58653333.33, CENT);
  }

  @Test
  void limitTakesItsShareOfTheRunningCost() {
    Estimate limited = CostModel.limit(sales, 100);
    assertThat(limited.total()).isCloseTo(1.00, CENT);
  }
}
