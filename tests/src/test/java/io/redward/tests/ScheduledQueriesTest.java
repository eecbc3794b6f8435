package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that the server runs by itself when they are due.
class ScheduledQueriesTest {
  private static final String COLUMNS =
      " (id varchar(36) not null, name varchar(256) not null, timing varchar(256) not null,"
          + " body varchar(65535), notebook varchar(36), enabled boolean default false,"
          + " created_at timestamp default sysdate)";
  private static final String SOON =
      "'at(' || to_char(dateadd(second, 3, sysdate), 'YYYY-MM-DD\"T\"HH24:MI:SS') || ')'";

  @TempDir private Path directory;

  @Test
  void aDueQueryIsRunAsItsOwnerAndItsHistoryTellsWhatCameOfIt()
      throws IOException, SQLException, InterruptedException {
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection admin = warehouse.connect()) {
      TestWarehouse.execute(
          admin,
          "create user analyst password 'Secret123'",
          "create table secrets (s varchar(20))",
          "create table counts (who varchar(30), n int)",
          "grant insert, select on counts to analyst");
      try (Connection analyst = warehouse.connect("user", "analyst")) {
        TestWarehouse.execute(
            analyst,
            "create table public.schedules_of_analyst" + COLUMNS,
            "create table public.notebooks_of_analyst (id varchar(36), name varchar(256), part int,"
                + " body varchar(65535), changed_at timestamp)",
            "insert into notebooks_of_analyst values ('n1', 'Book', 0, '# Title\n```sql\ninsert"
                + " into counts values (''book'', 2)\n```\nwords\n```sql chart={}\nselect 1 union"
                + " select 2;\n```\n', sysdate)",
            insert("good", "'insert into counts select current_user, 1'", "null", "true"),
            insert(
                "greedy",
                "'insert into counts values (''x'', 3); select * from secrets'",
                "null",
                "true"),
            insert("book", "null", "'n1'", "true"),
            insert("off", "'insert into counts values (''off'', 4)'", "null", "default"),
            "insert into schedules_of_analyst values ('bad', 'bad', 'often', 'select 1', null,"
                + " true)");
      }
      List<String> runs = List.of();
      while (runs.size() < 4) {
        Thread.sleep(200);
        try {
          runs =
              TestWarehouse.rows(
                  admin,
                  "select name, status, rows, split_part(error, chr(10), 1)"
                      + " from public.schedule_runs_of_analyst order by name");
        } catch (SQLException e) {
          assertThat(e.getMessage()).contains("does not exist");
        }
      }
      assertThat(runs)
          .containsExactly(
              "bad|failed|0|ERROR: invalid schedule expression \"often\"",
              "book|success|2|NULL",
              "good|success|1|NULL",
              "greedy|failed|1|ERROR: permission denied for relation secrets");
      assertThat(TestWarehouse.rows(admin, "select who, n from counts order by n"))
          .as("a failed run leaves nothing, what is off does not run")
          .containsExactly("analyst|1", "book|2");
      assertThat(
              TestWarehouse.rows(
                  admin,
                  "select usename from pg_class c join pg_user u on u.usesysid = c.relowner"
                      + " where relname = 'schedule_runs_of_analyst'"))
          .containsExactly("analyst");
    }
  }

  @Test
  void nobodyGetsAnothersPrivilegesByGivingThemATable() throws IOException, SQLException {
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection admin = warehouse.connect()) {
      TestWarehouse.execute(admin, "create user analyst password 'Secret123'");
      try (Connection analyst = warehouse.connect("user", "analyst")) {
        TestWarehouse.execute(analyst, "create table public.schedules_of_admin" + COLUMNS);
        assertThatThrownBy(
                () ->
                    TestWarehouse.execute(analyst, "alter table schedules_of_admin owner to admin"))
            .hasMessageContaining("must be superuser to change owner");
        TestWarehouse.execute(analyst, "alter table schedules_of_admin owner to analyst");
      }
      TestWarehouse.execute(admin, "alter table schedules_of_admin owner to admin");
    }
  }

  private static String insert(String name, String body, String notebook, String enabled) {
    return "insert into schedules_of_analyst values ('"
        + name
        + "', '"
        + name
        + "', "
        + SOON
        + ", "
        + body
        + ", "
        + notebook
        + ", "
        + enabled
        + ")";
  }
}
