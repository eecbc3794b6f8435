package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.RowSecurity;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.TableLayout.DistributionStyle;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.ast.TableStatement.AlterAction;
import io.redward.leader.sql.ast.TableStatement.AlterTableStatement;
import io.redward.leader.sql.ast.TableStatement.SortKey;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// ALTER TABLE: changes of the definition. Rows are not rewritten here: a new layout or encoding
/// holds for rows written from then on, and the others follow in the background ([LayoutChanges]);
/// an added column's default is kept beside its definition.
public final class AlterTableCommand {
  private final CommandContext context;
  private final DefaultValue defaults;
  private final Predicate<OwnedObject> stands;

  /// @param stands whether a view holds with the tables as they are by then
  public AlterTableCommand(
      CommandContext context, DefaultValue defaults, Predicate<OwnedObject> stands) {
    this.context = context;
    this.defaults = defaults;
    this.stands = stands;
  }

  /// Carries out all actions or none.
  public String run(AlterTableStatement statement) {
    if (statement.ifExists() && context.find(statement.table()).isEmpty()) {
      return "ALTER TABLE";
    }
    OwnedObject relation = context.relation(statement.table());
    if (statement.actions().stream().anyMatch(AlterAction.RowLevelSecurity.class::isInstance)) {
      statement.actions().forEach(action -> secureRows(relation, action, statement.position()));
      return "ALTER TABLE";
    }
    context.requireOwner(relation, Privilege.ALTER, SystemPrivilege.ALTER_TABLE);
    if (relation instanceof ViewDefinition view) {
      statement.actions().forEach(action -> alterView(view, action));
      return "ALTER TABLE";
    }
    TableDefinition table = (TableDefinition) relation;
    for (AlterAction action : statement.actions()) {
      table = apply(table, action, statement.position());
    }
    context.writer().get().replace(table);
    LayoutChanges.note(context.transaction().get(), (TableDefinition) relation, table);
    return "ALTER TABLE";
  }

  /// ROW LEVEL SECURITY, which is for security administrators and not for owners.
  private void secureRows(OwnedObject relation, AlterAction action, int position) {
    PolicyCommands.requireSecurityAdministrator(context);
    if (!(action instanceof AlterAction.RowLevelSecurity rows) || rows.forDatashares()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "this form of ALTER TABLE is not supported")
          .withPosition(position);
    }
    boolean any =
        rows.conjunction()
            .map(type -> type == Expr.LogicalOperator.OR)
            .orElseGet(
                () ->
                    context
                        .catalog()
                        .policies()
                        .rowSecurity(relation.oid())
                        .map(RowSecurity::any)
                        .orElse(false));
    context.writer().get().secureRows(relation.oid(), rows.on(), any);
  }

  private void alterView(ViewDefinition view, AlterAction action) {
    switch (action) {
      case AlterAction.RenameTable rename ->
          context.writer().get().replace(view.withName(rename.name().name()));
      case AlterAction.ChangeOwner owner ->
          context.writer().get().replace(view.withOwner(context.newOwner(owner.owner())));
      default ->
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE, "\"" + view.name() + "\" is not a table");
    }
  }

  private TableDefinition apply(TableDefinition table, AlterAction action, int position) {
    return switch (action) {
      case AlterAction.AddColumn add
          when add.ifNotExists() && table.column(add.column().name().name()).isPresent() ->
          table;
      case AlterAction.AddColumn add -> addColumn(table, add);
      case AlterAction.DropColumn drop
          when drop.ifExists() && table.column(drop.column().name()).isEmpty() ->
          table;
      case AlterAction.DropColumn drop -> dropColumn(table, drop);
      case AlterAction.AlterColumnDefault alter -> alterDefault(table, alter);
      case AlterAction.DropNotNull drop -> dropNotNull(table, drop);
      case AlterAction.AddConstraint add -> {
        List<TableConstraint> constraints = new ArrayList<>(table.constraints());
        constraints.add(
            add.constraint() instanceof TableStatement.TableConstraint.Check check
                ? Constraints.check(check, table.name(), table.columns())
                : Constraints.of(
                    add.constraint(),
                    table.name(),
                    context,
                    name -> Constraints.column(table, name).id()));
        yield table.withConstraints(constraints);
      }
      case AlterAction.AlterConstraint alter -> alterConstraint(table, alter);
      case AlterAction.DropConstraint drop -> dropConstraint(table, drop.constraint());
      case AlterAction.ChangeOwner change -> table.withOwner(context.newOwner(change.owner()));
      case AlterAction.RenameTable rename -> table.withName(rename.name().name());
      case AlterAction.RenameColumn rename -> renameColumn(table, rename);
      case AlterAction.AlterColumnType alter -> alterType(table, alter);
      case AlterAction.AlterColumnEncoding alter ->
          replaceColumn(
              table,
              alter.column(),
              c ->
                  c.withEncoding(
                      TableBuilder.encoding(
                          alter.encoding(), c.type(), alter.column().position())));
      case AlterAction.AlterDistKey alter ->
          distributed(
              table,
              DistributionStyle.KEY,
              false,
              OptionalInt.of(Constraints.column(table, alter.column()).id()));
      case AlterAction.AlterDistStyle alter -> alterDistribution(table, alter);
      case AlterAction.AlterSortKey alter -> sorted(table, alter.sort());
      case AlterAction.AlterEncodeAuto _ ->
          table.withColumns(
              table.columns().stream().map(c -> c.withEncoding("auto")).toList(),
              table.nextColumnId());
      case AlterAction.RowLevelSecurity _,
          AlterAction.SetLocation _,
          AlterAction.SetFileFormat _,
          AlterAction.SetTableProperties _,
          AlterAction.AddPartitions _,
          AlterAction.DropPartition _ ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED, "this form of ALTER TABLE is not supported")
              .withPosition(position);
    };
  }

  private TableDefinition addColumn(TableDefinition table, AlterAction.AddColumn add) {
    Identifier name = add.column().name();
    if (table.column(name.name()).isPresent()) {
      throw new SqlException(
              SqlState.DUPLICATE_COLUMN,
              "column \"" + name + "\" of relation \"" + table.name() + "\" already exists")
          .withPosition(name.position());
    }
    ColumnDefinition column =
        TableBuilder.definition(table.nextColumnId(), add.column(), context.database());
    if (column.identity().isPresent()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "ALTER TABLE ADD COLUMN cannot add an identity column")
          .withPosition(name.position());
    }
    List<ColumnDefinition> columns = new ArrayList<>(table.columns());
    columns.add(column.withInitial(initial(column)));
    return table.withColumns(columns, table.nextColumnId() + 1);
  }

  /// What the rows that are there already get: the default as it is now.
  private Optional<Constant> initial(ColumnDefinition column) {
    Optional<Constant> initial =
        column
            .defaultText()
            .flatMap(
                text ->
                    InitialValues.stored(defaults.evaluate(text, column.type()), column.type()));
    if (!column.nullable() && initial.isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression");
    }
    return initial;
  }

  private TableDefinition dropColumn(TableDefinition table, AlterAction.DropColumn drop) {
    ColumnDefinition column = Constraints.column(table, drop.column());
    SecurityGuard.requireUnmasked(context, table, column, "drop");
    TableLayout layout = table.layout();
    if (layout.distributionKey().isPresent()
        && layout.distributionKey().getAsInt() == column.id()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cannot drop distkey column \"" + column.name() + "\"");
    }
    if (layout.sortKey().contains(column.id())) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "cannot drop sortkey column \"" + column.name() + "\"");
    }
    if (table.columns().size() == 1) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION, "cannot drop the only column of a table");
    }
    TableDefinition without =
        table
            .withConstraints(
                table.constraints().stream()
                    .filter(c -> !c.columns().contains(column.id()))
                    .toList())
            .withColumns(
                table.columns().stream().filter(c -> c.id() != column.id()).toList(),
                table.nextColumnId());
    context.writer().get().replace(without);
    List<OwnedObject> fallen =
        context.catalog().dependents(table.oid()).stream().filter(stands.negate()).toList();
    if (!fallen.isEmpty() && !drop.cascade()) {
      throw new SqlException(
              SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
              "cannot drop table "
                  + table.name()
                  + " column "
                  + column.name()
                  + " because other objects depend on it")
          .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
    }
    fallen.forEach(view -> context.writer().get().drop(view, true));
    return without;
  }

  private static TableDefinition alterConstraint(
      TableDefinition table, AlterAction.AlterConstraint alter) {
    String name = alter.constraint().name();
    if (table.constraints().stream().noneMatch(c -> c.name().equals(name))) {
      throw noConstraint(table, alter.constraint());
    }
    return table.withConstraints(
        table.constraints().stream()
            .map(c -> c.name().equals(name) ? c.withEnforced(alter.enforced()) : c)
            .toList());
  }

  static SqlException noConstraint(TableDefinition table, Identifier name) {
    return new SqlException(
            SqlState.UNDEFINED_OBJECT,
            "constraint \""
                + name.name()
                + "\" of relation \""
                + table.name()
                + "\" does not exist")
        .withPosition(name.position());
  }

  private TableDefinition dropConstraint(TableDefinition table, Identifier name) {
    List<TableConstraint> left =
        table.constraints().stream().filter(c -> !c.name().equals(name.name())).toList();
    if (left.size() == table.constraints().size()) {
      throw new SqlException(
              SqlState.UNDEFINED_OBJECT, "constraint \"" + name.name() + "\" does not exist")
          .withPosition(name.position());
    }
    List<String> names = table.constraints().stream().map(TableConstraint::name).toList();
    CommentCommand.constraintDropped(context, table, names.indexOf(name.name()));
    return table.withConstraints(left);
  }

  private static TableDefinition renameColumn(
      TableDefinition table, AlterAction.RenameColumn rename) {
    int id = Constraints.column(table, rename.column()).id();
    for (TableConstraint constraint : table.constraints()) {
      if (constraint instanceof TableConstraint.Check check && check.columns().contains(id)) {
        throw new SqlException(
                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot rename column \""
                    + rename.column().name()
                    + "\" because constraint \""
                    + check.name()
                    + "\" depends on it")
            .withPosition(rename.column().position());
      }
    }
    if (table.column(rename.name().name()).isPresent()) {
      throw new SqlException(
              SqlState.DUPLICATE_COLUMN,
              "column \""
                  + rename.name()
                  + "\" of relation \""
                  + table.name()
                  + "\" already exists")
          .withPosition(rename.name().position());
    }
    return replaceColumn(table, rename.column(), c -> c.withName(rename.name().name()));
  }

  /// Only VARCHAR columns change their type, and only their length.
  private static TableDefinition alterType(
      TableDefinition table, AlterAction.AlterColumnType alter) {
    SqlType type = TypeResolver.resolve(alter.type());
    return replaceColumn(
        table,
        alter.column(),
        c -> {
          if (c.type().kind() != TypeKind.VARCHAR || type.kind() != TypeKind.VARCHAR) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot alter type of a column that is not of type varchar")
                .withPosition(alter.column().position());
          }
          if (type.precision() < c.type().precision()) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot decrease the length of column \"" + c.name() + "\"")
                .withPosition(alter.column().position());
          }
          return c.withType(type.withCaseInsensitive(c.type().caseInsensitive()));
        });
  }

  /// The default of rows to come; those that are there keep theirs.
  private TableDefinition alterDefault(
      TableDefinition table, AlterAction.AlterColumnDefault alter) {
    Optional<String> text = alter.value().map(SqlPrinter::print);
    return replaceColumn(
        table,
        alter.column(),
        c -> {
          if (c.identity().isPresent()) {
            throw new SqlException(
                    SqlState.SYNTAX_ERROR,
                    "column \""
                        + c.name()
                        + "\" of relation \""
                        + table.name()
                        + "\" is an identity column")
                .withPosition(alter.column().position());
          }
          text.ifPresent(value -> defaults.evaluate(value, c.type()));
          return c.withDefault(text);
        });
  }

  private static TableDefinition dropNotNull(TableDefinition table, AlterAction.DropNotNull drop) {
    int id = Constraints.column(table, drop.column()).id();
    boolean key =
        table.constraints().stream()
            .anyMatch(c -> c instanceof TableConstraint.PrimaryKey && c.columns().contains(id));
    if (key) {
      throw new SqlException(
              SqlState.INVALID_TABLE_DEFINITION,
              "column \"" + drop.column().name() + "\" is in a primary key")
          .withPosition(drop.column().position());
    }
    return replaceColumn(table, drop.column(), c -> c.withNullable(true));
  }

  private static TableDefinition replaceColumn(
      TableDefinition table, Identifier name, UnaryOperator<ColumnDefinition> change) {
    int id = Constraints.column(table, name).id();
    return table.withColumns(
        table.columns().stream().map(c -> c.id() == id ? change.apply(c) : c).toList(),
        table.nextColumnId());
  }

  private static TableDefinition alterDistribution(
      TableDefinition table, AlterAction.AlterDistStyle alter) {
    return switch (alter.style()) {
      case ALL -> distributed(table, DistributionStyle.ALL, false, OptionalInt.empty());
      case EVEN -> distributed(table, DistributionStyle.EVEN, false, OptionalInt.empty());
      case AUTO -> distributed(table, TableLayout.AUTO.style(), true, OptionalInt.empty());
      case KEY ->
          distributed(
              table,
              DistributionStyle.KEY,
              false,
              OptionalInt.of(Constraints.column(table, alter.key().orElseThrow()).id()));
    };
  }

  private static TableDefinition distributed(
      TableDefinition table, DistributionStyle style, boolean automatic, OptionalInt key) {
    TableLayout layout = table.layout();
    return table.withLayout(
        new TableLayout(style, automatic, key, layout.sortKind(), layout.sortKey()));
  }

  private static TableDefinition sorted(TableDefinition table, SortKey sort) {
    TableLayout layout = table.layout();
    TableLayout.SortKind kind =
        switch (sort.kind()) {
          case INTERLEAVED -> TableLayout.SortKind.INTERLEAVED;
          case AUTO -> TableLayout.SortKind.AUTO;
          case COMPOUND, NONE -> TableLayout.SortKind.COMPOUND;
        };
    List<Integer> columns =
        sort.columns().stream().map(name -> Constraints.column(table, name).id()).toList();
    return table.withLayout(
        new TableLayout(
            layout.style(), layout.automatic(), layout.distributionKey(), kind, columns));
  }
}
