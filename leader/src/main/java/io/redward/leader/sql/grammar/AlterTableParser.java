package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.LogicalOperator;
import io.redward.leader.sql.ast.ExternalStatement.PartitionPlace;
import io.redward.leader.sql.ast.ExternalStatement.PartitionValue;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement.AlterAction;
import io.redward.leader.sql.ast.TableStatement.AlterTableAppendStatement;
import io.redward.leader.sql.ast.TableStatement.AlterTableStatement;
import io.redward.leader.sql.ast.TableStatement.AppendMode;
import io.redward.leader.sql.ast.TableStatement.DistStyle;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ALTER TABLE: its actions, for tables of the warehouse and external ones.
final class AlterTableParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  AlterTableParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement alterTable(int position) {
    boolean ifExists = names.ifExists();
    cursor.acceptWord("only");
    QualifiedName table = names.qualifiedName();
    if (cursor.acceptWord("append")) {
      return append(table, position);
    }
    return new AlterTableStatement(table, actions(), ifExists, position);
  }

  private Statement append(QualifiedName table, int position) {
    cursor.expectWord("from");
    QualifiedName source = names.qualifiedName();
    AppendMode mode = AppendMode.EXACT;
    if (cursor.acceptWord("ignoreextra")) {
      mode = AppendMode.IGNOREEXTRA;
    } else if (cursor.acceptWord("filltarget")) {
      mode = AppendMode.FILLTARGET;
    }
    return new AlterTableAppendStatement(table, source, mode, position);
  }

  List<AlterAction> actions() {
    return names.list(this::action);
  }

  private AlterAction action() {
    if (cursor.acceptWord("add")) {
      return add();
    }
    if (cursor.acceptWord("drop")) {
      return drop();
    }
    if (cursor.acceptWords("owner", "to")) {
      return new AlterAction.ChangeOwner(names.name());
    }
    if (cursor.acceptWord("rename")) {
      return rename();
    }
    if (cursor.acceptWord("alter")) {
      return alter();
    }
    if (cursor.acceptWords("row", "level", "security")) {
      return rowLevelSecurity();
    }
    if (cursor.atWord("partition")) {
      List<PartitionValue> partition = partition();
      cursor.expectWords("set", "location");
      return new AlterAction.SetLocation(partition, names.string());
    }
    cursor.expectWord("set");
    return set();
  }

  private AlterAction add() {
    if (new TableParser(grammar).atConstraint()) {
      return new AlterAction.AddConstraint(new TableParser(grammar).constraint());
    }
    boolean ifNotExists = names.ifNotExists();
    if (cursor.atWord("partition") && cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
      List<PartitionPlace> places = new ArrayList<>();
      do {
        List<PartitionValue> partition = partition();
        cursor.expectWord("location");
        places.add(new PartitionPlace(partition, names.string()));
      } while (cursor.atWord("partition"));
      return new AlterAction.AddPartitions(ifNotExists, places);
    }
    cursor.acceptWord("column");
    boolean ifAbsent = ifNotExists || names.ifNotExists();
    return new AlterAction.AddColumn(new ColumnParser(grammar).column(), ifAbsent);
  }

  private AlterAction drop() {
    if (cursor.acceptWord("constraint")) {
      Identifier constraint = names.name();
      return new AlterAction.DropConstraint(constraint, names.cascade());
    }
    if (cursor.atWord("partition") && cursor.peek(1).is(TokenKind.LEFT_PAREN)) {
      return new AlterAction.DropPartition(partition());
    }
    cursor.acceptWord("column");
    boolean ifExists = names.ifExists();
    Identifier column = names.name();
    return new AlterAction.DropColumn(column, names.cascade(), ifExists);
  }

  private AlterAction rename() {
    if (cursor.acceptWord("to")) {
      return new AlterAction.RenameTable(names.qualifiedName().last());
    }
    cursor.acceptWord("column");
    Identifier column = names.name();
    cursor.expectWord("to");
    return new AlterAction.RenameColumn(column, names.name());
  }

  private AlterAction alter() {
    if (cursor.acceptWord("distkey")) {
      return new AlterAction.AlterDistKey(names.name());
    }
    if (cursor.acceptWord("diststyle")) {
      DistStyle style = new TableParser(grammar).distStyle();
      Optional<Identifier> key =
          style == DistStyle.KEY && cursor.acceptWord("distkey")
              ? Optional.of(names.name())
              : Optional.empty();
      return new AlterAction.AlterDistStyle(style, key);
    }
    if (cursor.atAnyWord("sortkey", "compound", "interleaved")) {
      return new AlterAction.AlterSortKey(new TableParser(grammar).sortKey());
    }
    if (cursor.acceptWords("encode", "auto")) {
      return new AlterAction.AlterEncodeAuto();
    }
    if (cursor.acceptWord("constraint")) {
      Identifier constraint = names.name();
      boolean enforced = !cursor.acceptWord("not");
      cursor.expectWord("enforced");
      return new AlterAction.AlterConstraint(constraint, enforced);
    }
    cursor.acceptWord("column");
    Identifier column = names.name();
    if (cursor.acceptWord("encode")) {
      return new AlterAction.AlterColumnEncoding(column, ColumnParser.encodingName(cursor, names));
    }
    if (cursor.acceptWords("set", "default")) {
      Expr value = grammar.expressions.expression();
      return new AlterAction.AlterColumnDefault(column, Optional.of(value));
    }
    if (cursor.acceptWords("drop", "default")) {
      return new AlterAction.AlterColumnDefault(column, Optional.empty());
    }
    if (cursor.acceptWords("drop", "not", "null")) {
      return new AlterAction.DropNotNull(column);
    }
    cursor.acceptWords("set", "data");
    cursor.expectWord("type");
    return new AlterAction.AlterColumnType(column, grammar.types.typeName());
  }

  private AlterAction rowLevelSecurity() {
    boolean on = names.onOrOff();
    Optional<LogicalOperator> conjunction = Optional.empty();
    boolean datashares = false;
    while (true) {
      if (cursor.acceptWords("conjunction", "type")) {
        boolean and = cursor.acceptWord("and");
        if (!and) {
          cursor.expectWord("or");
        }
        conjunction = Optional.of(and ? LogicalOperator.AND : LogicalOperator.OR);
      } else if (cursor.acceptWords("for", "datashares")) {
        datashares = true;
      } else {
        return new AlterAction.RowLevelSecurity(on, conjunction, datashares);
      }
    }
  }

  private AlterAction set() {
    if (cursor.acceptWord("location")) {
      return new AlterAction.SetLocation(List.of(), names.string());
    }
    if (cursor.acceptWords("file", "format")) {
      return new AlterAction.SetFileFormat(names.label().name());
    }
    cursor.expectWords("table", "properties");
    return new AlterAction.SetTableProperties(new ExternalParser(grammar).properties());
  }

  /// `PARTITION ( column = value, … )`.
  private List<PartitionValue> partition() {
    cursor.expectWord("partition");
    return names.parenthesised(this::partitionValue);
  }

  private PartitionValue partitionValue() {
    Identifier column = names.name();
    cursor.expectOperator("=");
    return new PartitionValue(column, grammar.expressions.operand());
  }
}
