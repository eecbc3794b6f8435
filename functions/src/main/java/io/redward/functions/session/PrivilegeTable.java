package io.redward.functions.session;

import static io.redward.functions.signature.ParameterType.OID;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.PrivilegeKind;
import java.util.ArrayList;
import java.util.List;

/// The functions that ask for privileges on objects and for membership in roles.
final class PrivilegeTable {
  private static final String ON = "has a privilege on ";

  private final Family family = new Family("session", PrivilegeLookups.class);

  private PrivilegeTable() {}

  static List<FunctionDefinition> definitions() {
    PrivilegeTable table = new PrivilegeTable();
    String object = "('admin', 'public', 'create')";
    table.asks("has_table_privilege", PrivilegeKind.TABLE, ON + "a table", object);
    table.asks("has_schema_privilege", PrivilegeKind.SCHEMA, ON + "a schema", object);
    table.asks("has_database_privilege", PrivilegeKind.DATABASE, ON + "a database", object);
    table.asks("has_function_privilege", PrivilegeKind.FUNCTION, ON + "a function", object);
    table.asks(
        "has_any_column_privilege",
        PrivilegeKind.ANY_COLUMN,
        ON + "a table or on any of its columns",
        "('pg_class', 'select')");
    table.asks(
        "has_language_privilege", PrivilegeKind.LANGUAGE, ON + "a language", "('sql', 'usage')");
    table.asks(
        "pg_has_role",
        PrivilegeKind.ROLE,
        "is a member of a role: MEMBER or USAGE, perhaps WITH ADMIN OPTION",
        "('sys:monitor', 'member')");
    for (List<ParameterType> form : forms(STRING, STRING)) {
      table
          .entry("has_column_privilege", form)
          .withSession()
          .by("hasColumn")
          .says(says(ON + "a column, given by name or number, be it by one on the whole table"))
          .example(
              "has_column_privilege('pg_class', 'relname', 'select')", FunctionDefinition.VARIES);
    }
    return List.copyOf(table.family.definitions());
  }

  /// Without a user, with one by name and with one by oid; then an object by name and by oid; then
  /// the rest.
  private static List<List<ParameterType>> forms(ParameterType... rest) {
    List<List<ParameterType>> all = new ArrayList<>();
    for (List<ParameterType> user :
        List.<List<ParameterType>>of(List.of(), List.of(STRING), List.of(OID))) {
      for (ParameterType object : List.of(STRING, OID)) {
        List<ParameterType> whole = new ArrayList<>(user);
        whole.add(object);
        whole.addAll(List.of(rest));
        all.add(whole);
      }
    }
    return all;
  }

  private void asks(String name, PrivilegeKind kind, String what, String arguments) {
    for (List<ParameterType> form : forms(STRING)) {
      entry(name, form)
          .with(Physical.INT, _ -> ExtraArgument.of(kind.ordinal()))
          .withSession()
          .by("has")
          .says(says(what))
          .example(name + arguments, FunctionDefinition.VARIES);
    }
  }

  private Family.Entry entry(String name, List<ParameterType> form) {
    return family.function(name).takes(form.toArray(ParameterType[]::new)).gives(SqlType.BOOLEAN);
  }

  private static String says(String what) {
    return "True if the current user, or the user named first, " + what + ".";
  }
}
