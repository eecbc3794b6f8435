package io.redward.gateway.dataapi;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ParameterValue;
import io.redward.leader.session.Portal;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The operations that list databases, schemas, tables and columns, as the calling user sees them.
final class CatalogCalls {
  private static final int MOST = 1_000;

  private final Warehouse warehouse;

  CatalogCalls(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  ObjectNode databases(ApiBody body, Caller caller) {
    List<List<String>> rows =
        query(body, caller, "select datname from pg_database where datallowconn order by 1");
    return page(body, "Databases", rows, (row, list) -> list.add(row.getFirst()));
  }

  ObjectNode schemas(ApiBody body, Caller caller) {
    List<List<String>> rows =
        query(
            body,
            caller,
            "select nspname from pg_namespace where nspname like $1 order by 1",
            body.string("SchemaPattern").orElse("%"));
    return page(body, "Schemas", rows, (row, list) -> list.add(row.getFirst()));
  }

  ObjectNode tables(ApiBody body, Caller caller) {
    List<List<String>> rows =
        query(
            body,
            caller,
            "select table_schema, table_name, case"
                + " when table_schema in ('pg_catalog', 'information_schema')"
                + " then case when table_type = 'VIEW' then 'SYSTEM VIEW' else 'SYSTEM TABLE' end"
                + " when table_type = 'BASE TABLE' then 'TABLE' else table_type end"
                + " from svv_tables where table_schema like $1 and table_name like $2"
                + " order by 1, 2",
            body.string("SchemaPattern").orElse("%"),
            body.string("TablePattern").orElse("%"));
    return page(
        body,
        "Tables",
        rows,
        (row, list) ->
            list.addObject()
                .put("schema", row.get(0))
                .put("name", row.get(1))
                .put("type", row.get(2)));
  }

  ObjectNode columns(ApiBody body, Caller caller) {
    String table = body.required("Table");
    List<List<String>> rows =
        query(
            body,
            caller,
            "select column_name, data_type, is_nullable, character_maximum_length,"
                + " numeric_precision, numeric_scale, table_schema, column_default"
                + " from svv_columns where table_schema like $1 and table_name = $2"
                + " order by table_schema, ordinal_position",
            body.string("Schema").orElse("%"),
            table);
    ObjectNode answer = page(body, "ColumnList", rows, (row, list) -> list.add(column(row, table)));
    return answer.put("TableName", table);
  }

  private static ObjectNode column(List<String> row, String table) {
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    node.put("name", row.get(0));
    node.put("label", row.get(0));
    node.put("typeName", row.get(1));
    node.put("nullable", row.get(2).equals("YES") ? 1 : 0);
    node.put("length", number(row.get(3)));
    node.put("precision", number(row.get(4)));
    node.put("scale", number(row.get(5)));
    node.put("schemaName", row.get(6));
    node.put("tableName", table);
    if (!row.get(7).isEmpty()) {
      node.put("columnDefault", row.get(7));
    }
    return node;
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static ObjectNode page(
      ApiBody body,
      String member,
      List<List<String>> rows,
      BiConsumer<List<String>, ArrayNode> write) {
    int most = body.number("MaxResults", MOST, 0, MOST);
    int from = Math.min(rows.size(), PageToken.read(body.string("NextToken"), member));
    int to = Math.min(rows.size(), from + (most == 0 ? MOST : most));
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    ArrayNode list = answer.putArray(member);
    rows.subList(from, to).forEach(row -> write.accept(row, list));
    if (to < rows.size()) {
      answer.put("NextToken", PageToken.of(member, to));
    }
    return answer;
  }

  private List<List<String>> query(ApiBody body, Caller caller, String sql, String... parameters) {
    String database = body.string("ConnectedDatabase").orElseGet(() -> body.required("Database"));
    Warehouse.Login login =
        new Warehouse.Login(
            caller.databaseUser(body.string("DbUser")), database, caller.remoteAddress(), 0);
    List<ParameterValue> values = new ArrayList<>();
    for (String parameter : parameters) {
      values.add(new ParameterValue.Text(parameter));
    }
    try (Session session = warehouse.open(login, Map.of("application_name", "data-api"));
        Portal portal = session.bind(session.prepare(sql, List.of()), values)) {
      TextRows rows = new TextRows(session);
      portal.fetch(0, rows);
      session.sync(false);
      return rows.rows;
    } catch (SqlException e) {
      throw ApiException.of(400, "DatabaseConnectionException", e.message());
    }
  }

  /// Rows as text, NULL as the empty string.
  private static final class TextRows implements ResultConsumer {
    private final Session session;
    private final List<List<String>> rows = new ArrayList<>();
    private final ByteBuilder text = new ByteBuilder(256);
    private Optional<List<ResultColumn>> columns = Optional.empty();

    TextRows(Session session) {
      this.session = session;
    }

    @Override
    public void columns(List<ResultColumn> given) {
      columns = Optional.of(given);
    }

    @Override
    public void rows(Batch batch) {
      List<ResultColumn> shape = columns.orElseThrow();
      for (int i = 0; i < batch.selectedCount; i++) {
        int row = batch.row(i);
        List<String> cells = new ArrayList<>();
        for (int c = 0; c < shape.size(); c++) {
          text.advanceTo(0);
          if (!batch.vectors[c].isNull(row)) {
            TextForm.put(shape.get(c).type(), batch.vectors[c], row, session.timeZone(), text);
          }
          cells.add(text.utf8(0));
        }
        rows.add(cells);
      }
    }

    @Override
    public void complete(String tag) {
      // The rows are all there is to know.
    }

    @Override
    public void empty() {
      // Never: the texts are ours.
    }

    @Override
    public void notice(String severity, String sqlState, String message) {
      // None is expected of the catalog.
    }

    @Override
    public void parameterChanged(String name, String value) {
      // The texts change no setting.
    }
  }
}
