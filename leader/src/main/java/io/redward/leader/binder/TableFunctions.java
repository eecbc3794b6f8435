package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.TableRef;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Functions in FROM.
final class TableFunctions {
  private static final int MAX_SERIES_ROWS = 1_000_000;
  private static final int MAX_ARRAY_SIZE = 100;

  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;

  TableFunctions(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
  }

  Relation bind(TableRef.TableFunction function) {
    String name = function.call().name().last().name();
    if (SetFunctions.contains(name)) {
      boolean whole =
          function.alias().stream()
              .flatMap(alias -> alias.columns().stream())
              .anyMatch(column -> column.name().equals(SetFunctions.WHOLE_ROW));
      return FromBinder.named(
          new SetFunctions(queries).bind(function.call(), whole),
          function.alias(),
          Range.of(name),
          function.position());
    }
    if (!name.equals("generate_series")) {
      throw Errors.at(
          function.position(),
          SqlState.UNDEFINED_FUNCTION,
          "table function " + name + " does not exist");
    }
    Relation series = series(function.call());
    Optional<TableRef.TableAlias> alias = function.alias();
    if (alias.isPresent() && alias.get().columns().isEmpty()) {
      // The one column goes by the alias too.
      String column = alias.get().name().name();
      return FromBinder.named(
          series.over(QueryBinder.outputColumns(List.of(column))),
          alias,
          Range.of(column),
          function.position());
    }
    return FromBinder.named(series, function.alias(), Range.of(name), function.position());
  }

  /// GENERATE_SERIES over constants: the rows themselves. Its end may be the size of a catalog
  /// array, of which the possible sizes are listed and those too large left out.
  private Relation series(Expr.FunctionCall call) {
    Relation oneRow = ValuesRows.oneRow(queries.binding());
    Clause clause = new Clause("FROM", oneRow, outer, commonTables);
    List<RexNode> arguments = queries.expressions(clause).bindAll(call.arguments());
    if (arguments.size() < 2 || arguments.size() > 3) {
      throw Errors.at(
          call.position(), SqlState.UNDEFINED_FUNCTION, "generate_series takes 2 or 3 arguments");
    }
    queries.binding().usesLeaderOnly();
    boolean sized =
        call.arguments().get(1) instanceof Expr.FunctionCall end
            && end.name().last().name().equals("array_upper");
    long first = constant(arguments.get(0), call.arguments().get(0));
    long last = sized ? MAX_ARRAY_SIZE : constant(arguments.get(1), call.arguments().get(1));
    long step = arguments.size() < 3 ? 1 : constant(arguments.get(2), call.arguments().get(2));
    RelNode rows = rows(first, last, step, call.position());
    if (sized) {
      RexNode value = queries.binding().expressions().column(rows, 0);
      Comparisons comparisons = new Comparisons(queries.binding());
      rows =
          LogicalFilter.create(
              rows, comparisons.compare("<=", value, arguments.get(1), call.position()));
    }
    return new Relation(rows, QueryBinder.outputColumns(List.of("generate_series")));
  }

  private static long constant(RexNode node, Expr written) {
    BigDecimal number = Coercion.number(node);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      throw Errors.unsupported(
          written.position(), "generate_series over anything but constant integers");
    }
    return number.longValueExact();
  }

  private RelNode rows(long first, long last, long step, int position) {
    if (step == 0) {
      throw Errors.at(position, SqlState.INVALID_PARAMETER_VALUE, "step size cannot equal zero");
    }
    Expressions expressions = queries.binding().expressions();
    boolean small = first == (int) first && last == (int) last;
    SqlType type = small ? SqlType.INTEGER : SqlType.BIGINT;
    boolean empty = step > 0 ? last < first : last > first;
    long count = empty ? 0 : Math.abs((last - first) / step) + 1;
    if (count > MAX_SERIES_ROWS) {
      throw Errors.at(
          position,
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "generate_series makes at most " + MAX_SERIES_ROWS + " rows");
    }
    List<List<RexNode>> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long value = first + i * step;
      Constant constant =
          small ? new Constant.IntValue((int) value) : new Constant.LongValue(value);
      rows.add(List.of(expressions.literal(type, constant)));
    }
    return ValuesRows.values(queries.binding(), List.of("generate_series"), List.of(type), rows);
  }
}
