package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.ShowStatement;
import io.redward.leader.sql.ast.ShowStatement.ShowDefinitionStatement;
import io.redward.leader.sql.ast.ShowStatement.ShowListStatement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// SHOW of catalog objects that is no query of system views: definitions, and lists, which
/// [ShowColumns] and [ShowObjects] make.
final class ShowCommands {
  private final CommandContext context;

  ShowCommands(CommandContext context) {
    this.context = context;
  }

  StatementRunner.Shape describe(ShowStatement statement) {
    return switch (statement) {
      case ShowListStatement list ->
          StatementRunner.Shape.text(
              (list.kind() == ShowStatement.ListKind.COLUMNS
                      ? ShowColumns.NAMES
                      : ShowObjects.columns(list))
                  .toArray(new String[0]));
      case ShowDefinitionStatement definition ->
          switch (definition.kind()) {
            case TABLE -> StatementRunner.Shape.text("Show Table DDL statement");
            case VIEW -> StatementRunner.Shape.text("Show View DDL statement");
            case PROCEDURE -> StatementRunner.Shape.text("Stored Procedure Definition");
            case FUNCTION -> StatementRunner.Shape.text("Function Definition");
            default -> throw StatementRunner.unsupported(statement);
          };
    };
  }

  void run(ShowStatement statement, ResultConsumer results) {
    results.columns(describe(statement).columns());
    switch (statement) {
      case ShowListStatement list -> TextRows.sendBlanksAsNulls(list(list), results);
      case ShowDefinitionStatement definition ->
          TextRows.send(List.of(List.of(definition(definition))), results);
    }
    results.complete("SHOW");
  }

  private List<List<String>> list(ShowListStatement statement) {
    boolean ofColumns = statement.kind() == ShowStatement.ListKind.COLUMNS;
    List<List<String>> rows =
        ofColumns
            ? new ShowColumns(context).rows(local(statement.from().orElseThrow()))
            : new ShowObjects(context).rows(statement);
    int nameColumn =
        switch (statement.kind()) {
          case FUNCTIONS, PROCEDURES -> 2;
          default -> 3;
        };
    return rows.stream()
        .filter(row -> statement.like().map(p -> matches(row.get(nameColumn), p)).orElse(true))
        .limit(statement.limit().orElse(10_000))
        .toList();
  }

  /// LIKE over a name, with regular-expression characters taken literally.
  private static boolean matches(String name, String pattern) {
    String expression =
        pattern
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '%' -> ".*";
                      case '_' -> ".";
                      default -> java.util.regex.Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    return name.matches(expression);
  }

  /// The name without its database.
  private static QualifiedName local(QualifiedName name) {
    List<Identifier> parts = name.parts();
    return new QualifiedName(parts.subList(Math.max(0, parts.size() - 2), parts.size()));
  }

  private String definition(ShowDefinitionStatement statement) {
    if (statement.kind() == ShowStatement.DefinitionKind.PROCEDURE
        || statement.kind() == ShowStatement.DefinitionKind.FUNCTION) {
      return new ShowObjects(context).definition(statement);
    }
    OwnedObject relation = context.relation(local(statement.object().name()));
    return switch (statement.kind()) {
      case TABLE -> {
        if (relation instanceof TableDefinition table) {
          yield tableDefinition(table);
        }
        throw wrongKind(statement, "table");
      }
      case VIEW -> {
        if (relation instanceof ViewDefinition view) {
          yield "CREATE VIEW "
              + view.name()
              + " AS "
              + view.text()
              + (view.lateBinding() ? " WITH NO SCHEMA BINDING;" : ";");
        }
        throw wrongKind(statement, "view");
      }
      default -> throw StatementRunner.unsupported(statement);
    };
  }

  private static SqlException wrongKind(ShowDefinitionStatement statement, String kind) {
    return new SqlException(
            SqlState.WRONG_OBJECT_TYPE, "\"" + statement.object().name() + "\" is not a " + kind)
        .withPosition(statement.position());
  }

  private String tableDefinition(TableDefinition table) {
    String schema = context.catalog().schema(table.schemaOid()).orElseThrow().name();
    StringBuilder text = new StringBuilder();
    text.append("CREATE TABLE ").append(schema).append('.').append(table.name()).append(" (\n");
    text.append(
        Stream.concat(
                table.columns().stream().map(ShowCommands::column),
                table.constraints().stream().map(c -> constraint(table, c)))
            .collect(Collectors.joining(",\n")));
    text.append("\n)\n");
    TableLayout layout = table.layout();
    text.append("DISTSTYLE ").append(layout.automatic() ? "AUTO" : layout.style());
    layout
        .distributionKey()
        .ifPresent(id -> text.append("\nDISTKEY (").append(name(table, id)).append(')'));
    if (!layout.sortKey().isEmpty()) {
      text.append('\n')
          .append(
              layout.sortKind() == TableLayout.SortKind.INTERLEAVED
                  ? "INTERLEAVED SORTKEY ("
                  : "SORTKEY (")
          .append(
              layout.sortKey().stream()
                  .map(id -> name(table, id))
                  .collect(Collectors.joining(", ")))
          .append(')');
    }
    return text.append(';').toString();
  }

  private String constraint(TableDefinition table, TableConstraint constraint) {
    boolean check = constraint instanceof TableConstraint.Check;
    String standing =
        constraint.enforced() == check ? "" : constraint.enforced() ? " ENFORCED" : " NOT ENFORCED";
    boolean named = constraint.enforced() || check;
    return "    "
        + (named ? "CONSTRAINT " + constraint.name() + " " : "")
        + body(table, constraint)
        + standing;
  }

  private String body(TableDefinition table, TableConstraint constraint) {
    String columns =
        constraint.columns().stream()
            .map(id -> name(table, id))
            .collect(Collectors.joining(", ", "(", ")"));
    return switch (constraint) {
      case TableConstraint.Check check -> "CHECK (" + check.condition() + ")";
      case TableConstraint.PrimaryKey _ -> "PRIMARY KEY " + columns;
      case TableConstraint.Unique _ -> "UNIQUE " + columns;
      case TableConstraint.ForeignKey key ->
          "FOREIGN KEY "
              + columns
              + context
                  .catalog()
                  .table(key.referencedTable())
                  .map(
                      other ->
                          " REFERENCES "
                              + other.name()
                              + key.referencedColumns().stream()
                                  .map(id -> name(other, id))
                                  .collect(Collectors.joining(", ", " (", ")")))
                  .orElse("");
    };
  }

  private static String name(TableDefinition table, int id) {
    return table.column(id).orElseThrow().name();
  }

  private static String column(ColumnDefinition column) {
    return "    "
        + column.name()
        + " "
        + column.type()
        + (column.type().caseInsensitive() ? " COLLATE CASE_INSENSITIVE" : "")
        + (column.nullable() ? "" : " NOT NULL")
        + column.defaultText().map(d -> " DEFAULT " + d).orElse("")
        + column
            .identity()
            .map(
                i ->
                    (i.byDefault() ? " GENERATED BY DEFAULT AS IDENTITY(" : " IDENTITY(")
                        + i.seed()
                        + ","
                        + i.step()
                        + ")")
            .orElse("")
        + (column.encoding().equals("auto") ? "" : " ENCODE " + column.encoding());
  }
}
