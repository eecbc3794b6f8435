package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.AlterUserStatement;
import io.redward.leader.sql.ast.AccessStatement.CreateUserStatement;
import io.redward.leader.sql.ast.AccessStatement.UserOption;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CREATE USER and ALTER USER.
final class UserParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  UserParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement createUser(int position) {
    Identifier name = names.principal();
    return new CreateUserStatement(name, options(position), position);
  }

  Statement alterUser(int position) {
    Identifier name = names.principal();
    return new AlterUserStatement(name, options(position), position);
  }

  private List<UserOption> options(int position) {
    cursor.acceptWord("with");
    List<UserOption> options = new ArrayList<>();
    while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON)) {
      options.add(option(position));
      cursor.accept(TokenKind.COMMA);
    }
    return options;
  }

  private UserOption option(int position) {
    if (cursor.acceptWord("createdb")) {
      return new UserOption.CreateDatabaseRight(true);
    }
    if (cursor.acceptWord("nocreatedb")) {
      return new UserOption.CreateDatabaseRight(false);
    }
    if (cursor.acceptWord("createuser")) {
      return new UserOption.CreateUserRight(true);
    }
    if (cursor.acceptWord("nocreateuser")) {
      return new UserOption.CreateUserRight(false);
    }
    if (cursor.acceptWord("password")) {
      return new UserOption.Password(
          cursor.acceptWord("disable") ? Optional.empty() : Optional.of(names.string()));
    }
    if (cursor.acceptWords("valid", "until")) {
      return new UserOption.ValidUntil(names.string());
    }
    if (cursor.acceptWords("syslog", "access")) {
      boolean unrestricted = cursor.acceptWord("unrestricted");
      if (!unrestricted) {
        cursor.expectWord("restricted");
      }
      return new UserOption.SyslogAccess(unrestricted);
    }
    if (cursor.acceptWords("in", "group")) {
      return new UserOption.InGroups(names.list(names::principal));
    }
    if (cursor.acceptWords("connection", "limit")) {
      return new UserOption.UserConnectionLimit(new DatabaseParser(grammar).connectionLimit());
    }
    return otherOption(position);
  }

  private UserOption otherOption(int position) {
    if (cursor.acceptWords("session", "timeout")) {
      return new UserOption.SessionTimeout(Optional.of(names.integer()));
    }
    if (cursor.acceptWords("reset", "session", "timeout")) {
      return new UserOption.SessionTimeout(Optional.empty());
    }
    if (cursor.acceptWord("externalid")) {
      return new UserOption.ExternalId(
          cursor.at(TokenKind.STRING) ? names.string() : names.label().name());
    }
    if (cursor.acceptWords("rename", "to")) {
      return new UserOption.RenameUser(names.principal());
    }
    if (cursor.acceptWord("reset")) {
      return new UserOption.ResetUserParameter(names.qualifiedName().toString());
    }
    cursor.expectWord("set");
    return new UserOption.SetUserParameter(new SessionParser(grammar).assignment(false, position));
  }
}
