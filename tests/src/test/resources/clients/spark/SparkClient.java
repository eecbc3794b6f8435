import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/// Reads and writes tables by Spark's JDBC source in local mode: URL DRIVER. Ends with `ok`.
public final class SparkClient {
  private static final String ZONELESS =
      "small, large, single, flag, code, at, tz::timestamp, t, bytes, number, tree"
          + " from every_type";

  private final SparkSession spark;
  private final Map<String, String> server;

  private SparkClient(SparkSession spark, Map<String, String> server) {
    this.spark = spark;
    this.server = server;
  }

  public static void main(String[] arguments) {
    Map<String, String> server = new TreeMap<>();
    server.put("url", arguments[0]);
    server.put("driver", arguments[1]);
    server.put("user", "admin");
    server.put("password", "none");
    // Spark writes LIKE with ESCAPE '\\', as standard strings have it.
    server.put("sessionInitStatement", "set standard_conforming_strings to on");
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.log.level", "OFF")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.session.timeZone", "UTC")
            .config(
                "spark.sql.catalog.redward",
                "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
            .config("spark.sql.catalog.redward.pushDownAggregate", true)
            .config("spark.sql.catalog.redward.pushDownLimit", true);
    server.forEach((name, value) -> builder.config("spark.sql.catalog.redward." + name, value));
    SparkSession spark = builder.getOrCreate();
    try {
      SparkClient client = new SparkClient(spark, server);
      client.readsTypes();
      client.readsPartitions();
      client.pushesFilters();
      client.readsQueries();
      client.writes();
      client.usesCatalog();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        System.out.println(cause.toString().lines().findFirst().orElse(""));
      }
      throw e;
    } finally {
      spark.stop();
    }
    System.out.println("ok");
  }

  private boolean postgresql() {
    return server.get("url").startsWith("jdbc:postgresql:");
  }

  private Dataset<Row> table(String name) {
    return spark.read().format("jdbc").options(server).option("dbtable", name).load();
  }

  private Dataset<Row> partitioned(int partitions) {
    return spark
        .read()
        .format("jdbc")
        .options(server)
        .option("dbtable", "readings")
        .option("partitionColumn", "id")
        .option("lowerBound", 0)
        .option("upperBound", 20_000)
        .option("numPartitions", partitions)
        .option("fetchsize", 500)
        .load();
  }

  /// Spark's general dialect cannot read what the other driver calls a time with its zone or an
  /// interval.
  private void readsTypes() {
    Dataset<Row> every = table(postgresql() ? "every_type" : "(select " + ZONELESS + ") as t");
    System.out.println("schema " + every.schema().simpleString());
    List<Row> rows = every.orderBy("small").collectAsList();
    rows.forEach(row -> System.out.println("row " + row.mkString("|")));
    check("a large number", rows.get(0).getLong(1), 9007199254740993L);
    check("a decimal", rows.get(0).getAs("number").toString(), "1234567890123456789.0123456789");
    check("a time", rows.get(0).getAs("at").toString(), "2024-02-29 12:34:56.789012");
    check("a null", rows.get(1).isNullAt(4), true);
  }

  private void readsPartitions() {
    Dataset<Row> rows = partitioned(4);
    check("partitions", rows.rdd().getNumPartitions(), 4);
    check("rows", rows.count(), 20_001L);
    rows.createOrReplaceTempView("readings");
    List<Row> places =
        spark
            .sql("select place, count(*), sum(price) from readings group by place order by place")
            .collectAsList();
    check("places", places.size(), 8);
    check("a place", places.get(1).mkString("|"), "place 1|2858|285814.29");
  }

  private void pushesFilters() {
    Dataset<Row> filtered =
        partitioned(4)
            .filter(
                "id > 100 and place like 'place 3%' and price between 2 and 3 and day is not null"
                    + " and day in (date '2024-08-01', date '2024-08-02')");
    String plan = filtered.queryExecution().executedPlan().toString();
    System.out.println("plan " + plan.lines().filter(l -> l.contains("Pushed")).toList());
    check("filters are pushed", plan.contains("PushedFilters: [*"), true);
    check("filtered", filtered.count(), 1L);
    check("none", table("readings").filter("place = 'O''Brien'").count(), 0L);
    check(
        "timestamps",
        table("(select small, at from every_type) as t")
            .filter("at >= timestamp '2024-02-29 12:00:00'")
            .count(),
        1L);
  }

  private void readsQueries() {
    Dataset<Row> query =
        spark
            .read()
            .format("jdbc")
            .options(server)
            .option("prepareQuery", "with last as (select max(id) as last from readings)")
            .option("query", "select r.id, r.place from readings r join last on r.id = last.last")
            .load();
    check("query", query.first().getInt(0), 20_000);
    Dataset<Row> predicates =
        spark
            .read()
            .jdbc(
                server.get("url"),
                "(select day, price from readings where id is not null) as r",
                new String[] {"day < '2024-07-01'", "day >= '2024-07-01'"},
                properties());
    check("predicates", predicates.count(), 20_000L);
  }

  private java.util.Properties properties() {
    java.util.Properties properties = new java.util.Properties();
    properties.putAll(server);
    return properties;
  }

  private void writes() {
    Dataset<Row> rows = partitioned(2).filter("id <= 2500");
    for (SaveMode mode : new SaveMode[] {SaveMode.Overwrite, SaveMode.Append, SaveMode.Overwrite}) {
      rows.write()
          .format("jdbc")
          .options(server)
          .option("dbtable", "written")
          .option("batchsize", 500)
          .option("truncate", true)
          .mode(mode)
          .save();
      long expected = mode == SaveMode.Append ? 5_000L : 2_500L;
      check("written " + mode, table("written").count(), expected);
    }
    List<String> different = new ArrayList<>();
    rows.exceptAll(table("written")).collectAsList().forEach(r -> different.add(r.mkString("|")));
    check("what comes back", different.toString(), "[]");
  }

  /// The newer source, which also has sorts and limits done by the server, and aggregates in the
  /// dialect of PostgreSQL.
  private void usesCatalog() {
    Dataset<Row> top =
        spark.sql("select id, price from redward.public.readings order by price desc limit 3");
    Dataset<Row> sums =
        spark.sql(
            "select place, count(*), max(value), avg(price) from redward.public.readings"
                + " where id < 700 group by place order by 1");
    String plan = sums.queryExecution().executedPlan().toString();
    System.out.println("plan " + plan.lines().filter(l -> l.contains("Pushed")).toList());
    check("aggregates are pushed", plan.contains("PushedGroupByExpressions"), postgresql());
    check("sums", sums.collectAsList().size(), 7);
    check("top", top.collectAsList().get(0).mkString("|"), "20000|200.00");
    check(
        "tables",
        spark.sql("show tables in redward.public").filter("tableName = 'readings'").count(),
        1L);
    spark.sql("create table redward.public.made (a int, b string, c decimal(12,3))");
    spark.sql("insert into redward.public.made values (1, 'one', 1.5), (2, null, 2.25)");
    spark.sql("alter table redward.public.made add columns (d double)");
    spark.sql("alter table redward.public.made rename column d to e");
    check(
        "made",
        spark.sql("select * from redward.public.made order by a").collectAsList().toString(),
        "[[1,one,1.500,null], [2,null,2.250,null]]");
    spark.sql("drop table redward.public.made");
    spark.sql("create namespace redward.of_spark");
    spark.sql("drop namespace redward.of_spark");
  }

  private static void check(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new IllegalStateException(what + ": " + found + " instead of " + expected);
    }
    System.out.println(what + ": " + found);
  }
}
