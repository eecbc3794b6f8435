package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Statements that read and change rows.
public sealed interface DataStatement extends Statement {

  /// A query by itself; with SELECT … INTO in its body it makes a table.
  record QueryStatement(Query query) implements DataStatement {
    @Override
    public int position() {
      return query.position();
    }
  }

  /// INSERT INTO.
  ///
  /// @param columns empty for all
  /// @param byName BY NAME: the query's columns go to those of their names
  /// @param source empty for DEFAULT VALUES; rows of VALUES may hold [Expr.DefaultExpr]
  record InsertStatement(
      Optional<WithClause> with,
      QualifiedName table,
      List<Identifier> columns,
      boolean byName,
      Optional<Query> source,
      int position)
      implements DataStatement {
    public InsertStatement {
      columns = List.copyOf(columns);
    }

    /// An INSERT whose values go to columns by their places.
    public InsertStatement(
        Optional<WithClause> with,
        QualifiedName table,
        List<Identifier> columns,
        Optional<Query> source,
        int position) {
      this(with, table, columns, false, source, position);
    }
  }

  /// UPDATE.
  record UpdateStatement(
      Optional<WithClause> with,
      QualifiedName table,
      Optional<Identifier> alias,
      List<Assignment> assignments,
      List<TableRef> from,
      Optional<Expr> where,
      int position)
      implements DataStatement {
    public UpdateStatement {
      assignments = List.copyOf(assignments);
      from = List.copyOf(from);
    }
  }

  /// DELETE FROM.
  record DeleteStatement(
      Optional<WithClause> with,
      QualifiedName table,
      Optional<Identifier> alias,
      List<TableRef> using,
      Optional<Expr> where,
      int position)
      implements DataStatement {
    public DeleteStatement {
      using = List.copyOf(using);
    }
  }

  /// MERGE INTO. With `removeDuplicates` there is no action: matching rows of the target are
  /// replaced by the source's distinct rows.
  record MergeStatement(
      QualifiedName target,
      Optional<Identifier> alias,
      TableRef source,
      Expr condition,
      List<MergeAction> actions,
      boolean removeDuplicates,
      int position)
      implements DataStatement {
    public MergeStatement {
      actions = List.copyOf(actions);
    }
  }

  /// A WHEN branch of MERGE.
  sealed interface MergeAction {
    record UpdateMatched(List<Assignment> assignments) implements MergeAction {}

    record DeleteMatched() implements MergeAction {}

    /// Without columns: all.
    record InsertUnmatched(List<Identifier> columns, List<Expr> values) implements MergeAction {}
  }

  /// INSERT … ON CONFLICT.
  ///
  /// @param alias of the table, for DO UPDATE
  /// @param target the columns of the key meant; empty where none or a constraint is named
  /// @param assignments of DO UPDATE; empty for DO NOTHING
  record UpsertStatement(
      InsertStatement insert,
      Optional<Identifier> alias,
      List<Identifier> target,
      Optional<Identifier> constraint,
      List<Assignment> assignments,
      Optional<Expr> where,
      int position)
      implements DataStatement {
    public UpsertStatement {
      target = List.copyOf(target);
      assignments = List.copyOf(assignments);
    }
  }

  /// DESCRIBE or SUMMARIZE of a query: a row for each of its columns.
  ///
  /// @param values SUMMARIZE: also what there is in them
  record ProfileStatement(Query query, boolean values, int position) implements DataStatement {}

  /// A change with RETURNING: its rows are the client's, one for each row that is changed.
  ///
  /// @param change an INSERT, UPDATE, DELETE or MERGE
  record ReturningStatement(DataStatement change, List<QueryBody.SelectItem> items, int position)
      implements DataStatement {
    public ReturningStatement {
      items = List.copyOf(items);
    }
  }

  /// `column = value`; the value may be [Expr.DefaultExpr].
  record Assignment(Identifier column, Expr value) {}

  /// TRUNCATE [TABLE].
  record TruncateStatement(QualifiedName table, int position) implements DataStatement {}

  /// COPY table [(columns)] FROM source …
  ///
  /// @param columns empty for all
  /// @param source a URL, or the empty string for COPY … FROM STDIN
  record CopyStatement(
      QualifiedName table,
      List<Identifier> columns,
      String source,
      List<CopyOption> options,
      Optional<CopyJob> job,
      int position)
      implements DataStatement {
    public CopyStatement {
      columns = List.copyOf(columns);
      options = List.copyOf(options);
    }
  }

  /// COPY table TO STDOUT, COPY (query) TO STDOUT: PostgreSQL's, not Redshift's.
  record CopyOutStatement(Query query, List<CopyOption> options, int position)
      implements DataStatement {
    public CopyOutStatement {
      options = List.copyOf(options);
    }
  }

  /// `JOB CREATE name [AUTO ON | OFF]` behind a COPY.
  record CopyJob(Identifier name, boolean auto) {}

  /// COPY JOB RUN | DROP | SHOW | LIST | ALTER.
  record CopyJobStatement(
      CopyJobAction action, Optional<Identifier> name, Optional<Boolean> auto, int position)
      implements DataStatement {}

  enum CopyJobAction {
    RUN,
    DROP,
    SHOW,
    LIST,
    ALTER
  }

  /// UNLOAD ('select …') TO 'prefix' …
  ///
  /// @param query the text between the quotes, its escapes resolved; parse it as its own statement
  record UnloadStatement(String query, String target, List<CopyOption> options, int position)
      implements DataStatement {
    public UnloadStatement {
      options = List.copyOf(options);
    }
  }
}
