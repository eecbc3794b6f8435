package io.redward.leader.binder;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.BoundStatement.BoundChange;
import io.redward.leader.binder.BoundStatement.BoundInsert;
import io.redward.leader.binder.BoundStatement.BoundMerge;
import io.redward.leader.binder.BoundStatement.Returned;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.DataStatement.UpsertStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.plan.step.SinkStep.Matched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/// INSERT … ON CONFLICT: the rows to insert, joined with the table by an enforced key. DO NOTHING
/// leaves those that meet a row out, and of several with one key all but one; DO UPDATE replaces
/// the rows they meet, as a MERGE does. What others insert meanwhile is the constraint's concern.
final class UpsertBinder {
  private static final Range EXCLUDED = Range.of("excluded");

  private final QueryBinder queries;
  private final Binding binding;
  private final Expressions expressions;
  private final ChangeBinder changes;
  private final InsertBinder inserts;

  UpsertBinder(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
    expressions = binding.expressions();
    changes = new ChangeBinder(queries);
    inserts = new InsertBinder(queries);
  }

  BoundChange bind(UpsertStatement upsert, ReturningBinder returning) {
    TargetTable target = TargetTable.find(queries, upsert.insert().table(), Privilege.INSERT);
    List<TableConstraint> keys = keys(target, upsert);
    RelNode source = inserts.source(target, upsert.insert());
    Range range = ChangeBinder.range(target, upsert.alias());
    if (!upsert.assignments().isEmpty()) {
      RelNode rows = updating(target, upsert, keys.getFirst(), source);
      return new BoundMerge(
          target.table(),
          rows,
          Matched.UPDATE,
          inserts.identities(),
          Set.of(Privilege.INSERT, Privilege.UPDATE),
          returning.bind(target, range, ReturningBinder.Others.NONE),
          binding.parameters().slots(),
          binding.references());
    }
    RelNode rows = source;
    for (TableConstraint key : keys) {
      rows = firstOfEach(target, key, passing(target, key, rows));
    }
    Optional<Returned> returned = returning.bind(target, range, ReturningBinder.Others.NONE);
    return new BoundInsert(
        target.table(),
        rows,
        inserts.identities(),
        returned,
        binding.parameters().slots(),
        binding.references());
  }

  // -- which key

  private static List<TableConstraint> keys(TargetTable target, UpsertStatement upsert) {
    List<TableConstraint> keys =
        target.table().constraints().stream().filter(c -> c.isKey() && c.enforced()).toList();
    if (upsert.constraint().isPresent()) {
      return List.of(named(target, upsert.constraint().get(), keys));
    }
    if (upsert.target().isEmpty() && !upsert.assignments().isEmpty()) {
      throw Errors.at(
          upsert.position(),
          SqlState.SYNTAX_ERROR,
          "ON CONFLICT DO UPDATE requires inference specification or constraint name");
    }
    if (upsert.target().isEmpty()) {
      return keys;
    }
    Set<Integer> wanted =
        upsert.target().stream()
            .map(name -> target.columns().get(target.index(name)).id())
            .collect(Collectors.toSet());
    return keys.stream()
        .filter(c -> Set.copyOf(c.columns()).equals(wanted))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                Errors.at(
                    upsert.position(),
                    SqlState.INVALID_COLUMN_REFERENCE,
                    "there is no unique or exclusion constraint matching the ON CONFLICT"
                        + " specification"));
  }

  private static TableConstraint named(
      TargetTable target, Identifier name, List<TableConstraint> keys) {
    return keys.stream()
        .filter(c -> c.name().equals(name.name()))
        .findFirst()
        .orElseThrow(
            () ->
                Errors.at(
                    name.position(),
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \""
                        + name.name()
                        + "\" for table \""
                        + target.table().name()
                        + "\" does not exist"));
  }

  // -- DO NOTHING

  /// The rows that meet no row of the table by a key.
  private RelNode passing(TargetTable target, TableConstraint key, RelNode source) {
    Joined joined = joined(target, target.range(), key, source);
    return own(target, LogicalFilter.create(joined.rows().rel(), joined.isNew()));
  }

  /// Of rows that have the same key one.
  private RelNode firstOfEach(TargetTable target, TableConstraint key, RelNode rows) {
    Relation relation = Relation.of(rows, EXCLUDED, names(target));
    Clause clause =
        new Clause("ON CONFLICT", relation, null, CommonTables.NONE).allowWindows(Map.of());
    String list = list(target, key, name -> "excluded." + name, ", ");
    String number = "row_number() over (partition by " + list + " order by " + list + ")";
    List<RexNode> fields = new ArrayList<>(expressions.columns(rows));
    fields.add(queries.expressions(clause).bind(parse(number)));
    List<String> names = new ArrayList<>(names(target));
    names.add("number of its key");
    RelNode numbered =
        LogicalProject.create(
            rows, List.of(), fields, QueryBinder.unique(names), clause.variables());
    Relation over = Relation.of(numbered, EXCLUDED, names);
    Clause where = new Clause("ON CONFLICT", over, null, CommonTables.NONE);
    String condition =
        "excluded.\"number of its key\" = 1 or "
            + list(target, key, name -> "excluded." + name + " is null", " or ");
    return own(
        target,
        LogicalFilter.create(numbered, queries.expressions(where).condition(parse(condition))));
  }

  /// The first fields, which are the table's columns.
  private RelNode own(TargetTable target, RelNode rows) {
    List<RexNode> fields = expressions.columns(rows).subList(0, target.columns().size());
    return LogicalProject.create(
        rows, List.of(), fields, QueryBinder.unique(names(target)), Set.of());
  }

  // -- DO UPDATE

  private RelNode updating(
      TargetTable target, UpsertStatement upsert, TableConstraint key, RelNode source) {
    Range range = ChangeBinder.range(target, upsert.alias());
    Joined joined = joined(target, range, key, source);
    int width = target.columns().size();
    Clause clause = new Clause("ON CONFLICT", joined.rows(), null, CommonTables.NONE);
    ExpressionBinder binder = queries.expressions(clause);
    Map<Integer, RexNode> assigned = changes.values(target, upsert.assignments(), binder);
    RelNode rows = joined.rows().rel();
    if (upsert.where().isPresent()) {
      RexNode condition = binder.condition(upsert.where().get());
      rows =
          LogicalFilter.create(
              rows,
              expressions.or(List.of(joined.isNew(), condition)),
              ImmutableSet.copyOf(clause.variables()));
    }
    List<RexNode> fields = new ArrayList<>(List.of(joined.rowId()));
    List<String> names = new ArrayList<>(List.of("row id"));
    for (int i = 0; i < width; i++) {
      RexNode set = assigned.get(i);
      RexNode old = set == null ? expressions.column(rows, width + i) : set;
      RexNode fresh = expressions.column(rows, i);
      fields.add(expressions.cases(List.of(joined.isNew()), List.of(fresh, old)));
      names.add(target.columns().get(i).name());
    }
    return LogicalProject.create(
        rows, List.of(), fields, QueryBinder.unique(names), clause.variables());
  }

  // -- the join

  /// @param rows the source's fields, then the table's and its row id, NULL where none is met
  private record Joined(Relation rows, RexNode rowId, RexNode isNew) {}

  private Joined joined(TargetTable target, Range range, TableConstraint key, RelNode source) {
    Relation table = changes.target(target, Optional.of(identifier(range)), CommonTables.NONE);
    int width = target.columns().size();
    List<Column> columns = new ArrayList<>(Relation.of(source, EXCLUDED, names(target)).columns());
    table.columns().forEach(column -> columns.add(column.shifted(width)));
    RelNode cross = join(source, table.rel(), expressions.bool(true));
    Clause on = new Clause("ON CONFLICT", new Relation(cross, columns), null, CommonTables.NONE);
    String name = SqlPrinter.print(identifier(range));
    String equalities =
        list(target, key, column -> "excluded." + column + " = " + name + "." + column, " and ");
    RelNode rel = join(source, table.rel(), queries.expressions(on).condition(parse(equalities)));
    RexNode rowId = expressions.column(rel, 2 * width);
    return new Joined(new Relation(rel, columns), rowId, expressions.isNull(rowId));
  }

  private static RelNode join(RelNode left, RelNode right, RexNode condition) {
    return LogicalJoin.create(left, right, List.of(), condition, Set.of(), JoinRelType.LEFT);
  }

  private static Identifier identifier(Range range) {
    return Identifier.of(range.name(), 0);
  }

  private static Expr parse(String text) {
    return SqlParser.parseExpression(text, ParserOptions.PRINTED);
  }

  private static List<String> names(TargetTable target) {
    return target.columns().stream().map(ColumnDefinition::name).toList();
  }

  private static String list(
      TargetTable target, TableConstraint key, Function<String, String> part, String between) {
    return key.columns().stream()
        .map(id -> target.table().column(id).orElseThrow().name())
        .map(name -> part.apply(SqlPrinter.print(Identifier.of(name, 0))))
        .collect(Collectors.joining(between));
  }
}
