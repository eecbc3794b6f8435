package io.redward.functions.sandbox;

import io.redward.functions.user.LimitError;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Calls of collections, and those that would look through one. Collections may hold others, also
/// themselves, since nothing that goes down into them is to be had: they have no `equals`,
/// `hashCode` and `toString`, and are no keys. What is left takes time and memory in proportion to
/// one collection, which is paid for here.
public final class CollectionGuards {
  private static final long MAX_STEPS = 1L << 26;
  private static final int ELEMENT_BYTES = 32;
  private static final int NODE_BYTES = 96;

  private CollectionGuards() {}

  // -- what may be looked through

  /// @throws IllegalArgumentException if the value is a collection or something of one
  private static void plain(@Nullable Object value) {
    if (value == null || value.getClass().isArray()) {
      return;
    }
    String of = value.getClass().getPackageName();
    boolean known = of.equals("java.lang") || of.equals("java.math") || of.startsWith("java.time");
    if (!known) {
      throw new IllegalArgumentException(
          "a collection cannot be compared, be a text, or be a key or an element of a set");
    }
  }

  /// Looks for a value among others.
  private static void search(int size, @Nullable Object value, JavaCode code) {
    plain(value);
    spend((1L + size) * (4 + length(value) / 8), code);
  }

  private static void spend(long steps, JavaCode code) {
    if (steps > MAX_STEPS) {
      throw LimitError.of("it searches or sorts too many or too long values");
    }
    code.libraryCall();
    code.spend((int) (steps >> 3));
  }

  private static long length(@Nullable Object value) {
    return value instanceof CharSequence text ? text.length() : 0;
  }

  static void key(@Nullable Object key, JavaCode code) {
    plain(key);
    code.libraryCall();
    code.spend((int) (length(key) >> 4));
  }

  /// A key that a map is about to get.
  static void newKey(@Nullable Object key, JavaCode code) {
    key(key, code);
    code.charge(NODE_BYTES);
  }

  // -- of all objects

  public static boolean equals(Object value, @Nullable Object other, JavaCode code) {
    plain(value);
    code.libraryCall();
    return value.equals(other);
  }

  public static int hashCode(Object value, JavaCode code) {
    plain(value);
    code.libraryCall();
    return value.hashCode();
  }

  public static String toString(Object value, JavaCode code) {
    return text(value, code);
  }

  static String text(@Nullable Object value, JavaCode code) {
    plain(value);
    code.libraryCall();
    return String.valueOf(value);
  }

  // -- arrays of objects

  public static void sort(Object[] values, JavaCode code) {
    long longest = 0;
    for (Object value : values) {
      longest = Math.max(longest, length(value));
    }
    code.charge(4L * values.length);
    spend(sorting(values.length) * (4 + longest / 8), code);
    Arrays.sort(values);
  }

  private static long sorting(int count) {
    return (1L + count) * (32 - Integer.numberOfLeadingZeros(count));
  }

  public static boolean equals(Object[] values, Object[] others, JavaCode code) {
    long steps = 4;
    for (Object value : values) {
      plain(value);
      steps += 4 + length(value) / 8;
    }
    spend(steps, code);
    return Arrays.equals(values, others);
  }

  public static int hashCode(Object[] values, JavaCode code) {
    for (Object value : values) {
      plain(value);
    }
    spend(4L * values.length, code);
    return Arrays.hashCode(values);
  }

  public static String toString(Object[] values, JavaCode code) {
    for (Object value : values) {
      plain(value);
      code.charge(64 + 2 * length(value));
    }
    return Arrays.toString(values);
  }

  // -- new ones

  /// A list with room for so many.
  public static void room(int count, JavaCode code) {
    code.charge(16 + 8L * Math.max(0, count));
  }

  /// A list of what is in another collection.
  public static void copied(Collection<?> values, JavaCode code) {
    code.charge(64 + (long) ELEMENT_BYTES * values.size());
    spend(values.size(), code);
  }

  /// A set of it.
  public static void distinct(Collection<?> values, JavaCode code) {
    long steps = 4;
    for (Object value : values) {
      plain(value);
      steps += 4 + length(value) / 8;
    }
    spend(steps, code);
    code.charge(64 + (long) NODE_BYTES * values.size());
  }

  public static void copied(Map<?, ?> values, JavaCode code) {
    code.charge(64 + (long) NODE_BYTES * values.size());
    spend(8L * values.size(), code);
  }

  // -- collections

  public static boolean add(Collection<Object> values, @Nullable Object value, JavaCode code) {
    if (values instanceof List) {
      code.tick();
      code.charge(ELEMENT_BYTES);
    } else {
      key(value, code);
      code.charge(NODE_BYTES);
    }
    return values.add(value);
  }

  public static void add(List<Object> values, int at, @Nullable Object value, JavaCode code) {
    code.charge(ELEMENT_BYTES);
    spend(values.size(), code);
    values.add(at, value);
  }

  public static boolean addAll(Collection<Object> values, Collection<?> others, JavaCode code) {
    boolean changed = false;
    code.charge(8L * others.size());
    for (Object other : others.toArray()) {
      changed |= add(values, other, code);
    }
    return changed;
  }

  public static @Nullable Object remove(List<Object> values, int at, JavaCode code) {
    spend(values.size(), code);
    return values.remove(at);
  }

  public static boolean remove(Collection<Object> values, @Nullable Object value, JavaCode code) {
    search(values instanceof Set ? 0 : values.size(), value, code);
    return values.remove(value);
  }

  public static boolean contains(Collection<?> values, @Nullable Object value, JavaCode code) {
    search(values instanceof Set ? 0 : values.size(), value, code);
    return values.contains(value);
  }

  public static int indexOf(List<?> values, @Nullable Object value, JavaCode code) {
    search(values.size(), value, code);
    return values.indexOf(value);
  }

  public static int lastIndexOf(List<?> values, @Nullable Object value, JavaCode code) {
    search(values.size(), value, code);
    return values.lastIndexOf(value);
  }

  public static void clear(Collection<?> values, JavaCode code) {
    spend(values.size(), code);
    values.clear();
  }

  public static Object[] toArray(Collection<?> values, JavaCode code) {
    room(values.size(), code);
    return values.toArray();
  }

  public static Object[] toArray(Collection<?> values, Object[] into, JavaCode code) {
    room(values.size(), code);
    return values.toArray((Object[]) Array.newInstance(into.getClass().getComponentType(), 0));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public static void sort(List<?> values, JavaCode code) {
    long longest = 0;
    for (Object value : values) {
      longest = Math.max(longest, length(value));
    }
    code.charge(8L * values.size());
    spend(sorting(values.size()) * (4 + longest / 8), code);
    Collections.sort((List) values);
  }

  public static void reverse(List<?> values, JavaCode code) {
    spend(values.size(), code);
    Collections.reverse(values);
  }

  // -- with lambdas, whose own code counts

  static void given(@Nullable Object lambda, JavaCode code) {
    if (lambda == null) {
      throw new NullPointerException("a lambda is null");
    }
    code.libraryCall();
  }

  public static void sort(List<Object> values, Comparator<Object> order, JavaCode code) {
    given(order, code);
    code.charge(8L * values.size());
    spend(sorting(values.size()), code);
    values.sort(order);
  }

  public static void replaceAll(
      List<Object> values, UnaryOperator<Object> replacing, JavaCode code) {
    given(replacing, code);
    values.replaceAll(replacing);
  }

  public static boolean removeIf(
      Collection<Object> values, Predicate<Object> which, JavaCode code) {
    given(which, code);
    code.charge(values.size());
    return values.removeIf(which);
  }

  public static void forEach(Collection<Object> values, Consumer<Object> use, JavaCode code) {
    given(use, code);
    values.forEach(use);
  }

  public static void forEach(
      Map<Object, Object> map, BiConsumer<Object, Object> use, JavaCode code) {
    given(use, code);
    map.forEach(use);
  }

  public static @Nullable Object computeIfAbsent(
      Map<Object, Object> map, @Nullable Object key, Function<Object, Object> make, JavaCode code) {
    given(make, code);
    key(key, code);
    code.charge(NODE_BYTES);
    return map.computeIfAbsent(key, make);
  }

  public static @Nullable Object merge(
      Map<Object, Object> map,
      @Nullable Object key,
      Object value,
      BiFunction<Object, Object, Object> both,
      JavaCode code) {
    given(both, code);
    key(key, code);
    code.charge(NODE_BYTES);
    return map.merge(key, value, both);
  }

  // -- maps

  public static @Nullable Object get(Map<?, ?> map, @Nullable Object key, JavaCode code) {
    key(key, code);
    return map.get(key);
  }

  public static @Nullable Object getOrDefault(
      Map<Object, Object> map, @Nullable Object key, @Nullable Object other, JavaCode code) {
    key(key, code);
    return map.getOrDefault(key, other);
  }

  public static boolean containsKey(Map<?, ?> map, @Nullable Object key, JavaCode code) {
    key(key, code);
    return map.containsKey(key);
  }

  public static boolean containsValue(Map<?, ?> map, @Nullable Object value, JavaCode code) {
    search(map.size(), value, code);
    return map.containsValue(value);
  }

  public static @Nullable Object put(
      Map<Object, Object> map, @Nullable Object key, @Nullable Object value, JavaCode code) {
    key(key, code);
    code.charge(NODE_BYTES);
    return map.put(key, value);
  }

  public static @Nullable Object putIfAbsent(
      Map<Object, Object> map, @Nullable Object key, @Nullable Object value, JavaCode code) {
    key(key, code);
    code.charge(NODE_BYTES);
    return map.putIfAbsent(key, value);
  }

  public static @Nullable Object remove(Map<?, ?> map, @Nullable Object key, JavaCode code) {
    key(key, code);
    return map.remove(key);
  }

  public static void clear(Map<?, ?> map, JavaCode code) {
    spend(map.size(), code);
    map.clear();
  }

  // -- joined texts

  /// What it will be as a text is paid for at once.
  public static StringJoiner add(StringJoiner joiner, CharSequence text, JavaCode code) {
    code.charge(2L * text.length() + 8);
    int before = joiner.length();
    joiner.add(text);
    code.charge(4L * Math.max(0, joiner.length() - before));
    return joiner;
  }

  static String join(CharSequence between, Iterable<?> texts, JavaCode code) {
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (Object text : texts) {
      plain(text);
      code.charge(2L * (between.length() + length(text)) + 8);
      code.tick();
      if (!first) {
        joined.append(between);
      }
      joined.append(text);
      first = false;
    }
    return joined.toString();
  }
}
