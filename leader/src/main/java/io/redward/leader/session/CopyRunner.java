package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.CopyJob;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.CopyCommand;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.DataStatement.CopyJobAction;
import io.redward.leader.sql.ast.DataStatement.CopyJobStatement;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.system.Incident;
import io.redward.spi.LoadError;
import io.redward.spi.LoadIncident;
import io.redward.spi.LoadedFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// COPY into a table, and COPY jobs, which are such statements that are kept.
final class CopyRunner {
  private static final Set<CopyOption.Flag> NOT_OF_JOBS =
      Set.of(CopyOption.Flag.MANIFEST, CopyOption.Flag.NOLOAD, CopyOption.Flag.SSH);
  private static final List<String> COLUMNS =
      List.of("job_name", "job_id", "is_auto", "owner", "job_text");

  private final LeaderSession session;
  private final QueryRunner queries;
  private final LoggedStatement logged;
  private final ResultConsumer results;
  private final CancelToken cancel;

  CopyRunner(
      LeaderSession session,
      QueryRunner queries,
      LoggedStatement logged,
      ResultConsumer results,
      CancelToken cancel) {
    this.session = session;
    this.queries = queries;
    this.logged = logged;
    this.results = results;
    this.cancel = cancel;
  }

  static StatementRunner.Shape shape(CopyJobStatement statement) {
    return statement.action() == CopyJobAction.LIST || statement.action() == CopyJobAction.SHOW
        ? StatementRunner.Shape.text(COLUMNS.toArray(String[]::new))
        : StatementRunner.Shape.NOTHING;
  }

  /// @param text of the statement, which a job is kept as
  void run(CopyStatement copy, String text) {
    results.complete(copy.job().isPresent() ? create(copy, text) : load(copy, Optional.empty()));
  }

  private String load(CopyStatement copy, Optional<CopyJob> job) {
    queries.locks().forChange(queries.context(), List.of(copy.table()));
    CopyUpkeep upkeep = new CopyUpkeep(session, queries.context(), copy);
    upkeep.before();
    String tag =
        Enforcement.around(
            session, queries, copy.table(), () -> command().run(copy, copyRun(job), job));
    upkeep.after();
    return tag;
  }

  private CopyCommand command() {
    return new CopyCommand(queries.context(), queries::defaultValue);
  }

  private CopyCommand.Run copyRun(Optional<CopyJob> job) {
    CopyCommand.Log log =
        new CopyCommand.Log() {
          @Override
          public void errors(int tableOid, List<LoadError> errors) {
            logged.loadErrors(tableOid, errors);
          }

          @Override
          public void files(TableDefinition table, List<LoadedFile> files) {
            logged.copied(table, files);
            logged.loadedFiles(files, job.map(CopyJob::id).orElse(0L));
          }

          @Override
          public void met(LoadIncident incident) {
            note(incident);
          }

          @Override
          public int query() {
            return logged.queryId();
          }
        };
    return new CopyCommand.Run(
        session.warehouse().engine().loader(),
        cancel,
        logged::loading,
        logged::loaded,
        log,
        results::copyIn);
  }

  private void note(LoadIncident incident) {
    switch (incident) {
      case LoadIncident.Simplified each ->
          logged.happened(
              Incident.Kind.SIMPLIFIED,
              List.of(
                  Long.toString(each.line()),
                  Double.toString(each.limit()),
                  Integer.toString(each.before()),
                  each.simplified() ? "t" : "f",
                  Integer.toString(each.after()),
                  Double.toString(each.tolerance())));
      case LoadIncident.BucketFailure each ->
          logged.happened(
              Incident.Kind.BUCKET_ERROR,
              List.of(each.method(), each.bucket(), each.key(), each.reason()));
      case LoadIncident.HostFailure each ->
          logged.happened(
              Incident.Kind.SSH_ERROR,
              List.of(each.user(), each.endpoint(), each.command(), each.reason()));
    }
  }

  private String create(CopyStatement copy, String text) {
    CommandContext context = queries.context();
    for (CopyOption option : copy.options()) {
      if (option instanceof CopyOption.FlagOption flag && NOT_OF_JOBS.contains(flag.flag())) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "COPY JOB is not compatible with " + flag.flag().name())
            .withPosition(flag.position());
      }
      if (option instanceof CopyOption.CredentialOption credential
          && !credential.secret().startsWith("aws_iam_role=")) {
        throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "COPY JOB does not keep access keys")
            .withHint("Use IAM_ROLE.")
            .withPosition(credential.position());
      }
    }
    QualifiedName table = context.qualified(command().check(copy));
    CopyJob job =
        CopyJob.create(
            context.transaction().get(),
            context.database().oid(),
            copy.job().orElseThrow().name().name(),
            context.user().oid(),
            table.qualifier().map(Identifier::name).orElseThrow());
    job.with(text, copy.job().get().auto()).store(context.transaction().get());
    return "COPY JOB CREATE";
  }

  /// COPY JOB LIST, SHOW, ALTER, DROP, RUN.
  void run(CopyJobStatement statement) {
    CommandContext context = queries.context();
    if (statement.action() == CopyJobAction.LIST) {
      List<CopyJob> jobs =
          CopyJob.all(session.transaction().snapshot()).stream()
              .filter(job -> job.database() == context.database().oid())
              .filter(job -> context.user().superuser() || job.owner() == context.user().oid())
              .toList();
      show(jobs);
      results.complete("COPY JOB LIST");
      return;
    }
    CopyJob job = find(statement);
    switch (statement.action()) {
      case SHOW -> show(List.of(job));
      case ALTER -> {
        boolean auto = statement.auto().orElse(job.auto());
        job.with(job.text(), auto).store(context.transaction().get());
      }
      case DROP -> job.drop(context.transaction().get());
      case RUN -> {
        load(copyOf(job), Optional.of(job));
      }
      case LIST -> throw new IllegalStateException("listed above");
    }
    results.complete("COPY JOB " + statement.action().name());
  }

  private CopyJob find(CopyJobStatement statement) {
    CommandContext context = queries.context();
    String name = statement.name().orElseThrow().name();
    CopyJob job =
        CopyJob.find(session.transaction().snapshot(), context.database().oid(), name)
            .orElseThrow(
                () ->
                    new SqlException(
                            SqlState.UNDEFINED_OBJECT, "COPY job \"" + name + "\" does not exist")
                        .withPosition(statement.position()));
    if (!context.user().superuser() && job.owner() != context.user().oid()) {
      throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, "must be owner of COPY job " + name);
    }
    return job;
  }

  /// The COPY that a job stands for.
  private CopyStatement copyOf(CopyJob job) {
    if (!(session.parse(job.text()).getFirst().statement() instanceof CopyStatement copy)) {
      throw new IllegalStateException("the text of COPY job " + job.name() + " is no COPY");
    }
    QualifiedName table =
        new QualifiedName(
            List.of(Identifier.of(job.schema(), 0), Identifier.of(copy.table().last().name(), 0)));
    return new CopyStatement(
        table, copy.columns(), copy.source(), copy.options(), Optional.empty(), 0);
  }

  private void show(List<CopyJob> jobs) {
    List<ResultColumn> columns = COLUMNS.stream().map(TextRows::column).toList();
    results.columns(columns);
    TextRows.send(
        jobs.stream()
            .map(
                job ->
                    List.of(
                        job.name(),
                        Long.toString(job.id()),
                        job.auto() ? "1" : "0",
                        queries.context().catalog().user(job.owner()).map(u -> u.name()).orElse(""),
                        job.text()))
            .toList(),
        results);
  }
}
