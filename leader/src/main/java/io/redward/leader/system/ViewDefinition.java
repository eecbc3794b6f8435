package io.redward.leader.system;

import io.redward.spi.SystemTable.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A system view as `views.txt` describes it.
///
/// @param number counts from 0 over all descriptions
/// @param superuser true if only superusers see rows
/// @param emptiness why it has no rows; empty if something gives it some
public record ViewDefinition(
    int number,
    String name,
    boolean superuser,
    String summary,
    List<Column> columns,
    String emptiness) {
  public ViewDefinition {
    columns = List.copyOf(columns);
  }

  /// Where each column is in a row.
  Map<String, Integer> places() {
    Map<String, Integer> places = HashMap.newHashMap(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
    return places;
  }
}
