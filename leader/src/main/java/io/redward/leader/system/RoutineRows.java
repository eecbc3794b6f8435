package io.redward.leader.system;

import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.spi.SystemTable;
import java.util.stream.Collectors;

/// The rows of `pg_proc`: the functions and procedures that users have made.
record RoutineRows(SystemView view) {
  static final int SQL_LANGUAGE = 14;
  static final int PLPGSQL_LANGUAGE = 100_000;
  private static final int VOID = 2278;

  void read(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Routine routine : view.catalog().routines(schema.oid())) {
        boolean function = routine.kind() == Routine.Kind.FUNCTION;
        out.row(
            routine.oid(),
            routine.name(),
            schema.oid(),
            routine.owner(),
            function ? SQL_LANGUAGE : PLPGSQL_LANGUAGE,
            false,
            routine.definer(),
            false,
            false,
            "v",
            routine.inputs().size(),
            routine.returns().map(type -> type.kind().oid()).orElse(VOID),
            routine.inputs().stream()
                .map(argument -> Integer.toString(argument.type().kind().oid()))
                .collect(Collectors.joining(" ")),
            null,
            routine.body(),
            null,
            null);
      }
    }
  }
}
