package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.leader.command.UnloadRequests;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.DataStatement.UnloadStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.spi.Unloader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes the rows of UNLOAD's query and has them written.
final class UnloadRun implements ResultConsumer, AutoCloseable {
  private final UnloadStatement statement;
  private final Unloader unloader;
  private final boolean anywhere;
  private final ResultConsumer results;
  private final Consumer<List<Unloader.Written>> unloaded;
  private Unloader.@Nullable Writing writing;

  /// Runs the statement's query and has its rows written.
  ///
  /// @param runner makes a runner whose results go where it is told
  static void run(
      UnloadStatement unload,
      LeaderSession session,
      LoggedStatement logged,
      ResultConsumer results,
      Function<ResultConsumer, StatementRunner> runner) {
    Statement query = session.parse(unload.query()).getFirst().statement();
    if (!(query instanceof DataStatement.QueryStatement)) {
      throw new SqlException(
              SqlState.SYNTAX_ERROR, "UNLOAD takes a query in parentheses and quotes")
          .withHint("Write UNLOAD ('select …') TO 's3://bucket/prefix'.")
          .withPosition(unload.position());
    }
    Unloader unloader = session.warehouse().engine().unloader();
    boolean anywhere = session.user().superuser();
    try (UnloadRun run = new UnloadRun(unload, unloader, anywhere, results, logged::unloaded)) {
      runner.apply(run).run(query, "", Arguments.NONE);
    }
  }

  /// @param anywhere whether the user may write files outside of the load roots
  /// @param results hears of the end
  /// @param unloaded hears of the files
  private UnloadRun(
      UnloadStatement statement,
      Unloader unloader,
      boolean anywhere,
      ResultConsumer results,
      Consumer<List<Unloader.Written>> unloaded) {
    this.statement = statement;
    this.unloader = unloader;
    this.anywhere = anywhere;
    this.results = results;
    this.unloaded = unloaded;
  }

  @Override
  public void columns(List<ResultColumn> columns) {
    if (writing != null) {
      throw new IllegalStateException("columns twice");
    }
    List<String> names = columns.stream().map(ResultColumn::name).toList();
    writing =
        unloader.begin(
            UnloadRequests.of(statement, names, anywhere),
            columns.stream().map(c -> new Unloader.Column(c.name(), c.type())).toList());
  }

  @Override
  public void rows(Batch batch) {
    writing().rows(batch);
  }

  @Override
  public void complete(String tag) {
    List<Unloader.Written> files = writing().finish();
    unloaded.accept(files);
    long rows = files.stream().mapToLong(Unloader.Written::rows).sum();
    results.notice(
        "INFO", "00000", "UNLOAD completed, " + rows + " record(s) unloaded successfully.");
    results.complete("UNLOAD");
  }

  @Override
  public void empty() {}

  @Override
  public void notice(String severity, String sqlState, String message) {
    results.notice(severity, sqlState, message);
  }

  @Override
  public void parameterChanged(String name, String value) {
    results.parameterChanged(name, value);
  }

  @Override
  public void close() {
    Unloader.Writing open = writing;
    if (open != null) {
      open.close();
    }
  }

  private Unloader.Writing writing() {
    Unloader.Writing open = writing;
    if (open == null) {
      throw new IllegalStateException("rows before columns");
    }
    return open;
  }
}
