package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.plan.expression.Constant;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `INSERT … VALUES` of literals and parameters, which goes to storage without a plan: for one row
/// planning and starting a plan would cost a hundred times what the row does.
///
/// It takes only what is plain: values that fit their columns as they stand. Whatever may end in an
/// error, or needs a default, an identity value or an expression, is left to the long way, which
/// also has the words for the error.
final class LiteralInsert {
  private final LeaderSession session;
  private final StatementLocks locks;
  private final AssignedValues values;

  LiteralInsert(LeaderSession session, StatementLocks locks, Arguments arguments) {
    this.session = session;
    this.locks = locks;
    this.values = new AssignedValues(arguments);
  }

  /// Whether the statement holds nothing but literals, so that it has neither parameters nor
  /// anything to plan for.
  static boolean isPlain(InsertStatement insert) {
    return rows(insert)
        .map(
            rows -> rows.stream().allMatch(row -> row.stream().allMatch(AssignedValues::isLiteral)))
        .orElse(false);
  }

  private static Optional<List<List<Expr>>> rows(InsertStatement insert) {
    return insert.with().isEmpty()
            && insert.source().isPresent()
            && insert.source().get().isBare()
            && insert.source().get().body() instanceof QueryBody.ValuesQuery values
        ? Optional.of(values.rows())
        : Optional.empty();
  }

  /// Inserts the rows, or does nothing.
  ///
  /// @return the number of rows; empty if the statement must go the long way
  OptionalLong run(InsertStatement insert, CommandContext context) {
    Optional<List<List<Expr>>> rows = rows(insert);
    if (rows.isEmpty()) {
      return OptionalLong.empty();
    }
    // Opened first, so that the definition is the one that its commit depends on.
    session.transaction().writable();
    if (!(context.find(insert.table()).orElse(null) instanceof TableDefinition table)
        || table.materialization().isPresent()
        || table.constraints().stream().anyMatch(TableConstraint::enforced)) {
      return OptionalLong.empty();
    }
    Optional<int[]> targets = targets(insert, table, rows.get().getFirst().size());
    if (targets.isEmpty()
        || !Privileges.holds(
            session.transaction().catalog(), session.user(), table, Privilege.INSERT)) {
      return OptionalLong.empty();
    }
    Optional<Batch> batch = batch(table, targets.get(), rows.get());
    if (batch.isEmpty()) {
      return OptionalLong.empty();
    }
    if (locks.takeForInsert(table.oid())) {
      return OptionalLong.empty();
    }
    WriteTransaction transaction = session.transaction().writableFor(table);
    transaction.insert(table.oid(), table.shape(), batch.get());
    return OptionalLong.of(rows.get().size());
  }

  /// For each column of the table the place of its value in a row, or -1 for NULL.
  private static Optional<int[]> targets(InsertStatement insert, TableDefinition table, int width) {
    List<ColumnDefinition> columns = table.columns();
    int[] places = new int[columns.size()];
    Arrays.fill(places, -1);
    if (insert.columns().isEmpty()) {
      if (width > columns.size()) {
        return Optional.empty();
      }
      for (int i = 0; i < width; i++) {
        places[i] = i;
      }
    } else if (insert.columns().size() != width) {
      return Optional.empty();
    }
    for (int i = 0; i < insert.columns().size(); i++) {
      int index = index(columns, insert.columns().get(i).name());
      if (index < 0 || places[index] >= 0) {
        return Optional.empty();
      }
      places[index] = i;
    }
    for (int i = 0; i < places.length; i++) {
      ColumnDefinition column = columns.get(i);
      boolean made = column.identity().isPresent();
      boolean filled = places[i] < 0 && (column.defaultText().isPresent() || !column.nullable());
      if (made || filled) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }

  private static int index(List<ColumnDefinition> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Batch> batch(TableDefinition table, int[] places, List<List<Expr>> rows) {
    List<Physical> forms = new ArrayList<>();
    table.columns().forEach(column -> forms.add(column.type().physical()));
    Batch batch = new Batch(forms, rows.size());
    int width = rows.getFirst().size();
    for (int row = 0; row < rows.size(); row++) {
      List<Expr> cells = rows.get(row);
      if (cells.size() != width) {
        return Optional.empty();
      }
      for (int i = 0; i < places.length; i++) {
        Optional<Constant> value =
            places[i] < 0
                ? Optional.of(Constant.NULL)
                : assigned(cells.get(places[i]), table.columns().get(i));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        write(batch.vectors[i], row, value.get());
      }
    }
    batch.selectedCount = rows.size();
    return Optional.of(batch);
  }

  private Optional<Constant> assigned(Expr cell, ColumnDefinition column) {
    try {
      return values
          .of(cell, column.type())
          .filter(value -> column.nullable() || !(value instanceof Constant.Null));
    } catch (SqlException e) {
      return Optional.empty();
    }
  }

  private static void write(Vector vector, int row, Constant value) {
    switch (value) {
      case Constant.Null() -> vector.setNull(row);
      case Constant.IntValue(int number) -> ((IntVector) vector).values[row] = number;
      case Constant.LongValue(long number) -> ((LongVector) vector).values[row] = number;
      case Constant.DoubleValue(double number) -> ((DoubleVector) vector).values[row] = number;
      case Constant.Int128Value(Int128 number) -> {
        ((Int128Vector) vector).high[row] = number.high();
        ((Int128Vector) vector).low[row] = number.low();
      }
      case Constant.BytesValue(byte[] bytes) ->
          ((BytesVector) vector).append(row, bytes, 0, bytes.length);
    }
  }
}
