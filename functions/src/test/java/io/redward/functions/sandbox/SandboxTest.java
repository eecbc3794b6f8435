package io.redward.functions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What hostile functions come to: refused when they are made, or ended when they run.
class SandboxTest {
  @Test
  void plain_code_runs() {
    assertThat(Bodies.run("int s = 0; for (int i = 1; i <= a; i++) { s += i; } return s;", 100))
        .isEqualTo(5050);
    assertThat(Bodies.run("int[][] m = new int[a][a]; m[1][2] = 7; return m[1][2] + m.length;", 3))
        .isEqualTo(10);
    assertThat(
            Bodies.run(
                "String s = \"x\" + a; switch (s) { case \"x3\": return 1; default: return 2; }",
                3))
        .isEqualTo(1);
    assertThat(
            Bodies.run(
                "try { return 1 / (a - a); } catch (ArithmeticException e) { return -1; }", 3))
        .isEqualTo(-1);
    assertThat(Bodies.run("String[] p = \"a,b,,c,,\".split(\",\"); return p.length;", 3))
        .isEqualTo(4);
    assertThat(Bodies.run("return LocalDate.of(2026, 2, 1).plusDays(a).getDayOfMonth();", 3))
        .isEqualTo(4);
    assertThat(
            Bodies.run(
                "return new BigDecimal(\"2.50\").setScale(0, RoundingMode.UP).intValue();", 3))
        .isEqualTo(3);
  }

  @Test
  void collections_work() {
    assertThat(
            Bodies.run(
                "List<Integer> l = new ArrayList<>(); for (int i = 0; i < a; i++) { l.add(i); }"
                    + " l.remove(0); l.remove((Integer) 5); l.add(0, 7); l.set(1, 100);"
                    + " int s = 0; for (int x : l) { s += x; } return s * 10 + l.indexOf(3);",
                10))
        .isEqualTo((7 + 100 + 2 + 3 + 4 + 6 + 7 + 8 + 9) * 10 + 3);
    assertThat(
            Bodies.run(
                "Map<String, List<Integer>> m = new TreeMap<>();"
                    + " for (int i = 0; i < a; i++) { String k = \"k\" + i % 3;"
                    + " if (!m.containsKey(k)) { m.put(k, new ArrayList<>()); } m.get(k).add(i); }"
                    + " int s = 0; for (Map.Entry<String, List<Integer>> e : m.entrySet())"
                    + " { s = s * 10 + e.getValue().size(); } return s;",
                10))
        .isEqualTo(433);
    assertThat(
            Bodies.run(
                "Map<Integer, Integer> m = new HashMap<>(); for (int i = 0; i < a; i++)"
                    + " { m.put(i % 4, m.getOrDefault(i % 4, 0) + 1); } return m.get(1);",
                10))
        .isEqualTo(3);
    assertThat(
            Bodies.run(
                "Set<String> s = new HashSet<>(Arrays.asList(\"a,b,a,c\".split(\",\")));"
                    + " List<String> l = new ArrayList<>(s); Collections.sort(l);"
                    + " Collections.reverse(l); StringJoiner j = new StringJoiner(\"-\");"
                    + " for (String x : l) { j.add(x); }"
                    + " return j.toString().equals(\"c-b-a\") && s.contains(\"b\")"
                    + " && String.join(\"\", l).equals(\"cba\") ? 1 : 0;",
                1))
        .isEqualTo(1);
    assertThat(Bodies.run("return Optional.of(a).orElse(1) + List.of(1, 2, 3).size();", 4))
        .isEqualTo(7);
    assertThat(
            Bodies.run("Object o = a; return o.equals(4) && (\"\" + o).equals(\"4\") ? 1 : 0;", 4))
        .isEqualTo(1);
  }

  @Test
  void lambdas_work() {
    assertThat(Bodies.run("IntUnaryOperator twice = x -> 2 * x; return twice.applyAsInt(a);", 21))
        .isEqualTo(42);
    assertThat(
            Bodies.run(
                "List<String> l = new ArrayList<>(Arrays.asList(\"pear,fig,apple\".split(\",\")));"
                    + " l.sort((x, y) -> x.length() - y.length()); l.replaceAll(x -> x + a);"
                    + " l.removeIf(x -> x.startsWith(\"p\"));"
                    + " return String.join(\"-\", l).equals(\"fig7-apple7\") ? 1 : 0;",
                7))
        .isEqualTo(1);
    assertThat(
            Bodies.run(
                "Map<Integer, Integer> m = new TreeMap<>(); int[] sum = new int[1];"
                    + " for (int i = 0; i < a; i++) { m.merge(i % 3, 1, (x, y) -> x + y); }"
                    + " m.forEach((k, v) -> { sum[0] = sum[0] * 10 + v; }); return sum[0];",
                10))
        .isEqualTo(433);
    assertThat(
            Bodies.run(
                "Map<String, List<Integer>> m = new HashMap<>();"
                    + " for (int i = 0; i < a; i++)"
                    + " { m.computeIfAbsent(\"k\", k -> new ArrayList<>()).add(i); }"
                    + " Supplier<Integer> s = () -> a == 0 ? 1 : f(a - 1) + m.get(\"k\").size();"
                    + " return s.get();",
                3))
        .isEqualTo(1 + 1 + 2 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "List<Object> l = new ArrayList<>(); l.add(l); Object o = l; return o.hashCode();",
        "List<Object> l = new ArrayList<>(); l.add(l); return (\"\" + l).length();",
        "List<Object> l = new ArrayList<>(); l.add(l); return String.valueOf(l).length();",
        "List<Object> l = new ArrayList<>(); l.add(l); return l.contains(l) ? 1 : 0;",
        "List<Object> l = new ArrayList<>(); l.add(l); return Objects.equals(l, a) ? 1 : 0;",
        "List<Object> l = new ArrayList<>(); l.add(l); return new HashSet<>(l).size();",
        "List<Object> l = new ArrayList<>(); l.add(l); return Arrays.hashCode(l.toArray());",
        "List<Object> l = new ArrayList<>(); l.add(l); return String.join(\"\", (List)"
            + " l).length();",
        "Set<Object> s = new HashSet<>(); s.add(s); return 1;",
        "Map<Object, Object> m = new HashMap<>(); m.put(m, 1); return 1;",
        "Map<Object, Object> m = new HashMap<>(); m.put(1, 2);"
            + " for (Object e : m.entrySet()) { return e.hashCode(); } return 1;",
        "Object o = Optional.of(List.of()); return o.hashCode();"
      })
  void nothing_goes_down_into_a_collection(String body) {
    assertThatThrownBy(() -> Bodies.run(body, 1))
        .hasMessageContaining("IllegalArgumentException: a collection cannot be compared");
  }

  @Test
  void an_exception_tells_its_line() {
    assertThatThrownBy(() -> Bodies.run("int b = 0;\nreturn a / b;", 1))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.EXTERNAL_ROUTINE_EXCEPTION))
        .hasMessage("function \"f\": ArithmeticException: / by zero (line 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) { }",
        "for (;;) { a++; }",
        "do { a--; } while (a != a + 1); return 1;",
        "while (true) { try { a = 1 / 0; } catch (RuntimeException e) { a = 2; } }",
        "while (true) { try { while (true) { } } catch (Exception e) { continue; } }",
        "l: while (true) { switch (a) { case 1: continue l; default: a = 1; } }",
        "return f(f(f(a) + f(a)) + f(a));",
        "return \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\".matches(\"(a+)+\\\\1b\") ? 1 : 0;",
        "String s = \"\"; while (true) { s = s + \"xxxxxxxxxxxxxxxxxxxxxxxxx\"; }",
        "StringBuilder s = new StringBuilder(\"ab\"); while (true) { s.append(s); }",
        "StringBuilder s = new StringBuilder(); while (true) { s.append('c'); }",
        "StringBuilder s = new StringBuilder(); s.setLength(2000000000); return 1;",
        "return \"abc\".repeat(700000000).length();",
        "String s = \"ab\".repeat(100000); return s.replace(\"a\", s).length();",
        "String s = \"ab\".repeat(100000); return s.replaceAll(\"a\", s).length();",
        "String s = \"a\".repeat(1000000); return s.indexOf(\"a\".repeat(500000) + \"b\");",
        "return new long[Integer.MAX_VALUE].length;",
        "return new int[100000][100000].length;",
        "Object[] o = new Object[1]; while (true) { o = new Object[] {o}; }",
        "Object[] o = new Object[1]; while (true) { o[0] = new byte[1000]; }",
        "List<Object> l = new ArrayList<>(); while (true) { l.add(l); }",
        "Set<Integer> s = new HashSet<>(); for (int i = 0; ; i++) { s.add(i); }",
        "Map<Integer, Integer> m = new TreeMap<>(); for (int i = 0; ; i++) { m.put(i, i); }",
        "return new ArrayList<String>(2000000000).size();",
        "List<Integer> l = new ArrayList<>(); l.add(1); while (true) { l.addAll(l); }",
        "List<Integer> l = new ArrayList<>(List.of(1)); while (true) { l = new ArrayList<>(l); }",
        "List<String> l = new ArrayList<>(); String s = \"a\".repeat(1000000);"
            + " for (int i = 0; i < 100000; i++) { l.add(s); } Collections.sort(l); return 1;",
        "List<String> l = new ArrayList<>(); String s = \"a\".repeat(1000000);"
            + " for (int i = 0; i < 100000; i++) { l.add(s); } return new TreeSet<>(l).size();",
        "List<String> l = new ArrayList<>(); String s = \"a\".repeat(1000000);"
            + " for (int i = 0; i < 100000; i++) { l.add(s); }"
            + " return l.indexOf(s.substring(1) + \"b\");",
        "String[] l = new String[100000]; Arrays.fill(l, \"a\".repeat(1000000));"
            + " Arrays.sort(l); return 1;",
        "String[] l = new String[100000]; Arrays.fill(l, \"a\".repeat(1000000));"
            + " return Arrays.toString(l).length();",
        "List<String> l = new ArrayList<>(); String s = \"a\".repeat(1000000);"
            + " for (int i = 0; i < 10000; i++) { l.add(s); } return String.join(s, l).length();",
        "Supplier<Integer> s = () -> { while (true) { } }; return s.get();",
        "Supplier<Integer> s = () -> f(a); return s.get();",
        "Function<Object, Object>[] g = new Function[1]; g[0] = x -> g[0].apply(x);"
            + " return g[0].apply(1) == null ? 1 : 0;",
        "Consumer<Integer> c = x -> { long[] l = new long[1000000]; };"
            + " while (true) { c.accept(1); }",
        "List<Integer> l = new ArrayList<>(); for (int i = 0; i < 1000; i++) { l.add(i); }"
            + " l.forEach(x -> l.forEach(y -> { for (int i = 0; i < 1000000; i++) { } })); return"
            + " 1;",
        "List<Integer> l = new ArrayList<>(); for (int i = 0; i < 1000; i++) { l.add(i); }"
            + " l.sort((x, y) -> { try { while (true) { } } catch (Exception e) { return 0; } });"
            + " return 1;",
        "Map<Integer, Object> m = new HashMap<>();"
            + " for (int i = 0; ; i++) { m.computeIfAbsent(i, k -> new ArrayList<>()); }",
        "StringJoiner j = new StringJoiner(\"a\".repeat(1000000));"
            + " while (true) { j.add(\"\"); }",
        "BigDecimal b = new BigDecimal(\"9.9\"); while (true) { b = b.multiply(b); }",
        "return new BigDecimal(\"1e1000000000\").setScale(0).intValue();",
        "return BigDecimal.TEN.pow(999999999).intValue();",
        "return BigDecimal.ONE.divide(BigDecimal.TEN, 2000000000, RoundingMode.UP).intValue();"
      })
  void what_takes_too_much_ends(String body) {
    UserCode code = Bodies.load(body);
    code.setInt(0, 1);
    assertThatThrownBy(code::run)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED));
  }

  @Test
  void a_canceled_statement_ends_its_functions() {
    CancelToken cancel = new CancelToken();
    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "canceled on user's request"));
    UserCode code =
        Bodies.load("while (true) { }", new UserFunction.Limits(60_000, 1 << 20), cancel);
    assertThatThrownBy(code::run).hasMessage("canceled on user's request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(1); return 1;",
        "return System.getenv().size();",
        "Runtime.getRuntime().halt(1); return 1;",
        "new Thread().start(); return 1;",
        "Thread.sleep(1000); return 1;",
        "new java.io.File(\"/etc/passwd\").delete(); return 1;",
        "return new java.io.FileInputStream(\"/etc/passwd\").read();",
        "return java.nio.file.Files.exists(java.nio.file.Path.of(\"/\")) ? 1 : 0;",
        "new java.net.Socket(\"localhost\", 80); return 1;",
        "return Class.forName(\"java.lang.System\").hashCode();",
        "return a == 1 ? String.class.hashCode() : 0;",
        "return \"\".getClass().getClassLoader().hashCode();",
        "return this.getClass().hashCode();",
        "return ClassLoader.getSystemClassLoader().hashCode();",
        "return java.lang.invoke.MethodHandles.lookup().hashCode();",
        "return io.redward.functions.FunctionCatalog.builtIn().hashCode();",
        "this.fuel = 1000000; return 1;",
        "begin(); return 1;",
        "new ProcessBuilder(\"true\").start(); return 1;",
        "System.load(\"/tmp/x.so\"); return 1;",
        "return Integer.getInteger(\"user.home\");",
        "synchronized (\"lock\") { return 1; }",
        "Runnable r = () -> {}; r.run(); return 1;",
        "class Local { static int counter; } return Local.counter++;",
        "return new Object() { int x() { return 1; } }.x();",
        "return 1; } static int counter; static int g() { return counter++;",
        "return 1; } public void finalize() { while (true) { }",
        "return 1; }} class Other { int f() { return 1; }",
        "try { while (true) { } } catch (Throwable t) { return 1; }",
        "try { while (true) { } } catch (Error t) { return 1; }",
        "while (true) { try { a++; } finally { continue; } }",
        "return String.format(\"%1000000000d\", 1).length();",
        "\"x\".intern(); return 1;",
        "return (int) Math.random();",
        "return new Object().wait();",
        "assert a > 1; return 1;",
        "final String s = \"xxxxxxxxxx\"; final String t = s + s + s + s; return t.length();",
        "int[][][] x = new int[9][9][9]; return 1;",
        "throw new Error();",
        "return new LinkedList<String>().size();",
        "return List.of(1).equals(List.of(2)) ? 1 : 0;",
        "return new HashMap<String, String>().hashCode();",
        "return new ArrayList<String>().toString().length();",
        "Callable<Integer> c = () -> 1; return 1;",
        "java.util.concurrent.Callable<Integer> c = () -> 1; return 1;",
        "Function<Integer, Integer> f = x -> { System.exit(1); return x; }; return f.apply(1);",
        "Supplier<Supplier<Supplier<Integer>>> s = () -> () -> () -> 1; return 1;",
        "Function<Integer, Integer> f = (Function<Integer, Integer> & java.io.Serializable) x -> x;"
            + " return 1;",
        "Supplier<Object> s = () -> new Object() {}; return 1;",
        "return lambda$f$0(1);",
        "Arrays.sort(new String[9], null); return 1;",
        "return new ArrayList<Integer>() {{ add(1); }}.size();",
        "return Collections.unmodifiableList(List.of(1)).size();",
        "return List.of(1).subList(0, 1).size();",
        "return new TreeMap<String, String>(Comparator.naturalOrder()).size();",
        "return new HashMap<String, String>(1 << 30).size();",
        "return Record.class == null ? 1 : 2;",
        "native int g();",
        "return \\u0053ystem.identityHashCode(a);",
        "@Deprecated int x = 1; return x;"
      })
  void what_reaches_out_is_refused(String body) {
    assertThatThrownBy(() -> Bodies.compile(body)).isInstanceOf(BodyException.class);
  }

  @Test
  void deep_nesting_of_an_expression_is_refused() {
    assertThatThrownBy(
            () -> Bodies.compile("return " + "(".repeat(5000) + "a" + ")".repeat(5000) + ";"))
        .isInstanceOf(BodyException.class);
  }

  @Test
  void an_error_points_into_the_body() {
    assertThatThrownBy(() -> Bodies.compile("int b = a;\nreturn c;"))
        .isInstanceOfSatisfying(
            BodyException.class,
            e -> assertThat(e.offset()).isEqualTo("int b = a;\nreturn ".length()));
  }

  @Test
  void the_loader_knows_what_the_table_names_and_nothing_else() throws Exception {
    SandboxLoader loader = new SandboxLoader();
    assertThat(loader.loadClass("java.lang.String")).isEqualTo(String.class);
    for (String name :
        List.of("java.lang.System", "java.io.File", "io.redward.functions.Families")) {
      assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }
}
