package io.redward.plan.run;

import java.util.Map;
import java.util.Optional;

/// How the sides of a plan's joins meet on several machines, as whoever runs the plan there has
/// decided.
///
/// @param states by the state that the inner side fills
/// @param merges of joins of two sorted tables, which fill no state
public record JoinMoves(Map<Integer, Move> states, Map<Merge, Move> merges) {
  /// Of a plan that one machine runs.
  public static final JoinMoves NONE = new JoinMoves(Map.of(), Map.of());

  public JoinMoves {
    states = Map.copyOf(states);
    merges = Map.copyOf(merges);
  }

  /// The tables of a merge join.
  public record Merge(long outer, long inner) {}

  /// What goes over the network for a join, by EXPLAIN's word.
  public enum Move {
    /// Nothing: both sides are placed by the key.
    NONE("DS_DIST_NONE"),
    /// Nothing: every machine has the inner table.
    ALL_NONE("DS_DIST_ALL_NONE"),
    /// The inner side, each row to the machine of its key.
    INNER("DS_DIST_INNER"),
    /// The outer side, likewise.
    OUTER("DS_DIST_OUTER"),
    /// Both sides, likewise.
    BOTH("DS_DIST_BOTH"),
    /// The inner side, to every machine.
    BROADCAST("DS_BCAST_INNER"),
    /// The inner side, to the one machine that has the outer.
    ALL_INNER("DS_DIST_ALL_INNER");

    private final String label;

    Move(String label) {
      this.label = label;
    }
  }

  /// EXPLAIN's word for a join that looks up a state.
  ///
  /// @param planned what the planner reckoned with, for joins that nothing is known of
  public String label(int state, String planned) {
    return Optional.ofNullable(states.get(state)).map(move -> move.label).orElse(planned);
  }

  /// EXPLAIN's word for a merge join.
  public String label(Merge merge, String planned) {
    return Optional.ofNullable(merges.get(merge)).map(move -> move.label).orElse(planned);
  }
}
