package io.redward.leader.sql;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.TypeName;

/// Queries and expressions back to text, on one line, with no more parentheses than needed: for
/// stored view definitions, `pg_get_viewdef`, defaults of columns, EXPLAIN (AST) and messages.
///
/// Parsing the text again gives the same tree but for positions, whatever
/// `standard_conforming_strings` says; if names with capital letters are about, the parser must be
/// told to keep the case of quoted names.
public final class SqlPrinter {
  private SqlPrinter() {}

  public static String print(Query query) {
    StringBuilder out = new StringBuilder();
    new QueryPrinter(out).query(query);
    return out.toString();
  }

  public static String print(Expr expr) {
    StringBuilder out = new StringBuilder();
    new QueryPrinter(out).exprs().print(expr);
    return out.toString();
  }

  /// A type as it may be written in SQL.
  public static String print(TypeName type) {
    StringBuilder out = new StringBuilder();
    NamePrinter.type(out, type);
    return out.toString();
  }

  /// A name, between quotes if it needs them.
  public static String print(Identifier name) {
    StringBuilder out = new StringBuilder();
    NamePrinter.name(out, name);
    return out.toString();
  }

  /// A string literal.
  public static String quoted(String value) {
    StringBuilder out = new StringBuilder();
    NamePrinter.string(out, value);
    return out.toString();
  }
}
