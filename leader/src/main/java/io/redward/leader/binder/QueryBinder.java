package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.WithClause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// Binds queries: whatever has rows. Knows by whose rights and search path tables are found, which
/// differs inside views.
final class QueryBinder {
  private static final int MAX_VIEW_DEPTH = 32;

  private final Binding binding;
  private final TableNames tableNames;
  private final int viewDepth;
  private final boolean insidePolicy;

  QueryBinder(Binding binding, TableNames tableNames) {
    this(binding, tableNames, 0, false);
  }

  private QueryBinder(Binding binding, TableNames tableNames, int viewDepth, boolean insidePolicy) {
    this.binding = binding;
    this.tableNames = tableNames;
    this.viewDepth = viewDepth;
    this.insidePolicy = insidePolicy;
  }

  /// The binder for a policy's expressions: they read the tables granted to the policy.
  QueryBinder forPolicy(Policy policy) {
    return new QueryBinder(
        binding, tableNames.within(binding.context(), policy), viewDepth + 1, true);
  }

  /// True for the expressions of policies, which are subject to no other ones.
  boolean insidePolicy() {
    return insidePolicy;
  }

  Binding binding() {
    return binding;
  }

  TableNames tableNames() {
    return tableNames;
  }

  boolean insideView() {
    return viewDepth > 0;
  }

  /// The binder for the text of a view.
  QueryBinder forView(ViewDefinition view, int position) {
    if (viewDepth >= MAX_VIEW_DEPTH) {
      throw Errors.at(
          position,
          SqlState.STATEMENT_TOO_COMPLEX,
          "views nest more than " + MAX_VIEW_DEPTH + " deep at \"" + view.name() + "\"");
    }
    return new QueryBinder(
        binding, tableNames.within(binding.context(), view), viewDepth + 1, insidePolicy);
  }

  /// A query whose columns all have definite types.
  Relation bindSettled(Query query, @Nullable Clause outer, CommonTables commonTables) {
    return settle(bind(query, outer, commonTables));
  }

  /// A query; a bare string or NULL in its select list may still have type UNKNOWN.
  Relation bind(Query query, @Nullable Clause outer, CommonTables commonTables) {
    CommonTables visible = withTables(query.with(), commonTables, outer);
    if (query.body() instanceof QueryBody.SelectQuery select) {
      return new SelectBinder(this, outer, visible).bind(select, query);
    }
    Relation body =
        switch (query.body()) {
          case QueryBody.SelectQuery _ -> throw new AssertionError();
          case QueryBody.SetOperation set -> new SetOperations(this, outer, visible).bind(set);
          case QueryBody.ValuesQuery values -> new ValuesRows(this, outer, visible).bind(values);
          case QueryBody.NestedQuery nested -> bind(nested.query(), outer, visible);
        };
    return new Ordering(this, outer, visible).overOutput(body, query);
  }

  static CommonTables withTables(
      Optional<WithClause> with, CommonTables commonTables, @Nullable Clause outer) {
    CommonTables visible = commonTables;
    if (with.isPresent()) {
      Set<String> names = new HashSet<>();
      for (WithClause.CommonTable table : with.get().tables()) {
        if (!names.add(table.name().name())) {
          throw Errors.at(
              table.name().position(),
              SqlState.DUPLICATE_ALIAS,
              "WITH query name \"" + table.name().name() + "\" specified more than once");
        }
        visible = visible.with(table, with.get().recursive(), outer);
      }
    }
    return visible;
  }

  /// The relation with strings in place of columns of open type.
  Relation settle(Relation relation) {
    List<SqlType> types = new ArrayList<>();
    boolean open = false;
    List<RexNode> columns = sources(relation.rel());
    for (RexNode column : columns) {
      boolean unknown = typeOf(column).kind() == TypeKind.UNKNOWN;
      open |= unknown;
      types.add(unknown ? typeOf(binding.coercion().settled(column)) : typeOf(column));
    }
    return open ? relation.over(withTypes(relation.rel(), types)) : relation;
  }

  /// The operator with its fields converted to these types.
  RelNode withTypes(RelNode rel, List<SqlType> types) {
    List<RexNode> sources = sources(rel);
    List<RexNode> converted = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      converted.add(binding.coercion().to(sources.get(i), types.get(i)));
    }
    return withFields(rel, converted);
  }

  /// The expressions behind an operator's fields: those of a projection, else the fields.
  List<RexNode> sources(RelNode rel) {
    return rel instanceof LogicalProject project
        ? project.getProjects()
        : binding.expressions().columns(rel);
  }

  /// The operator with other fields, given as expressions like those of [#sources].
  RelNode withFields(RelNode rel, List<RexNode> fields) {
    List<String> names = rel.getRowType().getFieldNames();
    if (rel instanceof LogicalProject project) {
      return fields.equals(project.getProjects())
          ? rel
          : LogicalProject.create(
              project.getInput(), List.of(), fields, names, project.getVariablesSet());
    }
    return fields.equals(binding.expressions().columns(rel))
        ? rel
        : LogicalProject.create(rel, List.of(), fields, names);
  }

  /// The operator with other fields of these names, given as expressions like those of [#sources].
  RelNode withFields(RelNode rel, List<RexNode> fields, List<String> names) {
    return rel instanceof LogicalProject project
        ? LogicalProject.create(
            project.getInput(), List.of(), fields, names, project.getVariablesSet())
        : LogicalProject.create(rel, List.of(), fields, names);
  }

  /// Field names that differ from one another.
  static List<String> unique(List<String> names) {
    return SqlValidatorUtil.uniquify(names, true);
  }

  /// Columns of a query's output, by name.
  static List<Column> outputColumns(List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(Optional.empty(), names.get(i), i, false, 0, 0));
    }
    return columns;
  }

  ExpressionBinder expressions(Clause clause) {
    return new ExpressionBinder(this, clause);
  }

  /// Whole-number arithmetic of constants, worked out; anything else as it is.
  private RexNode folded(RexNode node) {
    if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
      return node;
    }
    BigDecimal left = Coercion.number(folded(call.getOperands().get(0)));
    BigDecimal right = Coercion.number(folded(call.getOperands().get(1)));
    if (left == null || right == null) {
      return node;
    }
    BigDecimal value =
        switch (call.getKind()) {
          case PLUS -> left.add(right);
          case MINUS -> left.subtract(right);
          case TIMES -> left.multiply(right);
          case DIVIDE ->
              right.signum() == 0
                  ? null
                  : new BigDecimal(left.toBigInteger().divide(right.toBigInteger()));
          default -> null;
        };
    return value == null
        ? node
        : LiteralText.number(value, SqlType.BIGINT, true)
            .map(constant -> binding.expressions().literal(SqlType.BIGINT, constant))
            .orElse(node);
  }

  /// A constant or parameter row count of LIMIT, TOP or OFFSET.
  @Nullable RexNode rowCount(Optional<Expr> count, String clauseName, @Nullable Clause outer) {
    if (count.isEmpty() || count.get() instanceof Expr.NullLiteral) {
      return null;
    }
    Relation oneRow = ValuesRows.oneRow(binding);
    Clause clause = new Clause(clauseName, oneRow, outer, CommonTables.NONE);
    RexNode node = expressions(clause).bind(count.get());
    RexNode number = binding.coercion().to(folded(node), SqlType.BIGINT);
    if (number instanceof RexLiteral literal) {
      BigDecimal value = Coercion.number(literal);
      if (value != null && value.signum() < 0) {
        throw Errors.at(
            count.get().position(),
            SqlState.INVALID_PARAMETER_VALUE,
            clauseName + " must not be negative");
      }
      return number;
    }
    if (number instanceof RexDynamicParam) {
      return number;
    }
    throw Errors.at(
        count.get().position(),
        SqlState.INVALID_COLUMN_REFERENCE,
        "argument of " + clauseName + " must be a constant or a parameter");
  }
}
