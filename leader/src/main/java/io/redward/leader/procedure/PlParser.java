package io.redward.leader.procedure;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.procedure.PlStatement.Block;
import io.redward.leader.procedure.PlStatement.Branch;
import io.redward.leader.procedure.PlStatement.Declaration;
import io.redward.leader.procedure.PlStatement.Rows;
import io.redward.leader.procedure.PlStatement.Target;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses the body of a procedure.
public final class PlParser {
  private final PlTokens tokens;

  private PlParser(PlTokens tokens) {
    this.tokens = tokens;
  }

  /// The block that a procedure's body is.
  ///
  /// @throws SqlException 42601
  public static Block parse(String body, ParserOptions options) {
    PlTokens tokens = PlTokens.of(body, options);
    Block block = new PlParser(tokens).block(tokens.label());
    tokens.accept(TokenKind.SEMICOLON);
    if (!tokens.at(TokenKind.END)) {
      throw tokens.error();
    }
    return block;
  }

  private Block block(String label) {
    List<Declaration> declarations = new ArrayList<>();
    if (tokens.acceptWord("declare")) {
      while (!tokens.atWord("begin")) {
        if (!tokens.acceptWord("declare")) {
          declarations.add(declaration());
        }
      }
    }
    tokens.expectWord("begin");
    List<PlStatement> body = statements();
    Optional<List<PlStatement>> handler = Optional.empty();
    if (tokens.acceptWord("exception")) {
      tokens.expectWord("when");
      if (!tokens.acceptWord("others")) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "EXCEPTION supports the condition OTHERS only");
      }
      tokens.expectWord("then");
      handler = Optional.of(statements());
    }
    tokens.expectWord("end");
    tokens.acceptName();
    return new Block(label, declarations, body, handler);
  }

  private Declaration declaration() {
    String name = tokens.name();
    boolean constant = tokens.acceptWord("constant");
    if (tokens.acceptWord("cursor")) {
      List<PlStatement.Parameter> parameters = new ArrayList<>();
      if (tokens.accept(TokenKind.LEFT_PAREN)) {
        do {
          String parameter = tokens.name();
          parameters.add(new PlStatement.Parameter(parameter, tokens.untilAny(",", ")")));
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PAREN);
      }
      if (!tokens.acceptWord("for")) {
        tokens.expectWord("is");
      }
      String query = tokens.until();
      tokens.expect(TokenKind.SEMICOLON);
      return new Declaration(name, "refcursor", constant, Optional.empty(), query, parameters);
    }
    if (tokens.acceptWord("alias")) {
      tokens.expectWord("for");
      String initial = tokens.until();
      tokens.expect(TokenKind.SEMICOLON);
      return new Declaration(name, "alias", constant, Optional.of(initial));
    }
    String type = tokens.untilAny("not", "default", ":=", "=");
    if (tokens.acceptWord("not")) {
      tokens.expectWord("null");
    }
    Optional<String> initial = Optional.empty();
    if (tokens.acceptAssignment() || tokens.acceptWord("default")) {
      initial = Optional.of(tokens.until());
    }
    tokens.expect(TokenKind.SEMICOLON);
    return new Declaration(name, type, constant, initial);
  }

  private List<PlStatement> statements() {
    List<PlStatement> list = new ArrayList<>();
    while (!tokens.atWord("end")
        && !tokens.atWord("exception")
        && !tokens.atWord("elsif")
        && !tokens.atWord("elseif")
        && !tokens.atWord("else")
        && !tokens.atWord("when")) {
      list.add(statement());
    }
    return list;
  }

  private PlStatement statement() {
    String label = tokens.label();
    PlStatement statement =
        switch (tokens.word()) {
          case "declare", "begin" -> block(label);
          case "if" -> choice();
          case "case" -> cases();
          case "loop", "while", "for" -> loop(label);
          default -> simple();
        };
    tokens.expect(TokenKind.SEMICOLON);
    return statement;
  }

  private PlStatement simple() {
    return switch (tokens.word()) {
      case "exit", "continue" -> leave();
      case "return" -> {
        tokens.next();
        tokens.until();
        yield new PlStatement.Return();
      }
      case "raise" -> raise();
      case "execute" -> {
        tokens.next();
        String expression = tokens.untilAny("into");
        yield new PlStatement.Execute(expression, into());
      }
      case "perform" -> {
        tokens.next();
        yield new PlStatement.Sql("select " + tokens.until(), List.of(), true);
      }
      case "open" -> open();
      case "fetch", "move" -> fetch();
      case "close" -> {
        tokens.next();
        yield new PlStatement.Close(tokens.name());
      }
      case "get" -> {
        tokens.next();
        tokens.expectWord("diagnostics");
        Target target = target();
        tokens.expectAssignment();
        tokens.expectWord("row_count");
        yield new PlStatement.RowCount(target);
      }
      case "null" -> {
        tokens.next();
        yield new PlStatement.Nothing();
      }
      default -> assignmentOrSql();
    };
  }

  private PlStatement assignmentOrSql() {
    if (tokens.assignmentFollows()) {
      Target target = target();
      tokens.expectAssignment();
      return new PlStatement.Assign(target, tokens.until());
    }
    boolean query = tokens.atWord("select") || tokens.atWord("with");
    if (!query) {
      return new PlStatement.Sql(tokens.until(), List.of(), false);
    }
    String before = tokens.untilAny("into");
    if (!tokens.atWord("into")) {
      return new PlStatement.Sql(before, List.of(), false);
    }
    List<Target> into = into();
    String after = tokens.until();
    return new PlStatement.Sql(before + " " + after, into, false);
  }

  private List<Target> into() {
    List<Target> targets = new ArrayList<>();
    if (tokens.acceptWord("into")) {
      tokens.acceptWord("strict");
      do {
        targets.add(target());
      } while (tokens.accept(TokenKind.COMMA));
    }
    return targets;
  }

  private Target target() {
    String name = tokens.name();
    return new Target(name, tokens.accept(TokenKind.DOT) ? tokens.name() : "");
  }

  private PlStatement choice() {
    tokens.next();
    List<Branch> branches = new ArrayList<>();
    do {
      String condition = tokens.untilAny("then");
      tokens.expectWord("then");
      branches.add(new Branch(condition, statements()));
    } while (tokens.acceptWord("elsif") || tokens.acceptWord("elseif"));
    List<PlStatement> otherwise = tokens.acceptWord("else") ? statements() : List.of();
    tokens.expectWord("end");
    tokens.expectWord("if");
    return new PlStatement.If(branches, otherwise);
  }

  private PlStatement cases() {
    tokens.next();
    String operand = tokens.atWord("when") ? "" : tokens.untilAny("when");
    List<Branch> branches = new ArrayList<>();
    while (tokens.acceptWord("when")) {
      String when = tokens.untilAny("then");
      tokens.expectWord("then");
      String condition = operand.isEmpty() ? when : "(" + operand + ") in (" + when + ")";
      branches.add(new Branch(condition, statements()));
    }
    List<PlStatement> otherwise =
        tokens.acceptWord("else")
            ? statements()
            : List.of(new PlStatement.Raise("exception", "case not found", List.of()));
    tokens.expectWord("end");
    tokens.expectWord("case");
    return new PlStatement.If(branches, otherwise);
  }

  private PlStatement loop(String label) {
    if (tokens.acceptWord("loop")) {
      return new PlStatement.Loop(label, Optional.empty(), loopBody());
    }
    if (tokens.acceptWord("while")) {
      String condition = tokens.untilAny("loop");
      tokens.expectWord("loop");
      return new PlStatement.Loop(label, Optional.of(condition), loopBody());
    }
    tokens.expectWord("for");
    List<Target> targets = new ArrayList<>();
    do {
      targets.add(target());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expectWord("in");
    boolean reverse = tokens.acceptWord("reverse");
    boolean dynamic = tokens.acceptWord("execute");
    String source = tokens.untilAny("loop");
    tokens.expectWord("loop");
    int dots = source.indexOf("..");
    if (dots < 0 || dynamic) {
      return new PlStatement.ForRows(label, targets, new Rows(dynamic, source), loopBody());
    }
    String to = source.substring(dots + 2);
    String[] parts = to.split("(?i)\\bby\\b", 2);
    return new PlStatement.ForRange(
        label,
        targets.getFirst().name(),
        reverse,
        source.substring(0, dots),
        parts[0],
        parts.length > 1 ? parts[1] : "1",
        loopBody());
  }

  private List<PlStatement> loopBody() {
    List<PlStatement> body = statements();
    tokens.expectWord("end");
    tokens.expectWord("loop");
    tokens.acceptName();
    return body;
  }

  private PlStatement leave() {
    boolean exit = tokens.atWord("exit");
    tokens.next();
    String label = tokens.atWord("when") || tokens.at(TokenKind.SEMICOLON) ? "" : tokens.name();
    Optional<String> condition =
        tokens.acceptWord("when") ? Optional.of(tokens.until()) : Optional.empty();
    return new PlStatement.Leave(exit, label, condition);
  }

  private PlStatement raise() {
    tokens.next();
    String level =
        switch (tokens.word()) {
          case "info", "notice", "warning", "log", "debug", "exception" -> tokens.name();
          default -> "exception";
        };
    if (tokens.at(TokenKind.SEMICOLON)) {
      return new PlStatement.Raise("again", "", List.of());
    }
    String format = tokens.string();
    List<String> arguments = new ArrayList<>();
    while (tokens.accept(TokenKind.COMMA)) {
      arguments.add(tokens.untilAny(","));
    }
    return new PlStatement.Raise(level, format, arguments);
  }

  private PlStatement open() {
    tokens.next();
    String cursor = tokens.name();
    List<String> arguments = new ArrayList<>();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      do {
        arguments.add(tokens.untilAny(",", ")"));
      } while (tokens.accept(TokenKind.COMMA));
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    if (!tokens.acceptWord("for")) {
      return new PlStatement.Open(cursor, arguments, Optional.empty());
    }
    boolean dynamic = tokens.acceptWord("execute");
    return new PlStatement.Open(cursor, arguments, Optional.of(new Rows(dynamic, tokens.until())));
  }

  private PlStatement fetch() {
    tokens.next();
    tokens.acceptWord("next");
    if (!tokens.acceptWord("from")) {
      tokens.acceptWord("in");
    }
    return new PlStatement.Fetch(tokens.name(), into());
  }
}
