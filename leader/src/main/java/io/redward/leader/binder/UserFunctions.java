package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Volatility;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/// Calls of functions that users have written. Of one in SQL the body's expression takes the
/// call's place, its `$1`, `$2`, … the arguments'.
final class UserFunctions {
  private static final int MAX_DEPTH = 32;

  private final ExpressionBinder binder;
  private final Binding binding;
  private final Clause clause;

  UserFunctions(ExpressionBinder binder, Binding binding, Clause clause) {
    this.binder = binder;
    this.binding = binding;
    this.clause = clause;
  }

  /// The call, if there is a function of that name which takes such arguments.
  Optional<RexNode> bind(Expr.FunctionCall call, List<RexNode> arguments) {
    return find(call.name(), arguments).map(function -> inlined(function, arguments, call));
  }

  private Optional<Routine> find(QualifiedName name, List<RexNode> arguments) {
    Catalog catalog = binding.context().catalog();
    BindContext.SessionScope session = binding.context().session();
    List<String> schemas =
        name.qualifier().map(q -> List.of(q.name())).orElse(session.searchPath());
    for (String schemaName : schemas) {
      Optional<Schema> schema = catalog.schema(session.database().oid(), schemaName);
      List<Routine> fitting = new ArrayList<>();
      for (Routine routine :
          schema.map(s -> catalog.routines(s.oid(), name.last().name())).orElse(List.of())) {
        if (routine.kind() == Routine.Kind.FUNCTION
            && routine.inputs().size() == arguments.size()) {
          fitting.add(routine);
        }
      }
      if (!fitting.isEmpty()) {
        return Optional.of(best(fitting, arguments));
      }
    }
    return Optional.empty();
  }

  /// The one with the most arguments of just the types given.
  private static Routine best(List<Routine> fitting, List<RexNode> arguments) {
    Routine best = fitting.getFirst();
    int most = -1;
    for (Routine routine : fitting) {
      int same = 0;
      for (int i = 0; i < arguments.size(); i++) {
        TypeKind wanted = routine.inputs().get(i).type().kind();
        same += wanted == typeOf(arguments.get(i)).kind() ? 1 : 0;
      }
      if (same > most) {
        most = same;
        best = routine;
      }
    }
    return best;
  }

  private RexNode inlined(Routine function, List<RexNode> arguments, Expr.FunctionCall call) {
    Privileges.require(
        binding.context().catalog(),
        binding.context().session().user(),
        function,
        Privilege.EXECUTE);
    List<RexNode> converted = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      SqlType type = function.inputs().get(i).type();
      RexNode argument = binding.expressions().shared(arguments.get(i));
      converted.add(binding.coercion().assign(argument, type, "$" + (i + 1), 0));
    }
    if (!function.traits().isSql()) {
      return called(function, converted);
    }
    Clause body =
        new Clause(
                "function " + function.name(),
                new Relation(clause.row().rel(), List.of()),
                null,
                CommonTables.NONE)
            .withArguments(converted);
    binding.enterFunction(MAX_DEPTH, call.position());
    try {
      RexNode result = binder.queries().expressions(body).bind(expression(function));
      SqlType returns = function.returns().orElseThrow();
      return binding.coercion().assign(result, returns, function.name(), call.position());
    } finally {
      binding.leaveFunction();
    }
  }

  /// A call of code in another language.
  private RexNode called(Routine function, List<RexNode> arguments) {
    boolean changeable = function.traits().volatility() == Volatility.VOLATILE;
    CatalogFunction operator =
        new CatalogFunction(
            UserRoutines.of(function, binding.context().session().limits()).id(),
            CatalogFunction.Nulls.OTHER,
            !changeable);
    return operator.call(
        binding.expressions().builder(),
        binding.expressions().type(function.returns().orElseThrow(), true),
        arguments);
  }

  /// The expression that a body `SELECT expression` selects.
  private static Expr expression(Routine function) {
    Statement statement = SqlParser.parseStatement(function.body(), ParserOptions.DEFAULT);
    if (statement instanceof DataStatement.QueryStatement query
        && query.query().isBare()
        && query.query().body() instanceof QueryBody.SelectQuery select
        && select.from().isEmpty()
        && select.where().isEmpty()
        && select.groupBy().isEmpty()
        && select.items().size() == 1) {
      return select.items().getFirst().expr();
    }
    throw malformed(function.name());
  }

  private static SqlException malformed(String name) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "the body of SQL function \"" + name + "\" must be SELECT and one expression")
        .withHint("FROM, WHERE, GROUP BY and the like are not allowed in it.");
  }
}
