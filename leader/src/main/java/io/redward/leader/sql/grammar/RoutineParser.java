package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement.ArgumentMode;
import io.redward.leader.sql.ast.RoutineStatement.CallStatement;
import io.redward.leader.sql.ast.RoutineStatement.CreateExternalFunctionStatement;
import io.redward.leader.sql.ast.RoutineStatement.CreateFunctionStatement;
import io.redward.leader.sql.ast.RoutineStatement.CreateLibraryStatement;
import io.redward.leader.sql.ast.RoutineStatement.CreateModelStatement;
import io.redward.leader.sql.ast.RoutineStatement.CreateProcedureStatement;
import io.redward.leader.sql.ast.RoutineStatement.NamedOption;
import io.redward.leader.sql.ast.RoutineStatement.RoutineArgument;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.RoutineStatement.Volatility;
import io.redward.leader.sql.ast.SessionStatement.SetStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Functions, procedures, libraries, models; CALL.
final class RoutineParser {
  private static final Set<String> MODEL_WORDS =
      Set.of(
          "from",
          "target",
          "function",
          "returns",
          "iam_role",
          "auto",
          "model_type",
          "problem_type",
          "objective",
          "preprocessors",
          "hyperparameters",
          "settings",
          "sagemaker");
  private static final Set<String> EXTERNAL_FUNCTION_WORDS =
      Set.of(
          "lambda", "sagemaker", "iam_role", "retry_timeout", "max_batch_rows", "max_batch_size");
  private static final Set<String> LIBRARY_WORDS =
      Set.of(
          "region",
          "iam_role",
          "credentials",
          "access_key_id",
          "secret_access_key",
          "session_token");

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  RoutineParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement create(boolean orReplace, int position) {
    if (cursor.acceptWord("function")) {
      return function(orReplace, position);
    }
    if (cursor.acceptWord("procedure")) {
      return procedure(orReplace, position);
    }
    if (cursor.acceptWord("external")) {
      cursor.expectWord("function");
      return externalFunction(orReplace, position);
    }
    cursor.expectWord("library");
    return library(orReplace, position);
  }

  Statement call() {
    int position = cursor.expectWord("call").position();
    QualifiedName procedure = names.qualifiedName();
    cursor.expect(TokenKind.LEFT_PAREN);
    List<Expr> arguments =
        cursor.at(TokenKind.RIGHT_PAREN) ? List.of() : names.list(grammar.expressions::expression);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new CallStatement(procedure, arguments, position);
  }

  // -- signatures

  /// `name [( [name] [mode] type, … )]`.
  RoutineSignature signature() {
    QualifiedName name = names.qualifiedName();
    if (!cursor.at(TokenKind.LEFT_PAREN)) {
      return new RoutineSignature(name, Optional.empty());
    }
    List<TypeName> types = arguments().stream().map(RoutineArgument::type).toList();
    return new RoutineSignature(name, Optional.of(types));
  }

  private List<RoutineArgument> arguments() {
    cursor.expect(TokenKind.LEFT_PAREN);
    List<RoutineArgument> arguments =
        cursor.at(TokenKind.RIGHT_PAREN) ? List.of() : names.list(this::argument);
    cursor.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  /// `[name] [IN | OUT | INOUT] type`, or the mode first.
  private RoutineArgument argument() {
    Optional<ArgumentMode> mode = mode();
    Optional<Identifier> name = Optional.empty();
    if (nameStands()) {
      name = Optional.of(names.label());
    }
    if (mode.isEmpty()) {
      mode = mode();
    }
    TypeName type = grammar.types.typeName();
    return new RoutineArgument(name, mode.orElse(ArgumentMode.IN), type);
  }

  private Optional<ArgumentMode> mode() {
    if (cursor.acceptWord("in")) {
      return Optional.of(ArgumentMode.IN);
    }
    if (cursor.acceptWord("out")) {
      return Optional.of(ArgumentMode.OUT);
    }
    return cursor.acceptWord("inout") ? Optional.of(ArgumentMode.INOUT) : Optional.empty();
  }

  /// Is the next word a name, that is, does a type follow it?
  private boolean nameStands() {
    Token after = cursor.peek(1);
    boolean word = after.is(TokenKind.WORD) || after.is(TokenKind.QUOTED_NAME);
    if (!word) {
      return false;
    }
    String suffix = after.text();
    return switch (suffix) {
      case "precision" -> !cursor.atWord("double");
      case "varying" -> !cursor.atAnyWord("character", "char", "binary", "nchar", "bit");
      case "with", "without" -> false;
      default -> true;
    };
  }

  // -- CREATE

  private Statement function(boolean orReplace, int position) {
    QualifiedName name = names.qualifiedName();
    List<RoutineArgument> arguments = arguments();
    cursor.expectWord("returns");
    TypeName returns = grammar.types.typeName();
    Volatility volatility = Volatility.VOLATILE;
    String body = "";
    String language = "sql";
    Optional<Boolean> skipsNulls = Optional.empty();
    int bodyPosition = position;
    while (!atEnd()) {
      if (cursor.atAnyWord("volatile", "stable", "immutable")) {
        volatility = volatility();
      } else if (cursor.acceptWord("as")) {
        bodyPosition = bodyPosition(cursor.peek(0));
        body = names.string();
      } else if (cursor.acceptWord("strict")) {
        skipsNulls = Optional.of(true);
      } else if (cursor.acceptWord("called")) {
        onNullInput();
        skipsNulls = Optional.of(false);
      } else if (cursor.acceptWord("returns")) {
        cursor.expectWord("null");
        onNullInput();
        skipsNulls = Optional.of(true);
      } else {
        cursor.expectWord("language");
        language = names.label().name();
      }
    }
    return new CreateFunctionStatement(
        name,
        orReplace,
        arguments,
        returns,
        volatility,
        skipsNulls.orElse(!language.equals("plpythonu")),
        body,
        bodyPosition,
        language,
        position);
  }

  /// The position of a string's first character: behind `'`, `$$` or `$word$`.
  private static int bodyPosition(Token string) {
    int quotes = string.end() - string.start() - string.text().length();
    return string.position() + Math.max(1, quotes / 2);
  }

  private void onNullInput() {
    cursor.expectWord("on");
    cursor.expectWord("null");
    cursor.expectWord("input");
  }

  private boolean atEnd() {
    return cursor.at(TokenKind.END) || cursor.at(TokenKind.SEMICOLON);
  }

  private Volatility volatility() {
    return switch (cursor.next().text()) {
      case "stable" -> Volatility.STABLE;
      case "immutable" -> Volatility.IMMUTABLE;
      default -> Volatility.VOLATILE;
    };
  }

  private Statement externalFunction(boolean orReplace, int position) {
    QualifiedName name = names.qualifiedName();
    List<RoutineArgument> arguments = arguments();
    cursor.expectWord("returns");
    TypeName returns = grammar.types.typeName();
    Volatility volatility =
        cursor.atAnyWord("volatile", "stable", "immutable") ? volatility() : Volatility.VOLATILE;
    List<NamedOption> options = new ClauseParser(cursor).clauses(EXTERNAL_FUNCTION_WORDS, Set.of());
    return new CreateExternalFunctionStatement(
        name, orReplace, arguments, returns, volatility, options, position);
  }

  private Statement procedure(boolean orReplace, int position) {
    QualifiedName name = names.qualifiedName();
    List<RoutineArgument> arguments = arguments();
    boolean nonAtomic = false;
    boolean definer = false;
    String body = "";
    String language = "plpgsql";
    Optional<SetStatement> set = Optional.empty();
    while (!atEnd()) {
      if (cursor.acceptWord("nonatomic")) {
        nonAtomic = true;
      } else if (cursor.acceptWord("as")) {
        body = names.string();
      } else if (cursor.acceptWord("language")) {
        language = names.label().name();
      } else if (cursor.acceptWord("security")) {
        definer = cursor.acceptWord("definer");
        if (!definer) {
          cursor.expectWord("invoker");
        }
      } else {
        cursor.expectWord("set");
        set = Optional.of(new SessionParser(grammar).assignment(false, position));
      }
    }
    return new CreateProcedureStatement(
        name, orReplace, arguments, nonAtomic, body, language, definer, set, position);
  }

  private Statement library(boolean orReplace, int position) {
    Identifier name = names.name();
    cursor.expectWord("language");
    String language = names.label().name();
    cursor.expectWord("from");
    String source = names.string();
    List<NamedOption> options = new ClauseParser(cursor).clauses(LIBRARY_WORDS, Set.of());
    return new CreateLibraryStatement(name, orReplace, language, source, options, position);
  }

  Statement createModel(boolean external, int position) {
    QualifiedName name = names.qualifiedName();
    List<NamedOption> clauses = new ClauseParser(cursor).clauses(MODEL_WORDS, Set.of());
    return new CreateModelStatement(name, external, clauses, position);
  }
}
