package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call of JDBC's DatabaseMetaData by both drivers, with what it gives, as it is written down
/// in `clients/metadata-DRIVER.txt`. With `-Dredward.metadata=write` the lists are written anew, to
/// be read before they are kept.
class DriverMetadataTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "clients");
  private static final Set<String> OF_THE_MOMENT = Set.of("getURL", "getConnection", "unwrap");

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory);
    warehouse.execute(
        "create schema shop",
        "create table shop.customers (id integer not null primary key, name varchar(40)"
            + " default 'nobody', joined date, unique (name))",
        "comment on table shop.customers is 'who buys'",
        "comment on column shop.customers.name is 'as on the invoice'",
        "create table shop.orders (id bigint identity(1,1), customer integer not null,"
            + " price decimal(10,2), placed timestamptz, paid boolean, primary key (id),"
            + " foreign key (customer) references shop.customers (id))"
            + " distkey (customer) sortkey (placed)",
        "create view shop.names as select name from shop.customers",
        "create procedure shop.settle(in order_id bigint, inout done boolean) as $$"
            + " begin done := true; end; $$ language plpgsql",
        "create procedure shop.pay(in price decimal(12,3), in note varchar(40), out paid char(4))"
            + " as $$ begin paid := 'yes'; end; $$ language plpgsql",
        "create procedure shop.tidy() as $$ begin null; end; $$ language plpgsql",
        "create function shop.twice(integer) returns integer immutable as $$ select $1 * 2 $$"
            + " language sql",
        "create user clerk password disable",
        "grant select, insert on shop.orders to clerk");
  }

  @ParameterizedTest
  @CsvSource({"postgresql,sslmode=disable", "redshift,ssl=false"})
  void every_call_gives_what_is_written_down(String driver, String option) throws Exception {
    String url = "jdbc:" + driver + "://127.0.0.1:" + warehouse.port() + "/dev?" + option;
    String found;
    try (Connection connection = DriverManager.getConnection(url, "admin", "none")) {
      found = String.join("\n", calls(connection.getMetaData())) + "\n";
    }
    Path list = LISTS.resolve("metadata-" + driver + ".txt");
    if ("write".equals(System.getProperty("redward.metadata"))) {
      Files.writeString(list, found, StandardCharsets.UTF_8);
    }
    assertThat(found).isEqualTo(Files.readString(list, StandardCharsets.UTF_8));
    assertThat(found).doesNotContain("FAILED");
  }

  /// No call fails without a pattern, nor with one that matches nothing or has quotes in it.
  @ParameterizedTest
  @CsvSource({"postgresql,sslmode=disable", "redshift,ssl=false"})
  void calls_answer_whatever_is_asked_for(String driver, String option) throws SQLException {
    String url = "jdbc:" + driver + "://127.0.0.1:" + warehouse.port() + "/dev?" + option;
    try (Connection connection = DriverManager.getConnection(url, "admin", "none")) {
      DatabaseMetaData data = connection.getMetaData();
      assertThat(columns(data.getTables(null, null, null, null), "TABLE_NAME"))
          .contains("customers", "orders", "names");
      assertThat(columns(data.getTables("dev", "sh_p", "o%", new String[] {"TABLE"}), "TABLE_NAME"))
          .containsExactly("orders");
      assertThat(columns(data.getColumns(null, null, "orders", null), "COLUMN_NAME"))
          .containsExactly("id", "customer", "price", "placed", "paid");
      assertThat(columns(data.getColumns("dev", "shop", "customers", "%o%"), "COLUMN_NAME"))
          .containsExactly("joined");
      assertThat(columns(data.getSchemas(null, null), "TABLE_SCHEM")).contains("public", "shop");
      // Without a schema the drivers look along the search path.
      TestWarehouse.execute(connection, "set search_path to shop");
      assertThat(columns(data.getProcedures(null, "%", "%"), "PROCEDURE_NAME"))
          .contains("pay", "settle");
      assertThat(columns(data.getProcedureColumns(null, null, null, null), "COLUMN_NAME"))
          .contains("price", "note", "paid", "order_id", "done");
      assertThat(columns(data.getProcedureColumns(null, "shop", "p_y", "p%"), "COLUMN_NAME"))
          .contains("price", "paid")
          .doesNotContain("order_id");
      assertThat(columns(data.getFunctions(null, "%", null), "FUNCTION_NAME")).contains("twice");
      assertThat(columns(data.getFunctionColumns(null, null, "tw%", null), "FUNCTION_NAME"))
          .contains("twice");
      assertThat(columns(data.getPrimaryKeys(null, null, "orders"), "COLUMN_NAME"))
          .containsExactly("id");
      assertThat(columns(data.getImportedKeys(null, null, "orders"), "PKTABLE_NAME"))
          .containsExactly("customers");
      for (String odd : List.of("no such", "o'rders", "a\\_b", "\"")) {
        assertThat(columns(data.getTables(null, odd, odd, null), "TABLE_NAME")).isEmpty();
        assertThat(columns(data.getColumns(null, odd, odd, odd), "COLUMN_NAME")).isEmpty();
        assertThat(columns(data.getProcedureColumns(null, odd, odd, odd), "COLUMN_NAME")).isEmpty();
        assertThat(columns(data.getFunctionColumns(null, odd, odd, odd), "COLUMN_NAME")).isEmpty();
        assertThat(columns(data.getPrimaryKeys(null, odd, odd), "COLUMN_NAME")).isEmpty();
      }
    }
  }

  private static List<String> columns(ResultSet rows, String column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(column)));
      }
    }
    return values;
  }

  private static List<String> calls(DatabaseMetaData data) throws ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    Method[] methods = DatabaseMetaData.class.getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName).thenComparing(Method::toString));
    for (Method method : methods) {
      if (OF_THE_MOMENT.contains(method.getName()) || method.getName().equals("isWrapperFor")) {
        continue;
      }
      @Nullable Object[] arguments = arguments(method);
      String call = method.getName() + Arrays.deepToString(arguments);
      lines.add(call.replace('[', '(').replace(']', ')') + " = " + result(data, method, arguments));
    }
    return lines;
  }

  /// Arguments by the method and the place: the schema of the test where one is asked for.
  private static @Nullable Object[] arguments(Method method) {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    boolean cross = method.getName().equals("getCrossReference");
    for (int i = 0; i < types.length; i++) {
      if (types[i] == int.class) {
        arguments[i] = method.getName().startsWith("supports") ? ResultSet.TYPE_FORWARD_ONLY : 1;
      } else if (types[i] == boolean.class) {
        arguments[i] = false;
      } else if (types[i] == String.class) {
        arguments[i] = text(method.getName(), i, cross);
      } else {
        arguments[i] = null;
      }
    }
    return arguments;
  }

  private static @Nullable String text(String name, int place, boolean cross) {
    if (cross) {
      return new @Nullable String[] {null, "shop", "customers", null, "shop", "orders"}[place];
    }
    return switch (place) {
      case 1 -> "shop";
      case 2 ->
          switch (name) {
            case "getTables", "getColumns", "getProcedures", "getFunctions" -> "%";
            case "getProcedureColumns" -> "%";
            case "getFunctionColumns" -> "twice";
            case "getExportedKeys" -> "customers";
            default -> "orders";
          };
      case 3 -> "%";
      default -> null;
    };
  }

  private static String result(DatabaseMetaData data, Method method, @Nullable Object[] arguments)
      throws ReflectiveOperationException {
    try {
      Object value = method.invoke(data, arguments);
      return switch (value) {
        case ResultSet rows -> rows(rows);
        case RowIdLifetime lifetime -> lifetime.name();
        case null -> "null";
        default -> value.toString();
      };
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      boolean unsupported =
          cause instanceof java.sql.SQLFeatureNotSupportedException
              || cause instanceof SQLException s && "0A000".equals(s.getSQLState());
      return (unsupported ? "not supported by the driver" : "FAILED " + cause)
          .lines()
          .findFirst()
          .orElse("");
    } catch (SQLException e) {
      return "FAILED " + e;
    }
  }

  /// The rows as `column=value`, without what is NULL.
  private static String rows(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    int count = 0;
    try (rows) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        text.append("\n ");
        count++;
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String value = rows.getString(i);
          // Numbers of objects depend on how many there are.
          value = value == null ? "" : value.replaceAll("_[0-9]{5,}$", "_OID");
          if (!value.isEmpty()) {
            text.append(' ').append(columns.getColumnLabel(i)).append('=').append(value);
          }
        }
      }
    }
    return count + " rows" + (count > 100 ? "" : text.toString());
  }
}
