package io.redward.leader.catalog;

import io.redward.foundation.types.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The columns of tables and views under the numbers that privileges and policies know them by: a
/// table's by its id, which is never used again, a view's by its place.
public final class RelationColumns {
  private RelationColumns() {}

  /// A column's number, name and type.
  public record Column(int number, String name, SqlType type) {}

  /// The columns of a table or view; none of another object.
  public static List<Column> of(OwnedObject object) {
    List<Column> columns = new ArrayList<>();
    switch (object) {
      case TableDefinition table ->
          table
              .columns()
              .forEach(
                  column -> columns.add(new Column(column.id(), column.name(), column.type())));
      case ViewDefinition view ->
          view.columns()
              .forEach(
                  column ->
                      columns.add(new Column(columns.size() + 1, column.name(), column.type())));
      case Database _, Schema _, Routine _ -> {}
    }
    return columns;
  }

  /// The number of the column of this name.
  public static Optional<Integer> number(OwnedObject object, String name) {
    return of(object).stream().filter(c -> c.name().equals(name)).map(Column::number).findFirst();
  }

  /// The name of the column of this number.
  public static Optional<String> name(OwnedObject object, int number) {
    return of(object).stream().filter(c -> c.number() == number).map(Column::name).findFirst();
  }
}
