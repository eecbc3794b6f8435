package io.redward.leader.system;

import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Comments;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.spi.SystemTable;
import java.util.Optional;

/// The rows of `pg_description`.
record Descriptions(SystemView view) {
  void read(SystemTable.SystemRows out) {
    for (Comments.Comment comment : Comments.all(view.snapshot())) {
      Optional<CatalogObject> object = view.catalog().object(comment.object());
      object
          .map(Descriptions::catalog)
          .or(() -> constraint(comment.object()))
          .ifPresent(
              catalog ->
                  out.row(
                      comment.object(),
                      SystemTable.WELL_KNOWN.getOrDefault(catalog, 0),
                      comment.column(),
                      comment.text()));
    }
  }

  private Optional<String> constraint(int oid) {
    return TableKeys.isConstraint(view.catalog(), oid)
        ? Optional.of("pg_constraint")
        : Optional.empty();
  }

  private static String catalog(CatalogObject object) {
    return switch (object) {
      case TableDefinition _, ViewDefinition _ -> "pg_class";
      case Schema _ -> "pg_namespace";
      case Database _ -> "pg_database";
      default -> "";
    };
  }
}
