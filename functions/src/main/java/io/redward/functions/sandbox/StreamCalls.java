package io.redward.functions.sandbox;

import io.redward.functions.sandbox.AllowedCalls.Rule;
import java.util.List;

/// The part of [AllowedCalls] that streams, collectors and orders are. What has neither a lambda
/// nor a source that counts goes through [StreamGuards], [CollectorGuards] or [OrderGuards].
final class StreamCalls {
  private static final String STREAM = "java/util/stream/";
  private static final String UTIL = "java/util/";
  private static final String FUNCTION = UTIL + "function/";

  private static final String OF_ALL =
      "filter map flatMap mapToObj mapToInt mapToLong mapToDouble asLongStream asDoubleStream"
          + " peek limit skip takeWhile dropWhile forEach forEachOrdered reduce sum min max count"
          + " average summaryStatistics anyMatch allMatch noneMatch findFirst findAny iterate"
          + " generate empty concat";

  private StreamCalls() {}

  static void add() {
    streams();
    collectors();
    orders();
    functions();
    for (String name : List.of("Int", "Long", "Double")) {
      AllowedCalls.add(
          UTIL + "Optional" + name,
          Rule.COUNTED,
          "isPresent isEmpty getAsInt getAsLong getAsDouble orElse orElseGet orElseThrow()"
              + " ifPresent");
      AllowedCalls.add(
          UTIL + name + "SummaryStatistics",
          Rule.COUNTED,
          "getMin getMax getSum getCount getAverage");
    }
    AllowedCalls.add(
        UTIL + "Optional",
        Rule.COUNTED,
        "map filter flatMap ifPresent ifPresentOrElse orElseGet or");
  }

  private static void streams() {
    for (String name : List.of("Stream", "IntStream", "LongStream", "DoubleStream")) {
      AllowedCalls.add(STREAM + name, Rule.COUNTED, OF_ALL);
      AllowedCalls.add(STREAM + name, Rule.GUARDED, "of sorted distinct toArray");
    }
    AllowedCalls.add(STREAM + "Stream", Rule.COUNTED, "collect");
    AllowedCalls.add(STREAM + "Stream", Rule.GUARDED, "toList");
    for (String name : List.of("IntStream", "LongStream")) {
      AllowedCalls.add(STREAM + name, Rule.GUARDED, "range rangeClosed boxed");
    }
    AllowedCalls.add(STREAM + "DoubleStream", Rule.GUARDED, "boxed");
    for (String name :
        List.of("Collection", "List", "ArrayList", "Set", "HashSet", "LinkedHashSet", "TreeSet")) {
      AllowedCalls.add(UTIL + name, Rule.GUARDED, "stream");
    }
    AllowedCalls.add(
        UTIL + "Arrays",
        Rule.GUARDED,
        "stream([Ljava/lang/Object;) stream([I) stream([J) stream([D)");
    AllowedCalls.add("java/lang/String", Rule.GUARDED, "chars()");
  }

  private static void collectors() {
    String owner = STREAM + "Collectors";
    AllowedCalls.add(
        owner,
        Rule.COUNTED,
        "counting summingInt summingLong summingDouble averagingInt averagingLong averagingDouble"
            + " summarizingInt summarizingLong summarizingDouble mapping filtering flatMapping"
            + " collectingAndThen reducing minBy maxBy"
            + " partitioningBy(Ljava/util/function/Predicate;Ljava/util/stream/Collector;)");
    AllowedCalls.add(
        owner,
        Rule.GUARDED,
        "toList toSet toCollection joining groupingBy"
            + " partitioningBy(Ljava/util/function/Predicate;)"
            + " toMap(Ljava/util/function/Function;Ljava/util/function/Function;)"
            + " toMap(Ljava/util/function/Function;Ljava/util/function/Function;"
            + "Ljava/util/function/BinaryOperator;)");
    AllowedCalls.addClass(STREAM + "Collector");
  }

  private static void orders() {
    String owner = UTIL + "Comparator";
    AllowedCalls.add(
        owner,
        Rule.COUNTED,
        "reversed comparingInt comparingLong comparingDouble thenComparingInt thenComparingLong"
            + " thenComparingDouble nullsFirst nullsLast"
            + " comparing(Ljava/util/function/Function;Ljava/util/Comparator;)"
            + " thenComparing(Ljava/util/Comparator;)"
            + " thenComparing(Ljava/util/function/Function;Ljava/util/Comparator;)");
    AllowedCalls.add(
        owner,
        Rule.GUARDED,
        "naturalOrder reverseOrder comparing(Ljava/util/function/Function;)"
            + " thenComparing(Ljava/util/function/Function;)");
    AllowedCalls.add(UTIL + "Map$Entry", Rule.GUARDED, "comparingByKey() comparingByValue()");
  }

  private static void functions() {
    for (String name : List.of("IntToLong", "DoubleToLong")) {
      AllowedCalls.lambda(FUNCTION + name + "Function", "applyAsLong");
    }
    for (String name : List.of("IntToDouble", "LongToDouble")) {
      AllowedCalls.lambda(FUNCTION + name + "Function", "applyAsDouble");
    }
    for (String name : List.of("LongToInt", "DoubleToInt", "ToIntBi")) {
      AllowedCalls.lambda(FUNCTION + name + "Function", "applyAsInt");
    }
    AllowedCalls.lambda(FUNCTION + "LongFunction", "apply");
    AllowedCalls.lambda(FUNCTION + "DoubleFunction", "apply");
    AllowedCalls.lambda(FUNCTION + "DoublePredicate", "test");
    AllowedCalls.lambda(FUNCTION + "LongConsumer", "accept");
    AllowedCalls.lambda(FUNCTION + "DoubleConsumer", "accept");
    AllowedCalls.lambda(FUNCTION + "ObjIntConsumer", "accept");
    AllowedCalls.lambda(FUNCTION + "BooleanSupplier", "getAsBoolean");
    AllowedCalls.lambda(FUNCTION + "IntSupplier", "getAsInt");
    AllowedCalls.lambda(FUNCTION + "LongSupplier", "getAsLong");
    AllowedCalls.lambda(FUNCTION + "DoubleSupplier", "getAsDouble");
    for (String name : List.of("Predicate", "BiPredicate", "IntPredicate")) {
      AllowedCalls.add(FUNCTION + name, Rule.COUNTED, "and or negate");
    }
    AllowedCalls.add(FUNCTION + "Predicate", Rule.COUNTED, "not");
    for (String name : List.of("Function", "BiFunction", "UnaryOperator", "BinaryOperator")) {
      AllowedCalls.add(FUNCTION + name, Rule.COUNTED, "andThen compose");
    }
    AllowedCalls.add(FUNCTION + "Function", Rule.GUARDED, "identity");
  }
}
