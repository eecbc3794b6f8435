package io.redward.functions.session;

import static io.redward.functions.text.Numbers.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.signature.PrivilegeKind;

/// `has_table_privilege`, `pg_has_role` and their kin, by the ordinal of a [PrivilegeKind], and
/// `has_column_privilege`: of the current user, or of one given by name or oid, on an object given
/// by name or oid.
public final class PrivilegeLookups {
  private PrivilegeLookups() {}

  private static int answer(String user, String object, String privilege, int kind, long session) {
    PrivilegeKind asked = PrivilegeKind.values()[kind];
    return OpenSessions.get(session).hasPrivilege(user, asked, object, privilege) ? 1 : 0;
  }

  private static int ofColumn(
      String user, String table, String column, String privilege, long session) {
    return OpenSessions.get(session).hasColumnPrivilege(user, table, column, privilege) ? 1 : 0;
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

  public static int has(
      byte[] o, int oo, int ol, byte[] p, int po, int pl, int kind, long session) {
    return answer("", text(o, oo, ol), text(p, po, pl), kind, session);
  }

  public static int has(int o, byte[] p, int po, int pl, int kind, long session) {
    return answer("", id(o), text(p, po, pl), kind, session);
  }

  public static int has(
      byte[] u,
      int uo,
      int ul,
      byte[] o,
      int oo,
      int ol,
      byte[] p,
      int po,
      int pl,
      int kind,
      long session) {
    return answer(text(u, uo, ul), text(o, oo, ol), text(p, po, pl), kind, session);
  }

  public static int has(
      byte[] u, int uo, int ul, int o, byte[] p, int po, int pl, int kind, long session) {
    return answer(text(u, uo, ul), id(o), text(p, po, pl), kind, session);
  }

  public static int has(
      int u, byte[] o, int oo, int ol, byte[] p, int po, int pl, int kind, long session) {
    return answer(user(u, session), text(o, oo, ol), text(p, po, pl), kind, session);
  }

  public static int has(int u, int o, byte[] p, int po, int pl, int kind, long session) {
    return answer(user(u, session), id(o), text(p, po, pl), kind, session);
  }

  public static int hasColumn(
      byte[] o, int oo, int ol, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return ofColumn("", text(o, oo, ol), text(c, co, cl), text(p, po, pl), session);
  }

  public static int hasColumn(
      int o, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return ofColumn("", id(o), text(c, co, cl), text(p, po, pl), session);
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
    return ofColumn(text(u, uo, ul), text(o, oo, ol), text(c, co, cl), text(p, po, pl), session);
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
    return ofColumn(text(u, uo, ul), id(o), text(c, co, cl), text(p, po, pl), session);
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
    return ofColumn(user(u, session), text(o, oo, ol), text(c, co, cl), text(p, po, pl), session);
  }

  public static int hasColumn(
      int u, int o, byte[] c, int co, int cl, byte[] p, int po, int pl, long session) {
    return ofColumn(user(u, session), id(o), text(c, co, cl), text(p, po, pl), session);
  }
}
