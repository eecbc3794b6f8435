package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Casts by the name of a type, `date(x)`, and functions of PostgreSQL's beyond Redshift's that are
/// expressions of others. A call is bound as its expression, in which `$1` is the first argument.
final class AddedFunctions {
  private static final String PADDED_DATE =
      "(lpad($1::varchar, 4, '0') || '-' || lpad($2::varchar, 2, '0') || '-'"
          + " || lpad($3::varchar, 2, '0'))";
  private static final String POLICY = "(select policy_name from svv_attached_masking_policy ";
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("starts_with/2", "left($1, len($2)) || '.' = $2 || '.'"),
          Map.entry("ends_with/2", "right($1, len($2)) || '.' = $2 || '.'"),
          Map.entry("contains/2", "strpos($1, $2) > 0 or $2 || '.' = '.' and $1 is not null"),
          Map.entry("date/1", "$1::date"),
          Map.entry("text/1", "$1::varchar(max)"),
          Map.entry("int4/1", "$1::int"),
          Map.entry("int8/1", "$1::bigint"),
          Map.entry("float8/1", "$1::float8"),
          Map.entry("bool/1", "$1::bool"),
          Map.entry("bit_length/1", "octet_length($1) * 8"),
          Map.entry("log10/1", "log($1)"),
          Map.entry("concat/1", "$1::varchar(max)"),
          Map.entry("age/1", "age(current_date::timestamp, $1)"),
          Map.entry("isfinite/1", "case when $1 is not null then true end"),
          Map.entry("make_date/3", PADDED_DATE + "::date"),
          Map.entry(
              "mask_get_policy_for_user_on_column/4",
              policy(
                  "grantee_type = 'user' and grantee = $4 or grantee_type = 'public'"
                      + " or grantee_type = 'role' and user_is_member_of($4, grantee)")),
          Map.entry(
              "mask_get_policy_for_role_on_column/4",
              policy("grantee_type = 'role' and (grantee = $4 or role_is_member_of($4, grantee))")),
          Map.entry(
              "st_collect/2",
              "case when $1 is null then $2 when $2 is null then $1"
                  + " else \"$collect_two\"($1, $2) end"),
          Map.entry("regexp_like/2", "$1 ~ $2"),
          Map.entry(
              "regexp_like/3", "case when strpos($3, 'i') > 0 then $1 ~* $2 else $1 ~ $2 end"),
          Map.entry("string_to_array/2", "split_to_array($1, $2)"),
          Map.entry("overlay/3", "substring($1, 1, $3 - 1) || $2 || substring($1, $3 + len($2))"),
          Map.entry("overlay/4", "substring($1, 1, $3 - 1) || $2 || substring($1, $3 + $4)"),
          Map.entry("encode/2", "from_varbyte($1::varbyte, $2)"),
          Map.entry("decode/2", "to_varbyte($1, $2)"));

  private final ExpressionBinder binder;
  private final Clause clause;

  AddedFunctions(ExpressionBinder binder, Clause clause) {
    this.binder = binder;
    this.clause = clause;
  }

  /// The call, if the function is one of these.
  Optional<RexNode> bind(String name, List<RexNode> arguments) {
    String body = BODIES.get(name + "/" + arguments.size());
    if (body == null && arguments.size() > 1) {
      body =
          switch (name) {
            case "concat" -> joined(arguments.size());
            case "array_flatten" -> "array_flatten(array(" + listed(arguments.size()) + "))";
            case "concat_ws" -> separated(arguments.size());
            case "text_to_numeric_alt" -> numeral(arguments);
            default -> null;
          };
    }
    if (body == null) {
      return Optional.empty();
    }
    if (body.startsWith(POLICY)) {
      body = written(name, body, arguments);
    }
    Expr expression = SqlParser.parseExpression(body, ParserOptions.DEFAULT);
    Relation row = new Relation(clause.row().rel(), List.of());
    Clause place =
        new Clause("function " + name, row, null, CommonTables.NONE).withArguments(arguments);
    return Optional.of(binder.queries().expressions(place).bind(expression));
  }

  /// A number of a constant precision and scale, which are the last arguments.
  private static @Nullable String numeral(List<RexNode> arguments) {
    int count = arguments.size();
    OptionalInt precision = ConstantArguments.integer(arguments.get(count - 2));
    OptionalInt scale = ConstantArguments.integer(arguments.getLast());
    if (precision.isEmpty() || scale.isEmpty() || count > 4) {
      return null;
    }
    String format = count == 4 ? "$2" : "''";
    return "\"$alt_numeral\"($1, %s, %d)::numeric(%d, %d)"
        .formatted(format, scale.getAsInt(), precision.getAsInt(), scale.getAsInt());
  }

  /// The name of the masking policy of the highest priority on a column for some grantees.
  private static String policy(String grantees) {
    return POLICY
        + "where schema_name = $1 and table_name = $2"
        + " and strpos(output_columns, '\"' || $3 || '\"') > 0 and ("
        + grantees
        + ") order by priority desc limit 1)";
  }

  /// A subquery does not see the call's arguments, so that they stand in it as they are written.
  private static String written(String name, String body, List<RexNode> arguments) {
    String text = body;
    for (int i = 0; i < arguments.size(); i++) {
      if (!(arguments.get(i) instanceof RexLiteral literal) || literal.isNull()) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "arguments of " + name + " must be constants");
      }
      String value = "'" + Coercion.text(literal).replace("'", "''") + "'";
      text = text.replace("$" + (i + 1), value);
    }
    return text;
  }

  private static String listed(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "$" + i).collect(Collectors.joining(","));
  }

  private static String joined(int count) {
    StringBuilder body = new StringBuilder("$1::varchar(max)");
    for (int i = 2; i <= count; i++) {
      body.append(" || $").append(i).append("::varchar(max)");
    }
    return body.toString();
  }

  /// Each value that is there with the separator before it, and all without the first separator.
  private static String separated(int count) {
    StringBuilder body = new StringBuilder("case when $1 is not null then substring(''");
    for (int i = 2; i <= count; i++) {
      body.append(" || coalesce($1 || $").append(i).append("::varchar(max), '')");
    }
    return body + ", len($1 || '.')) end";
  }
}
