package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BoundStatement.BoundMerge;
import io.redward.leader.binder.BoundStatement.Returned;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.sql.ast.DataStatement.Assignment;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.DataStatement.MergeAction;
import io.redward.leader.sql.ast.DataStatement.MergeStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.plan.step.SinkStep.Matched;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// MERGE: the source joined with the target's rows and their ids. A source row without partner is
/// inserted; one with a partner updates or deletes it.
final class MergeBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final Expressions expressions;
  private final InsertBinder inserts;
  private final ChangeBinder changes;

  MergeBinder(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
    expressions = binding.expressions();
    inserts = new InsertBinder(queries);
    changes = new ChangeBinder(queries);
  }

  /// Source and target side by side: the source's fields, the target's, the target's row id.
  private record Sides(
      TargetTable target, Relation source, Relation rows, RexNode condition, Clause clause) {
    int width() {
      return source.rel().getRowType().getFieldCount();
    }

    /// Where the target's row id stands.
    int rowId() {
      return width() + target.columns().size();
    }
  }

  BoundMerge bind(MergeStatement merge, ReturningBinder returning) {
    Set<Privilege> privileges = privileges(merge);
    TargetTable target = TargetTable.find(queries, merge.target(), privileges.iterator().next());
    Relation source = new FromBinder(queries, null, CommonTables.NONE).item(merge.source());
    if (binding.references().tables().contains(target.table().oid())) {
      throw Errors.at(
          merge.source().position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "Source view/subquery in Merge statement cannot reference target table.");
    }
    Sides sides = sides(merge, target, source);
    if (merge.removeDuplicates() && returning.wanted()) {
      throw Errors.at(
          merge.position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "MERGE with REMOVE DUPLICATES cannot have RETURNING");
    }
    ReturningBinder.Others others = returning.others(sides.rows(), source.columns());
    RelNode rows =
        merge.removeDuplicates()
            ? replaced(sides, merge)
            : acted(sides, merge, others, returning.wanted());
    Optional<Returned> returned =
        returning.bind(target, ChangeBinder.range(target, merge.alias()), others);
    return new BoundMerge(
        target.table(),
        rows,
        matched(merge),
        inserts.identities(),
        privileges,
        returned,
        binding.parameters().slots(),
        binding.references());
  }

  private static Set<Privilege> privileges(MergeStatement merge) {
    Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
    if (merge.removeDuplicates()) {
      privileges.add(Privilege.INSERT);
      privileges.add(Privilege.DELETE);
    }
    for (MergeAction action : merge.actions()) {
      privileges.add(
          switch (action) {
            case MergeAction.UpdateMatched _ -> Privilege.UPDATE;
            case MergeAction.DeleteMatched _ -> Privilege.DELETE;
            case MergeAction.InsertUnmatched _ -> Privilege.INSERT;
          });
    }
    return privileges;
  }

  private static Matched matched(MergeStatement merge) {
    boolean deletes =
        merge.actions().stream().anyMatch(MergeAction.DeleteMatched.class::isInstance);
    return merge.removeDuplicates() ? Matched.REMOVE : deletes ? Matched.DELETE : Matched.UPDATE;
  }

  private Sides sides(MergeStatement merge, TargetTable target, Relation source) {
    Relation rows = changes.target(target, merge.alias(), CommonTables.NONE);
    JoinRelType type =
        !merge.removeDuplicates() && insertion(merge) != null
            ? JoinRelType.LEFT
            : JoinRelType.INNER;
    RelNode cross = join(source.rel(), rows.rel(), expressions.bool(true), type);
    List<Relation.Column> columns = new ArrayList<>(source.columns());
    int width = source.rel().getRowType().getFieldCount();
    rows.columns().forEach(column -> columns.add(column.shifted(width)));
    Clause on = new Clause("ON", new Relation(cross, columns), null, CommonTables.NONE);
    RexNode condition = queries.expressions(on).condition(merge.condition());
    requireEquality(condition, width, merge.condition().position());
    Relation joined = new Relation(join(source.rel(), rows.rel(), condition, type), columns);
    return new Sides(
        target, source, joined, condition, new Clause("MERGE", joined, null, CommonTables.NONE));
  }

  private static RelNode join(RelNode left, RelNode right, RexNode condition, JoinRelType type) {
    return LogicalJoin.create(left, right, List.of(), condition, Set.of(), type);
  }

  /// One of the conditions must set something of the source equal to something of the target.
  private static void requireEquality(RexNode condition, int width, int position) {
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      if (part.isA(SqlKind.EQUALS)) {
        List<RexNode> operands = ((RexCall) part).getOperands();
        ImmutableBitSet left = RelOptUtil.InputFinder.bits(operands.get(0));
        ImmutableBitSet right = RelOptUtil.InputFinder.bits(operands.get(1));
        if (oneSided(left, right, width) || oneSided(right, left, width)) {
          return;
        }
      }
    }
    throw Errors.at(
        position,
        SqlState.FEATURE_NOT_SUPPORTED,
        "Target table must be part of an equijoin predicate");
  }

  private static boolean oneSided(ImmutableBitSet source, ImmutableBitSet target, int width) {
    return !source.isEmpty()
        && !target.isEmpty()
        && source.length() <= width
        && target.nth(0) >= width;
  }

  private static MergeAction.@Nullable InsertUnmatched insertion(MergeStatement merge) {
    for (MergeAction action : merge.actions()) {
      if (action instanceof MergeAction.InsertUnmatched insert) {
        return insert;
      }
    }
    return null;
  }

  // -- WHEN MATCHED, WHEN NOT MATCHED

  /// A SUPER value is taken whole, not a part of it.
  private static void requireWholeValues(MergeAction action) {
    List<Expr> values =
        switch (action) {
          case MergeAction.UpdateMatched update ->
              update.assignments().stream().map(Assignment::value).toList();
          case MergeAction.InsertUnmatched insert -> insert.values();
          case MergeAction.DeleteMatched _ -> List.of();
        };
    for (Expr value : values) {
      if (value instanceof Expr.ArraySubscript || value instanceof Expr.FieldAccess) {
        throw Errors.at(
            value.position(),
            SqlState.FEATURE_NOT_SUPPORTED,
            "Partial reference of SUPER column is not supported in MERGE statement.");
      }
    }
  }

  /// @param keepDeleted whether rows that are deleted keep their values, to be returned
  private RelNode acted(
      Sides sides, MergeStatement merge, ReturningBinder.Others others, boolean keepDeleted) {
    requireOnce(merge);
    if (binding.context().session().strict()) {
      merge.actions().forEach(MergeBinder::requireWholeValues);
    }
    Optional<List<RexNode>> updated = updated(sides, merge);
    MergeAction.InsertUnmatched insert = insertion(merge);
    RexNode rowId = expressions.column(sides.rows().rel(), sides.rowId());
    RexNode isNew = expressions.isNull(rowId);
    List<RexNode> inserted = new ArrayList<>();
    if (insert != null) {
      Relation source = sides.source();
      Clause clause = new Clause("VALUES", source, null, CommonTables.NONE);
      InsertStatement values =
          new InsertStatement(
              Optional.empty(),
              merge.target(),
              insert.columns(),
              Optional.empty(),
              merge.position());
      inserted.addAll(inserts.row(sides.target(), clause, values, insert.values()));
    }
    List<RexNode> fields = new ArrayList<>(List.of(rowId));
    List<String> names = new ArrayList<>(List.of("row id"));
    List<ColumnDefinition> columns = sides.target().columns();
    for (int i = 0; i < columns.size(); i++) {
      RexNode none = expressions.nullOf(columns.get(i).type());
      RexNode kept = keepDeleted ? expressions.column(sides.rows().rel(), sides.width() + i) : none;
      RexNode old = updated.isPresent() ? updated.get().get(i) : kept;
      RexNode fresh = inserted.isEmpty() ? none : inserted.get(i);
      fields.add(expressions.cases(List.of(isNew), List.of(fresh, old)));
      names.add(columns.get(i).name());
    }
    for (RexNode field : others.fields()) {
      fields.add(field);
      names.add("other_" + names.size());
    }
    boolean keepsMatched =
        merge.actions().stream().allMatch(MergeAction.InsertUnmatched.class::isInstance);
    RelNode rows = sides.rows().rel();
    return LogicalProject.create(
        keepsMatched ? LogicalFilter.create(rows, isNew) : rows,
        List.of(),
        fields,
        QueryBinder.unique(names),
        sides.clause().variables());
  }

  /// There is one action of each kind.
  private static void requireOnce(MergeStatement merge) {
    long inserts =
        merge.actions().stream().filter(MergeAction.InsertUnmatched.class::isInstance).count();
    if (inserts > 1 || merge.actions().size() - inserts > 1) {
      throw Errors.at(
          merge.position(),
          SqlState.SYNTAX_ERROR,
          "MERGE takes one WHEN MATCHED and one WHEN NOT MATCHED clause");
    }
  }

  /// The new values of all columns of a row that is met; empty if it is not updated.
  private Optional<List<RexNode>> updated(Sides sides, MergeStatement merge) {
    for (MergeAction action : merge.actions()) {
      if (action instanceof MergeAction.UpdateMatched(List<Assignment> assignments)) {
        Map<Integer, RexNode> values =
            changes.values(sides.target(), assignments, queries.expressions(sides.clause()));
        List<RexNode> row = new ArrayList<>();
        for (int i = 0; i < sides.target().columns().size(); i++) {
          RexNode value = values.get(i);
          row.add(
              value != null ? value : expressions.column(sides.rows().rel(), sides.width() + i));
        }
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  // -- REMOVE DUPLICATES

  /// The ids of all rows that are met, and the distinct rows of the source.
  private RelNode replaced(Sides sides, MergeStatement merge) {
    TargetTable target = sides.target();
    List<RexNode> values = queries.sources(sides.source().rel());
    if (values.size() != target.columns().size()) {
      throw Errors.at(
          merge.source().position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "MERGE with REMOVE DUPLICATES requires source and target to have the same columns");
    }
    List<String> names = target.columns().stream().map(ColumnDefinition::name).toList();
    List<RexNode> row = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      row.add(target.assigned(values.get(i), i, binding, merge.source().position()));
    }
    RelNode source = LogicalProject.create(sides.source().rel(), List.of(), row, names, Set.of());
    RelNode distinct =
        LogicalAggregate.create(
            source, List.of(), ImmutableBitSet.range(row.size()), null, List.of());
    List<String> all = new ArrayList<>(List.of("row id"));
    all.addAll(names);
    List<RexNode> fresh = new ArrayList<>(List.of(expressions.nullOf(SqlType.BIGINT)));
    fresh.addAll(expressions.columns(distinct));
    List<RexNode> met = new ArrayList<>();
    met.add(expressions.column(sides.rows().rel(), sides.rowId()));
    target.columns().forEach(column -> met.add(expressions.nullOf(column.type())));
    return LogicalUnion.create(
        List.of(
            LogicalProject.create(
                sides.rows().rel(), List.of(), met, QueryBinder.unique(all), Set.of()),
            LogicalProject.create(distinct, List.of(), fresh, QueryBinder.unique(all), Set.of())),
        true);
  }
}
