package io.redward.functions;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.cast.CastCatalog;
import io.redward.functions.cast.CastImplementation;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.functions.signature.SessionValues;
import io.redward.functions.text.DatePart;
import io.redward.functions.text.Intervals;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Evaluates SQL expressions over literals, enough for the catalogue's examples: typed literals,
/// calls, `::`, `||`, AT TIME ZONE and arithmetic. A value is as in [Invocation]; NULL is empty.
final class ExampleEvaluator {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*('(?:[^']|'')*'|\\d+(?:\\.\\d*)?|\\.\\d+|[A-Za-z_$][A-Za-z_0-9$]*|::|\\|\\||<<|>>"
              + "|\\|/|.)",
          Pattern.DOTALL);
  static final SessionValues SESSION =
      new SessionValues(
          1_700_000_000_123_456L,
          1_700_000_000_123_456L,
          "UTC",
          "admin",
          100,
          "admin",
          "dev",
          "public",
          42,
          "86b5169f-01dc-4a6f-9fbb-e2e24359e9a8",
          OpenSessions.open(new FixedSession()),
          false);
  private static final Map<String, SqlType> TYPES =
      Map.ofEntries(
          Map.entry("date", SqlType.DATE),
          Map.entry("time", SqlType.TIME),
          Map.entry("timetz", SqlType.TIMETZ),
          Map.entry("timestamp", SqlType.TIMESTAMP),
          Map.entry("timestamptz", SqlType.TIMESTAMPTZ),
          Map.entry("smallint", SqlType.SMALLINT),
          Map.entry("int", SqlType.INTEGER),
          Map.entry("integer", SqlType.INTEGER),
          Map.entry("bigint", SqlType.BIGINT),
          Map.entry("real", SqlType.REAL),
          Map.entry("float", SqlType.DOUBLE),
          Map.entry("boolean", SqlType.BOOLEAN),
          Map.entry("varchar", SqlType.varchar(256)),
          Map.entry("varbyte", SqlType.varbyte(256)),
          Map.entry("oid", SqlType.OID));

  record Value(SqlType type, Optional<Object> value) {}

  private final FunctionCatalog catalog = FunctionCatalog.builtIn();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private ExampleEvaluator(String sql) {
    Matcher matcher = TOKEN.matcher(sql.strip());
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /// The value of an expression as text, empty for NULL.
  static Optional<String> evaluate(String sql) {
    ExampleEvaluator evaluator = new ExampleEvaluator(sql);
    Value value = evaluator.cut(evaluator.additive());
    if (evaluator.at < evaluator.tokens.size()) {
      throw new IllegalArgumentException(
          sql + ": unread " + evaluator.tokens.subList(evaluator.at, evaluator.tokens.size()));
    }
    return text(value);
  }

  /// ROUND and TRUNC of decimals without the digits that the binder cuts off.
  private Value cut(Value value) {
    String name = tokens.getFirst();
    if (value.type().kind() != TypeKind.DECIMAL
        || !List.of("round", "trunc").contains(name)
        || !tokens.contains(",")) {
      return value;
    }
    String places = String.join("", tokens.subList(tokens.indexOf(",") + 1, tokens.size() - 1));
    int scale = Math.clamp(Integer.parseInt(places), 0, value.type().scale());
    return cast(value, SqlType.decimal(value.type().precision(), scale));
  }

  private static Optional<String> text(Value value) {
    if (value.type().kind() == TypeKind.VARBYTE && value.value().isPresent()) {
      StringBuilder hex = new StringBuilder();
      for (byte b : (byte[]) value.value().get()) {
        hex.append(String.format("%02x", b));
      }
      return Optional.of(hex.toString());
    }
    if (value.type().kind() == TypeKind.BOOLEAN) {
      return value.value().map(v -> v.equals(1) ? "t" : "f");
    }
    return cast(value, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES)).value().map(String.class::cast);
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at).toLowerCase(Locale.ROOT) : "";
  }

  private boolean take(String token) {
    if (peek().equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException("expected " + token + " at " + at + " of " + tokens);
    }
  }

  private Value additive() {
    Value left = multiplicative();
    while (List.of("+", "-", "||", "&", "|", "#", "<<", ">>").contains(peek())) {
      String operator = tokens.get(at++);
      left = call(operator, List.of(left, multiplicative()));
    }
    return left;
  }

  private Value multiplicative() {
    Value left = postfix();
    while (List.of("*", "/", "%", "^").contains(peek())) {
      String operator = tokens.get(at++);
      left = call(operator, List.of(left, postfix()));
    }
    return left;
  }

  private Value postfix() {
    Value value = primary();
    while (true) {
      if (take("::")) {
        value = cast(value, type());
      } else if (peek().equals("at")) {
        at += 3;
        value = call("timezone", List.of(primary(), value));
      } else {
        return value;
      }
    }
  }

  private static SqlType plain(String name) {
    return Objects.requireNonNull(TYPES.get(name), name);
  }

  private SqlType type() {
    String name = tokens.get(at++).toLowerCase(Locale.ROOT);
    if (!take("(")) {
      return name.equals("decimal") ? SqlType.decimal(18, 0) : plain(name);
    }
    int first = Integer.parseInt(tokens.get(at++));
    int second = take(",") ? Integer.parseInt(tokens.get(at++)) : 0;
    expect(")");
    return switch (name) {
      case "decimal", "numeric" -> SqlType.decimal(first, second);
      case "char" -> SqlType.character(first);
      case "varbyte" -> SqlType.varbyte(first);
      default -> SqlType.varchar(first);
    };
  }

  private Value primary() {
    String token = tokens.get(at++);
    String lower = token.toLowerCase(Locale.ROOT);
    if (token.equals("(")) {
      Value inner = additive();
      expect(")");
      return inner;
    }
    if (token.equals("-") || token.equals("~") || token.equals("@") || token.equals("|/")) {
      return prefix(token);
    }
    if (token.startsWith("'")) {
      return literal(token);
    }
    if (Character.isDigit(token.charAt(0)) || token.startsWith(".")) {
      return number(token);
    }
    if (peek().startsWith("'") && (TYPES.containsKey(lower) || lower.equals("interval"))) {
      return typed(lower);
    }
    return switch (lower) {
      case "null" -> new Value(SqlType.UNKNOWN, Optional.empty());
      case "true" -> new Value(SqlType.BOOLEAN, Optional.of(1));
      case "false" -> new Value(SqlType.BOOLEAN, Optional.of(0));
      default -> named(lower);
    };
  }

  private Value prefix(String operator) {
    Value operand = postfix();
    if (!operator.equals("-")) {
      return call(operator, List.of(operand));
    }
    return new Value(
        operand.type(),
        operand
            .value()
            .map(
                value ->
                    switch (value) {
                      case Integer v -> (Object) (-v);
                      case Long v -> -v;
                      case Double v -> -v;
                      default -> Int128.of(((Int128) value).toBigInteger().negate());
                    }));
  }

  private static Value literal(String token) {
    String text = token.substring(1, token.length() - 1).replace("''", "'");
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return new Value(new SqlType(TypeKind.UNKNOWN, bytes, 0), Optional.of(text));
  }

  private static Value number(String token) {
    BigDecimal value = new BigDecimal(token);
    if (token.indexOf('.') >= 0) {
      int scale = Math.max(0, value.scale());
      SqlType type = SqlType.decimal(Math.max(value.precision(), Math.max(1, scale)), scale);
      return new Value(type, Optional.of(exact(value, type)));
    }
    return value.unscaledValue().bitLength() > 31
        ? new Value(SqlType.BIGINT, Optional.of(value.longValueExact()))
        : new Value(SqlType.INTEGER, Optional.of(value.intValueExact()));
  }

  private static Object exact(BigDecimal value, SqlType type) {
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
    return type.physical() == Physical.LONG
        ? (Object) scaled.unscaledValue().longValueExact()
        : Int128.of(scaled.unscaledValue());
  }

  private Value typed(String name) {
    Value text = literal(tokens.get(at++));
    if (!name.equals("interval")) {
      return cast(text, plain(name));
    }
    byte[] bytes = ((String) text.value().get()).getBytes(StandardCharsets.UTF_8);
    boolean isMonths = Intervals.parse(bytes, 0, bytes.length).months() != 0;
    while (List.of("year", "day", "to", "month", "second").contains(peek())) {
      at++;
    }
    return cast(text, isMonths ? SqlType.INTERVAL_YEAR_MONTH : SqlType.INTERVAL_DAY_SECOND);
  }

  private Value named(String name) {
    if (!take("(")) {
      return call(name, List.of());
    }
    List<Value> arguments = new ArrayList<>();
    if (catalog.takesDatePart(name) && DatePart.of(unquoted(peek())).isPresent()) {
      DatePart part = DatePart.of(unquoted(tokens.get(at++))).orElseThrow();
      arguments.add(new Value(SqlType.INTEGER, Optional.of(part.code())));
      at++;
    }
    while (!take(")")) {
      arguments.add(additive());
      if (name.equals("object_transform")) {
        arguments.add(listBehind("keep"));
        arguments.add(listBehind("set"));
      }
      if (!take(",") && !take("in")) {
        expect(")");
        break;
      }
    }
    return call(name, arguments);
  }

  /// What is listed behind a word of a call, as an array; empty if the word is not there.
  private Value listBehind(String word) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    boolean more = take(word);
    while (more) {
      Object value = additive().value().orElseThrow();
      array.add(value instanceof String text ? '"' + text.replace("\"", "\\\"") + '"' : "" + value);
      more = take(",");
    }
    return call("json_parse", List.of(literal("'" + array + "'")));
  }

  private static String unquoted(String token) {
    return token.replace("'", "");
  }

  private Value call(String name, List<Value> arguments) {
    List<SqlType> types = arguments.stream().map(Value::type).toList();
    ResolvedFunction function =
        catalog
            .resolve(name, types)
            .map(call -> withConstant(call, arguments))
            .orElseThrow(() -> FunctionCatalog.notFound(name, types));
    if (function.stable().isPresent()) {
      return new Value(
          function.type(), Optional.of(value(function.stable().get().evaluate(SESSION))));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Value argument = cast(arguments.get(i), function.parameterTypes().get(i));
      if (argument.value().isEmpty()) {
        return new Value(function.type(), Optional.empty());
      }
      values.add(argument.value().get());
    }
    for (ExtraArgument extra : function.extraArguments()) {
      values.add(
          switch (extra) {
            case ExtraArgument.Fixed(SqlType _, Constant constant) -> value(constant);
            case ExtraArgument.OfSession session -> value(session.function().evaluate(SESSION));
          });
    }
    boolean isRaw = isRaw(function.type());
    return new Value(
        function.type(),
        Invocation.call(catalog.implementation(function.functionId()), values, isRaw));
  }

  private ResolvedFunction withConstant(ResolvedFunction call, List<Value> arguments) {
    return !arguments.isEmpty() && arguments.getLast().value().orElse("") instanceof String text
        ? catalog.withConstant(call, text)
        : call;
  }

  private static Object value(Constant constant) {
    return switch (constant) {
      case Constant.IntValue(int v) -> v;
      case Constant.LongValue(long v) -> v;
      case Constant.DoubleValue(double v) -> v;
      case Constant.Int128Value(Int128 v) -> v;
      case Constant.BytesValue(byte[] v) -> new String(v, StandardCharsets.UTF_8);
      case Constant.Null _ -> throw new IllegalArgumentException();
    };
  }

  private static Value cast(Value value, SqlType to) {
    if (value.value().isEmpty() || value.type().equals(to)) {
      return new Value(to, value.value());
    }
    SqlType from = value.type().kind() == TypeKind.UNKNOWN ? SqlType.varchar(100) : value.type();
    Optional<CastImplementation> cast = CastCatalog.implementation(from, to, false);
    if (cast.isPresent()) {
      List<Object> arguments = new ArrayList<>(List.of(value.value().get()));
      arguments.addAll(cast.get().trailing());
      boolean isRaw = isRaw(to);
      return new Value(to, Invocation.call(cast.get().function(), arguments, isRaw));
    }
    return new Value(to, Optional.of(inline(value, to)));
  }

  /// The conversions among numbers that generated code does itself.
  private static Object inline(Value value, SqlType to) {
    Object object = value.value().get();
    if (!(object instanceof Number) && !(object instanceof Int128)) {
      return object;
    }
    BigDecimal number =
        object instanceof Int128 wide
            ? new BigDecimal(wide.toBigInteger(), value.type().scale())
            : object instanceof Double d
                ? BigDecimal.valueOf(d)
                : BigDecimal.valueOf(((Number) object).longValue(), value.type().scale());
    return switch (to.physical()) {
      case INT -> number.setScale(0, RoundingMode.HALF_UP).intValueExact();
      case DOUBLE -> number.doubleValue();
      default -> exact(number, to);
    };
  }

  private static boolean isRaw(SqlType type) {
    return switch (type.kind()) {
      case VARBYTE, GEOMETRY, GEOGRAPHY -> true;
      default -> false;
    };
  }
}
