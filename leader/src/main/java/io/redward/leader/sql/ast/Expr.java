package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A scalar expression. Forms with words inside become ordinary calls, named as PostgreSQL names
/// them: `EXTRACT(year FROM x)` is `extract('year', x)`, `TRIM(LEADING 'a' FROM x)` is
/// `ltrim(x, 'a')` (`btrim` for BOTH or nothing), `SUBSTRING(x FROM 2 FOR 3)` is
/// `substring(x, 2, 3)`, `POSITION(a IN b)` is `position(b, a)`, `OVERLAY(x PLACING y FROM 1)` is
/// `overlay(x, y, 1)`. COALESCE, NULLIF, NVL, DECODE, GREATEST and LEAST are calls too.
public sealed interface Expr extends Node {

  /// NULL.
  record NullLiteral(int position) implements Expr {}

  /// TRUE or FALSE.
  record BooleanLiteral(boolean value, int position) implements Expr {}

  /// An unsigned number as written, such as `42`, `1.50` or `1e10`.
  record NumberLiteral(String text, int position) implements Expr {
    /// Neither point nor exponent.
    public boolean isInteger() {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    public boolean hasExponent() {
      return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    }
  }

  /// A string, its quotes and escapes resolved; its type is open until it meets its context.
  record StringLiteral(String value, int position) implements Expr {}

  /// `B'0101'` or `X'1FF'`.
  record BitStringLiteral(String digits, boolean hexadecimal, int position) implements Expr {}

  /// `DATE '2020-01-01'` and any other `type 'text'`.
  record TypedLiteral(TypeName type, String value, int position) implements Expr {}

  /// `INTERVAL '1 day'`, `INTERVAL '1-2' YEAR TO MONTH`.
  record IntervalLiteral(String value, Optional<IntervalQualifier> qualifier, int position)
      implements Expr {}

  /// `$1`.
  record ParameterRef(int number, int position) implements Expr {}

  /// The word DEFAULT where a value may stand: in VALUES of INSERT and in SET of UPDATE.
  record DefaultExpr(int position) implements Expr {}

  /// A column, perhaps qualified. The binder decides where qualifiers end and navigation into a
  /// SUPER value begins (`t.a.b`).
  record ColumnRef(QualifiedName name) implements Expr {
    @Override
    public int position() {
      return name.position();
    }
  }

  /// `*`, `t.*`, `* EXCLUDE (a, b)`, `* REPLACE (a + 1 AS a)`; only in select lists, in `t.*` as a
  /// whole row, and as the key of ORDER BY ALL.
  record StarExpr(
      Optional<QualifiedName> qualifier,
      List<Identifier> excluded,
      List<Replacement> replaced,
      int position)
      implements Expr {
    public StarExpr {
      excluded = List.copyOf(excluded);
      replaced = List.copyOf(replaced);
    }

    /// All columns as they are, but for those left out.
    public StarExpr(Optional<QualifiedName> qualifier, List<Identifier> excluded, int position) {
      this(qualifier, excluded, List.of(), position);
    }
  }

  /// `expr AS column` in `* REPLACE (…)`.
  record Replacement(Expr expr, Identifier column) {}

  /// `(expr).field`, and `a[0].field`.
  record FieldAccess(Expr base, Identifier field) implements Expr {
    @Override
    public int position() {
      return field.position();
    }
  }

  /// `base[index]`.
  record ArraySubscript(Expr base, Expr index, int position) implements Expr {}

  /// `base[lower:upper]`, PostgreSQL's slices.
  record ArraySlice(Expr base, Optional<Expr> lower, Optional<Expr> upper, int position)
      implements Expr {}

  /// A function, aggregate or window function.
  record FunctionCall(
      QualifiedName name,
      List<Expr> arguments,
      CallClauses clauses,
      Optional<WindowSpec> over,
      int position)
      implements Expr {
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }

    /// A plain call of an unqualified function.
    public static FunctionCall of(String name, List<Expr> arguments, int position) {
      return new FunctionCall(
          QualifiedName.of(Identifier.of(name, position)),
          arguments,
          CallClauses.NONE,
          Optional.empty(),
          position);
    }

    /// `count(*)`.
    public boolean star() {
      return clauses.star();
    }

    public boolean distinct() {
      return clauses.distinct();
    }
  }

  /// Functions written without parentheses: CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP,
  /// LOCALTIME, LOCALTIMESTAMP, SYSDATE, CURRENT_USER, SESSION_USER, USER, CURRENT_ROLE,
  /// CURRENT_CATALOG, CURRENT_SCHEMA, CURRENT_USER_ID, CURRENT_AWS_ACCOUNT,
  /// CURRENT_NAMESPACE.
  ///
  /// @param name in lower case
  record SpecialFunction(String name, OptionalInt precision, int position) implements Expr {}

  /// `-x`, `+x`, `~x`, `|/x`, `||/x`, `@x`.
  record UnaryExpr(String operator, Expr operand, int position) implements Expr {}

  /// Two operands and an operator: arithmetic, comparison (`!=` arrives as `<>`), `||`, bit
  /// operators, `overlaps`, and any operator of PostgreSQL's that the catalog may know.
  record BinaryExpr(Expr left, String operator, Expr right, int position) implements Expr {}

  /// NOT.
  record NotExpr(Expr operand, int position) implements Expr {}

  /// `a AND b AND c`, flat: at least two operands.
  record LogicalExpr(LogicalOperator operator, List<Expr> operands, int position) implements Expr {
    public LogicalExpr {
      operands = List.copyOf(operands);
    }
  }

  enum LogicalOperator {
    AND,
    OR
  }

  /// `x BETWEEN [SYMMETRIC] a AND b`.
  record BetweenExpr(
      Expr value, Expr low, Expr high, boolean symmetric, boolean negated, int position)
      implements Expr {}

  /// `x IN (1, 2)`.
  record InListExpr(Expr value, List<Expr> items, boolean negated, int position) implements Expr {
    public InListExpr {
      items = List.copyOf(items);
    }
  }

  /// `x IN (SELECT …)`.
  record InSubqueryExpr(Expr value, Query query, boolean negated, int position) implements Expr {}

  /// A pattern match of any kind.
  record LikeExpr(
      LikeKind kind, Expr value, Expr pattern, Optional<Expr> escape, boolean negated, int position)
      implements Expr {}

  enum LikeKind {
    LIKE,
    ILIKE,
    SIMILAR,
    /// `~` and `!~`.
    POSIX,
    /// `~*` and `!~*`.
    POSIX_IGNORE_CASE
  }

  /// `x IS [NOT] NULL` and its kind.
  record IsExpr(Expr value, IsTest test, boolean negated, int position) implements Expr {}

  enum IsTest {
    NULL,
    TRUE,
    FALSE,
    UNKNOWN
  }

  /// `a IS [NOT] DISTINCT FROM b`; `negated` for NOT.
  record DistinctFromExpr(Expr left, Expr right, boolean negated, int position) implements Expr {}

  /// `x = ANY (…)`: the right side is a [SubqueryExpr] or an array.
  record QuantifiedComparison(
      Expr left, String operator, Quantifier quantifier, Expr right, int position)
      implements Expr {}

  enum Quantifier {
    /// ANY and SOME.
    ANY,
    ALL
  }

  /// CASE; `operand` for the form that compares.
  record CaseExpr(
      Optional<Expr> operand, List<WhenClause> branches, Optional<Expr> otherwise, int position)
      implements Expr {
    public CaseExpr {
      branches = List.copyOf(branches);
    }
  }

  /// `WHEN condition THEN result`.
  record WhenClause(Expr condition, Expr result) {}

  /// A conversion in any spelling.
  record CastExpr(Expr operand, TypeName type, CastForm form, int position) implements Expr {}

  enum CastForm {
    /// CAST(x AS t).
    CAST,
    /// `x::t`.
    POSTFIX,
    /// CONVERT(t, x).
    CONVERT,
    /// TRY_CAST(x AS t): NULL where the value does not fit.
    TRY_CAST
  }

  /// `x COLLATE name`.
  record CollateExpr(Expr operand, QualifiedName collation, int position) implements Expr {}

  /// `x AT TIME ZONE zone`.
  record AtTimeZoneExpr(Expr value, Expr zone, int position) implements Expr {}

  /// `(SELECT …)` as a value.
  record SubqueryExpr(Query query, int position) implements Expr {}

  /// `EXISTS (SELECT …)`.
  record ExistsExpr(Query query, int position) implements Expr {}

  /// `ARRAY[1, 2]`. (`ARRAY(1, 2)`, Redshift's function, is a call.)
  record ArrayExpr(List<Expr> elements, int position) implements Expr {
    public ArrayExpr {
      elements = List.copyOf(elements);
    }
  }

  /// `ARRAY(SELECT …)`.
  record ArraySubqueryExpr(Query query, int position) implements Expr {}

  /// `ROW(1, 2)` and `(1, 2)`.
  record RowExpr(List<Expr> elements, int position) implements Expr {
    public RowExpr {
      elements = List.copyOf(elements);
    }
  }

  /// `column (+)`: the optional side of an outer join written in WHERE.
  record OuterMarkExpr(Expr column, int position) implements Expr {}

  /// `PRIOR x` in CONNECT BY.
  record PriorExpr(Expr operand, int position) implements Expr {}

  /// `WHERE CURRENT OF cursor`.
  record CurrentOfExpr(Identifier cursor, int position) implements Expr {}
}
