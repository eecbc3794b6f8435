package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.functions.user.UserFunction;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.relational.TableStatistics;
import io.redward.spi.SystemTables;
import java.util.List;
import java.util.function.Function;

/// What a statement is bound against.
///
/// @param session whose statement it is
/// @param statistics of a table as of the statement's snapshot
/// @param past finds tables as they were
/// @param parameterTypes what the client has declared for `$1`, `$2`, ...; UNKNOWN where open
public record BindContext(
    Catalog catalog,
    SystemTables systemTables,
    SessionScope session,
    Function<TableDefinition, TableStatistics> statistics,
    List<SqlType> parameterTypes,
    PastTables past) {
  /// What of the session matters to names and checks.
  ///
  /// @param processId whose temporary tables are seen
  /// @param searchPath schemas, without `pg_catalog` and the temporary one, which come first
  /// @param strict `redshift_compat` is `strict`: what is documented as unsupported is refused
  /// @param compositeIntervals whether an interval literal may have parts that its type leaves out
  /// @param dateOrder how dates of three numbers are read: MDY, DMY or YMD
  /// @param limits of a call of a user's function
  /// @param rewrites whether materialized views may be read in place of the tables under them
  public record SessionScope(
      int processId,
      Database database,
      User user,
      List<String> searchPath,
      boolean strict,
      SuperModes superModes,
      boolean rewrites,
      boolean compositeIntervals,
      String dateOrder,
      UserFunction.Limits limits) {
    public SessionScope {
      searchPath = List.copyOf(searchPath);
    }

    /// With the usual modes of SUPER values, reading what is named.
    public SessionScope(
        int processId, Database database, User user, List<String> searchPath, boolean strict) {
      this(
          processId,
          database,
          user,
          searchPath,
          strict,
          SuperModes.DEFAULT,
          false,
          false,
          "MDY",
          UserFunction.Limits.DEFAULT);
    }

    /// The same for all sessions of the user that have no temporary tables.
    public SessionScope withoutProcess() {
      return with(0, searchPath);
    }

    /// Of what tells most scopes apart and is cheap to hash: every statement asks.
    @Override
    public int hashCode() {
      return 31 * processId + 17 * user.oid() + searchPath.hashCode();
    }

    /// The same with another search path.
    public SessionScope withSearchPath(List<String> path) {
      return with(processId, path);
    }

    private SessionScope with(int processId, List<String> path) {
      return new SessionScope(
          processId,
          database,
          user,
          path,
          strict,
          superModes,
          rewrites,
          compositeIntervals,
          dateOrder,
          limits);
    }
  }

  /// Without a history.
  public BindContext(
      Catalog catalog,
      SystemTables systemTables,
      SessionScope session,
      Function<TableDefinition, TableStatistics> statistics,
      List<SqlType> parameterTypes) {
    this(catalog, systemTables, session, statistics, parameterTypes, PastTables.NONE);
  }

  /// The same against another catalog.
  public BindContext over(Catalog other) {
    return new BindContext(other, systemTables, session, statistics, parameterTypes, past);
  }

  /// The same for another session.
  public BindContext within(SessionScope other) {
    return new BindContext(catalog, systemTables, other, statistics, parameterTypes, past);
  }

  public BindContext {
    parameterTypes = List.copyOf(parameterTypes);
  }
}
