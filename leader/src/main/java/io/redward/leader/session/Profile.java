package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.DataStatement.ProfileStatement;
import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.lex.ParserOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// DESCRIBE and SUMMARIZE of a query: a row for each of its columns. What is told of values comes
/// from one aggregation over the query, or from several where it has very many columns.
final class Profile {
  private static final int COLUMNS_AT_ONCE = 100;
  private static final int CELLS = 6;

  private final QueryRunner queries;

  Profile(QueryRunner queries) {
    this.queries = queries;
  }

  static StatementRunner.Shape shape(ProfileStatement statement) {
    return statement.values()
        ? StatementRunner.Shape.text(
            "column_name",
            "column_type",
            "min",
            "max",
            "approx_unique",
            "avg",
            "std",
            "count",
            "null_percentage")
        : StatementRunner.Shape.text("column_name", "column_type");
  }

  void run(ProfileStatement statement, ResultConsumer results) {
    QueryStatement query = new QueryStatement(statement.query());
    StatementPlan plan = queries.planToRun(query, "", List.of());
    queries.requireReadable(plan.bound().references());
    List<List<String>> rows = new ArrayList<>();
    for (ResultColumn column : plan.columns()) {
      rows.add(new ArrayList<>(List.of(column.name(), column.type().toString())));
    }
    if (statement.values()) {
      String text = SqlPrinter.print(statement.query());
      for (int from = 0; from < rows.size(); from += COLUMNS_AT_ONCE) {
        int to = Math.min(rows.size(), from + COLUMNS_AT_ONCE);
        values(plan.columns(), text, from, to, rows);
      }
    }
    results.columns(shape(statement).columns());
    TextRows.send(rows, results);
    results.complete("SELECT " + rows.size());
  }

  private void values(
      List<ResultColumn> columns, String query, int from, int to, List<List<String>> rows) {
    StringBuilder select = new StringBuilder("select cast(count(*) as varchar)");
    for (int i = from; i < to; i++) {
      cells(columns.get(i), "c" + i).forEach(cell -> select.append(", ").append(cell));
    }
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    select.append(" from (").append(query).append(") as q (").append(names).append(')');
    List<String> found = row(select.toString());
    double count = Double.parseDouble(found.getFirst());
    for (int i = from; i < to; i++) {
      int at = 1 + (i - from) * CELLS;
      rows.get(i).addAll(found.subList(at, at + CELLS - 1));
      double present = Double.parseDouble(found.get(at + CELLS - 1));
      rows.get(i).add(found.getFirst());
      rows.get(i).add(count == 0 ? "" : Math.round(10_000 * (1 - present / count)) / 100.0 + "%");
    }
  }

  /// Smallest, largest, number of different, mean, deviation, and how many there are.
  private static List<String> cells(ResultColumn column, String name) {
    boolean numeric = column.type().kind().isNumeric();
    boolean ordered =
        switch (column.type().kind()) {
          case BOOLEAN, SUPER, GEOMETRY, GEOGRAPHY, VARBYTE, VOID, UNKNOWN -> false;
          default -> true;
        };
    return List.of(
        ordered ? text("min(" + name + ")") : "''",
        ordered ? text("max(" + name + ")") : "''",
        ordered ? text("approximate count(distinct " + name + ")") : "''",
        numeric ? text("avg(cast(" + name + " as double precision))") : "''",
        numeric ? text("stddev(cast(" + name + " as double precision))") : "''",
        text("count(" + name + ")"));
  }

  private static String text(String value) {
    return "coalesce(cast(" + value + " as varchar(200)), '')";
  }

  private List<String> row(String query) {
    QueryStatement statement =
        (QueryStatement) SqlParser.parseStatement(query, ParserOptions.PRINTED);
    List<String> row = new ArrayList<>();
    StatementPlan plan = queries.planToRun(statement, "", List.of());
    queries.execute(plan, List.of(), batch -> add(batch, row));
    return row;
  }

  private static void add(Batch batch, List<String> row) {
    for (int i = 0; i < batch.vectors.length; i++) {
      BytesVector texts = (BytesVector) batch.vectors[i];
      row.add(new String(texts.copy(batch.row(0)), StandardCharsets.UTF_8));
    }
  }
}
