package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.text.Zones;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TableRef;
import io.redward.plan.expression.Constant;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.rex.RexNode;

/// Functions of the system that answer a set of rows: columns of views, time zones, IAM roles.
/// Their rows are found while the statement is bound. In FROM they have columns; in a select list
/// ([ListedSets]) a row is one text, `(a,b,c)`.
final class SetFunctions {
  /// The name, which no user can write without quotes, of the one column of rows as texts.
  static final String WHOLE_ROW = "whole row";

  private static final List<String> COLUMNS =
      List.of("view_schema", "view_name", "col_name", "col_type", "col_num");
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "pg_get_cols",
          COLUMNS,
          "pg_get_late_binding_view_cols",
          COLUMNS,
          "pg_timezone_names",
          List.of("name", "abbrev", "utc_offset", "is_dst"),
          "pg_timezone_abbrevs",
          List.of("abbrev", "utc_offset", "is_dst"),
          "pg_get_grantee_by_iam_role",
          List.of("grantee", "grantee_type", "cmd_type"),
          "pg_get_iam_role_by_user",
          List.of("username", "iam_role", "cmd"),
          "pg_get_session_roles",
          List.of("name", "roleid"));

  private final QueryBinder queries;
  private final Binding binding;

  SetFunctions(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
  }

  static boolean contains(String name) {
    return NAMES.containsKey(name);
  }

  /// @param whole one column of texts instead of the columns
  Relation bind(Expr.FunctionCall call, boolean whole) {
    binding.usesSystemTable();
    String name = call.name().last().name();
    List<String> names = Objects.requireNonNull(NAMES.get(name));
    List<List<String>> rows = rows(name, call);
    if (whole) {
      List<List<String>> texts = rows.stream().map(row -> List.of(text(row))).toList();
      return relation(List.of(WHOLE_ROW), texts);
    }
    return relation(names, rows);
  }

  private List<List<String>> rows(String name, Expr.FunctionCall call) {
    boolean takesName =
        !name.startsWith("pg_timezone")
            && !name.endsWith("binding_view_cols")
            && !name.endsWith("session_roles");
    if (call.arguments().size() != (takesName ? 1 : 0)) {
      throw Errors.at(
          call.position(),
          SqlState.UNDEFINED_FUNCTION,
          "function " + name + " takes " + (takesName ? "one argument" : "no arguments"));
    }
    return switch (name) {
      case "pg_get_cols" -> columnsOf(call);
      case "pg_get_late_binding_view_cols" -> lateBindingColumns();
      case "pg_timezone_names" -> zones();
      case "pg_timezone_abbrevs" -> abbreviations();
      // No IAM role is granted to anyone, and no identity provider has groups.
      default -> List.of();
    };
  }

  // -- columns

  private List<List<String>> columnsOf(Expr.FunctionCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.StringLiteral literal)) {
      throw Errors.unsupported(call.position(), "pg_get_cols of anything but a name as a literal");
    }
    List<Identifier> parts =
        Arrays.stream(literal.value().replace("\"", "").split("\\."))
            .map(part -> Identifier.of(part.strip().toLowerCase(Locale.ROOT), call.position()))
            .toList();
    TableRef.NamedTable table = new TableRef.NamedTable(new QualifiedName(parts), Optional.empty());
    Relation relation = new TableScans(queries, CommonTables.NONE).bind(table);
    String schema =
        relation.columns().stream()
            .findFirst()
            .flatMap(Column::range)
            .flatMap(Relation.Range::schema)
            .orElse("");
    return described(schema, parts.getLast().name(), relation);
  }

  private List<List<String>> described(String schema, String name, Relation relation) {
    List<List<String>> rows = new ArrayList<>();
    for (Column column : relation.visible()) {
      RexNode value = binding.expressions().column(relation.rel(), rows.size());
      String type = Expressions.typeOf(value).toString();
      rows.add(List.of(schema, name, column.name(), type, Integer.toString(rows.size() + 1)));
    }
    return rows;
  }

  /// Views whose tables are gone are left out.
  private List<List<String>> lateBindingColumns() {
    Catalog catalog = binding.context().catalog();
    int database = binding.context().session().database().oid();
    List<List<String>> rows = new ArrayList<>();
    for (Schema schema : catalog.schemas(database)) {
      catalog.relations(schema.oid()).stream()
          .filter(ViewDefinition.class::isInstance)
          .map(ViewDefinition.class::cast)
          .filter(ViewDefinition::lateBinding)
          .forEach(
              view -> {
                try {
                  Relation relation = new TableScans(queries, CommonTables.NONE).view(view, 0);
                  rows.addAll(described(schema.name(), view.name(), relation));
                } catch (SqlException _) {
                  // What it names is not there, or not for the owner to read.
                }
              });
    }
    return rows;
  }

  // -- time zones

  private static List<List<String>> zones() {
    Instant now = Instant.now();
    List<List<String>> rows = new ArrayList<>();
    for (String name : Zones.names().stream().sorted().toList()) {
      ZoneRules rules = Zones.find(name).orElseThrow();
      boolean summer = rules.isDaylightSavings(now);
      int seconds = rules.getOffset(now).getTotalSeconds();
      String abbreviation =
          java.util.TimeZone.getTimeZone(name)
              .getDisplayName(summer, java.util.TimeZone.SHORT, Locale.ROOT);
      rows.add(List.of(name, abbreviation, offset(seconds), summer ? "t" : "f"));
    }
    return rows;
  }

  private static List<List<String>> abbreviations() {
    List<List<String>> rows = new ArrayList<>();
    new TreeMap<>(Zones.abbreviationOffsets())
        .forEach(
            (name, seconds) ->
                rows.add(
                    List.of(
                        name.toUpperCase(Locale.ROOT),
                        offset(seconds),
                        Zones.isSummerTime(name) ? "t" : "f")));
    return rows;
  }

  private static String offset(int seconds) {
    int size = Math.abs(seconds);
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d",
        seconds < 0 ? "-" : "",
        size / 3600,
        size / 60 % 60,
        size % 60);
  }

  // -- rows

  /// A row as PostgreSQL writes one.
  private static String text(List<String> row) {
    List<String> cells = new ArrayList<>();
    for (String cell : row) {
      boolean quoted = cell.isEmpty() || !cell.chars().noneMatch(c -> " ,()\"\\".indexOf(c) >= 0);
      cells.add(quoted ? '"' + cell.replace("\\", "\\\\").replace("\"", "\"\"") + '"' : cell);
    }
    return "(" + String.join(",", cells) + ")";
  }

  private Relation relation(List<String> names, List<List<String>> rows) {
    List<SqlType> types = new ArrayList<>();
    for (String name : names) {
      types.add(
          switch (name) {
            case "col_num" -> SqlType.INTEGER;
            case "is_dst" -> SqlType.BOOLEAN;
            default -> SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
          });
    }
    List<List<RexNode>> literals = new ArrayList<>();
    for (List<String> row : rows) {
      List<RexNode> cells = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        cells.add(literal(types.get(i), row.get(i)));
      }
      literals.add(cells);
    }
    return new Relation(
        ValuesRows.values(binding, names, types, literals), QueryBinder.outputColumns(names));
  }

  private RexNode literal(SqlType type, String text) {
    Constant constant =
        switch (type.kind()) {
          case INTEGER -> new Constant.IntValue(Integer.parseInt(text));
          case BOOLEAN -> new Constant.IntValue(text.equals("t") ? 1 : 0);
          default -> Constant.of(text);
        };
    return binding.expressions().literal(type, constant);
  }
}
