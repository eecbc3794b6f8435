package io.redward.leader.command;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.CopyJob;
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
import io.redward.spi.LoadIncident;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import io.redward.spi.LoadedFile;
import io.redward.spi.Loader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/// COPY: resolves the target, hands the files to the loader, and reports.
public final class CopyCommand {
  private final CommandContext context;
  private final DefaultValue defaults;

  /// Takes what is to be seen in `stl_load_errors`, `stl_load_commits` and their kin.
  public interface Log {
    void errors(int tableOid, List<LoadError> errors);

    void files(TableDefinition table, List<LoadedFile> files);

    void met(LoadIncident incident);

    /// The number of the query.
    int query();
  }

  /// What one run needs.
  ///
  /// @param progress hears how far the load of a table has come
  /// @param input opens what the client sends, for FROM STDIN, given the fields of a row
  public record Run(
      Loader loader,
      CancelToken cancel,
      Progress progress,
      LongConsumer rows,
      Log log,
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

  /// Where the files of a COPY are.
  ///
  /// @param anywhere whether files outside of the load roots may be read
  public static CopyRequest.Origin origin(CopyStatement statement, boolean anywhere) {
    return CopyRequests.of(statement, anywhere).origin();
  }

  /// The table that a COPY would load, if its user may and its options go together.
  public TableDefinition check(CopyStatement statement) {
    TableDefinition table = table(statement);
    target(table, statement);
    CopyRequests.of(statement, context.user().superuser());
    return table;
  }

  private TableDefinition table(CopyStatement statement) {
    TableDefinition table = context.table(statement.table());
    Privileges.require(context.catalog(), context.user(), table, Privilege.INSERT);
    TableCommands.requirePlain(table, statement.table().position());
    return table;
  }

  /// @param job whose statement it is; only files that it has not loaded are
  /// @return the command tag
  public String run(CopyStatement statement, Run run, Optional<CopyJob> job) {
    TableDefinition table = table(statement);
    CopyRequest request = CopyRequests.of(statement, context.user().superuser());
    if (!statement.source().isEmpty()) {
      CopyRequest asked =
          job.map(
                  j ->
                      request.from(
                          request.origin().beyond(j.known(context.transaction().get().view()))))
              .orElse(request);
      return load(statement, table, asked, run, job);
    }
    int fields =
        statement.columns().isEmpty() ? table.columns().size() : statement.columns().size();
    try (StandardInput input = StandardInput.receive(run.input().apply(fields), request.format())) {
      CopyRequest received = request.from(new CopyRequest.Origin(input.location(), false, true));
      return load(statement, table, received, run, Optional.empty());
    }
  }

  private String load(
      CopyStatement statement,
      TableDefinition table,
      CopyRequest request,
      Run run,
      Optional<CopyJob> job) {
    try {
      LoadOutcome outcome =
          run.loader()
              .load(
                  request,
                  target(table, statement),
                  context.transaction().get(),
                  run.cancel(),
                  progress(table, run));
      run.rows().accept(outcome.rows());
      if (job.isPresent() && !outcome.files().isEmpty()) {
        job.get().loaded(context.transaction().get(), outcome.files(), run.log().query());
      }
      if (!statement.source().isEmpty()) {
        run.log().files(table, outcome.files());
        run.log().errors(table.oid(), outcome.replacements());
        report(table, outcome, run, request);
      }
      return "COPY " + outcome.rows();
    } catch (LoadFailedException e) {
      run.log().errors(table.oid(), e.errors());
      throw e.error();
    }
  }

  private static Loader.LoadProgress progress(TableDefinition table, Run run) {
    return new Loader.LoadProgress() {
      @Override
      public void at(long rows, long bytesRead, long bytesTotal) {
        run.progress().at(table.name(), rows, bytesRead, bytesTotal);
      }

      @Override
      public void met(LoadIncident incident) {
        run.log().met(incident);
      }
    };
  }

  private void report(TableDefinition table, LoadOutcome outcome, Run run, CopyRequest request) {
    if (!outcome.errors().isEmpty()) {
      run.log().errors(table.oid(), outcome.errors());
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
