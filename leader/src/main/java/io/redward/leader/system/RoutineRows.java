package io.redward.leader.system;

import io.redward.leader.catalog.Language;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of `pg_proc`, `pg_proc_info` and `information_schema.routines`: the functions and
/// procedures that users have made. Arguments are those that a call gives, and those it gets back
/// too where there are any.
record RoutineRows(SystemView view) {
  /// What comes behind the number.
  static final String COLUMNS =
      "proname name, pronamespace oid, proowner int4, prolang oid, proisagg bool,"
          + " prosecdef bool, proisstrict bool, proretset bool, provolatile char,"
          + " pronargs int2, prorettype oid, proargtypes text, proargnames text[],"
          + " prosrc text, probin text, proacl text[], prokind char, proargmodes char[],"
          + " proallargtypes oid[]";

  private static final int VOID = 2278;
  private static final Pattern PLAIN = Pattern.compile("(?!(?i:null)$)[^\\s{},\"\\\\]+");

  void read(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Routine routine : view.catalog().routines(schema.oid())) {
        List<Routine.Argument> inputs = routine.inputs();
        boolean function = routine.kind() == Routine.Kind.FUNCTION;
        boolean named =
            routine.arguments().stream().anyMatch(argument -> !argument.name().isEmpty());
        boolean moded = !routine.outputs().isEmpty();
        List<Routine.Argument> shown = moded ? routine.arguments() : inputs;
        out.row(
            routine.oid(),
            routine.name(),
            schema.oid(),
            routine.owner(),
            Language.find(routine.traits().language()).map(Language::oid).orElse(0),
            false,
            routine.definer(),
            routine.traits().skipsNulls(),
            false,
            volatility(routine),
            inputs.size(),
            routine.returns().map(type -> type.kind().oid()).orElse(VOID),
            types(inputs, " ", "", ""),
            array(named, shown, Routine.Argument::name),
            routine.body(),
            function ? null : modifiers(shown),
            new AccessText(view.catalog()).of(routine),
            function ? "f" : "p",
            array(moded, shown, RoutineRows::mode),
            moded ? types(shown, ",", "{", "}") : null);
      }
    }
  }

  /// The rows of `information_schema.routines`.
  void readStandard(SystemTable.SystemRows out) {
    String database = view.database().name();
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Routine routine : view.catalog().routines(schema.oid())) {
        out.row(
            database,
            schema.name(),
            routine.name() + "_" + routine.oid(),
            database,
            schema.name(),
            routine.name(),
            routine.kind() == Routine.Kind.FUNCTION ? "FUNCTION" : "PROCEDURE",
            routine.returns().map(type -> type.kind().sqlName()).orElse(null));
      }
    }
  }

  private static String types(
      List<Routine.Argument> arguments, String separator, String before, String after) {
    return arguments.stream()
        .map(argument -> Integer.toString(argument.type().kind().oid()))
        .collect(Collectors.joining(separator, before, after));
  }

  private static String mode(Routine.Argument argument) {
    return switch (argument.mode()) {
      case IN -> "i";
      case OUT -> "o";
      case INOUT -> "b";
    };
  }

  /// What drivers know a procedure's lengths and precisions by: the modifiers of its arguments, and
  /// behind them one of the result, which has none.
  private static String modifiers(List<Routine.Argument> arguments) {
    return Stream.concat(
            arguments.stream().map(argument -> argument.type().modifier()), Stream.of(-1))
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static String volatility(Routine routine) {
    return switch (routine.traits().volatility()) {
      case IMMUTABLE -> "i";
      case STABLE -> "s";
      case VOLATILE -> "v";
    };
  }

  private static @Nullable String array(
      boolean present, List<Routine.Argument> arguments, Function<Routine.Argument, String> cell) {
    return present
        ? arguments.stream()
            .map(cell)
            .map(RoutineRows::element)
            .collect(Collectors.joining(",", "{", "}"))
        : null;
  }

  /// As PostgreSQL writes it: quoted only where it must be.
  private static String element(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
