package io.redward.leader.dialect;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Node;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.leader.sql.ast.SnapshotStatement;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.ast.TypeName;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds in a syntax tree what goes beyond the documented language.
public final class Restrictions {
  /// Types of PostgreSQL that tables cannot have.
  private static final Set<String> NO_TYPES =
      Set.of(
          "json",
          "jsonb",
          "uuid",
          "money",
          "xml",
          "bytea",
          "inet",
          "cidr",
          "macaddr",
          "serial",
          "bigserial",
          "smallserial",
          "tsvector",
          "tsquery",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "bit",
          "int4range",
          "int8range",
          "hstore",
          "citext",
          "interval[]");

  /// Functions that there are not.
  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          "string_agg",
          "bit_length",
          "concat_ws",
          "contains",
          "corr",
          "covar_pop",
          "covar_samp",
          "encode",
          "ends_with",
          "log10",
          "overlay",
          "regexp_like",
          "regr_avgx",
          "regr_avgy",
          "regr_count",
          "regr_intercept",
          "regr_r2",
          "regr_slope",
          "regr_sxx",
          "regr_sxy",
          "regr_syy",
          "acosh",
          "asinh",
          "atanh",
          "clock_timestamp",
          "statement_timestamp",
          "transaction_timestamp",
          "every",
          "st_pointfromgeohash",
          "make_timestamp",
          "sinh",
          "cosh",
          "tanh",
          "starts_with",
          "string_to_array",
          "json_agg",
          "jsonb_agg",
          "json_object_agg",
          "unnest",
          "array_length",
          "format",
          "regexp_matches",
          "regexp_split_to_table",
          "to_json",
          "to_jsonb",
          "row_to_json",
          "make_date",
          "gen_random_uuid");

  private final List<Refusal> refusals = new ArrayList<>();

  private Restrictions() {}

  /// What would be refused, in the order of the text.
  public static List<Refusal> of(Statement statement) {
    Restrictions restrictions = new Restrictions();
    restrictions.statement(statement);
    restrictions.refusals.sort((a, b) -> Integer.compare(a.position(), b.position()));
    return restrictions.refusals;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case SnapshotStatement _ ->
          refuse(SqlState.SYNTAX_ERROR, "snapshots, clones and history are no SQL", statement);
      case DataStatement.CopyOutStatement _ ->
          refuse(SqlState.FEATURE_NOT_SUPPORTED, "COPY TO is not supported; use UNLOAD", statement);
      case DataStatement.ProfileStatement profile -> {
        syntax(profile.values() ? "summarize" : "describe", profile);
        node(profile.query());
      }
      case DataStatement.ReturningStatement returning -> {
        syntax("returning", returning);
        statement(returning.change());
        node(returning.items());
      }
      case DataStatement.UpsertStatement upsert -> {
        syntax("on", upsert);
        statement(upsert.insert());
      }
      case RoutineStatement.CreateFunctionStatement create when create.language().equals("java") ->
          refuse(SqlState.UNDEFINED_OBJECT, "language \"java\" does not exist", create);
      case RoutineStatement.CreateFunctionStatement create
          when create.language().equals("sql") && !create.skipsNulls() ->
          syntax("called", create);
      case DataStatement.InsertStatement insert when insert.byName() -> {
        syntax("by", insert);
        node(insert.source());
      }
      case DataStatement.InsertStatement insert
          when insert.source().isPresent()
              && insert.source().get().body() instanceof QueryBody.ValuesQuery values -> {
        // The rows of INSERT are the one place for VALUES.
        values.rows().forEach(row -> row.forEach(this::node));
        node(insert.table());
        node(insert.columns());
      }
      case SessionStatement.ExplainStatement explain -> {
        if (explain.view() != SessionStatement.ExplainView.PLAN) {
          syntax("(", explain);
        } else if (explain.analyze()) {
          syntax("analyze", explain);
        }
        statement(explain.statement());
      }
      default -> node(statement);
    }
  }

  private void refuse(SqlState state, String message, Node where) {
    refusals.add(new Refusal(state, message, where.position()));
  }

  private void syntax(String word, Node where) {
    refuse(SqlState.SYNTAX_ERROR, "syntax error at or near \"" + word + "\"", where);
  }

  /// Looks at a part of the tree, then at what it is made of.
  private void node(Object part) {
    switch (part) {
      case QueryBody.ValuesQuery values -> syntax("values", values);
      case QueryBody.SelectQuery select when fromFirst(select) -> syntax("from", select);
      case QueryBody.SelectQuery select when select.trailingComma() -> syntax("from", select);
      case QueryBody.SetOperation set when set.byName() -> syntax("by", set);
      case Expr.StarExpr star when !star.replaced().isEmpty() -> syntax("replace", star);
      case SortItem item when item.expr() instanceof Expr.StarExpr star -> syntax("all", star);
      case TableStatement.ConstraintElement element ->
          constraint(element.constraint(), element.position());
      case TableStatement.ColumnDefinition column ->
          column.attributes().constraints().forEach(c -> constraint(c, column.position()));
      case TableStatement.AlterTableStatement alter -> alter(alter);
      case TableRef.DerivedTable derived when derived.lateral() -> syntax("lateral", derived);
      case TableRef.TableFunction function -> tableFunction(function);
      case TableRef.FileTable file -> syntax("'" + file.location() + "'", file);
      case TableRef.NamedTable table when table.moment().isPresent() ->
          refuse(SqlState.SYNTAX_ERROR, "a table of an earlier moment is no SQL", table);
      case QueryBody.Distinct distinct when !distinct.on().isEmpty() ->
          refuse(
              SqlState.FEATURE_NOT_SUPPORTED,
              "SELECT DISTINCT ON is not supported",
              distinct.on().getFirst());
      case Expr.DistinctFromExpr distinct -> syntax("from", distinct);
      case Expr.ArrayExpr array -> unsupportedOnTables("an array constructor", array);
      case Expr.ArraySubqueryExpr array -> unsupportedOnTables("an array subquery", array);
      case Expr.ArraySlice slice -> unsupportedOnTables("an array slice", slice);
      case Expr.FunctionCall call -> call(call);
      case TypeName type -> type(type);
      default -> {}
    }
    children(part);
  }

  /// Whether FROM stands in front of SELECT, or alone: its star is said to stand where the query
  /// begins.
  private static boolean fromFirst(QueryBody.SelectQuery select) {
    if (select.from().isEmpty() || select.items().isEmpty()) {
      return false;
    }
    int item = select.items().getFirst().expr().position();
    return item > 0 && (item == select.position() || select.from().getFirst().position() < item);
  }

  private void constraint(TableStatement.TableConstraint constraint, int position) {
    if (constraint instanceof TableStatement.TableConstraint.Check) {
      refusals.add(
          new Refusal(
              SqlState.FEATURE_NOT_SUPPORTED, "CHECK constraints are not supported", position));
    } else if (constraint.enforced()) {
      refusals.add(
          new Refusal(SqlState.SYNTAX_ERROR, "syntax error at or near \"enforced\"", position));
    }
  }

  private void alter(TableStatement.AlterTableStatement alter) {
    for (TableStatement.AlterAction action : alter.actions()) {
      String word =
          switch (action) {
            case TableStatement.AlterAction.AddColumn add when add.ifNotExists() -> "not";
            case TableStatement.AlterAction.DropColumn drop when drop.ifExists() -> "exists";
            case TableStatement.AlterAction.AlterColumnDefault _ -> "default";
            case TableStatement.AlterAction.DropNotNull _ -> "not";
            default -> alter.ifExists() ? "exists" : "";
          };
      if (!word.isEmpty()) {
        syntax(word, alter);
      }
      if (action instanceof TableStatement.AlterAction.AddConstraint add) {
        constraint(add.constraint(), alter.position());
      } else if (action instanceof TableStatement.AlterAction.AlterConstraint) {
        syntax("constraint", alter);
      }
    }
  }

  private void tableFunction(TableRef.TableFunction function) {
    if (function.lateral()) {
      syntax("lateral", function);
    }
    if (function.withOrdinality()) {
      syntax("with", function);
    }
    if (!function.call().name().last().name().equals("generate_series")) {
      syntax("(", function);
    }
  }

  private void unsupportedOnTables(String what, Node where) {
    refuse(
        SqlState.FEATURE_NOT_SUPPORTED,
        "Specified types or functions (one per INFO message) not supported on Amazon Redshift"
            + " tables: "
            + what,
        where);
  }

  private void call(Expr.FunctionCall call) {
    String name = call.name().last().name().toLowerCase(Locale.ROOT);
    CallClauses clauses = call.clauses();
    if (clauses.filter().isPresent()) {
      refuse(SqlState.SYNTAX_ERROR, "syntax error at or near \"(\" (FILTER)", call);
    }
    if (name.equals("array_agg")) {
      unsupportedOnTables("array_agg", call);
    } else if (NO_FUNCTIONS.contains(name)) {
      refuse(SqlState.UNDEFINED_FUNCTION, "function " + name + " does not exist", call);
    }
  }

  private void type(TypeName type) {
    if (type.arrayDimensions() > 0) {
      refuse(
          SqlState.FEATURE_NOT_SUPPORTED,
          "type \"" + type.name() + "[]\" is not supported; use SUPER",
          type);
    } else if (NO_TYPES.contains(type.name())) {
      refuse(SqlState.UNDEFINED_OBJECT, "type \"" + type.name() + "\" does not exist", type);
    }
  }

  private void children(Object part) {
    switch (part) {
      case Optional<?> maybe -> maybe.ifPresent(this::node);
      case List<?> list -> list.forEach(this::node);
      case Record tree when isTree(tree) -> {
        for (RecordComponent component : tree.getClass().getRecordComponents()) {
          node(value(component, tree));
        }
      }
      default -> {}
    }
  }

  private static boolean isTree(Object part) {
    return part.getClass().getPackageName().equals(Query.class.getPackageName());
  }

  private static Object value(RecordComponent component, Object tree) {
    try {
      return component.getAccessor().invoke(tree);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
