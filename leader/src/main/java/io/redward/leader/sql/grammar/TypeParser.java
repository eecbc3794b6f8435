package io.redward.leader.sql.grammar;

import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.IntervalQualifier;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Keywords;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Type names, brought to one spelling each.
final class TypeParser {
  /// Synonyms of one word.
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int2", "smallint"),
          Map.entry("int8", "bigint"),
          Map.entry("numeric", "decimal"),
          Map.entry("dec", "decimal"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("double", "double precision"),
          Map.entry("bool", "boolean"),
          Map.entry("character", "char"),
          Map.entry("nchar", "char"),
          Map.entry("nvarchar", "varchar"),
          Map.entry("datetime", "timestamp"),
          Map.entry("varbinary", "varbyte"));

  /// Types of several words, and those that may be followed by a modifier and a string.
  private static final Set<String> LITERAL_TYPES =
      Set.of(
          "double",
          "character",
          "char",
          "nchar",
          "national",
          "varchar",
          "nvarchar",
          "decimal",
          "numeric",
          "dec",
          "timestamp",
          "time",
          "timestamptz",
          "timetz",
          "float",
          "bpchar");

  private static final Map<String, IntervalQualifier.Field> INTERVAL_FIELDS =
      Map.ofEntries(
          Map.entry("year", IntervalQualifier.Field.YEAR),
          Map.entry("years", IntervalQualifier.Field.YEAR),
          Map.entry("month", IntervalQualifier.Field.MONTH),
          Map.entry("months", IntervalQualifier.Field.MONTH),
          Map.entry("day", IntervalQualifier.Field.DAY),
          Map.entry("days", IntervalQualifier.Field.DAY),
          Map.entry("hour", IntervalQualifier.Field.HOUR),
          Map.entry("hours", IntervalQualifier.Field.HOUR),
          Map.entry("minute", IntervalQualifier.Field.MINUTE),
          Map.entry("minutes", IntervalQualifier.Field.MINUTE),
          Map.entry("second", IntervalQualifier.Field.SECOND),
          Map.entry("seconds", IntervalQualifier.Field.SECOND));

  private final TokenCursor cursor;
  private final NameParser names;

  /// Closing angle brackets still due from a token such as `>>`.
  private int angles;

  TypeParser(TokenCursor cursor, NameParser names) {
    this.cursor = cursor;
    this.names = names;
  }

  TypeName typeName() {
    Token first = cursor.peek();
    TypeName type = elementType(first);
    int dimensions = 0;
    while (cursor.at(TokenKind.LEFT_BRACKET)) {
      cursor.next();
      if (cursor.at(TokenKind.NUMBER)) {
        cursor.next();
      }
      cursor.expect(TokenKind.RIGHT_BRACKET);
      dimensions++;
    }
    return dimensions == 0
        ? type
        : new TypeName(
            type.schema(),
            type.name(),
            type.modifiers(),
            type.interval(),
            dimensions,
            type.fields(),
            type.position());
  }

  private TypeName elementType(Token first) {
    if (first.is(TokenKind.QUOTED_NAME)) {
      return namedType();
    }
    if (!first.is(TokenKind.WORD)) {
      throw cursor.syntaxError();
    }
    if (cursor.peek(1).is(TokenKind.DOT)) {
      return namedType();
    }
    return switch (first.text()) {
      case "double" -> doubleType();
      case "character", "char", "nchar", "national" -> characterType();
      case "bit", "binary" -> bitType();
      case "float" -> floatType();
      case "time", "timestamp" -> timeType();
      case "interval" -> intervalType();
      case "struct", "array", "map" -> nestedType();
      default -> namedType();
    };
  }

  private TypeName doubleType() {
    int position = cursor.next().position();
    cursor.acceptWord("precision");
    return TypeName.of("double precision", position);
  }

  private TypeName characterType() {
    int position = cursor.position();
    if (cursor.acceptWord("national") && !cursor.atAnyWord("character", "char")) {
      throw cursor.syntaxError();
    }
    cursor.next();
    String name = cursor.acceptWord("varying") ? "varchar" : "char";
    return TypeName.of(name, modifiers(), position);
  }

  private TypeName bitType() {
    Token first = cursor.next();
    boolean varying = cursor.acceptWord("varying");
    if (first.text().equals("binary")) {
      return TypeName.of("varbyte", modifiers(), first.position());
    }
    return TypeName.of(varying ? "bit varying" : "bit", modifiers(), first.position());
  }

  private TypeName floatType() {
    int position = cursor.next().position();
    List<Integer> modifiers = modifiers();
    if (modifiers.isEmpty()) {
      return TypeName.of("double precision", position);
    }
    int bits = modifiers.getFirst();
    if (bits < 1) {
      throw cursor.error(
          SqlState.INVALID_PARAMETER_VALUE,
          "precision for type float must be at least 1 bit",
          position);
    }
    if (bits > 53) {
      throw cursor.error(
          SqlState.INVALID_PARAMETER_VALUE,
          "precision for type float must be less than 54 bits",
          position);
    }
    return TypeName.of(bits <= 24 ? "real" : "double precision", position);
  }

  private TypeName timeType() {
    Token first = cursor.next();
    List<Integer> modifiers = modifiers();
    boolean zoned = zoneSuffix();
    return TypeName.of(first.text() + (zoned ? "tz" : ""), modifiers, first.position());
  }

  /// WITH | WITHOUT TIME ZONE, if it is there.
  private boolean zoneSuffix() {
    if (cursor.acceptWords("with", "time", "zone")) {
      return true;
    }
    cursor.acceptWords("without", "time", "zone");
    return false;
  }

  private TypeName intervalType() {
    int position = cursor.next().position();
    List<Integer> modifiers = modifiers();
    return new TypeName(
        Optional.empty(), "interval", modifiers, intervalQualifier(), 0, List.of(), position);
  }

  /// `YEAR TO MONTH`, `DAY TO SECOND (3)`, or one field; singular or plural.
  Optional<IntervalQualifier> intervalQualifier() {
    IntervalQualifier.Field from = fieldAt(cursor.peek());
    if (from == null) {
      return Optional.empty();
    }
    cursor.next();
    IntervalQualifier.Field to = from;
    IntervalQualifier.Field second = cursor.atWord("to") ? fieldAt(cursor.peek(1)) : null;
    if (second != null) {
      cursor.next();
      cursor.next();
      to = second;
    }
    OptionalInt precision = OptionalInt.empty();
    if (to == IntervalQualifier.Field.SECOND
        && cursor.at(TokenKind.LEFT_PAREN)
        && cursor.peek(1).is(TokenKind.NUMBER)) {
      cursor.next();
      precision = OptionalInt.of(names.integer());
      cursor.expect(TokenKind.RIGHT_PAREN);
    }
    if (to.ordinal() < from.ordinal() || (from.ordinal() <= 1) != (to.ordinal() <= 1)) {
      throw cursor.syntaxErrorAtLast();
    }
    return Optional.of(new IntervalQualifier(from, to, precision));
  }

  private static IntervalQualifier.@org.jspecify.annotations.Nullable Field fieldAt(Token token) {
    return token.is(TokenKind.WORD) ? INTERVAL_FIELDS.get(token.text()) : null;
  }

  private TypeName namedType() {
    Token first = cursor.peek();
    boolean quoted = first.is(TokenKind.QUOTED_NAME);
    if (!quoted && Keywords.categoryOf(first.text()) == Keywords.Category.RESERVED) {
      throw cursor.syntaxError();
    }
    Identifier name = names.label();
    Optional<Identifier> schema = Optional.empty();
    while (cursor.accept(TokenKind.DOT)) {
      schema = Optional.of(name);
      name = names.label();
    }
    if (name.quoted() && name.name().equals("char")) {
      // PostgreSQL's internal type of one byte.
      return TypeName.of("char", List.of(1), first.position());
    }
    String spelling = SYNONYMS.getOrDefault(name.name(), name.name());
    return new TypeName(
        schema, spelling, modifiers(), Optional.empty(), 0, List.of(), first.position());
  }

  /// `(n)`, `(p, s)`, `(MAX)` or nothing.
  private List<Integer> modifiers() {
    return names.optionalParenthesised(this::modifier);
  }

  private int modifier() {
    return cursor.acceptWord("max") ? TypeName.MAX : names.integer();
  }

  // -- nested types of external tables

  private TypeName nestedType() {
    Token first = cursor.next();
    List<TypeName.Field> fields = new ArrayList<>();
    if (cursor.atOperator("<")) {
      int saved = cursor.enter(1);
      cursor.next();
      do {
        fields.add(nestedField(first.text().equals("struct")));
      } while (angles == 0 && cursor.accept(TokenKind.COMMA));
      closeAngle();
      cursor.leave(1, saved);
    }
    return new TypeName(
        Optional.empty(), first.text(), List.of(), Optional.empty(), 0, fields, first.position());
  }

  private TypeName.Field nestedField(boolean named) {
    if (!named) {
      return new TypeName.Field(Optional.empty(), typeName());
    }
    Identifier name = names.label();
    cursor.expect(TokenKind.COLON);
    return new TypeName.Field(Optional.of(name), typeName());
  }

  private void closeAngle() {
    if (angles > 0) {
      angles--;
      return;
    }
    Token token = cursor.peek();
    if (!token.is(TokenKind.OPERATOR) || !token.text().chars().allMatch(c -> c == '>')) {
      throw cursor.syntaxError();
    }
    cursor.next();
    angles = token.text().length() - 1;
  }

  // -- literals

  /// Does `type 'text'` stand here, where the type has several words or a modifier?
  boolean atLongTypedLiteral() {
    if (!LITERAL_TYPES.contains(cursor.peek().text())) {
      return false;
    }
    int i = 1;
    while (isTypeSuffix(cursor.peek(i))) {
      i++;
    }
    if (cursor.peek(i).is(TokenKind.LEFT_PAREN) && cursor.peek(i + 1).is(TokenKind.NUMBER)) {
      i += 2;
      if (cursor.peek(i).is(TokenKind.COMMA) && cursor.peek(i + 1).is(TokenKind.NUMBER)) {
        i += 2;
      }
      if (!cursor.peek(i).is(TokenKind.RIGHT_PAREN)) {
        return false;
      }
      i++;
    }
    if (cursor.peek(i + 1).isWord("time") && cursor.peek(i + 2).isWord("zone")) {
      i += 3;
    }
    return i > 1 && cursor.peek(i).is(TokenKind.STRING);
  }

  private static boolean isTypeSuffix(Token token) {
    return token.isWord("precision")
        || token.isWord("varying")
        || token.isWord("character")
        || token.isWord("char");
  }
}
