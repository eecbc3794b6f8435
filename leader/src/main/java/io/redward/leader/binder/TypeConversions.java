package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Which types convert into which, and the common type of several.
///
/// Source: Redshift's manual, "Type compatibility and conversion".
final class TypeConversions {
  private TypeConversions() {}

  /// The common type of branches or of set operation columns.
  ///
  /// @throws io.redward.foundation.base.SqlException 42804 if there is none
  static SqlType common(List<RexNode> nodes, String context, int position) {
    SqlType common = SqlType.UNKNOWN;
    int longestText = 1;
    for (RexNode node : nodes) {
      SqlType type = typeOf(node);
      if (type.kind() == TypeKind.UNKNOWN) {
        longestText = Math.max(longestText, textBytes(node));
        continue;
      }
      SqlType next = common(common, type);
      if (next == null) {
        throw Errors.at(
            position,
            SqlState.DATATYPE_MISMATCH,
            context
                + " types "
                + Errors.name(common)
                + " and "
                + Errors.name(type)
                + " cannot be matched");
      }
      common = next;
    }
    if (common.kind() == TypeKind.UNKNOWN) {
      return SqlType.varchar(longestText);
    }
    boolean widen =
        (common.kind() == TypeKind.VARCHAR || common.kind() == TypeKind.CHAR)
            && common.precision() < longestText;
    return widen
        ? SqlType.varchar(longestText).withCaseInsensitive(common.caseInsensitive())
        : common;
  }

  private static int textBytes(RexNode node) {
    return node instanceof RexLiteral literal && !literal.isNull()
        ? Coercion.text(literal).getBytes(StandardCharsets.UTF_8).length
        : 1;
  }

  /// The type that holds the values of both, null if there is none.
  static @Nullable SqlType common(SqlType a, SqlType b) {
    if (a.equals(b) || b.kind() == TypeKind.UNKNOWN) {
      return a;
    }
    if (a.kind() == TypeKind.UNKNOWN) {
      return b;
    }
    if (a.kind().isNumeric() && b.kind().isNumeric()) {
      return NumericRules.common(a, b);
    }
    if (a.kind().isString() && b.kind().isString()) {
      return string(a, b);
    }
    if (isOid(a) && (isOid(b) || b.kind().isInteger()) || isOid(b) && a.kind().isInteger()) {
      return SqlType.OID;
    }
    if (a.kind() == b.kind()) {
      return a.precision() >= b.precision() ? a : b;
    }
    return datetime(a.kind(), b.kind());
  }

  private static @Nullable SqlType datetime(TypeKind a, TypeKind b) {
    if (isDay(a) && isDay(b)) {
      return a == TypeKind.TIMESTAMPTZ || b == TypeKind.TIMESTAMPTZ
          ? SqlType.TIMESTAMPTZ
          : SqlType.TIMESTAMP;
    }
    boolean times =
        (a == TypeKind.TIME || a == TypeKind.TIMETZ)
            && (b == TypeKind.TIME || b == TypeKind.TIMETZ);
    return times ? SqlType.TIMETZ : null;
  }

  private static boolean isDay(TypeKind kind) {
    return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMPTZ;
  }

  static boolean isOid(SqlType type) {
    return switch (type.kind()) {
      case OID, REGCLASS, REGPROC, REGTYPE -> true;
      default -> false;
    };
  }

  private static SqlType string(SqlType a, SqlType b) {
    int length = Math.max(length(a), length(b));
    SqlType common =
        a.kind() == TypeKind.CHAR && b.kind() == TypeKind.CHAR
            ? SqlType.character(length)
            : SqlType.varchar(length);
    return common.withCaseInsensitive(a.caseInsensitive() || b.caseInsensitive());
  }

  private static int length(SqlType type) {
    return switch (type.kind()) {
      case NAME -> 128;
      default -> type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
    };
  }

  /// Whether a cast is defined at all.
  static boolean isCastable(SqlType from, SqlType to) {
    TypeKind a = from.kind();
    TypeKind b = to.kind();
    if (a == TypeKind.UNKNOWN || a == b || a.isString() || b.isString()) {
      return b != TypeKind.VOID;
    }
    if (a.isNumeric()) {
      return b.isNumeric()
          || b == TypeKind.SUPER
          || isOid(to) && a.isInteger()
          || (b == TypeKind.BOOLEAN || b == TypeKind.VARBYTE) && a.isInteger();
    }
    return switch (a) {
      case BOOLEAN -> b.isInteger() || b == TypeKind.SUPER;
      case DATE -> b == TypeKind.TIMESTAMP || b == TypeKind.TIMESTAMPTZ;
      case TIMESTAMP -> b == TypeKind.DATE || b == TypeKind.TIMESTAMPTZ || b == TypeKind.TIME;
      case TIMESTAMPTZ -> b.isDatetime();
      case TIME -> b == TypeKind.TIMETZ || b == TypeKind.INTERVAL_DAY_SECOND;
      case TIMETZ -> b == TypeKind.TIME;
      case INTERVAL_DAY_SECOND -> b == TypeKind.TIME;
      case OID, REGCLASS, REGPROC, REGTYPE -> isOid(to) || b.isInteger();
      case SUPER -> true;
      case GEOMETRY -> b == TypeKind.GEOGRAPHY;
      case GEOGRAPHY -> b == TypeKind.GEOMETRY;
      default -> false;
    };
  }

  /// Whether a value converts when it is assigned to a column, without a cast written.
  static boolean isAssignable(SqlType from, SqlType to) {
    if (from.kind().isString() && !to.kind().isString()) {
      return to.kind().isNumeric()
          || to.kind().isDatetime()
          || to.kind() == TypeKind.BOOLEAN
          || to.kind() == TypeKind.VARBYTE
          || to.kind() == TypeKind.SUPER
          || to.kind() == TypeKind.GEOMETRY
          || to.kind() == TypeKind.GEOGRAPHY
          || to.kind() == TypeKind.HLLSKETCH;
    }
    if (from.kind() == TypeKind.BOOLEAN && to.kind().isNumeric()
        || from.kind().isNumeric() && !from.kind().isInteger() && to.kind() == TypeKind.BOOLEAN) {
      return false;
    }
    return isCastable(from, to);
  }
}
