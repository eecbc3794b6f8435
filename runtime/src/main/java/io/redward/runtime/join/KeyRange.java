package io.redward.runtime.join;

/// The least and the greatest key; `min > max` if there is none.
public record KeyRange(long min, long max) {
  boolean isEmpty() {
    return min > max;
  }

  KeyRange with(KeyRange other) {
    return new KeyRange(Math.min(min, other.min), Math.max(max, other.max));
  }
}
