package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.RoutineCommands;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.ShowStatement.DefinitionKind;
import io.redward.leader.sql.ast.ShowStatement.ListKind;
import io.redward.leader.sql.ast.ShowStatement.ShowDefinitionStatement;
import io.redward.leader.sql.ast.ShowStatement.ShowListStatement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.system.ColumnNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// SHOW GRANTS, FUNCTIONS, PROCEDURES, PARAMETERS, CONSTRAINTS, PROCEDURE and FUNCTION.
record ShowObjects(CommandContext context) {
  private static final int OBJECT_TYPE = 3;
  private static final int SCOPE = 9;
  private static final List<String> GRANTS =
      List.of(
          "database_name",
          "schema_name",
          "object_name",
          "object_type",
          "privilege_type",
          "identity_id",
          "identity_name",
          "identity_type",
          "admin_option",
          "privilege_scope",
          "grantor_name");
  private static final List<String> COLUMN_GRANTS =
      List.of(
          "database_name",
          "schema_name",
          "table_name",
          "column_name",
          "object_type",
          "privilege_type",
          "identity_id",
          "identity_name",
          "identity_type",
          "admin_option",
          "privilege_scope",
          "grantor_name");
  private static final List<String> PARAMETERS =
      List.of(
          "database_name",
          "schema_name",
          "routine_name",
          "parameter_name",
          "ordinal_position",
          "parameter_type",
          "data_type",
          "character_maximum_length",
          "numeric_precision",
          "numeric_scale");

  static List<String> columns(ShowListStatement statement) {
    ListKind kind = statement.kind();
    return switch (kind) {
      case GRANTS -> GRANTS;
      case COLUMN_GRANTS -> COLUMN_GRANTS;
      case PARAMETERS -> PARAMETERS;
      case CONSTRAINTS, PRIMARY_KEYS, FOREIGN_KEYS, EXPORTED_KEYS -> ShowKeys.columns(kind);
      case FUNCTIONS -> routineColumns("function_name");
      case PROCEDURES -> routineColumns("procedure_name");
      case COLUMNS, VIEWS -> throw StatementRunner.unsupported(statement);
    };
  }

  private static List<String> routineColumns(String name) {
    return List.of(
        "database_name",
        "schema_name",
        name,
        "number_of_arguments",
        "argument_list",
        "return_type",
        "remarks");
  }

  List<List<String>> rows(ShowListStatement statement) {
    return switch (statement.kind()) {
      case GRANTS, COLUMN_GRANTS -> grants(statement);
      case PARAMETERS -> parameters(statement);
      case CONSTRAINTS, PRIMARY_KEYS, FOREIGN_KEYS, EXPORTED_KEYS -> constraints(statement);
      case FUNCTIONS -> routines(statement, Routine.Kind.FUNCTION);
      case PROCEDURES -> routines(statement, Routine.Kind.PROCEDURE);
      default -> throw StatementRunner.unsupported(statement);
    };
  }

  private String database() {
    return context.database().name();
  }

  // -- routines

  private List<List<String>> routines(ShowListStatement statement, Routine.Kind kind) {
    Identifier name =
        statement
            .from()
            .map(QualifiedName::last)
            .orElse(Identifier.of("public", statement.position()));
    Schema schema = context.schema(name);
    List<List<String>> rows = new ArrayList<>();
    for (Routine routine : context.catalog().routines(schema.oid())) {
      if (routine.kind() == kind) {
        rows.add(
            List.of(
                database(),
                schema.name(),
                routine.name(),
                Integer.toString(routine.arguments().size()),
                routine.arguments().stream()
                    .map(a -> a.type().kind().sqlName())
                    .collect(Collectors.joining(", ")),
                routine.returns().map(type -> type.kind().sqlName()).orElse(""),
                ""));
      }
    }
    return rows;
  }

  private List<List<String>> parameters(ShowListStatement statement) {
    QualifiedName name = required(statement);
    List<Routine> named = new RoutineCommands(context, ParserOptions.DEFAULT).named(name);
    if (named.isEmpty()) {
      throw new SqlException(
              SqlState.UNDEFINED_FUNCTION, "function or procedure " + name + " does not exist")
          .withPosition(name.position());
    }
    List<List<String>> rows = new ArrayList<>();
    for (Routine routine : named) {
      String schema = context.catalog().schema(routine.schemaOid()).orElseThrow().name();
      routine
          .returns()
          .ifPresent(type -> rows.add(parameter(routine, schema, "", 0, "RETURN", type)));
      int position = 0;
      for (Routine.Argument argument : routine.arguments()) {
        position++;
        rows.add(
            parameter(
                routine,
                schema,
                argument.name(),
                position,
                argument.mode().name(),
                argument.type()));
      }
    }
    return rows;
  }

  private List<String> parameter(
      Routine routine, String schema, String name, int position, String mode, SqlType type) {
    List<String> row = new ArrayList<>();
    row.add(database());
    row.add(schema);
    row.add(routine.name());
    row.add(name);
    row.add(Integer.toString(position));
    row.add(mode);
    row.add(type.kind().sqlName());
    row.addAll(ColumnNumbers.of(type).shown());
    return row;
  }

  private static QualifiedName required(ShowListStatement statement) {
    return statement
        .from()
        .orElseThrow(
            () ->
                new SqlException(SqlState.SYNTAX_ERROR, "SHOW needs the name of an object here")
                    .withPosition(statement.position()));
  }

  /// The statement that would make a routine.
  String definition(ShowDefinitionStatement statement) {
    Routine.Kind kind =
        statement.kind() == DefinitionKind.PROCEDURE
            ? Routine.Kind.PROCEDURE
            : Routine.Kind.FUNCTION;
    QualifiedName name = statement.object().name();
    Routine routine =
        new RoutineCommands(context, ParserOptions.DEFAULT)
            .named(name).stream()
                .filter(r -> r.kind() == kind)
                .findFirst()
                .orElseThrow(
                    () ->
                        new SqlException(
                                SqlState.UNDEFINED_FUNCTION,
                                kind.name().toLowerCase(Locale.ROOT)
                                    + " "
                                    + name
                                    + " does not exist")
                            .withPosition(name.position()));
    String schema = context.catalog().schema(routine.schemaOid()).orElseThrow().name();
    String arguments =
        routine.arguments().stream()
            .map(
                a ->
                    (a.name().isEmpty() ? "" : a.name() + " ")
                        + (a.mode() == Routine.Mode.IN ? "" : a.mode() + " ")
                        + a.type())
            .collect(Collectors.joining(", "));
    return "CREATE OR REPLACE "
        + kind
        + " "
        + schema
        + "."
        + routine.name()
        + "("
        + arguments
        + ")\n"
        + routine.returns().map(type -> "RETURNS " + type + "\n" + traits(routine)).orElse("")
        + (routine.nonAtomic() ? "NONATOMIC\n" : "")
        + "AS $$"
        + routine.body()
        + "$$ LANGUAGE "
        + routine.traits().language()
        + (routine.definer() ? "\nSECURITY DEFINER" : "")
        + routine.traits().setting().map(ShowObjects::setting).orElse("")
        + ";";
  }

  private static String setting(Routine.Setting setting) {
    String value =
        setting.value().isEmpty() ? "DEFAULT" : "'" + setting.value().replace("'", "''") + "'";
    return "\nSET " + setting.name() + " TO " + value;
  }

  private static String traits(Routine routine) {
    Routine.Traits traits = routine.traits();
    return traits.volatility()
        + "\n"
        + (traits.isSql() || traits.skipsNulls() ? "" : "CALLED ON NULL INPUT\n");
  }

  // -- constraints

  private List<List<String>> constraints(ShowListStatement statement) {
    List<Identifier> parts = required(statement).parts();
    QualifiedName name =
        new QualifiedName(parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    return new ShowKeys(context).rows(statement.kind(), context.table(name));
  }

  // -- grants

  private List<List<String>> grants(ShowListStatement statement) {
    List<OwnedObject> objects = new ArrayList<>();
    if (statement.from().isPresent()) {
      objects.addAll(named(statement.from().get()));
    } else {
      for (CatalogObject object : context.catalog().objects()) {
        if (object instanceof OwnedObject owned) {
          objects.add(owned);
        }
      }
    }
    boolean ofColumns = statement.kind() == ListKind.COLUMN_GRANTS;
    List<List<String>> rows = new ArrayList<>();
    for (OwnedObject object : objects) {
      for (AccessList.Grant grant : object.access().grants()) {
        boolean wanted =
            (grant.column() != AccessList.ALL_COLUMNS) == ofColumns
                && isVisible(grant)
                && statement.grantee().map(grantee -> isOf(grant, grantee)).orElse(true);
        if (wanted) {
          grant.privileges().stream()
              .sorted()
              .forEach(
                  privilege ->
                      rows.add(
                          ofColumns
                              ? columnGrant(object, grant, privilege)
                              : grant(object, grant, privilege)));
        }
      }
    }
    return rows;
  }

  private boolean isOf(AccessList.Grant grant, AccessStatement.Grantee grantee) {
    return grantee.kind() == AccessStatement.GranteeKind.PUBLIC
        ? grant.grantee() == AccessList.PUBLIC
        : name(grant.grantee()).equals(grantee.name());
  }

  /// A user who is no superuser sees what is granted to them, to their roles and to everybody.
  private boolean isVisible(AccessList.Grant grant) {
    return context.user().superuser()
        || grant.grantee() == AccessList.PUBLIC
        || grant.grantor() == context.user().oid()
        || Privileges.grantees(context.catalog(), context.user()).contains(grant.grantee());
  }

  private List<String> columnGrant(
      OwnedObject object, AccessList.Grant grant, Privilege privilege) {
    List<String> row = new ArrayList<>(grant(object, grant, privilege));
    row.set(OBJECT_TYPE, "COLUMN");
    row.set(SCOPE, "COLUMN");
    row.add(OBJECT_TYPE, RelationColumns.name(object, grant.column()).orElse(""));
    return row;
  }

  /// What a name behind ON may mean: a relation, a schema, a database, routines.
  private List<OwnedObject> named(QualifiedName name) {
    Catalog catalog = context.catalog();
    Optional<OwnedObject> relation = context.find(name);
    if (relation.isPresent()) {
      return List.of(relation.get());
    }
    List<OwnedObject> found = new ArrayList<>();
    if (name.isSimple()) {
      catalog.schema(context.database().oid(), name.last().name()).ifPresent(found::add);
      catalog.database(name.last().name()).ifPresent(found::add);
    }
    found.addAll(new RoutineCommands(context, ParserOptions.DEFAULT).named(name));
    if (found.isEmpty()) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, "\"" + name + "\" does not exist")
          .withPosition(name.position());
    }
    return found;
  }

  private List<String> grant(OwnedObject object, AccessList.Grant grant, Privilege privilege) {
    Catalog catalog = context.catalog();
    int schemaOid =
        switch (object) {
          case TableDefinition table -> table.schemaOid();
          case ViewDefinition view -> view.schemaOid();
          case Routine routine -> routine.schemaOid();
          case Schema schema -> schema.oid();
          case Database _ -> 0;
        };
    String type =
        switch (object) {
          case TableDefinition _ -> "TABLE";
          case ViewDefinition _ -> "VIEW";
          case Routine routine -> routine.kind().name();
          case Schema _ -> "SCHEMA";
          case Database _ -> "DATABASE";
        };
    return List.of(
        database(),
        catalog.schema(schemaOid).map(Schema::name).orElse(""),
        object.name(),
        type,
        privilege.name(),
        Integer.toString(grant.grantee()),
        name(grant.grantee()),
        identity(grant.grantee()),
        grant.grantable().contains(privilege) ? "t" : "f",
        grant.reach() == AccessList.Reach.OBJECT ? type : grant.reach().name().replace('_', ' '),
        name(grant.grantor()));
  }

  private String name(int oid) {
    return oid == AccessList.PUBLIC
        ? "public"
        : context.catalog().object(oid).map(CatalogObject::name).orElse("");
  }

  private String identity(int oid) {
    return switch (context.catalog().object(oid).orElse(null)) {
      case User _ -> "user";
      case Group group -> group.role() ? "role" : "group";
      case null, default -> "public";
    };
  }
}
