package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.schedule.ScheduleExpression;
import io.redward.leader.session.AutoSchedule.Schedule;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A user in whose name schedules are read, run and told of.
record ScheduleOwner(LeaderWarehouse warehouse, String user, String database) {
  private static final int KEPT_DAYS = 90;
  private static final int ERROR_CHARACTERS = 10_000;

  /// The schedules of a table that are switched on.
  List<Schedule> schedules(TableDefinition table) {
    try (Session session = open()) {
      String query =
          "select id, name, timing, body, notebook, created_at::varchar from public."
              + quoted(table.name())
              + " where enabled";
      List<Schedule> schedules = new ArrayList<>();
      for (List<String> row : AutoSchedule.texts(session, query)) {
        Instant since =
            row.get(5).isEmpty()
                ? Instant.EPOCH
                : LocalDateTime.parse(row.get(5).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        schedules.add(
            new Schedule(
                table.oid(), row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), since));
      }
      return schedules;
    }
  }

  /// Runs it, in one transaction, and writes down what came of it.
  void run(Schedule schedule, Instant due) {
    Instant begun = warehouse.clock().instant();
    Counter counter = new Counter();
    try (Session session = open()) {
      ScheduleExpression unused = ScheduleExpression.parse(schedule.timing());
      session.executeScript(text(session, schedule), counter);
    } catch (SqlException e) {
      StringBuilder error = new StringBuilder("ERROR: ").append(e.message());
      e.detail().ifPresent(detail -> error.append("\n  Detail: ").append(detail));
      e.hint().ifPresent(hint -> error.append("\n  Hint: ").append(hint));
      note(schedule, due, begun, "failed", counter.rows, error.toString());
      return;
    }
    note(schedule, due, begun, "success", counter.rows, "");
  }

  /// Notes that it was still running when it was due again.
  void leaveOut(Schedule schedule, Instant due) {
    note(schedule, due, warehouse.clock().instant(), "skipped", 0, "The run before it goes on.");
  }

  private String text(Session session, Schedule schedule) {
    if (schedule.notebook().isEmpty()) {
      return schedule.body();
    }
    StringBuilder notebook = new StringBuilder();
    String query =
        "select body from public."
            + quoted("notebooks_of_" + tableSuffix())
            + " where id = $1 order by part";
    AutoSchedule.texts(session, query, new ParameterValue.Text(schedule.notebook()))
        .forEach(part -> notebook.append(part.getFirst()));
    if (notebook.isEmpty()) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "notebook " + schedule.notebook() + " does not exist");
    }
    return cells(notebook.toString());
  }

  /// The blocks of Markdown that are fenced as `sql`, one statement after another.
  static String cells(String notebook) {
    StringBuilder sql = new StringBuilder();
    boolean inside = false;
    for (String line : notebook.split("\\R", -1)) {
      if (!inside) {
        inside = line.matches("```sql(\\s.*)?");
      } else if (line.startsWith("```")) {
        inside = false;
        sql.append("\n;\n");
      } else {
        sql.append(line).append('\n');
      }
    }
    return sql.toString();
  }

  private void note(
      Schedule schedule, Instant due, Instant begun, String status, long rows, String error) {
    String table = "public." + quoted("schedule_runs_of_" + tableSuffix());
    try (Session session = open()) {
      session.executeScript(
          "create table if not exists "
              + table
              + " (schedule_id varchar(36), name varchar(256), due_at timestamp,"
              + " started_at timestamp, ended_at timestamp, status varchar(16), rows bigint,"
              + " error varchar(65535)) diststyle all; delete from "
              + table
              + " where due_at < dateadd(day, -"
              + KEPT_DAYS
              + ", sysdate)",
          NullConsumer.INSTANCE);
      List<List<String>> unused =
          AutoSchedule.texts(
              session,
              "insert into "
                  + table
                  + " values ($1, $2, $3::timestamp, $4::timestamp, $5::timestamp, $6,"
                  + " $7::bigint, nullif($8, ''))",
              text(schedule.id()),
              text(schedule.name()),
              text(due),
              text(begun),
              text(warehouse.clock().instant()),
              text(status),
              text(Long.toString(rows)),
              text(error.substring(0, Math.min(error.length(), ERROR_CHARACTERS))));
    }
  }

  private Session open() {
    Warehouse.Login login = new Warehouse.Login(user, database, "", 0);
    return warehouse.open(login, Map.of("application_name", AutoSchedule.APPLICATION));
  }

  /// As the console names the tables of a user.
  private String tableSuffix() {
    return user.replaceAll("[^a-z0-9_]", "_");
  }

  private static ParameterValue text(Instant moment) {
    return text(LocalDateTime.ofInstant(moment, ZoneOffset.UTC).toString());
  }

  private static ParameterValue text(String text) {
    return new ParameterValue.Text(text);
  }

  private static String quoted(String name) {
    return SqlPrinter.print(Identifier.of(name, 0));
  }

  /// Counts the rows that the last statement gave or changed.
  private static final class Counter implements QuietConsumer {
    private long rows;

    @Override
    public void complete(String tag) {
      String last = tag.substring(tag.lastIndexOf(' ') + 1);
      rows = last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
    }
  }
}
