package io.redward.leader.system;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A system table: its columns, and what gives its rows.
record ViewTable(String schema, String name, List<Column> columns, Consumer<SystemRows> reader)
    implements SystemTable {
  private static final int CATALOG_STRING_BYTES = 65_535;

  /// Columns of descriptions, which are the same for every session.
  private static final Map<String, List<Column>> PARSED = new ConcurrentHashMap<>();

  /// @param columns `name type` pairs separated by commas, types by their short names
  static ViewTable of(String schema, String name, String columns, Consumer<SystemRows> reader) {
    return new ViewTable(schema, name, PARSED.computeIfAbsent(columns, ViewTable::parse), reader);
  }

  private static List<Column> parse(String columns) {
    List<Column> parsed = new ArrayList<>();
    for (String column : columns.split(",")) {
      String[] words = column.strip().split(" ");
      parsed.add(new Column(words[0], type(words[1])));
    }
    return List.copyOf(parsed);
  }

  static SqlType type(String name) {
    if (name.startsWith("numeric(")) {
      String[] digits = name.substring(8, name.length() - 1).split(",");
      return SqlType.decimal(Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
    }
    if (name.startsWith("varchar(")) {
      return SqlType.varchar(Integer.parseInt(name.substring(8, name.length() - 1)));
    }
    if (name.startsWith("char(")) {
      return SqlType.character(Integer.parseInt(name.substring(5, name.length() - 1)));
    }
    return switch (name) {
      case "oid" -> SqlType.OID;
      case "name" -> SqlType.NAME;
      case "text" -> SqlType.TEXT;
      case "varchar" -> SqlType.varchar(CATALOG_STRING_BYTES);
      case "char" -> SqlType.character(1);
      case "bool" -> SqlType.BOOLEAN;
      case "int2" -> SqlType.SMALLINT;
      case "int4" -> SqlType.INTEGER;
      case "int8" -> SqlType.BIGINT;
      case "float4" -> SqlType.REAL;
      case "float8" -> SqlType.DOUBLE;
      case "numeric" -> SqlType.decimal(12, 4);
      case "percent" -> SqlType.decimal(10, 4);
      case "share" -> SqlType.decimal(5, 2);
      case "benefit" -> SqlType.decimal(12, 2);
      case "ratio" -> SqlType.decimal(19, 2);
      case "count" -> SqlType.decimal(38, 0);
      case "timestamp" -> SqlType.TIMESTAMP;
      case "timestamptz" -> SqlType.TIMESTAMPTZ;
      case "date" -> SqlType.DATE;
      case "interval" -> SqlType.INTERVAL_DAY_SECOND;
      case "text[]" -> SqlType.of(TypeKind.TEXT_ARRAY);
      case "int[]" -> SqlType.of(TypeKind.INT_ARRAY);
      case "oid[]" -> SqlType.of(TypeKind.OID_ARRAY);
      case "char[]" -> SqlType.of(TypeKind.CHAR_ARRAY);
      case "regproc" -> SqlType.of(TypeKind.REGPROC);
      default -> throw new IllegalArgumentException("unknown type " + name);
    };
  }

  @Override
  public void read(SystemRows out) {
    reader.accept(out);
  }
}
