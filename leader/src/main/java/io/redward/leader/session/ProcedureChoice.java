package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.Routine;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which of several procedures of a name a call means: the one whose arguments are closest in type
/// to those of the call.
record ProcedureChoice(QueryRunner queries, ParserOptions options) {
  private static final int SAME = 4;
  private static final int TEXT = 3;
  private static final int NEAR = 2;
  private static final int FAR = 0;

  /// @param candidates of as many arguments as the call has
  /// @param hints types of `$1`, `$2`, …
  Optional<Routine> of(List<Routine> candidates, List<Expr> arguments, List<SqlType> hints) {
    if (candidates.size() < 2 || arguments.isEmpty()) {
      return candidates.stream().findFirst();
    }
    List<SqlType> types;
    try {
      String text =
          arguments.stream()
              .map(each -> "(" + SqlPrinter.print(each) + ")")
              .collect(Collectors.joining(", ", "select ", ""));
      types =
          queries.plan(SqlParser.parseStatement(text, options), "", hints).columns().stream()
              .map(ResultColumn::type)
              .toList();
    } catch (SqlException _) {
      // What is wrong with the arguments is said when they are evaluated.
      return candidates.stream().findFirst();
    }
    return candidates.stream()
        .max(Comparator.comparingInt((Routine each) -> closeness(each, types)));
  }

  private static int closeness(Routine routine, List<SqlType> types) {
    int sum = 0;
    for (int i = 0; i < types.size(); i++) {
      sum += closeness(types.get(i).kind(), routine.inputs().get(i).type().kind());
    }
    return sum;
  }

  private static int closeness(TypeKind given, TypeKind wanted) {
    if (given == wanted) {
      return SAME;
    }
    if (given == TypeKind.UNKNOWN) {
      return wanted.isString() ? TEXT : NEAR;
    }
    boolean near = given.isString() && wanted.isString() || isNumber(given) && isNumber(wanted);
    return near ? NEAR : FAR;
  }

  private static boolean isNumber(TypeKind kind) {
    return kind.isInteger()
        || kind == TypeKind.DECIMAL
        || kind == TypeKind.REAL
        || kind == TypeKind.DOUBLE;
  }
}
