package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.DataStatement.ProfileStatement;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.SessionStatement.ShowParameterStatement;
import io.redward.leader.sql.ast.ShowStatement.DefinitionKind;
import io.redward.leader.sql.ast.ShowStatement.ListKind;
import io.redward.leader.sql.ast.ShowStatement.ShowDefinitionStatement;
import io.redward.leader.sql.ast.ShowStatement.ShowListStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.Optional;
import java.util.OptionalLong;

/// SHOW: of settings, lists of objects, definitions.
final class ShowParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  ShowParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement show() {
    int position = cursor.expectWord("show").position();
    Token word = cursor.peek();
    if (!word.is(TokenKind.WORD) || cursor.peek(1).is(TokenKind.DOT)) {
      return parameter(position);
    }
    return switch (word.text()) {
      case "databases" -> new ShowRelationQueries(grammar).databases();
      case "schemas" -> new ShowRelationQueries(grammar).schemas();
      case "tables" -> new ShowRelationQueries(grammar).tables();
      case "columns" -> list(ListKind.COLUMNS, position);
      case "views" -> list(ListKind.VIEWS, position);
      case "functions" -> list(ListKind.FUNCTIONS, position);
      case "procedures" -> list(ListKind.PROCEDURES, position);
      case "parameters" -> list(ListKind.PARAMETERS, position);
      case "constraints" -> list(ListKind.CONSTRAINTS, position);
      case "masking", "rls" -> new ShowQueries(grammar).policies();
      case "grants" -> list(ListKind.GRANTS, position);
      case "datashares" -> new ShowQueries(grammar).datashares();
      case "templates" -> new ShowQueries(grammar).templates();
      case "column" -> {
        cursor.next();
        yield list(ListKind.COLUMN_GRANTS, position);
      }
      case "table" -> definition(DefinitionKind.TABLE, position);
      case "view" -> definition(DefinitionKind.VIEW, position);
      case "external" -> {
        cursor.next();
        yield definition(DefinitionKind.EXTERNAL_TABLE, position);
      }
      case "procedure" -> definition(DefinitionKind.PROCEDURE, position);
      case "function" -> definition(DefinitionKind.FUNCTION, position);
      case "template" -> definition(DefinitionKind.TEMPLATE, position);
      case "model" ->
          cursor.peek(1).isWord("all")
              ? new ShowQueries(grammar).models()
              : definition(DefinitionKind.MODEL, position);
      default -> parameter(position);
    };
  }

  /// `SUMMARIZE query | table | file`.
  Statement summarize() {
    int position = cursor.expectWord("summarize").position();
    Query query =
        grammar.queries.atQuery() ? grammar.queries.query() : all(grammar.tables.tableRef());
    return new ProfileStatement(query, true, position);
  }

  private static Query all(TableRef table) {
    return Query.of(QueryBody.SelectQuery.all(table));
  }

  /// `DESCRIBE table`: its columns; `DESCRIBE query | file`.
  Statement describe() {
    int position = cursor.expectWord("describe").position();
    if (grammar.queries.atQuery()) {
      return new ProfileStatement(grammar.queries.query(), false, position);
    }
    if (cursor.at(TokenKind.STRING)) {
      return new ProfileStatement(all(grammar.tables.tableRef()), false, position);
    }
    return new ShowListStatement(
        ListKind.COLUMNS,
        Optional.of(names.qualifiedName()),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        position);
  }

  private Statement parameter(int position) {
    if (cursor.acceptWords("time", "zone")) {
      return new ShowParameterStatement("timezone", position);
    }
    if (cursor.acceptWords("transaction", "isolation", "level")) {
      return new ShowParameterStatement("transaction_isolation", position);
    }
    if (cursor.acceptWords("session", "authorization")) {
      return new ShowParameterStatement("session_authorization", position);
    }
    if (cursor.acceptWord("all")) {
      return new ShowParameterStatement("all", position);
    }
    return new ShowParameterStatement(names.qualifiedName().toString(), position);
  }

  /// `[FROM | ON | OF | IN [kind words] name] [FOR grantee] [LIKE 'pattern'] [LIMIT n]`.
  private Statement list(ListKind kind, int position) {
    cursor.next();
    ListKind shown = kind;
    Optional<QualifiedName> from = Optional.empty();
    Optional<String> like = Optional.empty();
    Optional<Grantee> grantee = Optional.empty();
    OptionalLong limit = OptionalLong.empty();
    while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON)) {
      if (cursor.acceptWord("like")) {
        like = Optional.of(names.string());
      } else if (cursor.acceptWord("limit")) {
        limit = OptionalLong.of(names.signedLong());
      } else if (cursor.acceptWord("for")) {
        grantee = Optional.of(new GrantParser(grammar).grantee());
      } else if (cursor.atAnyWord("from", "on", "of", "in")) {
        cursor.next();
        from = Optional.of(container());
      } else if (cursor.acceptWords("primary", "keys")) {
        shown = ListKind.PRIMARY_KEYS;
      } else if (cursor.acceptWords("foreign", "keys")) {
        shown = ListKind.FOREIGN_KEYS;
      } else if (shown == ListKind.FOREIGN_KEYS && cursor.acceptWord("exported")) {
        shown = ListKind.EXPORTED_KEYS;
      } else if (!cursor.acceptWord("grants")) {
        throw cursor.syntaxError();
      }
    }
    return new ShowListStatement(shown, from, like, limit, grantee, position);
  }

  /// A name behind the word for its kind, perhaps with argument types.
  private QualifiedName container() {
    boolean kind =
        cursor.atAnyWord("schema", "database", "table", "function", "procedure", "datashare")
            && !endsAfter(cursor.peek(1));
    if (kind) {
      cursor.next();
    }
    return new RoutineParser(grammar).signature().name();
  }

  private static boolean endsAfter(Token token) {
    return token.is(TokenKind.END) || token.is(TokenKind.SEMICOLON) || token.is(TokenKind.DOT);
  }

  private Statement definition(DefinitionKind kind, int position) {
    cursor.next();
    RoutineSignature object = new RoutineParser(grammar).signature();
    boolean partition = cursor.acceptWord("partition");
    return new ShowDefinitionStatement(kind, object, partition, position);
  }
}
