package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.redward.foundation.base.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Two hundred statements with one letter of one name dropped, doubled, changed or swapped with its
/// neighbour: the error stands at the name and says what was meant.
final class MistypedNamesTest {
  private static final String DDL =
      "create table customer (c_custkey int, c_name varchar(25), c_address varchar(40),"
          + " c_nationkey int, c_phone char(15), c_acctbal decimal(15,2), c_mktsegment char(10),"
          + " c_comment varchar(117));"
          + "create table orders (o_orderkey bigint, o_custkey int, o_orderstatus char(1),"
          + " o_totalprice decimal(15,2), o_orderdate date, o_orderpriority char(15),"
          + " o_clerk char(15), o_shippriority int, o_comment varchar(79));"
          + "create table lineitem (l_orderkey bigint, l_partkey int, l_suppkey int, l_linenumber"
          + " int, l_quantity decimal(15,2), l_extendedprice decimal(15,2), l_discount"
          + " decimal(15,2), l_tax decimal(15,2), l_shipdate date, l_commitdate date,"
          + " l_receiptdate date);"
          + "create table events (event_id bigint, user_id bigint, event_name varchar(80),"
          + " started_at timestamp, ended_at timestamp, country varchar(2), revenue real);"
          + "create table customer_address (address_id int, street varchar(60), city varchar(60),"
          + " postcode varchar(12));"
          + "create table page_views (view_id bigint, url varchar(2000), referrer varchar(2000),"
          + " browser varchar(80), duration_seconds int);";

  /// `@` before the name that is mistyped.
  private static final List<String> STATEMENTS =
      List.of(
          "select @c_name from customer",
          "select c_custkey from @customer",
          "select c.@c_mktsegment, count(*) from customer c group by 1",
          "select @customer.c_phone from customer",
          "select sum(@l_extendedprice * (1 - l_discount)) from lineitem",
          "select sum(l_quantity) from @lineitem where l_tax > 0.01",
          "select l_orderkey from lineitem where @l_shipdate < date '1998-01-01'",
          "select o_clerk from orders order by @o_totalprice desc limit 5",
          "select o_custkey, count(*) from orders group by @o_custkey",
          "select 1 from orders join customer on o_custkey = @c_custkey",
          "select 1 from orders join @customer on o_custkey = c_custkey",
          "select 1 from orders o where exists (select 1 from lineitem where l_orderkey ="
              + " @o_orderkey)",
          "select 1 from orders where o_orderkey in (select @l_orderkey from lineitem)",
          "with recent as (select * from orders) select 1 from @recent",
          "with recent as (select o_orderkey as number from orders) select @number from recent",
          "select @date_trunc('month', o_orderdate) from orders",
          "select @coalesce_name from (select c_name as coalesce_name from customer) t",
          "select @substring(c_name, 1, 3) from customer",
          "select @initcap(c_name) from customer",
          "select @row_number() over (order by c_custkey) from customer",
          "select @median(c_acctbal) from customer",
          "select @dateadd(day, 1, o_orderdate) from orders",
          "select @regexp_replace(url, 'a', 'b') from page_views",
          "select @greatest_of from (select 1 as greatest_of) t",
          "select c_acctbal::@varchar from customer",
          "select cast(url as @varbyte) from page_views",
          "select '2024-01-01'::@timestamp",
          "select started_at::@date from events",
          "select * from @public.events",
          "select * from public.@customer_address",
          "select * from public.@page_views",
          "select @event_name, user_id from events where revenue > 3",
          "select user_id from events where @country = 'DE'",
          "select max(@duration_seconds) from page_views",
          "select @browser, count(*) from page_views group by all",
          "select e.* from events e where e.@started_at > e.ended_at",
          "insert into events (event_id, @user_id) values (1, 2)",
          "insert into @events values (1, 2)",
          "update events set @revenue = 2 where event_id = 1",
          "update events set revenue = 2 where @event_id = 1",
          "update @customer set c_name = 'x'",
          "delete from @orders where o_orderkey = 1",
          "delete from orders where @o_orderstatus = 'F'",
          "select * exclude (@o_comment) from orders",
          "select @events.* from events",
          "select city, @postcode from customer_address",
          "select upper(@street) from customer_address",
          "select case when @o_shippriority > 0 then 1 end from orders",
          "select rank() over (partition by @l_suppkey order by l_tax) from lineitem",
          "select @l_receiptdate - l_commitdate from lineitem");

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private final TestCatalog catalog = TestCatalog.of(DDL);

  @Test
  void ofTwoHundredNamesWithOneSlipNineInTenAreGuessedAndAllArePlaced() {
    Random random = new Random(200);
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String marked = STATEMENTS.get(i % STATEMENTS.size());
      int from = marked.indexOf('@');
      String before = marked.substring(0, from);
      String rest = marked.substring(from + 1);
      String name = rest.split("[^a-z_]", 2)[0];
      String slip = slip(name, i / STATEMENTS.size(), random);
      String sql = before + slip + rest.substring(name.length());
      SqlException error = catchThrowableOfType(SqlException.class, () -> catalog.bind(sql));
      assertThat(error).as(sql).isNotNull();
      assertThat(error.position()).as(sql).isPresent();
      int position = error.position().orElse(0);
      String hint = error.hint().orElse("");
      boolean guessed = hint.contains("\"" + name + "\"") || hint.contains("." + name + "\"");
      if (!guessed || position < start(before) || position > from + 1) {
        missed.add(sql + " -- " + error.message() + "; " + hint);
      }
    }
    // The four are slips in DATEADD, behind which `day` is taken for a column.
    assertThat(missed).as("not guessed").hasSizeLessThanOrEqualTo(4);
  }

  /// Of the word that ends here: a qualified name's error stands at its beginning.
  private static int start(String before) {
    int at = before.length();
    while (at > 0
        && (Character.isLetterOrDigit(before.charAt(at - 1)) || before.charAt(at - 1) == '.')) {
      at--;
    }
    return at + 1;
  }

  /// One slip of the finger, never at the first letter, which people get right.
  private static String slip(String name, int kind, Random random) {
    while (true) {
      int at = 1 + random.nextInt(name.length() - 1);
      String head = name.substring(0, at);
      String tail = name.substring(at);
      String slipped =
          switch (kind) {
            case 0 -> head + tail.substring(1);
            case 1 -> head + head.charAt(at - 1) + tail;
            case 2 -> head + LETTERS.charAt(random.nextInt(LETTERS.length())) + tail.substring(1);
            default ->
                tail.length() < 2
                    ? name
                    : head + tail.charAt(1) + tail.charAt(0) + tail.substring(2);
          };
      if (!slipped.equals(name)) {
        return slipped;
      }
    }
  }
}
