package io.redward.functions.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.text.Numbers;
import java.util.Locale;

/// `has_table_privilege`, `has_column_privilege`, `pg_has_role` and their kin: of the current user,
/// or of one given by name or oid, on an object given by name or oid.
public final class PrivilegeLookups {
  private PrivilegeLookups() {}

  private static int has(String kind, String user, String object, String privilege, long session) {
    return OpenSessions.get(session)
            .hasPrivilege(user, kind, object, privilege.strip().toUpperCase(Locale.ROOT))
        ? 1
        : 0;
  }

  private static int column(
      String user, String table, String column, String privilege, long session) {
    return OpenSessions.get(session).hasColumnPrivilege(user, table, column, privilege) ? 1 : 0;
  }

  private static int role(String user, String role, String privilege, long session) {
    return OpenSessions.get(session).hasRole(user, role, privilege) ? 1 : 0;
  }

  private static String id(int oid) {
    return Integer.toUnsignedString(oid);
  }

  private static String user(int oid, long session) {
    return OpenSessions.get(session)
        .userName(oid)
        .orElseThrow(
            () ->
                new SqlException(
                    SqlState.UNDEFINED_OBJECT, "user with OID " + id(oid) + " does not exist"));
  }

  public static int hasTable(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("TABLE", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasTable(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "TABLE",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasTable(int o, byte[] p, int po, int pl, long session) {
    return has("TABLE", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasTable(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("TABLE", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasTable(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "TABLE", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasTable(int u, int o, byte[] p, int po, int pl, long session) {
    return has("TABLE", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasSchema(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("SCHEMA", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasSchema(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "SCHEMA",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasSchema(int o, byte[] p, int po, int pl, long session) {
    return has("SCHEMA", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasSchema(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("SCHEMA", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasSchema(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "SCHEMA", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasSchema(int u, int o, byte[] p, int po, int pl, long session) {
    return has("SCHEMA", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasDatabase(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("DATABASE", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasDatabase(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "DATABASE",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasDatabase(int o, byte[] p, int po, int pl, long session) {
    return has("DATABASE", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasDatabase(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("DATABASE", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasDatabase(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "DATABASE", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasDatabase(int u, int o, byte[] p, int po, int pl, long session) {
    return has("DATABASE", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasFunction(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("FUNCTION", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasFunction(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "FUNCTION",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasFunction(int o, byte[] p, int po, int pl, long session) {
    return has("FUNCTION", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasFunction(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("FUNCTION", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasFunction(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "FUNCTION", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasFunction(int u, int o, byte[] p, int po, int pl, long session) {
    return has("FUNCTION", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasAnyColumn(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("ANY COLUMN", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasAnyColumn(int o, byte[] p, int po, int pl, long session) {
    return has("ANY COLUMN", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasAnyColumn(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "ANY COLUMN",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasAnyColumn(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("ANY COLUMN", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasAnyColumn(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "ANY COLUMN", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasAnyColumn(int u, int o, byte[] p, int po, int pl, long session) {
    return has("ANY COLUMN", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasLanguage(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has("LANGUAGE", "", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasLanguage(int o, byte[] p, int po, int pl, long session) {
    return has("LANGUAGE", "", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasLanguage(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "LANGUAGE",
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasLanguage(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return has("LANGUAGE", Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasLanguage(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return has(
        "LANGUAGE", user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasLanguage(int u, int o, byte[] p, int po, int pl, long session) {
    return has("LANGUAGE", user(u, session), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      byte[] o, int oo, int ol, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return column(
        "", Numbers.text(o, oo, ol), Numbers.text(c, co, cl), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      byte[] o, int oo, int ol, int c, byte[] p, int po, int pl, long session) {
    return column(
        "", Numbers.text(o, oo, ol), Integer.toString(c), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      int o, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return column("", id(o), Numbers.text(c, co, cl), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(int o, int c, byte[] p, int po, int pl, long session) {
    return column("", id(o), Integer.toString(c), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      byte[] u,
      int uo,
      int ul,
      byte[] o,
      int oo,
      int ol,
      byte[] c,
      int co,
      int cl,
      byte[] p,
      int po,
      int pl,
      long session) {
    return column(
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Numbers.text(c, co, cl),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasColumn(
      byte[] u,
      int uo,
      int ul,
      byte[] o,
      int oo,
      int ol,
      int c,
      byte[] p,
      int po,
      int pl,
      long session) {
    return column(
        Numbers.text(u, uo, ul),
        Numbers.text(o, oo, ol),
        Integer.toString(c),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasColumn(
      byte[] u,
      int uo,
      int ul,
      int o,
      byte[] c,
      int co,
      int cl,
      byte[] p,
      int po,
      int pl,
      long session) {
    return column(
        Numbers.text(u, uo, ul), id(o), Numbers.text(c, co, cl), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      byte[] u, int uo, int ul, int o, int c, byte[] p, int po, int pl, long session) {
    return column(
        Numbers.text(u, uo, ul), id(o), Integer.toString(c), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(
      int u,
      byte[] o,
      int oo,
      int ol,
      byte[] c,
      int co,
      int cl,
      byte[] p,
      int po,
      int pl,
      long session) {
    return column(
        user(u, session),
        Numbers.text(o, oo, ol),
        Numbers.text(c, co, cl),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasColumn(
      int u, byte[] o, int oo, int ol, int c, byte[] p, int po, int pl, long session) {
    return column(
        user(u, session),
        Numbers.text(o, oo, ol),
        Integer.toString(c),
        Numbers.text(p, po, pl),
        session);
  }

  public static int hasColumn(
      int u, int o, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return column(
        user(u, session), id(o), Numbers.text(c, co, cl), Numbers.text(p, po, pl), session);
  }

  public static int hasColumn(int u, int o, int c, byte[] p, int po, int pl, long session) {
    return column(user(u, session), id(o), Integer.toString(c), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return role("", Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(int o, byte[] p, int po, int pl, long session) {
    return role("", id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(
      byte[] u, int uo, int ul, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return role(Numbers.text(u, uo, ul), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, long session) {
    return role(Numbers.text(u, uo, ul), id(o), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, long session) {
    return role(user(u, session), Numbers.text(o, oo, ol), Numbers.text(p, po, pl), session);
  }

  public static int hasRole(int u, int o, byte[] p, int po, int pl, long session) {
    return role(user(u, session), id(o), Numbers.text(p, po, pl), session);
  }
}
