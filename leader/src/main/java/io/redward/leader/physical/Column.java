package io.redward.leader.physical;

import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;

/// A column of the rows a [PhysicalNode] yields: the field that execution sees and what the planner
/// and EXPLAIN know of it besides.
///
/// @param text how EXPLAIN writes the value, its table's name left out
/// @param qualifiedText the same with names of tables, for plans of several tables
/// @param range where the value lies
/// @param width average bytes of a value
/// @param distinct estimated number of distinct values; NaN if unknown
/// @param origin the stored column this is, unchanged
record Column(
    Field field,
    String text,
    String qualifiedText,
    ValueRange range,
    double width,
    double distinct,
    Origin origin) {
  /// A column of one scan in the statement; `scan` -1 for values that are computed.
  record Origin(int scan, int columnId) {
    static final Origin COMPUTED = new Origin(-1, 0);

    boolean isStored() {
      return scan >= 0;
    }
  }

  /// The same column where its rows may meet rows of the same scan.
  Column withoutOrigin() {
    return new Column(field, text, qualifiedText, range, width, distinct, Origin.COMPUTED);
  }

  FieldRef at(int index) {
    return field.at(index);
  }

  Column withField(Field other) {
    return new Column(other, text, qualifiedText, range, width, distinct, origin);
  }

  /// The same column where an outer join may have put NULL.
  Column nullable() {
    return field.nullable()
        ? this
        : withField(new Field(field.name(), field.type(), field.physical(), true));
  }

  Column named(String name) {
    return field.name().equals(name)
        ? this
        : withField(new Field(name, field.type(), field.physical(), field.nullable()));
  }
}
