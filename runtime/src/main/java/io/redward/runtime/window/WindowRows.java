package io.redward.runtime.window;

import io.redward.foundation.batch.Vector;
import io.redward.plan.step.Field;
import java.util.List;

/// The rows of a window step in partition and window order, column by column.
///
/// @param count rows
/// @param partitions where each partition starts, then `count`
/// @param peers where each run of rows that are equal in partition and order starts, then `count`
/// @param columns by field of the row; a field that no function reads may hold an empty vector
/// @param fields the row's fields
public record WindowRows(
    int count, int[] partitions, int[] peers, Vector[] columns, List<Field> fields) {}
