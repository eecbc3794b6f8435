package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.rex.RexNode;

/// The output columns of a SELECT, stars expanded, each with its name.
final class SelectList {
  private static final String UNNAMED = "?column?";

  /// An output column.
  ///
  /// @param originTable oid of the stored table it comes from unchanged, else 0
  record Item(String name, RexNode expression, int originTable, int originColumn) {}

  private final Clause clause;
  private final ExpressionBinder binder;
  private final Binding binding;
  private final List<Item> items = new ArrayList<>();

  private SelectList(ExpressionBinder binder, Binding binding) {
    this.binder = binder;
    this.binding = binding;
    clause = binder.clause();
  }

  /// Binds the items in order; each one's alias can be used by those behind it.
  static List<Item> bind(List<SelectItem> items, ExpressionBinder binder, Binding binding) {
    SelectList list = new SelectList(binder, binding);
    items.forEach(list::add);
    return list.items;
  }

  private void add(SelectItem item) {
    if (item.expr() instanceof Expr.StarExpr star) {
      addStar(star);
      return;
    }
    Optional<Pattern> pattern = pattern(item.expr());
    if (pattern.isPresent()) {
      addMatching(pattern.get(), item.expr().position());
      return;
    }
    RexNode node = binder.bind(item.expr());
    String name = item.alias().map(Identifier::name).orElseGet(() -> name(item.expr()));
    Optional<Column> column =
        item.expr() instanceof Expr.ColumnRef ref
            ? ColumnNames.find(clause.row(), ref.name())
            : Optional.empty();
    items.add(
        new Item(
            name,
            node,
            column.map(Column::originTable).orElse(0),
            column.map(Column::originColumn).orElse(0)));
    item.alias().ifPresent(alias -> clause.aliases().putIfAbsent(alias.name(), node));
  }

  /// The pattern of `COLUMNS('regex')`, which stands for the columns whose names it matches.
  private Optional<Pattern> pattern(Expr expr) {
    boolean columns =
        expr instanceof Expr.FunctionCall call
            && call.name().isSimple()
            && call.name().last().name().equals("columns")
            && call.arguments().size() == 1
            && call.arguments().getFirst() instanceof Expr.StringLiteral
            && !binding.context().session().strict();
    if (!columns) {
      return Optional.empty();
    }
    Expr.StringLiteral text =
        (Expr.StringLiteral) ((Expr.FunctionCall) expr).arguments().getFirst();
    try {
      return Optional.of(Pattern.compile(text.value()));
    } catch (PatternSyntaxException e) {
      throw Errors.at(
          text.position(),
          SqlState.INVALID_REGULAR_EXPRESSION,
          "invalid regular expression: " + e.getDescription());
    }
  }

  private void addMatching(Pattern pattern, int position) {
    int before = items.size();
    for (Column column : clause.row().visible()) {
      if (pattern.matcher(column.name()).find()) {
        RexNode node = binding.expressions().column(clause.row().rel(), column.index());
        binding.remember(node, position);
        items.add(new Item(column.name(), node, column.originTable(), column.originColumn()));
      }
    }
    if (items.size() == before) {
      throw Errors.at(
          position,
          SqlState.UNDEFINED_COLUMN,
          "no column matches the pattern \"" + pattern.pattern() + "\"");
    }
  }

  private void addStar(Expr.StarExpr star) {
    List<Column> columns = star.qualifier().map(this::ofRange).orElse(clause.row().visible());
    if (columns.isEmpty() && clause.row().columns().isEmpty()) {
      throw Errors.at(
          star.position(), SqlState.SYNTAX_ERROR, "SELECT * with no tables specified is not valid");
    }
    Set<String> excluded = new HashSet<>();
    for (Identifier name : star.excluded()) {
      if (columns.stream().noneMatch(c -> c.name().equals(name.name()))) {
        throw missing(name, columns);
      }
      excluded.add(name.name());
    }
    Map<String, RexNode> replaced = replaced(star, columns);
    for (Column column : columns) {
      RexNode replacement = replaced.get(column.name());
      if (replacement != null) {
        items.add(new Item(column.name(), replacement, 0, 0));
      } else if (!excluded.contains(column.name())) {
        RexNode node = binding.expressions().column(clause.row().rel(), column.index());
        binding.remember(node, star.position());
        items.add(new Item(column.name(), node, column.originTable(), column.originColumn()));
      }
    }
  }

  private static SqlException missing(Identifier name, List<Column> columns) {
    return Suggestions.hinted(
        Errors.at(
            name.position(),
            SqlState.UNDEFINED_COLUMN,
            "column \"" + name.name() + "\" does not exist"),
        name.name(),
        columns.stream().map(Column::name).toList(),
        "the column");
  }

  /// What stands in the place of columns, by their names.
  private Map<String, RexNode> replaced(Expr.StarExpr star, List<Column> columns) {
    Map<String, RexNode> replaced = new HashMap<>();
    for (Expr.Replacement each : star.replaced()) {
      Identifier name = each.column();
      if (columns.stream().noneMatch(c -> c.name().equals(name.name()))) {
        throw missing(name, columns);
      }
      if (replaced.put(name.name(), binder.bind(each.expr())) != null) {
        throw Errors.at(
            name.position(),
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name.name() + "\" specified more than once");
      }
    }
    return replaced;
  }

  private List<Column> ofRange(QualifiedName qualifier) {
    List<String> parts = qualifier.parts().stream().map(Identifier::name).toList();
    List<Column> columns =
        clause.row().columns().stream()
            .filter(c -> c.range().filter(r -> ColumnNames.matches(r, parts)).isPresent())
            .toList();
    if (columns.isEmpty()) {
      throw Suggestions.hinted(
          Errors.at(
              qualifier.position(),
              SqlState.UNDEFINED_TABLE,
              "missing FROM-clause entry for table \"" + qualifier.last().name() + "\""),
          qualifier.last().name(),
          clause.row().ranges().stream().map(Range::name).toList(),
          "the table");
    }
    return columns;
  }

  /// The name of an output column that has no alias.
  static String name(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef column -> column.name().last().name();
      case Expr.FieldAccess access -> access.field().name();
      case Expr.FunctionCall call -> functionName(call.name().last().name());
      case Expr.SpecialFunction function -> function.name();
      case Expr.CastExpr cast -> {
        String name = name(cast.operand());
        yield name.equals(UNNAMED) ? typeName(cast.type().name()) : name;
      }
      case Expr.TypedLiteral literal -> typeName(literal.type().name());
      case Expr.IntervalLiteral literal ->
          literal
              .qualifier()
              .map(q -> q.isYearMonth() ? "intervaly2m" : "intervald2s")
              .orElse("interval");
      case Expr.BooleanLiteral _ -> "bool";
      case Expr.CaseExpr choice -> {
        String name = choice.otherwise().map(SelectList::name).orElse(UNNAMED);
        yield name.equals(UNNAMED) ? "case" : name;
      }
      case Expr.ExistsExpr _ -> "exists";
      case Expr.AtTimeZoneExpr _ -> "timezone";
      case Expr.CollateExpr collate -> name(collate.operand());
      case Expr.ArraySubscript subscript -> name(subscript.base());
      case Expr.ArrayExpr _, Expr.ArraySubqueryExpr _ -> "array";
      case Expr.RowExpr _ -> "row";
      case Expr.SubqueryExpr subquery -> subqueryName(subquery);
      default -> UNNAMED;
    };
  }

  /// The name a function goes by in the system.
  private static String functionName(String name) {
    return switch (name) {
      case "extract" -> "date_part";
      case "date_part" -> "pgdate_part";
      default -> name;
    };
  }

  private static String typeName(String name) {
    return switch (name) {
      case "integer" -> "int4";
      case "bigint" -> "int8";
      case "smallint" -> "int2";
      case "decimal" -> "numeric";
      case "double precision" -> "float8";
      case "real" -> "float4";
      case "boolean" -> "bool";
      case "char" -> "bpchar";
      default -> name;
    };
  }

  private static String subqueryName(Expr.SubqueryExpr subquery) {
    return subquery.query().body() instanceof QueryBody.SelectQuery select
            && select.items().size() == 1
        ? select
            .items()
            .getFirst()
            .alias()
            .map(Identifier::name)
            .orElseGet(() -> name(select.items().getFirst().expr()))
        : UNNAMED;
  }
}
