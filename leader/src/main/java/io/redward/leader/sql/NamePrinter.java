package io.redward.leader.sql;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.IntervalQualifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Keywords;
import java.util.List;

/// Names, types and strings in SQL's spelling.
final class NamePrinter {
  private NamePrinter() {}

  /// A name of a column, table or other object.
  static void name(StringBuilder out, Identifier name) {
    if (isPlain(name.name()) && Keywords.canNameColumn(name.name())) {
      out.append(name.name());
    } else {
      quoted(out, name.name());
    }
  }

  /// A name where any word may stand: behind a dot.
  private static void label(StringBuilder out, Identifier name) {
    if (isPlain(name.name())) {
      out.append(name.name());
    } else {
      quoted(out, name.name());
    }
  }

  private static void quoted(StringBuilder out, String name) {
    out.append('"').append(name.replace("\"", "\"\"")).append('"');
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean start = (c >= 'a' && c <= 'z') || c == '_';
      if (!start && (i == 0 || !((c >= '0' && c <= '9') || c == '$'))) {
        return false;
      }
    }
    return true;
  }

  static void name(StringBuilder out, QualifiedName name) {
    name(out, name.parts().getFirst());
    tail(out, name);
  }

  /// A function's name: words of the third class need no quotes, words with a form of their own do.
  static void function(StringBuilder out, QualifiedName name) {
    Identifier first = name.parts().getFirst();
    boolean plain =
        isPlain(first.name())
            && (!name.isSimple() || !hasOwnForm(first.name()))
            && (name.isSimple() && first.name().equals("collate")
                || Keywords.categoryOf(first.name()) != Keywords.Category.RESERVED);
    if (plain) {
      out.append(first.name());
    } else {
      quoted(out, first.name());
    }
    tail(out, name);
  }

  private static boolean hasOwnForm(String name) {
    return switch (name) {
      case "cast", "try_cast", "convert", "exists", "row", "interval" -> true;
      case "extract", "trim", "values" -> true;
      default -> false;
    };
  }

  private static void tail(StringBuilder out, QualifiedName name) {
    List<Identifier> parts = name.parts();
    for (int i = 1; i < parts.size(); i++) {
      out.append('.');
      label(out, parts.get(i));
    }
  }

  static void field(StringBuilder out, Identifier field) {
    label(out, field);
  }

  /// `(a, b)`.
  static void columns(StringBuilder out, List<Identifier> columns) {
    out.append('(');
    for (int i = 0; i < columns.size(); i++) {
      out.append(i > 0 ? ", " : "");
      name(out, columns.get(i));
    }
    out.append(')');
  }

  /// A string literal that means the same under every setting.
  static void string(StringBuilder out, String value) {
    boolean escape = value.indexOf('\\') >= 0;
    out.append(escape ? "E'" : "'")
        .append((escape ? value.replace("\\", "\\\\") : value).replace("'", "''"))
        .append('\'');
  }

  static void type(StringBuilder out, TypeName type) {
    type.schema()
        .ifPresent(
            schema -> {
              name(out, schema);
              out.append('.');
            });
    if (isPlain(type.name().replace(' ', '_'))) {
      out.append(type.name());
    } else {
      quoted(out, type.name());
    }
    if (!type.modifiers().isEmpty()) {
      out.append('(');
      for (int i = 0; i < type.modifiers().size(); i++) {
        int modifier = type.modifiers().get(i);
        out.append(i > 0 ? "," : "").append(modifier == TypeName.MAX ? "max" : modifier);
      }
      out.append(')');
    }
    if (!type.fields().isEmpty()) {
      fields(out, type.fields());
    }
    type.interval().ifPresent(qualifier -> interval(out, qualifier));
    out.append("[]".repeat(type.arrayDimensions()));
  }

  private static void fields(StringBuilder out, List<TypeName.Field> fields) {
    out.append('<');
    for (int i = 0; i < fields.size(); i++) {
      out.append(i > 0 ? "," : "");
      fields
          .get(i)
          .name()
          .ifPresent(
              name -> {
                label(out, name);
                out.append(':');
              });
      type(out, fields.get(i).type());
    }
    out.append('>');
  }

  /// ` DAY TO SECOND(3)`, with the blank before it.
  static void interval(StringBuilder out, IntervalQualifier qualifier) {
    out.append(' ').append(qualifier.from());
    if (qualifier.to() != qualifier.from()) {
      out.append(" TO ").append(qualifier.to());
    }
    qualifier.precision().ifPresent(digits -> out.append('(').append(digits).append(')'));
  }
}
