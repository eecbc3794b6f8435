package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Grammar.Named;
import io.redward.bench.fuzz.Part.Kind;
import io.redward.bench.fuzz.Tables.Column;
import io.redward.bench.fuzz.Tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes random statements that change tables.
final class Changes {
  private final Grammar grammar;
  private final Random random;

  Changes(Grammar grammar, Random random) {
    this.grammar = grammar;
    this.random = random;
  }

  /// One of these.
  Part of(Table table) {
    List<Named> scope = Grammar.columns(table, table.name());
    Named target = scope.get(random.nextInt(scope.size()));
    String bare = target.name().substring(target.name().indexOf('.') + 1);
    return switch (random.nextInt(5)) {
      case 0 ->
          Part.of(
              Kind.OTHER,
              "update " + table.name() + " set " + bare + " = % where %",
              grammar.expression(target.kind(), 2, scope),
              grammar.condition(2, scope));
      case 1 ->
          Part.of(
              Kind.OTHER,
              "delete from " + table.name() + " where % and %",
              grammar.condition(2, scope),
              grammar.condition(1, scope));
      case 2 ->
          Part.of(
              Kind.OTHER,
              "insert into "
                  + table.name()
                  + " ("
                  + bare
                  + ") select % from "
                  + table.name()
                  + " where % limit 5",
              grammar.expression(target.kind(), 2, scope),
              grammar.condition(1, scope));
      case 3 ->
          Part.of(
              Kind.OTHER,
              "merge into "
                  + table.name()
                  + " using (select distinct "
                  + bare
                  + " as k from "
                  + table.name()
                  + " where % limit 3) s on "
                  + target.name()
                  + " = s.k when matched then update set "
                  + bare
                  + " = % when not matched then insert values ("
                  + cells(table)
                  + ")",
              grammar.condition(1, scope),
              grammar.expression(target.kind(), 1, scope));
      default ->
          Part.of(Kind.OTHER, "insert into " + table.name() + " values (" + cells(table) + ")");
    };
  }

  private String cells(Table table) {
    List<String> cells = new ArrayList<>();
    table.columns().forEach(c -> cells.add(literal(c)));
    return String.join(", ", cells);
  }

  private String literal(Column column) {
    return Grammar.guarded(Tables.literal(column.kind(), random));
  }
}
