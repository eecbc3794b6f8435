package io.redward.functions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams, lambdas and method references in functions: what works, and what hostile ones come to.
class StreamsTest {
  private static int run(String body) {
    return Bodies.run(body, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "return IntStream.rangeClosed(1, a).map(x -> x * x).sum(); ~ 14",
        "return (int) Stream.of(\"x\", \"yy\", \"x\").distinct().count(); ~ 2",
        "return Stream.of(\"x\", \"yy\").mapToInt(String::length).max().getAsInt(); ~ 2",
        "return Arrays.stream(\"3,1,2\".split(\",\")).map(Integer::parseInt).sorted()"
            + ".findFirst().get(); ~ 1",
        "return Arrays.stream(\"3,1,2\".split(\",\")).map(Integer::valueOf)"
            + ".sorted(Comparator.reverseOrder()).toList().get(0); ~ 3",
        "return Stream.of(1, 2, 3).reduce(0, Integer::sum); ~ 6",
        "return Stream.of(\"b\", \"a\").sorted().collect(Collectors.joining(\"-\")).length(); ~ 3",
        "return Stream.of(\"aa\", \"b\", \"cc\").collect(Collectors.groupingBy(String::length,"
            + " Collectors.counting())).get(2).intValue(); ~ 2",
        "return Stream.of(\"aa\", \"b\").collect(Collectors.groupingBy(s -> s.length()))"
            + ".get(1).size(); ~ 1",
        "return Stream.of(\"aa\", \"b\").collect(Collectors.toMap(s -> s, String::length))"
            + ".get(\"aa\"); ~ 2",
        "return Stream.of(1, 2, 3).collect(Collectors.partitioningBy(x -> x > 1)).get(true)"
            + ".size(); ~ 2",
        "return Stream.of(1, 1).collect(Collectors.toCollection(TreeSet::new)).size(); ~ 1",
        "return Stream.of(1, 2).collect(Collectors.toSet()).size(); ~ 2",
        "Supplier<List<String>> make = ArrayList::new; return make.get().size(); ~ 0",
        "Function<String, BigDecimal> f = BigDecimal::new; return f.apply(\"42\").intValue(); ~ 42",
        "String s = \"xyz\"; Supplier<Integer> length = s::length; return length.get(); ~ 3",
        "IntUnaryOperator up = Math::abs; return up.applyAsInt(-7); ~ 7",
        "IntFunction<String[]> make = String[]::new; return make.apply(5).length; ~ 5",
        "return Stream.of(\"a\", \"b\").toArray(String[]::new).length; ~ 2",
        "return (int) \"hello\".chars().filter(c -> c == 'l').count(); ~ 2",
        "return Stream.iterate(1, x -> x * 2).limit(10).toList().get(9); ~ 512",
        "return Stream.of(List.of(1, 2), List.of(3)).flatMap(List::stream)"
            + ".mapToInt(Integer::intValue).sum(); ~ 6",
        "List<String> w = new ArrayList<>(List.of(\"bb\", \"a\", \"ab\"));"
            + " w.sort(Comparator.comparing(String::length)"
            + ".thenComparing(Comparator.naturalOrder()));"
            + " return w.indexOf(\"ab\"); ~ 1",
        "Map<String, Integer> m = new HashMap<>(); m.put(\"x\", 1); m.put(\"y\", 5);"
            + " return m.entrySet().stream().max(Map.Entry.comparingByValue()).get().getValue();"
            + " ~ 5",
        "Map<String, Integer> m = new HashMap<>(); m.merge(\"x\", 1, Integer::sum);"
            + " m.merge(\"x\", 1, Integer::sum); return m.get(\"x\"); ~ 2",
        "return IntStream.range(0, 4).boxed().collect(Collectors.summingInt(x -> x)); ~ 6",
        "return (int) LongStream.range(0, 5).average().getAsDouble(); ~ 2",
        "return (int) DoubleStream.of(1, 2).sorted().toArray()[1]; ~ 2",
        "return Optional.of(a).map(x -> x + 1).filter(x -> x > 3).orElseGet(() -> 0); ~ 4",
        "Predicate<String> p = String::isEmpty; return p.negate().test(\"\") ? 1 : 2; ~ 2",
        "Function<Integer, Integer> g = x -> x + 1; return g.andThen(g).apply(a); ~ 5",
        "if (a == 0) { return 0; } IntUnaryOperator again = this::f;"
            + " return a + again.applyAsInt(a - 1); ~ 6"
      })
  void what_is_allowed_works(String body, int answer) {
    assertThat(run(body)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Supplier<Integer> s = () -> { while (true) { } }; return s.get();",
        "IntUnaryOperator o = x -> { for (;;) { x++; } }; return o.applyAsInt(a);",
        "return IntStream.range(0, Integer.MAX_VALUE).sum();",
        "return (int) LongStream.range(0, Long.MAX_VALUE).filter(x -> x < 0).count();",
        "return (int) LongStream.range(0, Long.MAX_VALUE).max().getAsLong();",
        "return Stream.generate(() -> 1).reduce(0, Integer::sum);",
        "return (int) Stream.iterate(1, x -> x).skip(1L << 60).count();",
        "return Stream.iterate(1, Function.<Integer>identity()::apply).anyMatch(x -> x > 1)"
            + " ? 1 : 2;",
        "Function<Integer, Integer> g = Function.identity();"
            + " for (int i = 0; i < 60; i++) { g = g.andThen(g); } return g.apply(a);",
        "Function<Integer, Integer> g = x -> x;"
            + " for (int i = 0; i < 60; i++) { g = g.compose(g); } return g.apply(a);",
        "Comparator<Integer> c = Comparator.naturalOrder();"
            + " for (int i = 0; i < 60; i++) { c = c.thenComparing(c); } return c.compare(1, 1);",
        "return Stream.of(1, 2).flatMap(x -> Stream.generate(() -> x)).reduce(0, Integer::sum);",
        "return (int) IntStream.iterate(0, x -> x).boxed().flatMap(x -> Stream.empty()).count();",
        "IntStream s = IntStream.range(0, Integer.MAX_VALUE);"
            + " for (int i = 0; i < 200; i++) { s = s.skip(0).limit(Integer.MAX_VALUE); }"
            + " return s.sum();",
        "return Stream.generate(() -> 1).toList().size();",
        "return Stream.generate(() -> 1).collect(Collectors.toList()).size();",
        "return IntStream.iterate(0, x -> x + 1).toArray().length;",
        "return IntStream.iterate(0, x -> x + 1).distinct().sum();",
        "return IntStream.iterate(0, x -> x + 1).sorted().sum();",
        "return Stream.iterate(0, x -> x + 1).collect(Collectors.groupingBy(x -> x)).size();",
        "return Stream.iterate(0, x -> x + 1).collect(Collectors.toMap(x -> x, x -> x)).size();",
        "return Stream.generate(() -> \"xxxxxxxx\").collect(Collectors.joining()).length();",
        "return Stream.generate(() -> \"x\").reduce(\"\", String::concat).length();",
        "return Stream.generate(() -> new int[100000]).filter(x -> x.length == 0).toList().size();",
        "IntFunction<int[]> make = int[]::new; return make.apply(1 << 30).length;",
        "Function<Integer, String> r = \"xxxxxxxx\"::repeat; return r.apply(1 << 27).length();",
        "BiFunction<BigDecimal, BigDecimal, BigDecimal> t = BigDecimal::multiply;"
            + " BigDecimal d = new BigDecimal(\"123456789\");"
            + " while (true) { d = t.apply(d, d); }",
        "String s = \"x\".repeat(1000000); List<String> l = new ArrayList<>();"
            + " for (int i = 0; i < 50000; i++) { l.add(i % 2 == 0 ? s : s.concat(\"\")); }"
            + " return l.stream().sorted().toList().size();",
        "if (a < 0) { return 0; } return Stream.of(a + 1).map(this::f).findFirst().get();"
      })
  void what_takes_too_much_ends(String body) {
    assertThatThrownBy(() -> run(body))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IntConsumer c = System::exit; c.accept(1); return 1;",
        "Supplier<Object> s = Thread::currentThread; return s.get().hashCode();",
        "Supplier<Thread> s = Thread::new; s.get(); return 1;",
        "Function<String, Object> g = Class::forName; return 1;",
        "Supplier<Class<?>> s = \"x\"::getClass; return 1;",
        "Function<Object, Class<?>> g = Object::getClass; return 1;",
        "Runnable r = System::gc; return 1;",
        "Function<String, String> g = System::getenv; return g.apply(\"PATH\").length();",
        "Function<String, String> g = System::getProperty; return 1;",
        "Supplier<ClassLoader> s = ClassLoader::getSystemClassLoader; return 1;",
        "Supplier<Object> s = java.lang.invoke.MethodHandles::lookup; return 1;",
        "Function<String, Object> g = java.io.File::new; return 1;",
        "Supplier<Object> s = Runtime::getRuntime; return 1;",
        "return Stream.of(1).parallel().map(x -> x).toList().size();",
        "return List.of(1).parallelStream().map(x -> x).toList().size();",
        "return IntStream.range(0, 3).parallel().sum();",
        "return Stream.of(1).spliterator().characteristics();",
        "Iterator<Integer> i = Stream.of(1).iterator(); return i.next();",
        "Stream.of(1).onClose(() -> { }); return 1;",
        "return java.util.stream.StreamSupport.stream(List.of(1).spliterator(), true).toList()"
            + ".size();",
        "return Stream.of(1).collect(Collectors.toConcurrentMap(x -> x, x -> x)).size();",
        "Runnable r = () -> { }; new Thread(r).start(); return 1;",
        "java.util.concurrent.Callable<Integer> c = () -> 1; return 1;",
        "Function<Integer, Integer> g = (Function<Integer, Integer> & java.io.Serializable) x -> x;"
            + " return g.apply(1);",
        "int[] x = {1}; Supplier<Object> s = x::clone; return 1;",
        "Supplier<Object> s = this::getClass; return 1;",
        "Stream<Integer> s = Stream.<Integer>builder().add(1).build(); return 1;",
        "return Collector.of(ArrayList::new, (x, y) -> { }, (x, y) -> x).hashCode();"
      })
  void what_reaches_out_is_refused(String body) {
    assertThatThrownBy(() -> Bodies.load(body)).isInstanceOf(BodyException.class);
  }

  @Test
  void nothing_keeps_the_compiler_busy() {
    String nested = "Collectors.mapping(x -> x, ".repeat(20) + "Collectors.toList()";
    assertThatThrownBy(
            () ->
                Bodies.load("return Stream.of(1).collect(" + nested + ")".repeat(20) + ").size();"))
        .isInstanceOf(BodyException.class)
        .hasMessageContaining("calls nested so deeply");
  }

  /// A collection that holds itself would be a text, a key or compared for ever.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "List<Object> l = new ArrayList<>(); l.add(l);"
            + " return l.stream().map(Object::toString).toList().size();",
        "List<Object> l = new ArrayList<>(); l.add(l); return (int) l.stream().distinct().count();",
        "List<Object> l = new ArrayList<>(); l.add(l);"
            + " return l.stream().collect(Collectors.toSet()).size();",
        "List<Object> l = new ArrayList<>(); l.add(l);"
            + " return l.stream().collect(Collectors.groupingBy(x -> x)).size();",
        "List<Object> l = new ArrayList<>(); l.add(l); l.add(1);"
            + " return Stream.of(l, l).collect(Collectors.toMap(x -> 1, x -> x)).size();"
      })
  void nothing_goes_down_into_collections(String body) {
    assertThatThrownBy(() -> run(body))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.EXTERNAL_ROUTINE_EXCEPTION));
  }

  @Test
  void a_statement_that_is_cancelled_ends_a_stream() {
    CancelToken cancel = new CancelToken();
    UserCode code =
        Bodies.load(
            "return IntStream.range(0, Integer.MAX_VALUE).sum();",
            new UserFunction.Limits(60_000, 8 << 20),
            cancel);
    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "enough"));
    assertThatThrownBy(code::run)
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
  }
}
