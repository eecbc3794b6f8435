package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.optimizer.ConstantFolder;
import io.redward.leader.optimizer.Optimizer;
import io.redward.leader.relational.PlannerContext;
import org.junit.jupiter.api.Test;

final class BinderErrorsTest {
  private final TestCatalog catalog =
      TestCatalog.of(
          "create table t (a integer not null, b varchar(10), d date, price decimal(8,2));"
              + "create table u (a integer, c integer);"
              + "create table ident (id bigint identity(1, 1), name varchar(3));");

  /// The statement, with `^` before the place the error points at; none where it has no place.
  private void fails(String marked, SqlState state, String message) {
    String sql = marked.replace("^", "");
    SqlException error = catchThrowableOfType(SqlException.class, () -> catalog.bind(sql));
    assertThat(error).as(sql).isNotNull();
    assertThat(error.message()).isEqualTo(message);
    assertThat(error.state()).isEqualTo(state);
    if (marked.contains("^")) {
      assertThat(error.position()).hasValue(marked.indexOf('^') + 1);
    }
  }

  @Test
  void namesThatDoNotExist() {
    fails("select * from ^x", SqlState.UNDEFINED_TABLE, "relation \"x\" does not exist");
    fails("select * from ^s.x", SqlState.INVALID_SCHEMA_NAME, "schema \"s\" does not exist");
    fails("select ^x from t", SqlState.UNDEFINED_COLUMN, "column \"x\" does not exist");
    fails("select ^t.x from t", SqlState.UNDEFINED_COLUMN, "column t.x does not exist");
    fails(
        "select ^x.a from t",
        SqlState.UNDEFINED_TABLE,
        "missing FROM-clause entry for table \"x\"");
    fails("select ^foo(1)", SqlState.UNDEFINED_FUNCTION, "function foo(integer) does not exist");
    fails("select a::^nosuch from t", SqlState.UNDEFINED_OBJECT, "type \"nosuch\" does not exist");
  }

  @Test
  void aCloseNameIsSuggested() {
    SqlException column =
        catchThrowableOfType(SqlException.class, () -> catalog.bind("select prise from t"));
    assertThat(column.hint()).contains("Perhaps you meant to reference the column \"t.price\".");
    SqlException table =
        catchThrowableOfType(SqlException.class, () -> catalog.bind("select 1 from idemt"));
    assertThat(table.hint()).contains("Perhaps you meant the table \"ident\".");
  }

  @Test
  void namesThatMeanSeveralThings() {
    fails("select ^a from t, u", SqlState.AMBIGUOUS_COLUMN, "column reference \"a\" is ambiguous");
    fails(
        "select 1 from t, ^t",
        SqlState.DUPLICATE_ALIAS,
        "table name \"t\" specified more than once");
  }

  @Test
  void grouping() {
    fails(
        "select ^b, count(*) from t",
        SqlState.GROUPING_ERROR,
        "column \"t.b\" must appear in the GROUP BY clause or be used in an aggregate function");
    fails(
        "select a from t where ^count(*) > 1",
        SqlState.GROUPING_ERROR,
        "aggregates not allowed in WHERE clause");
    fails(
        "select count(*) from t group by ^count(*)",
        SqlState.GROUPING_ERROR,
        "aggregates not allowed in GROUP BY clause");
    fails(
        "select sum(^count(*)) from t",
        SqlState.GROUPING_ERROR,
        "aggregate function calls may not be nested");
    fails(
        "select a from t group by ^2",
        SqlState.INVALID_COLUMN_REFERENCE,
        "GROUP BY position 2 is not in select list");
    fails(
        "select a from t order by ^3",
        SqlState.INVALID_COLUMN_REFERENCE,
        "ORDER BY position 3 is not in select list");
    fails(
        "select distinct a from t order by ^b",
        SqlState.INVALID_COLUMN_REFERENCE,
        "for SELECT DISTINCT, ORDER BY expressions must appear in select list");
    fails(
        "select a from t where ^rank() over (order by a) = 1",
        SqlState.WINDOWING_ERROR,
        "window functions are not allowed in WHERE");
  }

  @Test
  void typesThatDoNotMatch() {
    fails(
        "select a from t where a ^+ 1",
        SqlState.DATATYPE_MISMATCH,
        "argument of WHERE must be type boolean, not type integer");
    fails(
        "select a ^= d from t",
        SqlState.UNDEFINED_FUNCTION,
        "operator does not exist: integer = date");
    fails(
        "select ^case when a = 1 then d else a end from t",
        SqlState.DATATYPE_MISMATCH,
        "CASE types date and integer cannot be matched");
    fails(
        "select a from t ^union select d from t",
        SqlState.DATATYPE_MISMATCH,
        "UNION types integer and date cannot be matched");
    fails(
        "select a from t union select a, c from u",
        SqlState.SYNTAX_ERROR,
        "each UNION query must have the same number of columns");
    fails(
        "select ^cast(d as integer) from t",
        SqlState.CANNOT_COERCE,
        "cannot cast type date to integer");
    fails(
        "select ^(select a, b from t)",
        SqlState.SYNTAX_ERROR,
        "subquery must return only one column");
    fails(
        "select 1 where 1 ^in (select a, b from t)",
        SqlState.SYNTAX_ERROR,
        "subquery has too many columns");
  }

  @Test
  void changesOfRows() {
    fails(
        "insert into t (a, ^z) values (1, 2)",
        SqlState.UNDEFINED_COLUMN,
        "column \"z\" of relation \"t\" does not exist");
    fails(
        "insert into u values (1, 2, 3)",
        SqlState.SYNTAX_ERROR,
        "INSERT has more expressions than target columns");
    fails(
        "insert into u (a, ^c) values (1)",
        SqlState.SYNTAX_ERROR,
        "INSERT has more target columns than expressions");
    fails(
        "insert into ident (name) values (^'long')",
        SqlState.STRING_DATA_RIGHT_TRUNCATION,
        "value too long for type character varying(3)");
    fails(
        "insert into u (a) values (^date '2020-01-01')",
        SqlState.DATATYPE_MISMATCH,
        "column \"a\" is of type integer but expression is of type date");
    fails(
        "update t set a = 1, ^a = 2",
        SqlState.SYNTAX_ERROR,
        "multiple assignments to same column \"a\"");
    fails(
        "insert into ident (id) values (5)",
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot set an identity column to a value");
  }

  @Test
  void outerMarks() {
    fails(
        "select 1 from t, u where t.a^(+) = u.a or t.a = 0",
        SqlState.SYNTAX_ERROR,
        "Outer join operator (+) not allowed in operand of OR or IN.");
    fails(
        "select 1 from t, u, ident where t.a(+) = u.a and t.a(+) = ident.id",
        SqlState.SYNTAX_ERROR,
        "A table may be outer joined to at most one other table.");
  }

  @Test
  void leaderFunctionsOverTablesAreRefusedInStrictMode() {
    catalog.bind("select current_schema(), a from t");
    catalog.strict();
    catalog.bind("select current_schema()");
    fails(
        "select current_schema(), a from t",
        SqlState.FEATURE_NOT_SUPPORTED,
        "Specified types or functions (one per INFO message) not supported on Amazon Redshift"
            + " tables.");
  }

  @Test
  void windowsOverCorrelatedRowsAreRefusedWhenOptimized() {
    PlannerContext planner = PlannerContext.create();
    BoundStatement.BoundQuery query =
        (BoundStatement.BoundQuery)
            catalog.bind(
                "select (select row_number() over (order by c) from u where u.a = t.a) from t",
                planner);
    SqlException error =
        catchThrowableOfType(
            SqlException.class,
            () -> new Optimizer(ConstantFolder.NONE).optimize(planner, query.rel()));
    assertThat(error).hasMessage("This type of correlated subquery pattern is not supported yet");
  }
}
