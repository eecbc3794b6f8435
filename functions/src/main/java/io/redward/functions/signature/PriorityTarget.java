package io.redward.functions.signature;

/// What a priority is given to.
public enum PriorityTarget {
  QUERY,
  SESSION,
  USER
}
