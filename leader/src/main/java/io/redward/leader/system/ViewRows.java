package io.redward.leader.system;

import io.redward.leader.catalog.Privileges;
import io.redward.spi.SystemTable.SystemRows;
import java.util.Map;
import java.util.function.Consumer;

/// Where the rows of a described view go, and the view they are made of.
final class ViewRows {
  private final SystemView view;
  private final ViewDefinition definition;
  private final Map<String, Integer> places;
  private final SystemRows out;

  ViewRows(SystemView view, ViewDefinition definition, SystemRows out) {
    this.view = view;
    this.definition = definition;
    this.places = definition.places();
    this.out = out;
  }

  SystemView view() {
    return view;
  }

  /// Gives a row that `filling` fills.
  void add(Consumer<ViewRow> filling) {
    ViewRow row = new ViewRow(definition, places);
    filling.accept(row);
    out.row(row.cells());
  }

  /// True if the user may see what this one has done.
  boolean visible(int userOid) {
    return userOid == view.user().oid() || Privileges.seesAll(view.catalog(), view.user());
  }
}
