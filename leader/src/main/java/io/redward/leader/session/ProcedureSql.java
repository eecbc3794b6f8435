package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchCopy;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.procedure.PlText;
import io.redward.leader.session.Variables.Value;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.Statement;
import io.redward.plan.expression.Constant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the SQL of a procedure, its variables as parameters, and keeps what comes out.
final class ProcedureSql {
  static final SqlType TEXT = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  private static final Variables NONE = new Variables(null);

  private final LeaderSession session;
  private final QueryRunner queries;
  private final ResultConsumer client;

  ProcedureSql(LeaderSession session, QueryRunner queries, ResultConsumer client) {
    this.session = session;
    this.queries = queries;
    this.client = client;
  }

  /// A statement with values for its parameters.
  ///
  /// @param names of the variables, in the order of the parameters
  record Call(Statement statement, String text, Arguments arguments, List<String> names) {}

  /// What a statement gave: rows, or how many it changed.
  record Result(List<ResultColumn> columns, List<Batch> batches, long count) {
    /// The rows one by one, as values by column name.
    List<Map<String, Value>> rows() {
      List<Map<String, Value>> rows = new ArrayList<>();
      for (Batch batch : batches) {
        for (int row = 0; row < batch.selectedCount; row++) {
          rows.add(row(batch, row));
        }
      }
      return rows;
    }

    private Map<String, Value> row(Batch batch, int row) {
      Map<String, Value> values = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        ResultColumn column = columns.get(i);
        SqlType type = kept(column.type());
        Constant raw = DefaultValues.constant(batch.vectors[i], row);
        values.put(
            values.containsKey(column.name()) ? column.name() + "_" + i : column.name(),
            new Value(type, InitialValues.stored(raw, type).orElse(Constant.NULL)));
      }
      return values;
    }

    /// As many NULLs as there are columns.
    Map<String, Value> noRow() {
      Map<String, Value> values = new LinkedHashMap<>();
      columns.forEach(c -> values.put(c.name(), new Value(kept(c.type()), Constant.NULL)));
      return values;
    }

    private static SqlType kept(SqlType type) {
      return switch (type.kind()) {
        case UNKNOWN, TEXT, NAME -> TEXT;
        case VARCHAR -> type.precision() > 0 ? type : TEXT;
        default -> type;
      };
    }
  }

  /// The statement a text is, with the variables it names.
  Call call(String text, Variables variables) {
    PlText prepared = PlText.of(text, variables, session.parserOptions());
    List<SqlType> types = new ArrayList<>();
    List<Constant> values = new ArrayList<>();
    for (PlText.Reference reference : prepared.references()) {
      Value value = variables.get(reference.name(), reference.field());
      types.add(value.type());
      values.add(value.constant());
    }
    Statement statement = SqlParser.parseStatement(prepared.text(), session.parserOptions());
    List<String> names = prepared.references().stream().map(PlText.Reference::name).toList();
    return new Call(statement, prepared.text(), new Arguments(types, types, values), names);
  }

  Result run(Call call) {
    Collector collector = new Collector(client);
    queries.nested(collector).run(call.statement(), call.text(), call.arguments());
    return new Result(collector.columns, collector.batches, collector.count);
  }

  Result run(String text, Variables variables) {
    return run(call(text, variables));
  }

  /// An expression's value as a value of the type.
  Constant evaluate(String expression, SqlType type, Variables variables) {
    Result result = run("select cast((" + expression + ") as " + type + ")", variables);
    return only(result, type);
  }

  private static Constant only(Result result, SqlType type) {
    Value value = result.rows().getFirst().values().iterator().next();
    return InitialValues.stored(value.constant(), type).orElse(Constant.NULL);
  }

  boolean condition(String expression, Variables variables) {
    return evaluate(expression, SqlType.BOOLEAN, variables) instanceof Constant.IntValue(int truth)
        && truth != 0;
  }

  long integer(String expression, Variables variables) {
    return evaluate(expression, SqlType.BIGINT, variables) instanceof Constant.LongValue(long v)
        ? v
        : 0;
  }

  /// A value converted as an assignment does.
  Constant cast(Value value, SqlType type) {
    if (value.type().equals(type) || value.constant() instanceof Constant.Null) {
      return value.constant();
    }
    String text = "select cast($1 as " + type + ")";
    Arguments arguments =
        new Arguments(List.of(value.type()), List.of(value.type()), List.of(value.constant()));
    Statement statement = SqlParser.parseStatement(text, session.parserOptions());
    return only(run(new Call(statement, text, arguments, List.of())), type);
  }

  /// An expression's value as RAISE shows it.
  String shown(String expression, Variables variables) {
    Value value =
        run("select (" + expression + ")", variables).rows().getFirst().values().iterator().next();
    if (value.constant() instanceof Constant.Null) {
      return "<NULL>";
    }
    if (value.type().equals(SqlType.BOOLEAN)) {
      return value.constant().equals(Constant.of(true)) ? "t" : "f";
    }
    return text(cast(value, TEXT));
  }

  /// A string constant's characters, empty for NULL.
  static String text(Constant constant) {
    return constant instanceof Constant.BytesValue(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  /// The text that an expression gives, as a statement without variables.
  Call dynamic(String expression, Variables variables) {
    Constant text = evaluate(expression, TEXT, variables);
    if (text instanceof Constant.Null) {
      throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot EXECUTE a null querystring");
    }
    return call(text(text), NONE);
  }

  /// Keeps rows; messages go on to the client.
  static final class Collector implements ResultConsumer {
    private final ResultConsumer client;
    private final List<Batch> batches = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private long count;

    Collector(ResultConsumer client) {
      this.client = client;
    }

    List<Batch> batches() {
      return batches;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
      this.columns = columns;
    }

    @Override
    public void rows(Batch batch) {
      if (batch.selectedCount > 0) {
        batches.add(BatchCopy.of(batch));
      }
    }

    @Override
    public void complete(String tag) {
      String last = tag.substring(tag.lastIndexOf(' ') + 1);
      count = last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
    }

    @Override
    public void empty() {}

    @Override
    public void notice(String severity, String sqlState, String message) {
      client.notice(severity, sqlState, message);
    }

    @Override
    public void parameterChanged(String name, String value) {
      client.parameterChanged(name, value);
    }
  }
}
