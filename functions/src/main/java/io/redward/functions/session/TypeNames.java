package io.redward.functions.session;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.text.Numbers;
import java.util.HashMap;
import java.util.Map;

/// Names that need no catalog: of types by oid, of encodings, and arrays as text.
public final class TypeNames {
  /// PostgreSQL's header of four bytes, which type modifiers of strings and decimals include.
  private static final int HEADER = 4;

  private static final int UTF8_ENCODING = 6;
  private static final String[] COLUMN_ENCODINGS = {
    "none",
    "bytedict",
    "delta",
    "delta32k",
    "lzo",
    "mostly8",
    "mostly16",
    "mostly32",
    "runlength",
    "text255",
    "text32k",
    "zstd",
    "az64"
  };
  private static final Map<Integer, TypeKind> BY_OID = new HashMap<>();

  static {
    for (TypeKind kind : TypeKind.values()) {
      BY_OID.put(kind.oid(), kind);
    }
  }

  private TypeNames() {}

  /// A type as SQL text; a modifier below zero is none.
  public static void format(int oid, int modifier, ValueOut out) {
    TypeKind kind = BY_OID.get(oid);
    String name = kind == null ? otherName(oid) : kind.sqlName();
    if (modifier < HEADER || kind == null) {
      CatalogLookups.text(name, out);
      return;
    }
    int value = modifier - HEADER;
    CatalogLookups.text(
        switch (kind) {
          case CHAR, VARCHAR, VARBYTE -> name + "(" + value + ")";
          case DECIMAL -> name + "(" + (value >> 16) + "," + (value & 0xFFFF) + ")";
          default -> name;
        },
        out);
  }

  /// Types of the catalog's columns that no user column has.
  private static String otherName(int oid) {
    return switch (oid) {
      case 0 -> "-";
      case 18 -> "\"char\"";
      case 22 -> "int2vector";
      case 30 -> "oidvector";
      case 1002 -> "\"char\"[]";
      case 1028 -> "oid[]";
      case 1033 -> "aclitem";
      case 1034 -> "aclitem[]";
      case 2249 -> "record";
      case 2276 -> "\"any\"";
      default -> "???";
    };
  }

  public static void encoding(int number, ValueOut out) {
    CatalogLookups.text(number == UTF8_ENCODING ? "UTF8" : "", out);
  }

  /// The name of a column encoding; 128 more stands for one that was chosen automatically.
  public static void columnEncoding(int number, ValueOut out) {
    int index = number & 127;
    String name = index < COLUMN_ENCODINGS.length ? COLUMN_ENCODINGS[index] : "";
    CatalogLookups.text(name, out);
  }

  /// The elements of `{a,b}` with a delimiter between them.
  public static void join(
      byte[] page,
      int offset,
      int length,
      byte[] delimiter,
      int delimiterOffset,
      int delimiterLength,
      ValueOut out) {
    String array = Numbers.text(page, offset, length);
    if (!array.startsWith("{") || !array.endsWith("}")) {
      out.bytes(page, offset, length);
      return;
    }
    String separator = Numbers.text(delimiter, delimiterOffset, delimiterLength);
    StringBuilder text = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 1; i < array.length() - 1; i++) {
      char letter = array.charAt(i);
      if (letter == '"') {
        inQuotes = !inQuotes;
      } else if (letter == '\\' && i + 1 < array.length() - 1) {
        text.append(array.charAt(++i));
      } else if (letter == ',' && !inQuotes) {
        text.append(separator);
      } else {
        text.append(letter);
      }
    }
    CatalogLookups.text(text.toString(), out);
  }
}
