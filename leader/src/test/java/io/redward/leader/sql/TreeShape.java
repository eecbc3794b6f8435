package io.redward.leader.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A tree as text without what depends on spelling: positions, and whether names were quoted.
final class TreeShape {
  private static final Set<String> SPELLING = Set.of("position", "quoted");

  private TreeShape() {}

  static String of(Object node) {
    StringBuilder out = new StringBuilder();
    append(out, node);
    return out.toString();
  }

  private static void append(StringBuilder out, Object node) {
    switch (node) {
      case Optional<?> optional -> {
        if (optional.isPresent()) {
          append(out, optional.get());
        } else {
          out.append('-');
        }
      }
      case List<?> list -> {
        out.append('[');
        for (Object element : list) {
          append(out, element);
          out.append(' ');
        }
        out.append(']');
      }
      case Record record -> appendRecord(out, record);
      default -> out.append(node);
    }
  }

  private static void appendRecord(StringBuilder out, Record record) {
    out.append(record.getClass().getSimpleName()).append('(');
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (SPELLING.contains(component.getName())) {
        continue;
      }
      try {
        component.getAccessor().setAccessible(true);
        append(out, component.getAccessor().invoke(record));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new AssertionError(e);
      }
      out.append(' ');
    }
    out.append(')');
  }
}
