/* libpq from C: parameters in text and binary, single-row mode, pipelines, COPY, cancel, errors.
   Arguments: port. */
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static PGconn *connection;

static void check(int condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "%s: %s\n", what, PQerrorMessage(connection));
    exit(1);
  }
}

static PGresult *run(const char *sql, ExecStatusType expected) {
  PGresult *result = PQexec(connection, sql);
  check(PQresultStatus(result) == expected, sql);
  return result;
}

static void parameters(void) {
  const char *values[] = {"41", "O'Brien"};
  PGresult *result = PQexecParams(connection, "select $1::int + 1, $2::varchar || '!'", 2, NULL,
                                  values, NULL, NULL, 1);
  check(PQresultStatus(result) == PGRES_TUPLES_OK, "parameters");
  uint32_t number;
  memcpy(&number, PQgetvalue(result, 0, 0), 4);
  check(ntohl(number) == 42 && PQfformat(result, 0) == 1, "binary number");
  check(strncmp(PQgetvalue(result, 0, 1), "O'Brien!", 8) == 0, "text");
  PQclear(result);
}

static void copying(void) {
  PQclear(run("create table libpq (id int, name varchar(20))", PGRES_COMMAND_OK));
  PQclear(run("copy libpq from stdin", PGRES_COPY_IN));
  for (int i = 0; i < 1000; i++) {
    char line[40];
    int length = snprintf(line, sizeof line, "%d\t%s\n", i, i % 2 ? "\\N" : "even");
    check(PQputCopyData(connection, line, length) == 1, "copy data");
  }
  check(PQputCopyEnd(connection, NULL) == 1, "copy end");
  PGresult *result = PQgetResult(connection);
  check(strcmp(PQcmdTuples(result), "1000") == 0, "rows copied");
  PQclear(result);
  check(PQgetResult(connection) == NULL, "copy done");
}

static void singleRows(void) {
  check(PQsendQuery(connection, "select id from libpq order by id"), "send");
  check(PQsetSingleRowMode(connection), "single rows");
  int seen = 0;
  for (PGresult *result; (result = PQgetResult(connection)) != NULL; PQclear(result)) {
    if (PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
      check(atoi(PQgetvalue(result, 0, 0)) == seen++, "order");
    }
  }
  check(seen == 1000, "all rows");
}

static void pipeline(void) {
  check(PQenterPipelineMode(connection), "pipeline");
  for (int i = 0; i < 10; i++) {
    check(PQsendQueryParams(connection, i == 4 ? "select nope" : "select 7", 0, NULL, NULL, NULL,
                            NULL, 0),
          "queue");
    check(PQpipelineSync(connection), "sync");
  }
  int answers = 0;
  int errors = 0;
  for (int synced = 0; synced < 10;) {
    PGresult *result = PQgetResult(connection);
    if (result == NULL) {
      continue;
    }
    ExecStatusType status = PQresultStatus(result);
    synced += status == PGRES_PIPELINE_SYNC;
    answers += status == PGRES_TUPLES_OK;
    errors += status == PGRES_FATAL_ERROR;
    PQclear(result);
  }
  check(answers == 9 && errors == 1, "pipelined answers");
  check(PQexitPipelineMode(connection), "end of pipeline");
}

static void canceling(void) {
  check(PQsendQuery(connection, "select count(*) from libpq a, libpq b, libpq c, libpq d"), "send");
  usleep(200000);
  PGcancel *cancel = PQgetCancel(connection);
  char message[256];
  check(PQcancel(cancel, message, sizeof message), "cancel");
  PQfreeCancel(cancel);
  PGresult *result = PQgetResult(connection);
  check(strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "57014") == 0, "canceled");
  PQclear(result);
  check(PQgetResult(connection) == NULL, "end");
}

int main(int count, char **arguments) {
  char place[120];
  snprintf(place, sizeof place, "host=127.0.0.1 port=%s user=admin dbname=dev",
           count > 1 ? arguments[1] : "5439");
  connection = PQconnectdb(place);
  check(PQstatus(connection) == CONNECTION_OK, "connection");
  parameters();
  copying();
  singleRows();
  pipeline();
  canceling();
  PGresult *result = PQexec(connection, "select nope");
  check(strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "42703") == 0, "SQLSTATE");
  check(strcmp(PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION), "8") == 0, "position");
  PQclear(result);
  PQfinish(connection);
  puts("ok");
  return 0;
}
