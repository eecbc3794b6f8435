package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SetOperation;
import io.redward.leader.sql.ast.WithClause.CommonTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/// WITH RECURSIVE queries that read themselves.
final class RecursiveQueries {
  private final QueryBinder queries;
  private final Binding binding;

  RecursiveQueries(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
  }

  /// The table that the query's rows will be in.
  WorkTable bind(CommonTables.Entry entry) {
    CommonTable table = entry.table();
    Optional<WorkTable> known = binding.recursions().find(table);
    return known.orElseGet(() -> bindAnew(entry));
  }

  private WorkTable bindAnew(CommonTables.Entry entry) {
    CommonTable table = entry.table();
    String name = table.name().name();
    SetOperation union = union(table);
    int anchors = 0;
    while (anchors < union.branches().size()
        && !RecursionFinder.names(union.branches().get(anchors), name)) {
      anchors++;
    }
    if (anchors == 0) {
      throw malformed(table);
    }
    Query first = branches(union, table.query(), 0, anchors);
    Query next = branches(union, table.query(), anchors, union.branches().size());
    Relation anchor = queries.bindSettled(first, entry.outer(), entry.visible());
    List<SqlType> types = types(anchor.rel());
    List<String> columns = columns(table, anchor);
    CommonTables itself = entry.visible().with(table, true, entry.outer());
    RelNode step = step(table, columns, types, next, itself, entry).rel();
    List<SqlType> common = common(anchor.rel(), step, table);
    WorkTable fresh = binding.recursions().table(name, columns, common);
    if (!common.equals(types)) {
      binding.recursions().begin(table, fresh);
      step = queries.bind(next, entry.outer(), itself).rel();
    } else {
      fresh = binding.recursions().find(table).orElseThrow();
    }
    WorkTable rows = binding.recursions().table(name, columns, common);
    binding
        .recursions()
        .add(
            new Recursion(
                rows,
                fresh,
                queries.withTypes(anchor.rel(), common),
                queries.withTypes(step, common),
                !union.all()));
    binding.recursions().end(table, rows);
    return rows;
  }

  private Relation step(
      CommonTable table,
      List<String> columns,
      List<SqlType> types,
      Query next,
      CommonTables itself,
      CommonTables.Entry entry) {
    WorkTable fresh = binding.recursions().table(table.name().name(), columns, types);
    binding.recursions().begin(table, fresh);
    Relation step = queries.bind(next, entry.outer(), itself);
    if (step.columns().size() != columns.size()) {
      throw Errors.at(
          next.position(),
          SqlState.SYNTAX_ERROR,
          "each UNION query must have the same number of columns");
    }
    return step;
  }

  private static List<String> columns(CommonTable table, Relation anchor) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < anchor.columns().size(); i++) {
      names.add(
          i < table.columns().size()
              ? table.columns().get(i).name()
              : anchor.columns().get(i).name());
    }
    if (table.columns().size() > names.size()) {
      throw Errors.at(
          table.position(),
          SqlState.INVALID_COLUMN_REFERENCE,
          "table \""
              + table.name()
              + "\" has "
              + names.size()
              + " columns available but "
              + table.columns().size()
              + " columns specified");
    }
    return names;
  }

  private List<SqlType> types(RelNode rel) {
    return queries.sources(rel).stream().map(Expressions::typeOf).toList();
  }

  /// What both sides become. Strings grow from step to step, so they get all the room there is.
  private List<SqlType> common(RelNode anchor, RelNode step, CommonTable table) {
    List<RexNode> first = queries.sources(anchor);
    List<RexNode> next = queries.sources(step);
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      SqlType type =
          TypeConversions.common(List.of(first.get(i), next.get(i)), "UNION", table.position());
      types.add(type.kind().isString() ? SqlType.varchar(SqlType.MAX_VARCHAR_BYTES) : type);
    }
    return types;
  }

  private static SetOperation union(CommonTable table) {
    Query query = table.query();
    boolean plain =
        query.orderBy().isEmpty() && query.limit().isEmpty() && query.offset().isEmpty();
    if (plain
        && query.body() instanceof SetOperation set
        && set.operator() == QueryBody.SetOperator.UNION) {
      return set;
    }
    throw malformed(table);
  }

  private static SqlException malformed(CommonTable table) {
    Identifier name = table.name();
    return Errors.at(
        name.position(),
        SqlState.SYNTAX_ERROR,
        "recursive query \""
            + name.name()
            + "\" does not have the form non-recursive-term UNION [ALL] recursive-term");
  }

  /// Some branches of the union as a query, with what WITH stands before it.
  private static Query branches(SetOperation union, Query whole, int from, int to) {
    List<Query> branches = union.branches().subList(from, to);
    QueryBody body =
        branches.size() == 1
            ? new QueryBody.NestedQuery(branches.getFirst(), branches.getFirst().position())
            : new SetOperation(
                union.operator(), union.all(), union.byName(), branches, union.position());
    return new Query(
        whole.with(),
        body,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        branches.getFirst().position());
  }
}
