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
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Functions in FROM.
final class TableFunctions {
  private static final int MAX_SERIES_ROWS = 1_000_000;

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
    if (!name.equals("generate_series")) {
      throw Errors.at(
          function.position(),
          SqlState.UNDEFINED_FUNCTION,
          "table function " + name + " does not exist");
    }
    Relation series = series(function.call());
    return FromBinder.named(series, function.alias(), Range.of(name), function.position());
  }

  /// GENERATE_SERIES over constants: the rows themselves.
  private Relation series(Expr.FunctionCall call) {
    List<Long> bounds = new ArrayList<>();
    Relation oneRow = ValuesRows.oneRow(queries.binding());
    ExpressionBinder binder = queries.expressions(new Clause("FROM", oneRow, outer, commonTables));
    for (Expr argument : call.arguments()) {
      BigDecimal number = Coercion.number(binder.bind(argument));
      if (number == null || number.stripTrailingZeros().scale() > 0) {
        throw Errors.unsupported(
            argument.position(), "generate_series over anything but constant integers");
      }
      bounds.add(number.longValueExact());
    }
    if (bounds.size() < 2 || bounds.size() > 3) {
      throw Errors.at(
          call.position(), SqlState.UNDEFINED_FUNCTION, "generate_series takes 2 or 3 arguments");
    }
    long step = bounds.size() == 3 ? bounds.get(2) : 1;
    return new Relation(
        rows(bounds.get(0), bounds.get(1), step, call.position()),
        QueryBinder.outputColumns(List.of("generate_series")));
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
