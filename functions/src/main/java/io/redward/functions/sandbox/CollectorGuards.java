package io.redward.functions.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/// Collectors that keep elements, or look at keys, as [CollectionGuards] would have it.
public final class CollectorGuards {
  private CollectorGuards() {}

  public static Collector<Object, ?, List<Object>> toList(JavaCode code) {
    return Collector.of(
        ArrayList::new,
        (values, value) -> CollectionGuards.add(values, value, code),
        CollectorGuards::both);
  }

  public static Collector<Object, ?, Set<Object>> toSet(JavaCode code) {
    return Collector.of(
        HashSet::new,
        (values, value) -> CollectionGuards.add(values, value, code),
        CollectorGuards::both);
  }

  public static Collector<Object, ?, Collection<Object>> toCollection(
      Supplier<Collection<Object>> make, JavaCode code) {
    CollectionGuards.given(make, code);
    return Collector.of(
        make, (values, value) -> CollectionGuards.add(values, value, code), CollectorGuards::both);
  }

  /// For streams that run in parallel, which those of functions do not.
  private static <C extends Collection<Object>> C both(C values, C others) {
    values.addAll(others);
    return values;
  }

  public static Collector<CharSequence, ?, String> joining(JavaCode code) {
    return joining("", code);
  }

  public static Collector<CharSequence, ?, String> joining(CharSequence between, JavaCode code) {
    return joining(between, "", "", code);
  }

  public static Collector<CharSequence, ?, String> joining(
      CharSequence between, CharSequence first, CharSequence last, JavaCode code) {
    return Collector.of(
        () -> {
          code.charge(64 + 4L * (first.length() + last.length()));
          return new StringJoiner(between, first, last);
        },
        (joiner, text) -> CollectionGuards.add(joiner, String.valueOf(text), code),
        StringJoiner::merge,
        StringJoiner::toString);
  }

  /// What finds keys, which are paid for.
  private static Function<Object, Object> keyed(Function<Object, Object> key, JavaCode code) {
    CollectionGuards.given(key, code);
    return value -> {
      Object found = key.apply(value);
      CollectionGuards.newKey(found, code);
      return found;
    };
  }

  public static Collector<Object, ?, ?> groupingBy(Function<Object, Object> key, JavaCode code) {
    return Collectors.groupingBy(keyed(key, code), toList(code));
  }

  public static Collector<Object, ?, ?> groupingBy(
      Function<Object, Object> key, Collector<Object, ?, Object> group, JavaCode code) {
    return Collectors.groupingBy(keyed(key, code), group);
  }

  public static Collector<Object, ?, ?> groupingBy(
      Function<Object, Object> key,
      Supplier<Map<Object, Object>> make,
      Collector<Object, ?, Object> group,
      JavaCode code) {
    CollectionGuards.given(make, code);
    return Collectors.groupingBy(keyed(key, code), make, group);
  }

  public static Collector<Object, ?, ?> partitioningBy(Predicate<Object> which, JavaCode code) {
    CollectionGuards.given(which, code);
    return Collectors.partitioningBy(which, toList(code));
  }

  public static Collector<Object, ?, ?> toMap(
      Function<Object, Object> key, Function<Object, Object> value, JavaCode code) {
    return toMap(
        key,
        value,
        (_, _) -> {
          throw new IllegalStateException("two elements have the same key");
        },
        code);
  }

  public static Collector<Object, ?, ?> toMap(
      Function<Object, Object> key,
      Function<Object, Object> value,
      BinaryOperator<Object> both,
      JavaCode code) {
    return Collectors.toMap(keyed(key, code), value, both);
  }
}
