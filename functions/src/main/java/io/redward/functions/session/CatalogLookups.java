package io.redward.functions.session;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.signature.LastRun;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.text.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Functions that ask the leader's catalog.
public final class CatalogLookups {
  private static final byte[] NOBODY = "unknown (OID=0)".getBytes(StandardCharsets.US_ASCII);

  private CatalogLookups() {}

  static void text(String text, ValueOut out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  private static void orNull(Optional<String> text, ValueOut out) {
    out.isNull = text.isEmpty();
    text.ifPresent(value -> text(value, out));
  }

  public static void userById(int oid, long session, ValueOut out) {
    Optional<String> name = OpenSessions.get(session).userName(oid);
    if (name.isPresent()) {
      text(name.get(), out);
    } else if (oid == 0) {
      out.bytes(NOBODY, 0, NOBODY.length);
    } else {
      text("unknown (OID=" + Integer.toUnsignedLong(oid) + ")", out);
    }
  }

  public static int isVisible(int relation, long session) {
    return OpenSessions.get(session).isVisible(relation) ? 1 : 0;
  }

  public static void comment(int object, long session, ValueOut out) {
    orNull(OpenSessions.get(session).comment(object, 0), out);
  }

  /// The catalog that the object is in is not needed: oids are unique.
  public static void comment(
      int object, byte[] page, int offset, int length, long session, ValueOut out) {
    comment(object, session, out);
  }

  public static void columnComment(int table, int column, long session, ValueOut out) {
    orNull(OpenSessions.get(session).comment(table, column), out);
  }

  public static void viewDefinition(int view, long session, ValueOut out) {
    orNull(OpenSessions.get(session).viewDefinition(view), out);
  }

  public static void viewDefinition(int view, int pretty, long session, ValueOut out) {
    viewDefinition(view, session, out);
  }

  public static void constraintDefinition(int constraint, long session, ValueOut out) {
    orNull(OpenSessions.get(session).constraintDefinition(constraint), out);
  }

  public static void constraintDefinition(int constraint, int pretty, long session, ValueOut out) {
    constraintDefinition(constraint, session, out);
  }

  public static void indexDefinition(int index, long session, ValueOut out) {
    orNull(OpenSessions.get(session).indexDefinition(index), out);
  }

  /// The whole definition, whatever column is asked for: clients ask for 0, which means all.
  public static void indexDefinition(
      int index, int column, int pretty, long session, ValueOut out) {
    indexDefinition(index, session, out);
  }

  public static void expression(
      byte[] page, int offset, int length, int relation, long session, ValueOut out) {
    String stored = Numbers.text(page, offset, length);
    text(OpenSessions.get(session).expressionText(stored, relation), out);
  }

  public static void expression(
      byte[] page, int offset, int length, int relation, int pretty, long session, ValueOut out) {
    expression(page, offset, length, relation, session, out);
  }

  public static void setting(byte[] page, int offset, int length, long session, ValueOut out) {
    text(OpenSessions.get(session).setting(Numbers.text(page, offset, length)), out);
  }

  public static void settingOrNull(
      byte[] page, int offset, int length, int orNull, long session, ValueOut out) {
    String name = Numbers.text(page, offset, length);
    Optional<String> known = OpenSessions.get(session).settingIfAny(name);
    if (known.isEmpty() && orNull == 0) {
      text(OpenSessions.get(session).setting(name), out);
    } else {
      orNull(known, out);
    }
  }

  public static void changeSetting(
      byte[] page,
      int offset,
      int length,
      byte[] value,
      int valueOffset,
      int valueLength,
      int local,
      long session,
      ValueOut out) {
    String name = Numbers.text(page, offset, length);
    String text = Numbers.text(value, valueOffset, valueLength);
    text(OpenSessions.get(session).changeSetting(name, text, local != 0), out);
  }

  public static void schemas(int withImplicit, long session, ValueOut out) {
    List<String> schemas = OpenSessions.get(session).schemas(withImplicit != 0);
    text("{" + String.join(",", schemas) + "}", out);
  }

  public static int isMember(
      byte[] member, int mo, int ml, byte[] role, int ro, int rl, long session) {
    return OpenSessions.get(session)
            .isMember(Numbers.text(member, mo, ml), Numbers.text(role, ro, rl))
        ? 1
        : 0;
  }

  public static void className(int oid, long session, ValueOut out) {
    text(OpenSessions.get(session).objectName("TABLE", oid), out);
  }

  public static void procedureName(int oid, long session, ValueOut out) {
    text(OpenSessions.get(session).objectName("FUNCTION", oid), out);
  }

  public static void typeName(int oid, long session, ValueOut out) {
    text(OpenSessions.get(session).objectName("TYPE", oid), out);
  }

  public static int classId(byte[] page, int offset, int length, long session) {
    return OpenSessions.get(session).objectId("TABLE", Numbers.text(page, offset, length));
  }

  public static int procedureId(byte[] page, int offset, int length, long session) {
    return OpenSessions.get(session).objectId("FUNCTION", Numbers.text(page, offset, length));
  }

  public static int typeId(byte[] page, int offset, int length, long session) {
    return OpenSessions.get(session).objectId("TYPE", Numbers.text(page, offset, length));
  }

  public static int cancelBackend(int processId, long session) {
    return OpenSessions.get(session).endSession(processId, true) ? 1 : 0;
  }

  public static int terminateBackend(int processId, long session) {
    return OpenSessions.get(session).endSession(processId, false) ? 1 : 0;
  }

  public static long lastQuery(long session) {
    return OpenSessions.get(session).last(LastRun.QUERY_ID);
  }

  public static int lastCopy(long session) {
    return (int) OpenSessions.get(session).last(LastRun.COPY_ID);
  }

  public static long lastCopyCount(long session) {
    return OpenSessions.get(session).last(LastRun.COPY_ROWS);
  }

  public static int lastUnload(long session) {
    return (int) OpenSessions.get(session).last(LastRun.UNLOAD_ID);
  }

  public static long lastUnloadCount(long session) {
    return OpenSessions.get(session).last(LastRun.UNLOAD_ROWS);
  }
}
