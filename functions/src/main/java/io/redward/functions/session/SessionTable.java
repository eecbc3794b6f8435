package io.redward.functions.session;

import static io.redward.functions.signature.ParameterType.BOOLEAN;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.OID;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.TEXT_ARRAY;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.Placement;
import io.redward.functions.signature.ResultRule;
import io.redward.plan.expression.Constant;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;

/// The functions of session and catalog as a table.
public final class SessionTable {
  private static final ResultRule TEXT = ResultRule.longText();
  private static final SqlType NAME = SqlType.varchar(128);

  /// What `version()` answers. Clients read "PostgreSQL 8.0.2" and "Redshift" out of it to know
  /// which dialect and protocol to speak.
  private static final String VERSION =
      "PostgreSQL 8.0.2 on x86_64-pc-linux-gnu, compiled by Redward, Redshift 1.0.78987";

  private static final String ACCOUNT = "000000000000";

  private final Family family = new Family("session", CatalogLookups.class);

  private SessionTable() {}

  public static List<FunctionDefinition> definitions() {
    SessionTable table = new SessionTable();
    table.values();
    table.settings();
    table.objects();
    table.texts();
    table.privileges();
    table.accessItems();
    table.identifiers();
    table.sessions();
    List<FunctionDefinition> definitions = new ArrayList<>(table.family.definitions());
    definitions.addAll(Administration.definitions());
    definitions.addAll(PrivilegeTable.definitions());
    return definitions;
  }

  private static String zonesVersion() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }

  private void values() {
    family
        .function("version")
        .of(SqlType.varchar(256), _ -> Constant.of(VERSION))
        .says("The version of the warehouse, in the form that clients of PostgreSQL expect.");
    family
        .function("tzdb_version")
        .of(SqlType.varchar(16), _ -> Constant.of(zonesVersion()))
        .says("The version of the database of time zones.");
    family
        .function("current_database")
        .of(NAME, session -> Constant.of(session.database()))
        .says("The database of the session.");
    family
        .function("current_schema")
        .of(NAME, session -> orNull(session.schema()))
        .on(Placement.LEADER_ONLY)
        .says("The first schema of the search path that exists.");
    family
        .function("current_user", "user")
        .of(NAME, session -> Constant.of(session.user()))
        .says("The name of the current user.");
    family
        .function("session_user")
        .of(NAME, session -> Constant.of(session.sessionUser()))
        .says("The name of the user who logged in.");
    family
        .function("current_user_id")
        .of(SqlType.INTEGER, session -> new Constant.IntValue(session.userId()))
        .says("The number of the current user.");
    family
        .function("current_aws_account")
        .of(NAME, _ -> Constant.of(ACCOUNT))
        .says("The account that the warehouse belongs to; zeros, as there is none.");
    family
        .function("current_session_arn")
        .of(NAME, _ -> Constant.NULL)
        .says("The name of the user in AWS; NULL, as users are the warehouse's own.");
    family
        .function("get_mounted_role")
        .of(NAME, _ -> Constant.NULL)
        .says("The role by which an external schema was made; NULL outside of such a one.");
    family
        .function("current_namespace")
        .of(NAME, session -> Constant.of(session.namespace()))
        .says("The number of the warehouse: a UUID given when it was made.");
    family
        .function("slice_num")
        .of(SqlType.INTEGER, _ -> new Constant.IntValue(0))
        .says("The slice a row is stored on; the one node keeps all rows on one.");
    family
        .function("db_collation")
        .of(
            SqlType.varchar(32),
            session ->
                Constant.of(session.caseInsensitive() ? "case_insensitive" : "case_sensitive"))
        .says("How strings of the database compare.");
    family
        .function("pg_backend_pid")
        .of(SqlType.INTEGER, session -> new Constant.IntValue(session.processId()))
        .says("The number of the session's process.");
  }

  private static Constant orNull(String text) {
    return text.isEmpty() ? Constant.NULL : Constant.of(text);
  }

  private void settings() {
    family
        .function("current_schemas")
        .takes(BOOLEAN)
        .gives(SqlType.of(TypeKind.TEXT_ARRAY))
        .withSession()
        .by("schemas")
        .says("The schemas of the search path that exist, with implied ones if the flag is true.")
        .example("current_schemas(false)", FunctionDefinition.VARIES);
    family
        .function("current_setting")
        .takes(STRING)
        .gives(TEXT)
        .withSession()
        .by("setting")
        .says("The value of a setting.")
        .example("current_setting('timezone')", FunctionDefinition.VARIES);
    family
        .function("current_setting")
        .takes(STRING, BOOLEAN)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("settingOrNull")
        .says("The value of a setting; if there is none, NULL if the flag is true, else an error.")
        .example("current_setting('app.nothing', true)", "NULL");
    family
        .function("set_config")
        .takes(STRING, STRING, BOOLEAN)
        .gives(TEXT)
        .withSession()
        .by("changeSetting")
        .says("Changes a setting, for the transaction only if the flag is true.")
        .example("set_config('query_group', 'test', true)", "test");
  }

  private void objects() {
    family
        .function("pg_get_userbyid")
        .takes(OID)
        .gives(NAME)
        .withSession()
        .by("userById")
        .says("The name of the user with a number.")
        .example("pg_get_userbyid(100)", FunctionDefinition.VARIES);
    for (String name :
        List.of(
            "pg_table_is_visible",
            "pg_type_is_visible",
            "pg_function_is_visible",
            "pg_operator_is_visible")) {
      family
          .function(name)
          .takes(OID)
          .gives(SqlType.BOOLEAN)
          .withSession()
          .by("isVisible")
          .says("True if an object can be named without its schema.")
          .example(name + "(1)", FunctionDefinition.VARIES);
    }
    family
        .function("obj_description", "shobj_description")
        .takes(OID)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("comment")
        .says("The comment on an object.")
        .example("obj_description(1)", FunctionDefinition.VARIES);
    family
        .function("obj_description", "shobj_description")
        .takes(OID, STRING)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("comment")
        .says("The comment on an object of a catalog.")
        .example("obj_description(1, 'pg_class')", FunctionDefinition.VARIES);
    family
        .function("col_description")
        .takes(OID, INTEGER)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("columnComment")
        .says("The comment on a column.")
        .example("col_description(1, 1)", FunctionDefinition.VARIES);
  }

  private void texts() {
    pretty("pg_get_viewdef", "viewDefinition", "The SELECT statement of a view.");
    pretty("pg_get_constraintdef", "constraintDefinition", "The definition of a constraint.");
    family
        .function("pg_get_indexdef")
        .takes(OID)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("indexDefinition")
        .says("The definition of a key's index.")
        .example("pg_get_indexdef(1)", FunctionDefinition.VARIES);
    family
        .function("pg_get_indexdef")
        .takes(OID, INTEGER, BOOLEAN)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by("indexDefinition")
        .says("The definition of a key's index.")
        .example("pg_get_indexdef(1, 0, true)", FunctionDefinition.VARIES);
    String says = "The text of a default or constraint.";
    family
        .function("pg_get_expr")
        .takes(STRING, OID)
        .gives(TEXT)
        .withSession()
        .by("expression")
        .says(says)
        .example("pg_get_expr('1', 1)", FunctionDefinition.VARIES);
    family
        .function("pg_get_expr")
        .takes(STRING, OID, BOOLEAN)
        .gives(TEXT)
        .withSession()
        .by("expression")
        .says(says)
        .example("pg_get_expr('1', 1, true)", FunctionDefinition.VARIES);
    family
        .function("format_type")
        .takes(OID, INTEGER)
        .gives(TEXT)
        .by(TypeNames.class, "format")
        .says("A type by its number and modifier.")
        .example("format_type(1043, 24)", "character varying(20)")
        .example("format_type(1700, 655366)", "numeric(10,2)")
        .example("format_type(23, -1)", "integer");
    family
        .function("pg_encoding_to_char")
        .takes(INTEGER)
        .gives(NAME)
        .by(TypeNames.class, "encoding")
        .says("The name of an encoding.")
        .example("pg_encoding_to_char(6)", "UTF8");
    family
        .function("format_encoding")
        .takes(INTEGER)
        .gives(TEXT)
        .by(TypeNames.class, "columnEncoding")
        .says("A column's encoding by its number in pg_attribute.attencodingtype.")
        .example("format_encoding(12)", "az64")
        .example("format_encoding(128)", "none");
    family
        .function("array_to_string")
        .takes(TEXT_ARRAY, STRING)
        .gives(TEXT)
        .by(TypeNames.class, "join")
        .says("The elements of an array with a delimiter between them.")
        .example("array_to_string(current_schemas(false), ', ')", FunctionDefinition.VARIES);
  }

  private void accessItems() {
    family
        .function("makeaclitem")
        .takes(INTEGER, INTEGER, INTEGER, STRING, BOOLEAN)
        .gives(TEXT)
        .withSession()
        .by(AccessItems.class, "make")
        .says(
            "An item of an access list: what the user, or the group if the user is 0, has been"
                + " granted by the user who is named third.")
        .example("makeaclitem(100, 0, 100, 'SELECT', false)", FunctionDefinition.VARIES);
    family
        .function("aclcontains")
        .takes(TEXT_ARRAY, STRING)
        .gives(SqlType.BOOLEAN)
        .by(AccessItems.class, "contains")
        .says("True if an access list has an item with at least its privileges.")
        .example("aclcontains(current_schemas(false), 'a=r/b')", FunctionDefinition.VARIES);
  }

  private void pretty(String name, String method, String says) {
    family
        .function(name)
        .takes(OID)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by(method)
        .says(says)
        .example(name + "(1)", FunctionDefinition.VARIES);
    family
        .function(name)
        .takes(OID, BOOLEAN)
        .gives(TEXT)
        .nullable()
        .withSession()
        .by(method)
        .says(says)
        .example(name + "(1, true)", FunctionDefinition.VARIES);
  }

  private void privileges() {
    for (String name : List.of("user_is_member_of", "role_is_member_of")) {
      family
          .function(name)
          .takes(STRING, STRING)
          .gives(SqlType.BOOLEAN)
          .withSession()
          .by("isMember")
          .says("True if a user or role is a member of a role.")
          .example(name + "('a', 'b')", FunctionDefinition.VARIES);
    }
  }

  /// Conversions between oids of the catalog and names; not for users.
  private void identifiers() {
    identifier("$regclass", TypeKind.REGCLASS, "classId", "className");
    identifier("$regproc", TypeKind.REGPROC, "procedureId", "procedureName");
    identifier("$regtype", TypeKind.REGTYPE, "typeId", "typeName");
  }

  private void identifier(String name, TypeKind kind, String toId, String toName) {
    family
        .function(name, kind.sqlName())
        .takes(STRING)
        .gives(SqlType.of(kind))
        .withSession()
        .by(toId)
        .says("The number of the object with a name.");
    family
        .function(name + "_text")
        .takes(OID)
        .gives(TEXT)
        .withSession()
        .by(toName)
        .says("The name of the object with a number.");
  }

  private void sessions() {
    family
        .function("pg_cancel_backend")
        .takes(INTEGER)
        .gives(SqlType.BOOLEAN)
        .withSession()
        .by("cancelBackend")
        .says("Ends the statement of another session.")
        .example("pg_cancel_backend(802)", FunctionDefinition.VARIES);
    family
        .function("pg_terminate_backend")
        .takes(INTEGER)
        .gives(SqlType.BOOLEAN)
        .withSession()
        .by("terminateBackend")
        .says("Ends another session.")
        .example("pg_terminate_backend(802)", FunctionDefinition.VARIES);
    last(
        "pg_last_query_id", SqlType.BIGINT, "lastQuery", "The number of the session's last query.");
    last(
        "last_user_query_id",
        SqlType.BIGINT,
        "lastQuery",
        "The number of the last query that the user ran in the session.");
    last("pg_last_copy_id", SqlType.INTEGER, "lastCopy", "The number of the session's last COPY.");
    last(
        "pg_last_copy_count",
        SqlType.BIGINT,
        "lastCopyCount",
        "The number of rows that the session's last COPY loaded.");
    last(
        "pg_last_unload_id",
        SqlType.INTEGER,
        "lastUnload",
        "The number of the session's last UNLOAD.");
    last(
        "pg_last_unload_count",
        SqlType.BIGINT,
        "lastUnloadCount",
        "The number of rows that the session's last UNLOAD wrote.");
  }

  private void last(String name, SqlType type, String method, String says) {
    family
        .function(name)
        .gives(type)
        .withSession()
        .by(method)
        .says(says)
        .example(name + "()", FunctionDefinition.VARIES);
  }
}
