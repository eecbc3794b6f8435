package io.redward.functions.sandbox;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Calls of streams. Every element that comes from a source counts as time, the more the more
/// stages the call has made; every element that is kept on the way counts as memory. All else that
/// a stream does is done by lambdas, which count.
public final class StreamGuards {
  private static final int KEPT_BYTES = 32;

  private StreamGuards() {}

  // -- sources

  private static <T> Stream<T> counted(Stream<T> stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> code.element());
  }

  private static IntStream counted(IntStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> code.element());
  }

  private static LongStream counted(LongStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> code.element());
  }

  private static DoubleStream counted(DoubleStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> code.element());
  }

  public static Stream<Object> stream(Collection<Object> values, JavaCode code) {
    return counted(values.stream(), code);
  }

  public static Stream<Object> stream(Object[] values, JavaCode code) {
    return counted(Arrays.stream(values), code);
  }

  public static IntStream stream(int[] values, JavaCode code) {
    return counted(Arrays.stream(values), code);
  }

  public static LongStream stream(long[] values, JavaCode code) {
    return counted(Arrays.stream(values), code);
  }

  public static DoubleStream stream(double[] values, JavaCode code) {
    return counted(Arrays.stream(values), code);
  }

  public static IntStream chars(String text, JavaCode code) {
    return counted(text.chars(), code);
  }

  public static Stream<Object> of(Object value, JavaCode code) {
    return counted(Stream.of(value), code);
  }

  public static Stream<Object> of(Object[] values, JavaCode code) {
    return stream(values, code);
  }

  public static IntStream of(int value, JavaCode code) {
    return counted(IntStream.of(value), code);
  }

  public static IntStream of(int[] values, JavaCode code) {
    return stream(values, code);
  }

  public static LongStream of(long value, JavaCode code) {
    return counted(LongStream.of(value), code);
  }

  public static LongStream of(long[] values, JavaCode code) {
    return stream(values, code);
  }

  public static DoubleStream of(double value, JavaCode code) {
    return counted(DoubleStream.of(value), code);
  }

  public static DoubleStream of(double[] values, JavaCode code) {
    return stream(values, code);
  }

  public static IntStream range(int from, int to, JavaCode code) {
    return counted(IntStream.range(from, to), code);
  }

  public static IntStream rangeClosed(int from, int to, JavaCode code) {
    return counted(IntStream.rangeClosed(from, to), code);
  }

  public static LongStream range(long from, long to, JavaCode code) {
    return counted(LongStream.range(from, to), code);
  }

  public static LongStream rangeClosed(long from, long to, JavaCode code) {
    return counted(LongStream.rangeClosed(from, to), code);
  }

  // -- what keeps elements

  private static void keep(JavaCode code) {
    code.element();
    code.charge(KEPT_BYTES);
  }

  private static <T> Stream<T> kept(Stream<T> stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> keep(code));
  }

  private static IntStream kept(IntStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> keep(code));
  }

  private static LongStream kept(LongStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> keep(code));
  }

  private static DoubleStream kept(DoubleStream stream, JavaCode code) {
    code.stage();
    return stream.peek(_ -> keep(code));
  }

  public static Stream<Object> sorted(Stream<Object> stream, JavaCode code) {
    return kept(stream, code).sorted(OrderGuards.naturalOrder(code));
  }

  public static Stream<Object> sorted(
      Stream<Object> stream, Comparator<Object> order, JavaCode code) {
    CollectionGuards.given(order, code);
    return kept(stream, code).sorted(order);
  }

  public static IntStream sorted(IntStream stream, JavaCode code) {
    return kept(stream, code).sorted();
  }

  public static LongStream sorted(LongStream stream, JavaCode code) {
    return kept(stream, code).sorted();
  }

  public static DoubleStream sorted(DoubleStream stream, JavaCode code) {
    return kept(stream, code).sorted();
  }

  public static Stream<Object> distinct(Stream<Object> stream, JavaCode code) {
    return kept(stream, code).peek(value -> CollectionGuards.key(value, code)).distinct();
  }

  public static IntStream distinct(IntStream stream, JavaCode code) {
    return kept(stream, code).distinct();
  }

  public static LongStream distinct(LongStream stream, JavaCode code) {
    return kept(stream, code).distinct();
  }

  public static DoubleStream distinct(DoubleStream stream, JavaCode code) {
    return kept(stream, code).distinct();
  }

  public static Stream<Integer> boxed(IntStream stream, JavaCode code) {
    return kept(stream, code).boxed();
  }

  public static Stream<Long> boxed(LongStream stream, JavaCode code) {
    return kept(stream, code).boxed();
  }

  public static Stream<Double> boxed(DoubleStream stream, JavaCode code) {
    return kept(stream, code).boxed();
  }

  public static List<Object> toList(Stream<Object> stream, JavaCode code) {
    return kept(stream, code).toList();
  }

  public static Object[] toArray(Stream<Object> stream, JavaCode code) {
    return kept(stream, code).toArray();
  }

  public static Object[] toArray(Stream<Object> stream, IntFunction<Object[]> make, JavaCode code) {
    CollectionGuards.given(make, code);
    return kept(stream, code).toArray(make);
  }

  public static int[] toArray(IntStream stream, JavaCode code) {
    return kept(stream, code).toArray();
  }

  public static long[] toArray(LongStream stream, JavaCode code) {
    return kept(stream, code).toArray();
  }

  public static double[] toArray(DoubleStream stream, JavaCode code) {
    return kept(stream, code).toArray();
  }
}
