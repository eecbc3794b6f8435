package io.redward.functions.session;

import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.OID;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.ArrayList;
import java.util.List;

/// The functions that ask for privileges on objects and for membership in roles.
final class PrivilegeTable {
  private final Family family = new Family("session", PrivilegeLookups.class);

  private PrivilegeTable() {}

  static List<FunctionDefinition> definitions() {
    PrivilegeTable table = new PrivilegeTable();
    for (List<ParameterType> form : withUsers(List.of(STRING), List.of(OID))) {
      table.object("has_table_privilege", "hasTable", form, "a table");
      table.object("has_schema_privilege", "hasSchema", form, "a schema");
      table.object("has_database_privilege", "hasDatabase", form, "a database");
      table.object("has_function_privilege", "hasFunction", form, "a function");
      table.function(
          "has_any_column_privilege",
          "hasAnyColumn",
          form,
          "True if the current user, or the user named first, has a privilege on a table or on any"
              + " of its columns.",
          "('pg_class', 'select')");
      table.function(
          "has_language_privilege",
          "hasLanguage",
          form,
          "True if the current user, or the user named first, has a privilege on a language.",
          "('sql', 'usage')");
      table.function(
          "pg_has_role",
          "hasRole",
          form,
          "True if the current user, or the user named first, is a member of a role: MEMBER or"
              + " USAGE, perhaps WITH ADMIN OPTION.",
          "('sys:monitor', 'member')");
    }
    for (List<ParameterType> form :
        withUsers(
            List.of(STRING, STRING),
            List.of(STRING, INTEGER),
            List.of(OID, STRING),
            List.of(OID, INTEGER))) {
      table.function(
          "has_column_privilege",
          "hasColumn",
          form,
          "True if the current user, or the user named first, has a privilege on a column, be it by"
              + " one on the whole table.",
          "('pg_class', 'relname', 'select')");
    }
    return List.copyOf(table.family.definitions());
  }

  /// Each of the forms without a user, with one by name and with one by oid; the privilege behind.
  @SafeVarargs
  private static List<List<ParameterType>> withUsers(List<ParameterType>... forms) {
    List<List<ParameterType>> all = new ArrayList<>();
    for (List<ParameterType> user :
        List.<List<ParameterType>>of(List.of(), List.of(STRING), List.of(OID))) {
      for (List<ParameterType> form : forms) {
        List<ParameterType> whole = new ArrayList<>(user);
        whole.addAll(form);
        whole.add(STRING);
        all.add(whole);
      }
    }
    return all;
  }

  private void object(String name, String method, List<ParameterType> form, String object) {
    function(
        name,
        method,
        form,
        "True if the current user, or the user named first, has a privilege on " + object + ".",
        "('admin', 'public', 'create')");
  }

  private void function(
      String name, String method, List<ParameterType> form, String says, String arguments) {
    family
        .function(name)
        .takes(form.toArray(ParameterType[]::new))
        .gives(SqlType.BOOLEAN)
        .withSession()
        .by(method)
        .says(says)
        .example(name + arguments, FunctionDefinition.VARIES);
  }
}
