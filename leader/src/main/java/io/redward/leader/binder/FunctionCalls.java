package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.FunctionCatalog;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.functions.text.DatePart;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.sql.ast.Expr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Calls of functions: says what kind of function a name is and binds scalar ones by the catalogue.
final class FunctionCalls {
  /// Functions by which types are written, as catalog queries call them: casts to text.
  private static final Set<String> OUTPUT_FUNCTIONS =
      Set.of("textin", "byteaout", "regprocedureout", "regprocout", "regclassout");

  private final ExpressionBinder binder;
  private final Binding binding;
  private final Clause clause;
  private final Expressions expressions;
  private final Coercion coercion;
  private final ConstantArguments constants;

  FunctionCalls(ExpressionBinder binder, Binding binding, Clause clause) {
    this.binder = binder;
    this.binding = binding;
    this.clause = clause;
    expressions = binding.expressions();
    coercion = binding.coercion();
    constants = new ConstantArguments(coercion);
  }

  RexNode bind(Expr.FunctionCall call) {
    String name = AggregateNames.canonical(call.name().last().name());
    if (call.over().isPresent()) {
      return new WindowCalls(binder, binding, clause).bind(call, name);
    }
    boolean ofTwo = name.equals("st_collect") && call.arguments().size() == 2;
    if (AggregateNames.isAggregate(name) && !ofTwo) {
      return new AggregateBinding(binder, binding, clause).bind(call, name);
    }
    if (AggregateNames.isWindowOnly(name)) {
      throw Errors.at(
          call.position(),
          SqlState.WINDOWING_ERROR,
          "window function " + name + " requires an OVER clause");
    }
    if (call.star() || call.distinct() || call.clauses().filter().isPresent()) {
      throw Errors.at(
          call.position(),
          SqlState.WRONG_OBJECT_TYPE,
          "DISTINCT, FILTER or * specified, but " + name + " is not an aggregate function");
    }
    List<RexNode> arguments = arguments(name, call.arguments());
    if (name.equals("position") && arguments.size() == 2) {
      // The parser writes POSITION(a IN b) as PostgreSQL does, b first; the catalogue has a first.
      arguments = arguments.reversed();
    }
    if ((name.equals("array_upper") || name.equals("array_lower")) && arguments.size() == 2) {
      return new CatalogArrays(binding, this)
          .bound(
              name.equals("array_upper"), arguments.getFirst(), arguments.get(1), call.position());
    }
    if (name.equals("string_to_array")
        && arguments.size() == 2
        && call.arguments().getFirst() instanceof Expr.FunctionCall text
        && text.name().last().name().equals("textin")) {
      return new CatalogArrays(binding, this)
          .split(arguments.getFirst(), arguments.get(1), call.position());
    }
    if (name.equals("format_type") && arguments.size() == 2) {
      arguments = List.of(arguments.getFirst(), modifier(arguments.get(1)));
    }
    if (OUTPUT_FUNCTIONS.contains(name) && arguments.size() == 1) {
      return binding
          .coercion()
          .to(arguments.getFirst(), SqlType.varchar(SqlType.MAX_VARCHAR_BYTES));
    }
    if (name.equals(ExpandedArrays.SIZE)) {
      return new CatalogArrays(binding, this).size(arguments.getFirst(), call.position());
    }
    if (name.equals(ExpandedArrays.ELEMENT)) {
      return new CatalogArrays(binding, this)
          .ordinal(arguments.getFirst(), arguments.get(1), call.position());
    }
    Optional<RexNode> made = new SuperValues(binding, this).bind(name, arguments, call.position());
    if (made.isPresent()) {
      return made.get();
    }
    Optional<RexNode> conditional =
        new ConditionalFunctions(binding, binder.comparisons())
            .bind(name, arguments, call.position());
    if (conditional.isPresent()) {
      return conditional.get();
    }
    Optional<RexNode> own = new UserFunctions(binder, binding, clause).bind(call, arguments);
    return own.isPresent() ? own.get() : call(name, arguments, call.position());
  }

  /// A type's modifier, for which NULL is none.
  private RexNode modifier(RexNode given) {
    RexNode number = coercion.to(given, SqlType.INTEGER);
    return expressions.cases(
        List.of(expressions.isNotNull(number)), List.of(number, expressions.integer(-1)));
  }

  private Optional<RexNode> added(String name, List<RexNode> arguments) {
    return new AddedFunctions(binder, clause).bind(name, arguments);
  }

  /// The arguments, a date part among them as the number by which plans know it.
  private List<RexNode> arguments(String name, List<Expr> written) {
    Optional<DatePart> part =
        !written.isEmpty() && FunctionCatalog.builtIn().takesDatePart(name)
            ? datePart(written.getFirst())
            : Optional.empty();
    if (part.isEmpty()) {
      return binder.bindAll(written);
    }
    List<RexNode> arguments = new ArrayList<>();
    arguments.add(expressions.integer(part.get().code()));
    arguments.addAll(binder.bindAll(written.subList(1, written.size())));
    return arguments;
  }

  private static Optional<DatePart> datePart(Expr expr) {
    return switch (expr) {
      case Expr.StringLiteral literal -> Optional.of(datePart(literal.value(), expr));
      case Expr.ColumnRef word when word.name().isSimple() ->
          DatePart.of(word.name().last().name());
      default -> Optional.empty();
    };
  }

  private static DatePart datePart(String name, Expr expr) {
    return DatePart.of(name)
        .orElseThrow(
            () ->
                Errors.at(
                    expr.position(),
                    SqlState.INVALID_PARAMETER_VALUE,
                    "unit \"" + name + "\" not recognized"));
  }

  /// A function written without parentheses.
  RexNode special(Expr.SpecialFunction function) {
    String name =
        switch (function.name()) {
          case "current_catalog" -> "current_database";
          case "current_role" -> "current_user";
          default -> function.name();
        };
    return call(name, List.of(), function.position());
  }

  /// A scalar function or operator of the catalogue.
  ///
  /// @throws SqlException 42883 if there is none for such arguments
  RexNode call(String name, List<RexNode> arguments, int position) {
    return find(name, arguments)
        .or(() -> dynamic(name, arguments))
        .or(() -> added(name, arguments))
        .orElseThrow(
            () -> {
              List<SqlType> types = arguments.stream().map(Expressions::typeOf).toList();
              return Suggestions.hintedCall(
                  FunctionCatalog.notFound(name, types).withPosition(position), name);
            });
  }

  /// A function of strings or numbers over SUPER values, which are NULL where they are none.
  private Optional<RexNode> dynamic(String name, List<RexNode> arguments) {
    if (arguments.stream().noneMatch(SuperValues::isSuper)) {
      return Optional.empty();
    }
    List<RexNode> texts = as(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), arguments);
    return find(name, texts)
        .filter(_ -> takesTexts(name, arguments, texts))
        .or(
            () ->
                find(name, as(SqlType.DOUBLE, arguments))
                    .filter(result -> typeOf(result).kind().isNumeric())
                    .map(result -> coercion.to(result, SuperValues.TYPE)))
        .or(() -> find(name, texts));
  }

  /// Whether a function takes strings where the call has SUPER values, not numbers of them.
  private static boolean takesTexts(String name, List<RexNode> arguments, List<RexNode> texts) {
    List<SqlType> types = texts.stream().map(FunctionCalls::argumentType).toList();
    List<SqlType> taken =
        FunctionCatalog.builtIn().resolve(name, types).orElseThrow().parameterTypes();
    return IntStream.range(0, arguments.size())
        .filter(i -> SuperValues.isSuper(arguments.get(i)))
        .allMatch(i -> taken.get(i).kind().isString());
  }

  private List<RexNode> as(SqlType type, List<RexNode> arguments) {
    return arguments.stream()
        .map(argument -> SuperValues.isSuper(argument) ? coercion.to(argument, type) : argument)
        .toList();
  }

  /// A scalar function or operator of the catalogue, if there is one for such arguments.
  Optional<RexNode> find(String name, List<RexNode> arguments) {
    List<SqlType> types = arguments.stream().map(FunctionCalls::argumentType).toList();
    return FunctionCatalog.builtIn()
        .resolve(name, types)
        .map(function -> withConstant(function, arguments))
        .map(function -> apply(function, arguments))
        .map(result -> constants.places(name, result, arguments));
  }

  private static ResolvedFunction withConstant(ResolvedFunction function, List<RexNode> arguments) {
    return !arguments.isEmpty()
            && arguments.getLast() instanceof RexLiteral literal
            && !literal.isNull()
            && (typeOf(literal).kind() == TypeKind.UNKNOWN || typeOf(literal).kind().isString())
        ? FunctionCatalog.builtIn().withConstant(function, Coercion.text(literal))
        : function;
  }

  /// The type of an argument; for an untyped string with its length.
  static SqlType argumentType(RexNode argument) {
    SqlType type = typeOf(argument);
    if (type.kind() != TypeKind.UNKNOWN) {
      return type;
    }
    if (argument instanceof RexLiteral literal && !literal.isNull()) {
      int bytes = Coercion.text(literal).getBytes(StandardCharsets.UTF_8).length;
      return new SqlType(TypeKind.UNKNOWN, Math.max(1, bytes), 0);
    }
    int bytes = argument instanceof RexDynamicParam ? SqlType.MAX_VARCHAR_BYTES : 1;
    return new SqlType(TypeKind.UNKNOWN, bytes, 0);
  }

  private RexNode apply(ResolvedFunction function, List<RexNode> arguments) {
    List<RexNode> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      operands.add(coercion.to(arguments.get(i), function.parameterTypes().get(i)));
    }
    return binding.catalogCalls().call(function, operands);
  }

  /// LIKE and its kin. The pattern and escape are the function's further arguments.
  RexNode like(Expr.LikeExpr like) {
    List<RexNode> operands = new ArrayList<>();
    operands.add(text(binder.bind(like.value())));
    operands.add(text(binder.bind(like.pattern())));
    like.escape().ifPresent(escape -> operands.add(text(binder.bind(escape))));
    String id =
        switch (like.kind()) {
          case LIKE -> "like";
          case ILIKE -> "ilike";
          case SIMILAR -> "similar_to";
          case POSIX -> "posix_regex";
          case POSIX_IGNORE_CASE -> "posix_iregex";
        };
    if (operands.stream().anyMatch(Expressions::isNullLiteral)) {
      return expressions.nullOf(SqlType.BOOLEAN);
    }
    if (operands.size() > 2
        && operands.get(2) instanceof RexLiteral escape
        && Coercion.text(escape).codePointCount(0, Coercion.text(escape).length()) > 1) {
      throw new SqlException(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
          .withPosition(like.position())
          .withHint("Escape string must be empty or one character.");
    }
    RexNode pattern = operands.get(1);
    boolean fixed = pattern instanceof RexLiteral || pattern instanceof RexDynamicParam;
    RexNode match =
        fixed
            ? CatalogFunction.of(id)
                .call(
                    expressions.builder(),
                    expressions.type(SqlType.BOOLEAN, Expressions.anyNullable(operands)),
                    operands)
            : call(id, operands, like.position());
    return like.negated() ? expressions.not(match) : match;
  }

  /// Any value as a string.
  private RexNode text(RexNode node) {
    SqlType type = typeOf(node);
    if (type.kind().isString()) {
      return node;
    }
    return type.kind() == TypeKind.UNKNOWN
        ? coercion.settled(node)
        : coercion.to(node, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES));
  }

  /// `array[index]`.
  RexNode subscript(Expr.ArraySubscript subscript) {
    RexNode array = binder.bind(subscript.base());
    RexNode index = binder.bind(subscript.index());
    if (SuperValues.isSuper(array)) {
      return new SuperValues(binding, this).element(array, index, subscript.position());
    }
    return new CatalogArrays(binding, this).element(array, index, subscript.position());
  }

  /// An element of an array of single bytes made a number: the byte.
  Optional<RexNode> code(Expr.CastExpr cast) {
    if (!(cast.operand() instanceof Expr.ArraySubscript subscript)
        || typeOf(binder.bind(subscript.base())).kind() != TypeKind.CHAR_ARRAY
        || TypeResolver.resolve(cast.type()).kind() != TypeKind.INTEGER) {
      return Optional.empty();
    }
    return Optional.of(call("ascii", List.of(subscript(subscript)), cast.position()));
  }

  /// The oid of the object that a string names: `'pg_class'::regclass`.
  RexNode catalogName(RexNode name, SqlType type, int position) {
    String function = type.kind().sqlName();
    RexNode settled = coercion.settled(name);
    return find(function, List.of(settled)).orElseGet(() -> coercion.to(settled, type));
  }
}
