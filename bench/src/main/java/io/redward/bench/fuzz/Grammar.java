package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Part.Kind;
import io.redward.bench.fuzz.Tables.Column;
import io.redward.bench.fuzz.Tables.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Makes random queries over given tables.
final class Grammar {
  private static final List<Kind> KINDS =
      List.of(Kind.INTEGER, Kind.DECIMAL, Kind.STRING, Kind.DATE, Kind.BOOLEAN);

  private final List<Table> tables;
  private final Random random;
  private final boolean portable;
  private int subqueries;

  /// A column that an expression may name.
  record Named(String name, Kind kind) {}

  /// FROM with what it offers.
  record Source(Part from, List<Named> columns) {}

  /// @param portable leaves out what other engines understand otherwise
  Grammar(List<Table> tables, Random random, boolean portable) {
    this.tables = tables;
    this.random = random;
    this.portable = portable;
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private Table table() {
    return tables.get(below(tables.size()));
  }

  static List<Named> columns(Table table, String alias) {
    List<Named> named = new ArrayList<>();
    for (Column column : table.columns()) {
      named.add(new Named(alias + "." + column.name(), column.kind()));
    }
    return named;
  }

  /// One to three tables, joined in any way.
  Source source() {
    Table first = table();
    List<Named> scope = new ArrayList<>(columns(first, "x0"));
    Part from = Part.of(Kind.OTHER, first.name() + " x0");
    int joins = below(3);
    for (int i = 1; i <= joins; i++) {
      Table next = table();
      List<Named> own = columns(next, "x" + i);
      boolean derived = below(6) == 0;
      Part joined =
          derived
              ? Part.of(
                  Kind.OTHER,
                  "(select * from " + next.name() + " where %) x" + i,
                  condition(2, columns(next, next.name())))
              : Part.of(Kind.OTHER, next.name() + " x" + i);
      String join =
          switch (below(6)) {
            case 0 -> "left join";
            case 1 -> "right join";
            case 2 -> "full join";
            case 3 -> "cross join";
            default -> "join";
          };
      List<Named> both = new ArrayList<>(scope);
      both.addAll(own);
      from =
          join.equals("cross join")
              ? Part.of(Kind.OTHER, "% cross join %", from, joined)
              : Part.of(
                  Kind.OTHER,
                  "% " + join + " % on %",
                  from,
                  joined,
                  joinCondition(scope, own, both, join.equals("full join")));
      scope.addAll(own);
    }
    return new Source(from, List.copyOf(scope));
  }

  private Part joinCondition(
      List<Named> left, List<Named> right, List<Named> both, boolean equalOnly) {
    for (int i = 0; i < 8; i++) {
      Named a = left.get(below(left.size()));
      Named b = right.get(below(right.size()));
      if (a.kind() == b.kind()) {
        Part equal =
            Part.of(
                Kind.BOOLEAN, "(% = %)", Part.of(a.kind(), a.name()), Part.of(b.kind(), b.name()));
        return equalOnly || below(3) > 0
            ? equal
            : Part.of(Kind.BOOLEAN, "(% and %)", equal, condition(1, both));
      }
    }
    return equalOnly ? Part.of(Kind.BOOLEAN, "(1 = 1)") : condition(1, both);
  }

  /// A condition over columns.
  Part condition(int depth, List<Named> scope) {
    if (depth <= 0) {
      return comparison(0, scope);
    }
    return switch (below(portable ? 12 : 14)) {
      case 0 ->
          Part.of(
              Kind.BOOLEAN, "(% and %)", condition(depth - 1, scope), condition(depth - 1, scope));
      case 1 ->
          Part.of(
              Kind.BOOLEAN, "(% or %)", condition(depth - 1, scope), condition(depth - 1, scope));
      case 2 -> Part.of(Kind.BOOLEAN, "(not %)", condition(depth - 1, scope));
      case 3 ->
          Part.of(
              Kind.BOOLEAN,
              "(% is " + (random.nextBoolean() ? "not " : "") + "null)",
              any(depth - 1, scope));
      case 4 -> between(depth, scope);
      case 5 -> in(depth, scope);
      case 6 -> like(depth, scope);
      case 7, 8 -> subquery(depth, scope);
      case 12 ->
          Part.of(
              Kind.BOOLEAN,
              "(% is " + pick("true", "false", "not true", "not false", "unknown") + ")",
              condition(depth - 1, scope));
      case 13 -> expression(Kind.BOOLEAN, depth - 1, scope);
      default -> comparison(depth, scope);
    };
  }

  private Part between(int depth, List<Named> scope) {
    Kind kind = kind();
    return Part.of(
        Kind.BOOLEAN,
        "(% " + (below(3) == 0 ? "not " : "") + "between % and %)",
        expression(kind, depth - 1, scope),
        expression(kind, depth - 2, scope),
        expression(kind, depth - 2, scope));
  }

  private Part in(int depth, List<Named> scope) {
    Kind kind = kind();
    List<Part> parts = new ArrayList<>();
    parts.add(expression(kind, depth - 1, scope));
    int count = 1 + below(4);
    for (int i = 0; i < count; i++) {
      parts.add(below(4) == 0 ? expression(kind, depth - 2, scope) : constant(kind));
    }
    String gaps = String.join(", ", Collections.nCopies(count, "%"));
    return new Part(
        Kind.BOOLEAN, "(% " + (below(3) == 0 ? "not " : "") + "in (" + gaps + "))", parts);
  }

  private Part like(int depth, List<Named> scope) {
    String pattern = pick("a\u0001", "\u0001b", "\u0001a\u0001", "_", "a_", "\u0001", "ab", "");
    return Part.of(
        Kind.BOOLEAN,
        "(% " + (below(3) == 0 ? "not " : "") + "like '" + pattern + "')",
        expression(Kind.STRING, depth - 1, scope));
  }

  /// EXISTS, IN and comparisons with a scalar subquery.
  private Part subquery(int depth, List<Named> scope) {
    if (subqueries >= 2 || scope.isEmpty()) {
      return comparison(depth, scope);
    }
    subqueries++;
    Table table = table();
    String alias = "s" + subqueries;
    List<Named> own = columns(table, alias);
    List<Named> both = new ArrayList<>(own);
    boolean correlated = below(2) == 0;
    Part where = condition(depth - 2, both);
    if (correlated) {
      Named inner = own.get(below(own.size()));
      List<Named> matching = scope.stream().filter(n -> n.kind() == inner.kind()).toList();
      if (!matching.isEmpty()) {
        Named outer = matching.get(below(matching.size()));
        where = Part.of(Kind.BOOLEAN, "(% and " + inner.name() + " = " + outer.name() + ")", where);
      }
    }
    Named column = own.get(below(own.size()));
    String from = " from " + table.name() + " " + alias + " where %)";
    Part made =
        switch (below(4)) {
          case 0 -> Part.of(Kind.BOOLEAN, "(exists (select 1" + from + ")", where);
          case 1 -> Part.of(Kind.BOOLEAN, "(not exists (select 1" + from + ")", where);
          case 2 ->
              Part.of(
                  Kind.BOOLEAN,
                  "(% "
                      + (below(2) == 0 ? "not " : "")
                      + "in (select "
                      + column.name()
                      + from
                      + ")",
                  expression(column.kind(), depth - 2, scope),
                  where);
          default ->
              Part.of(
                  Kind.BOOLEAN,
                  "(% " + operator() + " (select " + aggregate(column) + from + ")",
                  expression(
                      column.kind() == Kind.BOOLEAN ? Kind.INTEGER : column.kind(),
                      depth - 2,
                      scope),
                  where);
        };
    subqueries--;
    return made;
  }

  private String aggregate(Named column) {
    return column.kind() == Kind.BOOLEAN
        ? "count(*)"
        : pick("max", "min") + "(" + column.name() + ")";
  }

  private Part comparison(int depth, List<Named> scope) {
    Kind kind = kind();
    return Part.of(
        Kind.BOOLEAN,
        "(% " + operator() + " %)",
        expression(kind, depth - 1, scope),
        expression(kind, depth - 1, scope));
  }

  private String operator() {
    return pick("=", "<>", "<", "<=", ">", ">=");
  }

  private Kind kind() {
    return KINDS.get(below(KINDS.size()));
  }

  /// An expression of any type.
  Part any(int depth, List<Named> scope) {
    return expression(kind(), depth, scope);
  }

  /// An expression of a type.
  Part expression(Kind kind, int depth, List<Named> scope) {
    if (depth <= 0 || below(3) == 0) {
      List<Named> matching = scope.stream().filter(n -> n.kind() == kind).toList();
      return matching.isEmpty() || below(4) == 0
          ? constant(kind)
          : Part.of(kind, matching.get(below(matching.size())).name());
    }
    Part general = below(5) == 0 ? conditional(kind, depth, scope) : null;
    if (general != null) {
      return general;
    }
    return switch (kind) {
      case INTEGER -> integer(depth, scope);
      case DECIMAL -> decimal(depth, scope);
      case DOUBLE -> number(depth, scope);
      case STRING -> string(depth, scope);
      case DATE -> date(depth, scope);
      case TIMESTAMP ->
          Part.of(kind, "cast(% as timestamp)", expression(Kind.DATE, depth - 1, scope));
      case BOOLEAN -> condition(depth - 1, scope);
      case OTHER -> constant(kind);
    };
  }

  private Part conditional(Kind kind, int depth, List<Named> scope) {
    Part a = expression(kind, depth - 1, scope);
    Part b = expression(kind, depth - 1, scope);
    return switch (below(4)) {
      case 0 -> Part.of(kind, "coalesce(%, %)", a, b);
      case 1 -> Part.of(kind, "nullif(%, %)", a, b);
      case 2 -> Part.of(kind, "(case when % then % else % end)", condition(depth - 1, scope), a, b);
      default -> Part.of(kind, "(case when % then % end)", condition(depth - 1, scope), a);
    };
  }

  private Part integer(int depth, List<Named> scope) {
    Part a = expression(Kind.INTEGER, depth - 1, scope);
    Part b = expression(Kind.INTEGER, depth - 1, scope);
    return switch (below(portable ? 6 : 12)) {
      case 0 -> Part.of(Kind.INTEGER, "(% + %)", a, b);
      case 1 -> Part.of(Kind.INTEGER, "(% - %)", a, b);
      case 2 -> Part.of(Kind.INTEGER, "(% * %)", a, b);
      case 3 -> Part.of(Kind.INTEGER, "(- %)", a);
      case 4 -> Part.of(Kind.INTEGER, "abs(%)", a);
      case 5 -> Part.of(Kind.INTEGER, "length(%)", expression(Kind.STRING, depth - 1, scope));
      case 6 -> Part.of(Kind.INTEGER, "(% / %)", a, b);
      case 7 -> Part.of(Kind.INTEGER, "mod(%, %)", a, b);
      case 8 -> Part.of(Kind.INTEGER, "greatest(%, %)", a, b);
      case 9 -> Part.of(Kind.INTEGER, "sign(%)", a);
      case 10 ->
          Part.of(Kind.INTEGER, "date_part(month, %)", expression(Kind.DATE, depth - 1, scope));
      default ->
          Part.of(
              Kind.INTEGER,
              "datediff(day, %, %)",
              expression(Kind.DATE, depth - 1, scope),
              expression(Kind.DATE, depth - 1, scope));
    };
  }

  private Part decimal(int depth, List<Named> scope) {
    Part a = expression(Kind.DECIMAL, depth - 1, scope);
    Part b = expression(Kind.DECIMAL, depth - 1, scope);
    return switch (below(portable ? 4 : 7)) {
      case 0 -> Part.of(Kind.DECIMAL, "(% + %)", a, b);
      case 1 -> Part.of(Kind.DECIMAL, "(% - %)", a, b);
      case 2 -> Part.of(Kind.DECIMAL, "abs(%)", a);
      case 3 -> Part.of(Kind.DECIMAL, "(- %)", a);
      case 4 -> Part.of(Kind.DECIMAL, "(% * %)", a, b);
      case 5 -> Part.of(Kind.DECIMAL, "round(%, 1)", a);
      default ->
          Part.of(
              Kind.DECIMAL, "cast(% as decimal(12,3))", expression(Kind.INTEGER, depth - 1, scope));
    };
  }

  private Part number(int depth, List<Named> scope) {
    Part a = expression(Kind.DOUBLE, depth - 1, scope);
    return switch (below(4)) {
      case 0 -> Part.of(Kind.DOUBLE, "(% + %)", a, expression(Kind.DOUBLE, depth - 1, scope));
      case 1 -> Part.of(Kind.DOUBLE, "(% * %)", a, expression(Kind.DOUBLE, depth - 1, scope));
      case 2 -> Part.of(Kind.DOUBLE, "abs(%)", a);
      default ->
          Part.of(
              Kind.DOUBLE,
              "cast(% as double precision)",
              expression(Kind.INTEGER, depth - 1, scope));
    };
  }

  private Part string(int depth, List<Named> scope) {
    Part a = expression(Kind.STRING, depth - 1, scope);
    return switch (below(portable ? 4 : 9)) {
      case 0 -> Part.of(Kind.STRING, "upper(%)", a);
      case 1 -> Part.of(Kind.STRING, "lower(%)", a);
      case 2 -> Part.of(Kind.STRING, "(% || %)", a, expression(Kind.STRING, depth - 1, scope));
      case 3 -> Part.of(Kind.STRING, "reverse(%)", a);
      case 4 -> Part.of(Kind.STRING, "substring(%, 1, 2)", a);
      case 5 -> Part.of(Kind.STRING, "trim(%)", a);
      case 6 -> Part.of(Kind.STRING, "replace(%, 'a', 'xy')", a);
      case 7 -> Part.of(Kind.STRING, "cast(% as varchar(30))", any(depth - 1, scope));
      default -> Part.of(Kind.STRING, "lpad(%, 3, '-')", a);
    };
  }

  private Part date(int depth, List<Named> scope) {
    Part a = expression(Kind.DATE, depth - 1, scope);
    return portable
        ? a
        : switch (below(3)) {
          case 0 ->
              Part.of(
                  Kind.DATE,
                  "cast(dateadd(day, %, %) as date)",
                  expression(Kind.INTEGER, 0, scope),
                  a);
          case 1 -> Part.of(Kind.DATE, "last_day(%)", a);
          default -> Part.of(Kind.DATE, "cast(date_trunc('month', %) as date)", a);
        };
  }

  private Part constant(Kind kind) {
    return Part.of(kind, guarded(Tables.literal(kind, random)));
  }

  static String guarded(String literal) {
    return literal.equals("null") ? literal : literal.replace('%', '\u0001');
  }

  private String pick(String... values) {
    return values[below(values.length)];
  }

  /// Some expressions for a select list.
  List<Part> items(List<Named> scope) {
    List<Part> items = new ArrayList<>();
    int count = 1 + below(3);
    for (int i = 0; i < count; i++) {
      items.add(any(2, scope));
    }
    return items;
  }

  /// A query that is only run: grouping, windows, set operations, common tables.
  Part free() {
    Source source = source();
    Part where = condition(2, source.columns());
    Part a = any(2, source.columns());
    Part b = expression(Kind.INTEGER, 2, source.columns());
    return switch (below(portable ? 5 : 10)) {
      case 0 ->
          Part.of(
              Kind.OTHER,
              "select % as k, count(*), sum(%), min(%), max(%) from % where % group by 1",
              a,
              b,
              b,
              b,
              source.from(),
              where);
      case 1 ->
          Part.of(Kind.OTHER, "select distinct %, % from % where %", a, b, source.from(), where);
      case 2 ->
          Part.of(
              Kind.OTHER,
              "select % as k, count(distinct %) from % group by 1 having count(*) > 1",
              a,
              b,
              source.from());
      case 3 -> {
        Source other = source();
        yield Part.of(
            Kind.OTHER,
            "select % from % where % "
                + pick("union", "union all", "intersect", "except")
                + " select % from %",
            b,
            source.from(),
            where,
            expression(Kind.INTEGER, 1, other.columns()),
            other.from());
      }
      case 4 ->
          Part.of(
              Kind.OTHER,
              "with w as (select % as k, % as n from % where %) select a.k, b.n from w a join w b"
                  + " on a.n = b.n",
              a,
              b,
              source.from(),
              where);
      case 5 ->
          Part.of(
              Kind.OTHER,
              "select %, row_number() over (partition by % order by %), sum(%) over (partition by"
                  + " %) from % where %",
              a,
              a,
              b,
              b,
              a,
              source.from(),
              where);
      case 6 ->
          Part.of(
              Kind.OTHER,
              "select % from % where % order by 1 limit " + below(5) + " offset " + below(3),
              a,
              source.from(),
              where);
      case 7 ->
          Part.of(
              Kind.OTHER,
              "select lag(%) over (order by %), avg(%) over (partition by % order by % rows between"
                  + " 2 preceding and current row), rank() over (order by % desc) from % where %",
              a,
              b,
              b,
              a,
              b,
              a,
              source.from(),
              where);
      case 8 ->
          Part.of(
              Kind.OTHER,
              "select q.s.k, q.s.l[0], json_serialize(q.s), count(*) from (select object('k', %,"
                  + " 'l', array(%, %)) as s from % where %) q group by 1, 2, 3",
              a,
              b,
              a,
              source.from(),
              where);
      default ->
          Part.of(
              Kind.OTHER,
              "select %, %, count(*) from % where % group by "
                  + pick("rollup (1, 2)", "cube (1, 2)", "1, 2", "grouping sets ((1), (2), ())"),
              a,
              b,
              source.from(),
              where);
    };
  }

  /// A statement that changes a table.
  Part change() {
    return new Changes(this, random).of(table());
  }
}
