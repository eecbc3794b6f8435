package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.wire.QuerySpec;
import java.util.ArrayList;
import java.util.List;

/// How a fragment's exchanges are numbered at its vertex, and by which partitions members are
/// reached.
record Wiring(NodeQuery here, int fragment) {
  QuerySpec query() {
    return here.query();
  }

  int leader() {
    return here.leader();
  }

  /// The exchange behind an inbound edge.
  int inbound(int ordinal) {
    return inbound(query().exchanges(), fragment).get(ordinal).id();
  }

  /// The outbound edge of an exchange.
  int outbound(int exchange) {
    List<Exchange> edges = outbound(query().exchanges(), fragment);
    for (int ordinal = 0; ordinal < edges.size(); ordinal++) {
      if (edges.get(ordinal).id() == exchange) {
        return ordinal;
      }
    }
    throw new IllegalStateException("no exchange " + exchange);
  }

  /// The first outbound edge to the leader, by which reports go; -1 if there is none.
  int toLeader() {
    List<Exchange> edges = outbound(query().exchanges(), fragment);
    for (int ordinal = 0; ordinal < edges.size(); ordinal++) {
      if (edges.get(ordinal).kind() == Exchange.Kind.GATHER) {
        return ordinal;
      }
    }
    return -1;
  }

  /// A partition of each member that receives.
  int[] receivers(Exchange exchange) {
    return exchange.kind() == Exchange.Kind.GATHER ? new int[] {here.leader()} : here.partitions();
  }

  static List<Exchange> inbound(List<Exchange> exchanges, int fragment) {
    List<Exchange> edges = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.to() == fragment) {
        edges.add(exchange);
      }
    }
    return edges;
  }

  static List<Exchange> outbound(List<Exchange> exchanges, int fragment) {
    List<Exchange> edges = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.from() == fragment) {
        edges.add(exchange);
      }
    }
    return edges;
  }
}
