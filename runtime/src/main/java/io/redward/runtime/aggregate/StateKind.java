package io.redward.runtime.aggregate;

/// How an aggregate call keeps its state in a group's row. `value` is the slot of the result,
/// `extra` further words.
public enum StateKind {
  /// value: rows counted.
  COUNT(0),
  /// value: a sum in 64 bits, overflow checked.
  SUM_LONG(0),
  /// value: a sum in 128 bits, as [WideSums] has it.
  SUM_WIDE(0),
  /// value: a sum of doubles.
  SUM_DOUBLE(0),
  /// extra: a sum in 128 bits and a count.
  AVG_WIDE(3),
  /// extra: a sum of doubles and a count.
  AVG_DOUBLE(2),
  /// value: the extreme, of the value's own form.
  MIN(0),
  MAX(0),
  /// value: the first value met.
  FIRST(0),
  /// value: bits of all.
  AND(0),
  OR(0),
  /// extra: count, mean and sum of squared distances from it.
  MOMENTS(3),
  /// value: the value; extra: rows met.
  SINGLE(1),
  /// extra: handle of a collector.
  COLLECT(1);

  private final int extraWords;

  StateKind(int extraWords) {
    this.extraWords = extraWords;
  }

  int extraWords() {
    return extraWords;
  }
}
