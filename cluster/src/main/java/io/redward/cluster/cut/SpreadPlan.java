package io.redward.cluster.cut;

import io.redward.cluster.placement.Shares;
import io.redward.plan.run.JoinMoves;
import io.redward.plan.step.SourceStep;
import java.util.List;

/// A plan cut into fragments; rows flow from fragments to later ones only.
///
/// @param root the fragment that returns the rows or writes them
/// @param scans the scans of stored tables that nodes share
/// @param shares which rows they find on a node
/// @param joins how the sides of joins meet
public record SpreadPlan(
    List<Fragment> fragments,
    List<Exchange> exchanges,
    int root,
    List<SourceStep.TableScan> scans,
    Shares shares,
    JoinMoves joins) {
  public SpreadPlan {
    fragments = List.copyOf(fragments);
    exchanges = List.copyOf(exchanges);
    scans = List.copyOf(scans);
  }
}
