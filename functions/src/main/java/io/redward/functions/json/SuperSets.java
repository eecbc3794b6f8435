package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Arrays as sets of values: search, union, difference, sorting. Elements are the same as
/// [SuperMath#areSame] says.
public final class SuperSets {
  private SuperSets() {}

  /// An element where it lies.
  private record Element(byte[] page, int offset, int length) {
    boolean isSame(Element other) {
      return SuperMath.areSame(page, offset, length, other.page, other.offset, other.length);
    }

    boolean isNull() {
      return page[offset] == 'n';
    }

    int compare(Element other) {
      return SuperMath.compare(page, offset, length, other.page, other.offset, other.length);
    }

    boolean isIn(List<Element> elements) {
      return indexIn(elements) >= 0;
    }

    int indexIn(List<Element> elements) {
      for (int i = 0; i < elements.size(); i++) {
        if (isSame(elements.get(i))) {
          return i;
        }
      }
      return -1;
    }
  }

  private static List<Element> elements(byte[] page, int offset, int length) {
    if (page[offset] != '[') {
      throw SqlException.ofValue(SqlState.DATA_EXCEPTION, "argument is not an array");
    }
    List<Element> elements = new ArrayList<>();
    int limit = offset + length;
    int at = SuperElements.first(page, offset, length);
    while (at != SuperElements.NONE) {
      int end = SuperElements.end(page, at, limit);
      elements.add(new Element(page, at, end - at));
      at = SuperElements.next(page, end, limit);
    }
    return elements;
  }

  private static void array(List<Element> elements, ValueOut out) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write('[');
    for (Element element : elements) {
      if (text.size() > 1) {
        text.write(',');
      }
      text.write(element.page(), element.offset(), element.length());
    }
    text.write(']');
    byte[] bytes = text.toByteArray();
    out.bytes(bytes, 0, bytes.length);
  }

  public static int contains(byte[] a, int ao, int al, byte[] v, int vo, int vl) {
    return new Element(v, vo, vl).isIn(elements(a, ao, al)) ? 1 : 0;
  }

  /// From 0 on; -1 if there is none.
  public static int position(byte[] a, int ao, int al, byte[] v, int vo, int vl) {
    return new Element(v, vo, vl).indexIn(elements(a, ao, al));
  }

  public static void positions(byte[] a, int ao, int al, byte[] v, int vo, int vl, ValueOut out) {
    List<Element> elements = elements(a, ao, al);
    Element wanted = new Element(v, vo, vl);
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < elements.size(); i++) {
      if (wanted.isSame(elements.get(i))) {
        text.append(text.length() > 1 ? "," : "").append(i);
      }
    }
    byte[] bytes = text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    out.bytes(bytes, 0, bytes.length);
  }

  public static int overlap(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    List<Element> others = elements(b, bo, bl);
    return elements(a, ao, al).stream().anyMatch(e -> e.isIn(others)) ? 1 : 0;
  }

  private static List<Element> distinct(List<Element> elements) {
    List<Element> kept = new ArrayList<>();
    for (Element element : elements) {
      if (!element.isIn(kept)) {
        kept.add(element);
      }
    }
    return kept;
  }

  public static void distinct(byte[] a, int ao, int al, ValueOut out) {
    array(distinct(elements(a, ao, al)), out);
  }

  public static void union(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    List<Element> all = elements(a, ao, al);
    all.addAll(elements(b, bo, bl));
    array(distinct(all), out);
  }

  public static void except(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    List<Element> others = elements(b, bo, bl);
    List<Element> kept = elements(a, ao, al);
    kept.removeIf(element -> element.isIn(others));
    array(distinct(kept), out);
  }

  public static void intersection(
      byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    List<Element> others = elements(b, bo, bl);
    List<Element> kept = elements(a, ao, al);
    kept.removeIf(element -> !element.isIn(others));
    array(distinct(kept), out);
  }

  /// Nulls last.
  public static void sort(byte[] a, int ao, int al, ValueOut out) {
    sort(a, ao, al, 1, 0, out);
  }

  public static void sort(byte[] a, int ao, int al, int ascending, ValueOut out) {
    sort(a, ao, al, ascending, 1 - ascending, out);
  }

  public static void sort(byte[] a, int ao, int al, int ascending, int nullsFirst, ValueOut out) {
    List<Element> sorted = elements(a, ao, al);
    sorted.sort(
        (x, y) -> {
          if (x.isNull() != y.isNull()) {
            return x.isNull() == (nullsFirst != 0) ? -1 : 1;
          }
          return ascending != 0 ? x.compare(y) : y.compare(x);
        });
    array(sorted, out);
  }

  /// How many members an object has; NULL for what is none.
  public static int attributes(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = page[offset] != '{';
    int count = 0;
    int limit = offset + length;
    int at = SuperElements.firstMember(page, offset, length);
    while (at != SuperElements.NONE) {
      count++;
      int value = SuperElements.nameEnd(page, at) + 1;
      at = SuperElements.next(page, SuperElements.end(page, value, limit), limit);
    }
    return count;
  }

  public static void lowerNames(byte[] page, int offset, int length, ValueOut out) {
    names(page, offset, length, true, out);
  }

  public static void upperNames(byte[] page, int offset, int length, ValueOut out) {
    names(page, offset, length, false, out);
  }

  /// The value with the names of members in one case, at every depth.
  private static void names(byte[] page, int offset, int length, boolean lower, ValueOut out) {
    byte[] buffer = new byte[length];
    System.arraycopy(page, offset, buffer, 0, length);
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '"') {
        int end = SuperElements.nameEnd(buffer, i);
        if (end < length && buffer[end] == ':') {
          for (int k = i + 1; k < end - 1; k++) {
            byte letter = buffer[k];
            if (letter == '\\') {
              k += buffer[k + 1] == 'u' ? 5 : 1;
            } else if (lower && letter >= 'A' && letter <= 'Z') {
              buffer[k] = (byte) (letter + 32);
            } else if (!lower && letter >= 'a' && letter <= 'z') {
              buffer[k] = (byte) (letter - 32);
            }
          }
        }
        i = end - 1;
      }
    }
    out.bytes(buffer, 0, length);
  }
}
