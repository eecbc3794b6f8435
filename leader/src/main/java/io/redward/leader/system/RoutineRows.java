package io.redward.leader.system;

import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of `pg_proc` and `pg_proc_info`: the functions and procedures that users have made.
/// Arguments are those that a call gives.
record RoutineRows(SystemView view) {
  /// What comes behind the number.
  static final String COLUMNS =
      "proname name, pronamespace oid, proowner int4, prolang oid, proisagg bool,"
          + " prosecdef bool, proisstrict bool, proretset bool, provolatile char,"
          + " pronargs int2, prorettype oid, proargtypes text, proargnames text[],"
          + " prosrc text, probin text, proacl text[], prokind char, proargmodes text[],"
          + " proallargtypes text";

  static final int SQL_LANGUAGE = 14;
  static final int PLPGSQL_LANGUAGE = 100_000;
  private static final int VOID = 2278;

  void read(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Routine routine : view.catalog().routines(schema.oid())) {
        List<Routine.Argument> inputs = routine.inputs();
        boolean function = routine.kind() == Routine.Kind.FUNCTION;
        boolean named = inputs.stream().anyMatch(argument -> !argument.name().isEmpty());
        boolean moded = inputs.stream().anyMatch(a -> a.mode() != Routine.Mode.IN);
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
            inputs.size(),
            routine.returns().map(type -> type.kind().oid()).orElse(VOID),
            inputs.stream()
                .map(argument -> Integer.toString(argument.type().kind().oid()))
                .collect(Collectors.joining(" ")),
            array(named, inputs, Routine.Argument::name),
            routine.body(),
            null,
            new AccessText(view.catalog()).of(routine),
            function ? "f" : "p",
            array(moded, inputs, a -> a.mode() == Routine.Mode.IN ? "i" : "b"),
            null);
      }
    }
  }

  private static @Nullable String array(
      boolean present, List<Routine.Argument> arguments, Function<Routine.Argument, String> cell) {
    return present
        ? arguments.stream()
            .map(cell)
            .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(",", "{", "}"))
        : null;
  }
}
