package io.redward.leader.command;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.FlagOption;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.plan.expression.Constant;
import io.redward.spi.CopyRequest;
import io.redward.spi.LoadError;
import io.redward.spi.LoadFailedException;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import io.redward.spi.Loader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// COPY: resolves the target, hands the files to the loader, and reports.
public final class CopyCommand {
  private final CommandContext context;
  private final DefaultValue defaults;

  /// Takes bad rows for `stl_load_errors`.
  @FunctionalInterface
  public interface ErrorLog {
    void add(int tableOid, List<LoadError> errors);
  }

  /// What one run needs.
  ///
  /// @param progress hears how far the load of a table has come
  /// @param input opens what the client sends, for FROM STDIN, given the fields of a row
  public record Run(
      Loader loader,
      CancelToken cancel,
      Progress progress,
      Consumer<LoadOutcome> loaded,
      ErrorLog errors,
      IntFunction<InputStream> input) {}

  /// Hears how far a load has come.
  @FunctionalInterface
  public interface Progress {
    void at(String table, long rows, long bytesRead, long bytesTotal);
  }

  public CopyCommand(CommandContext context, DefaultValue defaults) {
    this.context = context;
    this.defaults = defaults;
  }

  /// @return the command tag
  public String run(CopyStatement statement, Run run) {
    TableDefinition table = context.table(statement.table());
    Privileges.require(context.catalog(), context.user(), table, Privilege.INSERT);
    TableCommands.requirePlain(table, statement.table().position());
    if (statement.job().isPresent()) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "COPY JOB is not supported")
          .withPosition(statement.position());
    }
    CopyRequest request = CopyRequests.of(statement, context.user().superuser());
    if (!statement.source().isEmpty()) {
      return load(statement, table, request, run);
    }
    int fields =
        statement.columns().isEmpty() ? table.columns().size() : statement.columns().size();
    try (StandardInput input = StandardInput.receive(run.input().apply(fields), request.format())) {
      CopyRequest received = request.from(new CopyRequest.Origin(input.location(), false, true));
      return load(statement, table, received, run);
    }
  }

  private String load(
      CopyStatement statement, TableDefinition table, CopyRequest request, Run run) {
    try {
      LoadOutcome outcome =
          run.loader()
              .load(
                  request,
                  target(table, statement),
                  context.transaction().get(),
                  run.cancel(),
                  (rows, read, total) -> run.progress().at(table.name(), rows, read, total));
      run.loaded().accept(outcome);
      if (!statement.source().isEmpty()) {
        report(table, outcome, run, request);
      }
      return "COPY " + outcome.rows();
    } catch (LoadFailedException e) {
      run.errors().add(table.oid(), e.errors());
      throw e.error();
    }
  }

  private void report(TableDefinition table, LoadOutcome outcome, Run run, CopyRequest request) {
    if (!outcome.errors().isEmpty()) {
      run.errors().add(table.oid(), outcome.errors());
      context
          .notices()
          .info(
              "Load into table '"
                  + table.name()
                  + "' completed, "
                  + outcome.errors().size()
                  + " record(s) could not be loaded.  Check 'stl_load_errors' system table for"
                  + " details.");
    }
    context
        .notices()
        .info(
            "Load into table '"
                + table.name()
                + "' completed, "
                + outcome.rows()
                + (request.analyzeOnly()
                    ? " record(s) scanned successfully."
                    : " record(s) loaded successfully."));
  }

  private LoadTarget target(TableDefinition table, CopyStatement statement) {
    boolean explicit =
        statement.options().stream()
            .anyMatch(
                o -> o instanceof FlagOption flag && flag.flag() == CopyOption.Flag.EXPLICIT_IDS);
    List<Integer> fields = fields(table, statement.columns(), explicit);
    requireIdentities(table, fields, explicit, statement.position());
    List<LoadTarget.Column> columns = new ArrayList<>();
    Set<Integer> loaded = new HashSet<>(fields);
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnDefinition column = table.columns().get(i);
      Optional<Constant> fallback =
          loaded.contains(i)
              ? Optional.empty()
              : column.defaultText().map(text -> defaults.evaluate(text, column.type()));
      columns.add(
          new LoadTarget.Column(
              column.name(),
              column.type(),
              column.nullable(),
              fallback,
              column.identity().isPresent() && !loaded.contains(i)));
    }
    return new LoadTarget(
        table.oid(), table.name(), table.shape(), columns, fields, count -> identity(table, count));
  }

  /// Identity values are loaded where EXPLICIT_IDS asks for it, and only there; one that is
  /// generated by default may be loaded or not.
  private static void requireIdentities(
      TableDefinition table, List<Integer> fields, boolean explicit, int position) {
    boolean any = false;
    for (int i = 0; i < table.columns().size(); i++) {
      Optional<ColumnDefinition.Identity> identity = table.columns().get(i).identity();
      if (identity.isEmpty()) {
        continue;
      }
      any = true;
      boolean loaded = fields.contains(i);
      if (loaded && !explicit && !identity.get().byDefault()) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED, "cannot set an identity column to a value")
            .withHint("Leave the column out of the list, or add EXPLICIT_IDS.")
            .withPosition(position);
      }
      if (!loaded && explicit) {
        throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "EXPLICIT_IDS requires identity column \""
                    + table.columns().get(i).name()
                    + "\" in the column list")
            .withPosition(position);
      }
    }
    if (explicit && !any) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "EXPLICIT_IDS: table \"" + table.name() + "\" has no identity column")
          .withPosition(position);
    }
  }

  private long[] identity(TableDefinition table, long count) {
    return context.identities().reserve(table, count);
  }

  private static List<Integer> fields(
      TableDefinition table, List<Identifier> names, boolean explicit) {
    List<Integer> fields = new ArrayList<>();
    if (names.isEmpty()) {
      for (int i = 0; i < table.columns().size(); i++) {
        if (explicit || table.columns().get(i).identity().isEmpty()) {
          fields.add(i);
        }
      }
      return fields;
    }
    for (Identifier name : names) {
      int index = table.columns().indexOf(Constraints.column(table, name));
      if (fields.contains(index)) {
        throw new SqlException(
                SqlState.DUPLICATE_COLUMN,
                "column \"" + name.name() + "\" specified more than once")
            .withPosition(name.position());
      }
      fields.add(index);
    }
    return fields;
  }
}
