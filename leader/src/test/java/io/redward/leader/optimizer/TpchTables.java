package io.redward.leader.optimizer;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.RelationalTypeFactory;
import io.redward.leader.relational.TableStatistics;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.ValueBounds;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/// TPC-H's tables with the statistics that scale factor 1 has, without declared keys.
final class TpchTables {
  private static final SqlType MONEY = SqlType.decimal(15, 2);

  private final Map<String, RelationalTable> tables = new LinkedHashMap<>();
  private final RelationalTypeFactory types;

  TpchTables(RelationalTypeFactory types) {
    this.types = types;
    table("region", 5)
        .key("r_regionkey", SqlType.INTEGER, 5)
        .text("r_name", 25, 5)
        .text("r_comment", 152, 5)
        .add();
    table("nation", 25)
        .key("n_nationkey", SqlType.INTEGER, 25)
        .text("n_name", 25, 25)
        .key("n_regionkey", SqlType.INTEGER, 5)
        .text("n_comment", 152, 25)
        .add();
    table("part", 200_000)
        .key("p_partkey", SqlType.BIGINT, 200_000)
        .text("p_name", 55, 200_000)
        .text("p_mfgr", 25, 5)
        .text("p_brand", 10, 25)
        .text("p_type", 25, 150)
        .number("p_size", SqlType.INTEGER, 50, 1, 50)
        .text("p_container", 10, 40)
        .number("p_retailprice", MONEY, 20_000, 90_100, 209_899)
        .text("p_comment", 23, 130_000)
        .add();
    table("supplier", 10_000)
        .key("s_suppkey", SqlType.BIGINT, 10_000)
        .text("s_name", 25, 10_000)
        .text("s_address", 40, 10_000)
        .key("s_nationkey", SqlType.INTEGER, 25)
        .text("s_phone", 15, 10_000)
        .number("s_acctbal", MONEY, 9_950, -99_822, 999_972)
        .text("s_comment", 101, 10_000)
        .add();
    table("partsupp", 800_000)
        .key("ps_partkey", SqlType.BIGINT, 200_000)
        .key("ps_suppkey", SqlType.BIGINT, 10_000)
        .number("ps_availqty", SqlType.BIGINT, 9_999, 1, 9_999)
        .number("ps_supplycost", MONEY, 99_000, 100, 100_000)
        .text("ps_comment", 199, 800_000)
        .add();
    table("customer", 150_000)
        .key("c_custkey", SqlType.BIGINT, 150_000)
        .text("c_name", 25, 150_000)
        .text("c_address", 40, 150_000)
        .key("c_nationkey", SqlType.INTEGER, 25)
        .text("c_phone", 15, 150_000)
        .number("c_acctbal", MONEY, 140_000, -99_999, 999_999)
        .text("c_mktsegment", 10, 5)
        .text("c_comment", 117, 150_000)
        .add();
    orders();
    lineitem();
  }

  private void orders() {
    table("orders", 1_500_000)
        .number("o_orderkey", SqlType.BIGINT, 1_500_000, 1, 6_000_000)
        .number("o_custkey", SqlType.BIGINT, 100_000, 1, 149_999)
        .text("o_orderstatus", 1, 3)
        .number("o_totalprice", MONEY, 1_460_000, 85_771, 55_528_516)
        .date("o_orderdate", 2_406, "1992-01-01", "1998-08-02")
        .text("o_orderpriority", 15, 5)
        .text("o_clerk", 15, 1_000)
        .number("o_shippriority", SqlType.INTEGER, 1, 0, 0)
        .text("o_comment", 79, 1_480_000)
        .add();
  }

  private void lineitem() {
    table("lineitem", 6_001_215)
        .number("l_orderkey", SqlType.BIGINT, 1_500_000, 1, 6_000_000)
        .key("l_partkey", SqlType.BIGINT, 200_000)
        .key("l_suppkey", SqlType.BIGINT, 10_000)
        .number("l_linenumber", SqlType.BIGINT, 7, 1, 7)
        .number("l_quantity", MONEY, 50, 100, 5_000)
        .number("l_extendedprice", MONEY, 930_000, 90_100, 10_494_950)
        .number("l_discount", MONEY, 11, 0, 10)
        .number("l_tax", MONEY, 9, 0, 8)
        .text("l_returnflag", 1, 3)
        .text("l_linestatus", 1, 2)
        .date("l_shipdate", 2_526, "1992-01-02", "1998-12-01")
        .date("l_commitdate", 2_466, "1992-01-31", "1998-10-31")
        .date("l_receiptdate", 2_554, "1992-01-04", "1998-12-31")
        .text("l_shipinstruct", 25, 4)
        .text("l_shipmode", 10, 7)
        .text("l_comment", 44, 4_500_000)
        .add();
  }

  RelationalTable get(String name) {
    return Optional.ofNullable(tables.get(name)).orElseThrow();
  }

  Map<String, RelationalTable> all() {
    return tables;
  }

  private Builder table(String name, long rows) {
    return new Builder(name, rows);
  }

  private final class Builder {
    private final String name;
    private final long rows;
    private final RelDataTypeFactory.Builder row = types.builder();
    private final List<ColumnStatistics> columns = new ArrayList<>();

    Builder(String name, long rows) {
      this.name = name;
      this.rows = rows;
    }

    Builder key(String column, SqlType type, long distinct) {
      return number(column, type, distinct, distinct <= 25 ? 0 : 1, distinct);
    }

    Builder number(String column, SqlType type, double distinct, long min, long max) {
      return column(column, type, distinct, 8, Optional.of(new ValueBounds.Longs(min, max)));
    }

    Builder date(String column, double distinct, String min, String max) {
      return number(
          column,
          SqlType.DATE,
          distinct,
          LocalDate.parse(min).toEpochDay(),
          LocalDate.parse(max).toEpochDay());
    }

    Builder text(String column, int length, double distinct) {
      return column(column, SqlType.varchar(length), distinct, length, Optional.empty());
    }

    private Builder column(
        String column, SqlType type, double distinct, double bytes, Optional<ValueBounds> bounds) {
      row.add(column, types.type(type, false));
      columns.add(new ColumnStatistics(rows, 0, distinct, bytes, bounds));
      return this;
    }

    void add() {
      List<ColumnStatistics> known = List.copyOf(columns);
      TableStatistics statistics =
          new TableStatistics() {
            @Override
            public double rowCount() {
              return rows;
            }

            @Override
            public Optional<ColumnStatistics> column(int ordinal) {
              return Optional.of(known.get(ordinal));
            }
          };
      tables.put(
          name,
          new RelationalTable(List.of("public", name), row.build(), name, statistics, List.of()));
    }
  }
}
