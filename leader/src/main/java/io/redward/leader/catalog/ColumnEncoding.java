package io.redward.leader.catalog;

import io.redward.foundation.types.TypeKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The encodings a column may declare, the types each is for, and the number by which
/// `pg_attribute` names it.
public enum ColumnEncoding {
  RAW(EnumSet.allOf(TypeKind.class)),
  BYTEDICT(EnumSet.copyOf(Types.ALL_BUT_BOOLEAN)),
  DELTA(EnumSet.copyOf(Types.WHOLE)),
  DELTA32K(Types.without(Types.WHOLE, TypeKind.SMALLINT)),
  LZO(Types.with(Types.ALL_BUT_BOOLEAN, Types.FLOATING, TypeKind.SUPER, TypeKind.VARBYTE)),
  MOSTLY8(EnumSet.copyOf(Types.NUMBERS)),
  MOSTLY16(Types.without(Types.NUMBERS, TypeKind.SMALLINT)),
  MOSTLY32(EnumSet.of(TypeKind.BIGINT, TypeKind.DECIMAL)),
  RUNLENGTH(Types.with(Types.ALL_BUT_BOOLEAN, Set.of(), TypeKind.BOOLEAN)),
  TEXT255(EnumSet.of(TypeKind.VARCHAR)),
  TEXT32K(EnumSet.of(TypeKind.VARCHAR)),
  ZSTD(EnumSet.allOf(TypeKind.class)),
  AZ64(EnumSet.copyOf(Types.WHOLE)),
  AUTO(EnumSet.allOf(TypeKind.class));

  /// What is added to the number of an encoding that was chosen automatically.
  private static final int AUTOMATIC = 128;

  private final Set<TypeKind> types;

  ColumnEncoding(Set<TypeKind> types) {
    this.types = types;
  }

  /// The encoding of a name in lower case.
  public static Optional<ColumnEncoding> of(String name) {
    for (ColumnEncoding encoding : values()) {
      if (encoding.text().equals(name)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /// What a column of a table gets that does not say ENCODE while another column does.
  public static ColumnEncoding preset(TypeKind type, boolean sortKey) {
    if (sortKey || type == TypeKind.BOOLEAN || type.isFloating()) {
      return RAW;
    }
    if (AZ64.fits(type)) {
      return AZ64;
    }
    return LZO.fits(type) ? LZO : RAW;
  }

  public boolean fits(TypeKind type) {
    return types.contains(type);
  }

  /// The name as it is declared and kept.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The name as the system tables show it.
  public String reported() {
    return this == RAW ? "none" : text();
  }

  /// The number in `pg_attribute.attencodingtype`.
  public int number(boolean automatic) {
    return ordinal() + (automatic ? AUTOMATIC : 0);
  }

  private static final class Types {
    static final Set<TypeKind> NUMBERS =
        Set.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT, TypeKind.DECIMAL);
    static final Set<TypeKind> FLOATING = Set.of(TypeKind.REAL, TypeKind.DOUBLE);
    static final Set<TypeKind> WHOLE =
        with(
            NUMBERS,
            Set.of(),
            TypeKind.DATE,
            TypeKind.TIME,
            TypeKind.TIMETZ,
            TypeKind.TIMESTAMP,
            TypeKind.TIMESTAMPTZ,
            TypeKind.INTERVAL_YEAR_MONTH,
            TypeKind.INTERVAL_DAY_SECOND);
    static final Set<TypeKind> ALL_BUT_BOOLEAN =
        with(WHOLE, Set.of(), TypeKind.REAL, TypeKind.DOUBLE, TypeKind.CHAR, TypeKind.VARCHAR);

    static EnumSet<TypeKind> with(
        Set<TypeKind> types, Set<TypeKind> without, TypeKind... additional) {
      EnumSet<TypeKind> all = EnumSet.copyOf(types);
      all.removeAll(without);
      all.addAll(Set.of(additional));
      return all;
    }

    static EnumSet<TypeKind> without(Set<TypeKind> types, TypeKind kind) {
      return with(types, Set.of(kind));
    }
  }
}
