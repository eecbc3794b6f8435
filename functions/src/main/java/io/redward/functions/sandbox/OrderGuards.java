package io.redward.functions.sandbox;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;

/// Orders of values by themselves, whose comparisons are the library's and not a lambda's: each
/// counts, the more the longer the texts.
public final class OrderGuards {
  private OrderGuards() {}

  @SuppressWarnings("unchecked")
  private static int compare(Object value, Object other, JavaCode code) {
    code.element();
    if (value instanceof CharSequence text && other instanceof CharSequence with) {
      code.spend(Math.min(text.length(), with.length()) >> 6);
    }
    return ((Comparable<Object>) value).compareTo(other);
  }

  public static Comparator<Object> naturalOrder(JavaCode code) {
    return (value, other) -> compare(value, other, code);
  }

  public static Comparator<Object> reverseOrder(JavaCode code) {
    return (value, other) -> compare(other, value, code);
  }

  public static Comparator<Object> comparing(Function<Object, Object> key, JavaCode code) {
    CollectionGuards.given(key, code);
    return (value, other) -> compare(key.apply(value), key.apply(other), code);
  }

  public static Comparator<Object> thenComparing(
      Comparator<Object> order, Function<Object, Object> key, JavaCode code) {
    return order.thenComparing(comparing(key, code));
  }

  public static Comparator<Map.Entry<Object, Object>> comparingByKey(JavaCode code) {
    return (entry, other) -> compare(entry.getKey(), other.getKey(), code);
  }

  public static Comparator<Map.Entry<Object, Object>> comparingByValue(JavaCode code) {
    return (entry, other) -> compare(entry.getValue(), other.getValue(), code);
  }

  public static Function<Object, Object> identity(JavaCode code) {
    return value -> {
      code.element();
      return value;
    };
  }
}
