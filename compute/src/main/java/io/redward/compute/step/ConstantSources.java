package io.redward.compute.step;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.SourceStep.SystemScan;
import io.redward.plan.step.SourceStep.Values;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.util.List;

/// Sources whose rows come from the leader: VALUES lists and system tables.
public final class ConstantSources {
  private ConstantSources() {}

  public static BatchSource values(
      Values values, List<Constant> parameters, ConstantEvaluator evaluator) {
    BatchList list = new BatchList(values.fields());
    for (List<Expression> row : values.rows()) {
      Batch batch = list.openRow();
      for (int column = 0; column < row.size(); column++) {
        CellWriter.write(
            batch.vectors[column],
            batch.selectedCount,
            constant(row.get(column), parameters, evaluator));
      }
      list.rowWritten();
    }
    return list;
  }

  private static Constant constant(
      Expression expression, List<Constant> parameters, ConstantEvaluator evaluator) {
    return switch (expression) {
      case Literal literal -> literal.value();
      case Parameter parameter -> parameters.get(parameter.index());
      default -> evaluator.evaluate(expression, parameters);
    };
  }

  public static BatchSource systemTable(SystemScan scan, SystemTables tables) {
    SystemTable table =
        tables
            .find(scan.schema(), scan.name())
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.UNDEFINED_TABLE,
                        "relation \"%s.%s\" does not exist".formatted(scan.schema(), scan.name())));
    BatchList list = new BatchList(scan.fields());
    if (table.batches().isPresent()) {
      for (Batch batch : table.batches().get()) {
        Vector[] vectors = new Vector[scan.columns().length];
        for (int i = 0; i < vectors.length; i++) {
          vectors[i] = batch.vectors[scan.columns()[i]];
        }
        list.add(Batch.over(vectors, batch.selectedCount));
      }
      return list;
    }
    table.read(
        cells -> {
          Batch batch = list.openRow();
          for (int i = 0; i < scan.columns().length; i++) {
            CellWriter.write(
                batch.vectors[i],
                batch.selectedCount,
                scan.fields().get(i).type(),
                cells[scan.columns()[i]]);
          }
          list.rowWritten();
        });
    return list;
  }
}
