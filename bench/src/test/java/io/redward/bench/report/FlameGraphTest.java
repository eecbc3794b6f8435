package io.redward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {
  @Test
  void boxes_are_as_wide_as_their_share_and_rest_on_their_callers() {
    FlameGraph graph = new FlameGraph();
    graph.add(List.of("Main.main", "Scan.read"));
    graph.add(List.of("Main.main", "Scan.read"));
    graph.add(List.of("Main.main", "Sort.<init>"));
    graph.add(List.of("Main.main"));
    assertThat(graph.svg())
        .contains("<title>all: 4 of 4 samples, 100.0 %</title>")
        .contains("<title>Scan.read: 2 of 4 samples, 50.0 %</title>")
        .contains("<title>Sort.&lt;init>: 1 of 4 samples, 25.0 %</title>")
        .contains("<rect x=\"0.0\" y=\"10\" width=\"599.5\"")
        .contains("<rect x=\"600.0\" y=\"10\" width=\"299.5\"");
  }
}
