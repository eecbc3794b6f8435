package io.redward.leader.session;

import io.redward.leader.catalog.TableDefinition;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.plan.step.TransformStep;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.List;
import java.util.Optional;

/// Fills a new table with all rows of another one without looking at them: where CREATE TABLE AS
/// asks for every column as it is, both tables share what is stored, of which nothing ever changes.
///
/// The plan decides, not the text, so that views count, and so that a policy which hides rows or
/// masks values leads to an ordinary execution.
final class CarriedRows {
  private CarriedRows() {}

  /// Carries the rows over if the plan does no more than that.
  ///
  /// @param plan inserts a query's rows into `target`, which the transaction has made
  /// @return as if it had been run; empty if it has to be
  static Optional<ExecutionResult> carry(
      PhysicalPlan plan, TableDefinition target, SessionTransaction session) {
    if (plan.streams().size() != 1 || plan.streams().getFirst().segments().size() != 1) {
      return Optional.empty();
    }
    Segment segment = plan.streams().getFirst().segments().getFirst();
    if (!(segment.source() instanceof TableScan scan)
        || !(segment.sink() instanceof SinkStep.Insert insert)
        || !isWhole(scan, session)
        || !isPlain(insert, target)
        || !staysInPlace(segment.transforms(), scan, insert, target.shape())) {
      return Optional.empty();
    }
    long started = System.nanoTime();
    WriteTransaction transaction = session.writable();
    if (!transaction.carry(target.oid(), target.shape(), scan.tableId())) {
      return Optional.empty();
    }
    session.reads().read(scan.tableId(), ReadScope.TABLE);
    long rows = transaction.view().table(target.oid()).rowCount();
    SegmentProfile profile =
        new SegmentProfile(
            plan.streams().getFirst().id(),
            segment.id(),
            rows,
            rows,
            0,
            0,
            System.nanoTime() - started,
            SegmentProfile.Code.CACHED,
            0,
            SegmentProfile.Blocks.NONE);
    return Optional.of(new ExecutionResult(rows, List.of(profile)));
  }

  /// All rows of a table of today's.
  private static boolean isWhole(TableScan scan, SessionTransaction session) {
    return scan.predicates().isEmpty()
        && scan.joinFilters().isEmpty()
        && !scan.rowIds()
        && session.catalog().table((int) scan.tableId()).isPresent();
  }

  private static boolean isPlain(SinkStep.Insert insert, TableDefinition target) {
    return insert.tableId() == target.oid()
        && insert.identities().isEmpty()
        && !insert.returns()
        && insert.columnIds().length == target.shape().columns().size();
  }

  /// Whether each column of the target gets the values of the scanned table's column of that
  /// number, of the same type.
  private static boolean staysInPlace(
      List<TransformStep> transforms, TableScan scan, SinkStep.Insert insert, TableShape shape) {
    for (int i = 0; i < insert.columnIds().length; i++) {
      int field = field(transforms, i);
      int id = insert.columnIds()[i];
      boolean same =
          field >= 0
              && scan.columnIds()[field] == id
              && shape.columns().stream()
                  .anyMatch(c -> c.id() == id && c.type().equals(scan.fields().get(field).type()));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /// Which of the scan's fields arrives as the sink's field `at`, or -1 if it is none.
  private static int field(List<TransformStep> transforms, int at) {
    int field = at;
    for (TransformStep step : transforms.reversed()) {
      if (!(step instanceof TransformStep.Project(List<Expression> expressions, _))
          || !(expressions.get(field) instanceof FieldRef reference)) {
        return -1;
      }
      field = reference.index();
    }
    return field;
  }
}
