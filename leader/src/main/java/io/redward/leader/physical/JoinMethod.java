package io.redward.leader.physical;

import io.redward.plan.step.TransformStep.JoinKind;

/// What a join yields, seen from its probe side (nested loop: outer side).
enum JoinMethod {
  INNER(JoinKind.INNER, "Join"),
  /// Keeps probe rows.
  LEFT(JoinKind.LEFT, "Left Join"),
  /// Keeps build rows.
  RIGHT(JoinKind.RIGHT, "Right Join"),
  FULL(JoinKind.FULL, "Full Join"),
  SEMI(JoinKind.SEMI, "IN Join"),
  ANTI(JoinKind.ANTI, "NOT IN Join"),
  /// NOT IN with SQL's treatment of NULL.
  NULL_AWARE_ANTI(JoinKind.NULL_AWARE_ANTI, "NOT IN Join"),
  /// Yields build rows that some probe row matches.
  BUILD_SEMI(JoinKind.MARK, "Right IN Join"),
  /// Yields build rows that no probe row matches.
  BUILD_ANTI(JoinKind.MARK, "Right NOT IN Join");

  private final JoinKind kind;
  private final String words;

  JoinMethod(JoinKind kind, String words) {
    this.kind = kind;
    this.words = words;
  }

  JoinKind kind() {
    return kind;
  }

  /// What EXPLAIN writes after `XN Hash`.
  String words() {
    return words;
  }

  /// True if build rows come out by themselves, after the probe.
  boolean scansBuild() {
    return switch (this) {
      case RIGHT, FULL, BUILD_SEMI, BUILD_ANTI -> true;
      case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// True if probe rows without a match are of no use, so that they may be filtered out early.
  boolean dropsUnmatchedProbe() {
    return switch (this) {
      case INNER, RIGHT, SEMI, BUILD_SEMI, BUILD_ANTI -> true;
      case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// True if build rows without a match are of no use.
  boolean dropsUnmatchedBuild() {
    return switch (this) {
      case INNER, LEFT, SEMI, ANTI, BUILD_SEMI -> true;
      case RIGHT, FULL, NULL_AWARE_ANTI, BUILD_ANTI -> false;
    };
  }

  boolean yieldsProbe() {
    return this != BUILD_SEMI && this != BUILD_ANTI;
  }

  boolean yieldsBuild() {
    return switch (this) {
      case INNER, LEFT, RIGHT, FULL, BUILD_SEMI, BUILD_ANTI -> true;
      case SEMI, ANTI, NULL_AWARE_ANTI -> false;
    };
  }
}
