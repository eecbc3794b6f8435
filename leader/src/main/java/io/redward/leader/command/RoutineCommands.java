package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Volatility;
import io.redward.functions.user.BodyException;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.binder.UserRoutines;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Routine.Argument;
import io.redward.leader.catalog.Routine.Kind;
import io.redward.leader.catalog.Routine.Mode;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.procedure.PlParser;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.RoutineStatement.RoutineArgument;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// CREATE, ALTER and DROP of functions and procedures.
public final class RoutineCommands {
  private final CommandContext context;
  private final ParserOptions options;

  public RoutineCommands(CommandContext context, ParserOptions options) {
    this.context = context;
    this.options = options;
  }

  /// CREATE PROCEDURE; the body must parse.
  public String create(RoutineStatement.CreateProcedureStatement statement) {
    requireLanguage(statement.language(), "plpgsql", statement.position());
    Optional<Routine.Setting> setting =
        statement
            .set()
            .map(set -> new Routine.Setting(set.name(), String.join(", ", set.values())));
    setting.filter(set -> !set.value().isEmpty()).ifPresent(RoutineCommands::check);
    PlParser.parse(statement.body(), options);
    Routine routine =
        new Routine(
            0,
            context
                .schemaForNew(statement.name(), SystemPrivilege.CREATE_OR_REPLACE_PROCEDURE)
                .oid(),
            statement.name().last().name(),
            context.user().oid(),
            Kind.PROCEDURE,
            arguments(statement.arguments()),
            Optional.empty(),
            statement.body(),
            statement.nonAtomic(),
            statement.securityDefiner(),
            Routine.Traits.ofProcedure(setting),
            AccessList.NONE);
    put(routine, statement.orReplace(), statement.name());
    return "CREATE PROCEDURE";
  }

  /// CREATE FUNCTION. Everybody may call it, as documented.
  public String create(RoutineStatement.CreateFunctionStatement statement) {
    Routine.Traits traits =
        new Routine.Traits(
            statement.language(),
            Volatility.valueOf(statement.volatility().name()),
            statement.skipsNulls() && !statement.language().equals("sql"));
    if (!traits.isSql()) {
      new LanguagePrivileges(context).require(statement.language(), statement.position());
    }
    AccessList everybody =
        AccessList.NONE.grant(
            new AccessList.Grant(
                AccessList.PUBLIC, context.user().oid(), Set.of(Privilege.EXECUTE), Set.of()));
    Routine routine =
        new Routine(
            0,
            context
                .schemaForNew(statement.name(), SystemPrivilege.CREATE_OR_REPLACE_FUNCTION)
                .oid(),
            statement.name().last().name(),
            context.user().oid(),
            Kind.FUNCTION,
            arguments(statement.arguments()),
            Optional.of(TypeResolver.resolve(statement.returns())),
            statement.body(),
            false,
            false,
            traits,
            everybody);
    if (!traits.isSql()) {
      compiled(routine, statement);
    }
    put(routine, statement.orReplace(), statement.name());
    return "CREATE FUNCTION";
  }

  /// @throws SqlException if there is no such parameter or it does not take the value
  private static void check(Routine.Setting setting) {
    new Settings().set(setting.name(), setting.value());
  }

  /// A body that does not compile is an error at its place.
  private static void compiled(
      Routine routine, RoutineStatement.CreateFunctionStatement statement) {
    try {
      UserRoutines.language(routine).compile(UserRoutines.source(routine));
    } catch (BodyException e) {
      SqlException error =
          new SqlException(
              SqlState.SYNTAX_ERROR, "function \"" + routine.name() + "\": " + e.message());
      throw error.withPosition(
          e.offset() < 0 ? statement.position() : statement.bodyPosition() + e.offset());
    }
  }

  private static void requireLanguage(String language, String wanted, int position) {
    if (!language.equals(wanted)) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "language \"" + language + "\" is not supported here")
          .withPosition(position);
    }
  }

  private static List<Argument> arguments(List<RoutineArgument> written) {
    List<Argument> arguments = new ArrayList<>();
    for (RoutineArgument argument : written) {
      arguments.add(
          new Argument(
              argument.name().map(n -> n.name()).orElse(""),
              Mode.valueOf(argument.mode().name()),
              type(argument.type())));
    }
    return arguments;
  }

  /// A cursor is known by its name.
  private static SqlType type(TypeName type) {
    return type.name().equals("refcursor")
        ? SqlType.varchar(SqlType.MAX_VARCHAR_BYTES)
        : TypeResolver.resolve(type);
  }

  private void put(Routine routine, boolean orReplace, QualifiedName name) {
    Optional<Routine> old =
        context.catalog().routines(routine.schemaOid(), routine.name()).stream()
            .filter(r -> r.inputTypes().equals(routine.inputTypes()))
            .findFirst();
    if (old.isEmpty()) {
      context.writer().get().createRoutine(routine);
      return;
    }
    if (!orReplace || old.get().kind() != routine.kind()) {
      throw new SqlException(
              SqlState.DUPLICATE_FUNCTION,
              noun(old.get())
                  + " \""
                  + routine.name()
                  + "\" already exists with same argument types")
          .withPosition(name.position());
    }
    Privileges.requireOwner(context.user(), old.get());
    context
        .writer()
        .get()
        .replace(
            routine
                .withOid(old.get().oid())
                .withOwner(old.get().owner())
                .withAccess(old.get().access()));
  }

  /// ALTER FUNCTION and ALTER PROCEDURE.
  public String alter(RoutineStatement.AlterRoutineStatement statement) {
    Routine routine = one(statement.kind(), statement.routine());
    Privileges.requireOwner(context.user(), routine);
    Routine changed = routine;
    if (statement.newName().isPresent()) {
      changed = changed.withName(statement.newName().get().name());
    }
    if (statement.newOwner().isPresent()) {
      changed = changed.withOwner(context.newOwner(statement.newOwner().get()));
    }
    context.writer().get().replace(changed);
    return "ALTER " + statement.kind();
  }

  /// DROP FUNCTION and DROP PROCEDURE.
  public String drop(RoutineStatement.DropRoutineStatement statement) {
    for (RoutineSignature signature : statement.routines()) {
      List<Routine> found = find(statement.kind(), signature);
      if (found.isEmpty() && statement.ifExists()) {
        context
            .notices()
            .info(
                statement.kind().name().toLowerCase(Locale.ROOT)
                    + " "
                    + signature.name()
                    + " does not exist and will be skipped");
        continue;
      }
      Routine routine = one(statement.kind(), signature);
      context.requireOwner(
          routine,
          Privilege.DROP,
          routine.kind() == Kind.FUNCTION
              ? SystemPrivilege.DROP_FUNCTION
              : SystemPrivilege.DROP_PROCEDURE);
      context.writer().get().drop(routine, false);
    }
    return "DROP " + statement.kind();
  }

  /// The routine that a signature names.
  Routine one(ObjectKind kind, RoutineSignature signature) {
    List<Routine> found = find(kind, signature);
    String noun = kind.name().toLowerCase(Locale.ROOT);
    if (found.isEmpty()) {
      throw new SqlException(
              SqlState.UNDEFINED_FUNCTION, noun + " " + signature.name() + " does not exist")
          .withPosition(signature.name().position());
    }
    if (found.size() > 1) {
      throw new SqlException(
              SqlState.UNDEFINED_FUNCTION,
              noun + " name \"" + signature.name() + "\" is not unique")
          .withHint("Give the types of its arguments.")
          .withPosition(signature.name().position());
    }
    return found.getFirst();
  }

  private List<Routine> find(ObjectKind kind, RoutineSignature signature) {
    Kind wanted = kind == ObjectKind.PROCEDURE ? Kind.PROCEDURE : Kind.FUNCTION;
    List<SqlType> types =
        signature.argumentTypes().orElse(List.of()).stream().map(RoutineCommands::type).toList();
    return named(signature.name()).stream()
        .filter(routine -> routine.kind() == wanted)
        .filter(routine -> signature.argumentTypes().isEmpty() || takes(routine, types))
        .toList();
  }

  private static boolean takes(Routine routine, List<SqlType> types) {
    List<Argument> inputs = routine.inputs();
    boolean same = inputs.size() == types.size();
    for (int i = 0; same && i < types.size(); i++) {
      same = inputs.get(i).type().kind() == types.get(i).kind();
    }
    return same;
  }

  /// All routines of a name: of its schema, or of the first on the search path that has any.
  public List<Routine> named(QualifiedName name) {
    Catalog catalog = context.catalog();
    String last = name.last().name();
    if (name.qualifier().isPresent()) {
      return catalog.routines(context.schema(name.qualifier().get()).oid(), last);
    }
    for (String path : context.searchPath()) {
      Optional<Schema> schema = catalog.schema(context.database().oid(), path);
      List<Routine> found = schema.map(s -> catalog.routines(s.oid(), last)).orElse(List.of());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static String noun(Routine routine) {
    return routine.kind().name().toLowerCase(Locale.ROOT);
  }
}
