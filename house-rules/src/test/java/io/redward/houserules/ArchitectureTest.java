package io.redward.houserules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Dependencies point one way.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.redward");

  /// What each room may use beside itself, as design and poms say.
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("foundation", Set.of()),
          Map.entry("plan", Set.of("foundation")),
          Map.entry("functions", Set.of("foundation", "plan")),
          Map.entry("runtime", Set.of("foundation", "plan")),
          Map.entry("storage", Set.of("foundation")),
          Map.entry("spi", Set.of("foundation", "plan", "storage")),
          Map.entry("compute", Set.of("foundation", "plan", "runtime", "storage", "spi")),
          Map.entry(
              "cluster", Set.of("foundation", "plan", "runtime", "storage", "spi", "compute")),
          Map.entry("codegen", Set.of("foundation", "plan", "functions", "runtime")),
          Map.entry("leader", Set.of("foundation", "plan", "functions", "spi", "storage")),
          Map.entry("load", Set.of("foundation", "plan", "functions", "spi", "storage")),
          Map.entry("gateway", Set.of("foundation", "plan", "functions", "leader")),
          Map.entry("cli", Set.of()),
          Map.entry(
              "server",
              Set.of(
                  "foundation",
                  "plan",
                  "functions",
                  "runtime",
                  "spi",
                  "storage",
                  "compute",
                  "cluster",
                  "codegen",
                  "leader",
                  "load",
                  "gateway",
                  "cli")),
          Map.entry("embedded", Set.of("server")),
          Map.entry("bench", Set.of("foundation", "runtime", "storage", "cluster", "server")));

  @Test
  void the_scan_sees_the_whole_house() {
    assertThat(CLASSES.size()).isGreaterThan(500);
    Set<String> rooms = new TreeSet<>();
    CLASSES.forEach(c -> rooms.add(room(c)));
    assertThat(rooms).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
  }

  @Test
  void rooms_use_only_what_lies_below_them() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass();
        if (!to.getPackageName().startsWith("io.redward")) {
          continue;
        }
        String room = room(from);
        if (!room.equals(room(to)) && !ALLOWED.getOrDefault(room, Set.of()).contains(room(to))) {
          wrong.add(from.getName() + " uses " + to.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching("io.redward.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void libraries_stay_where_they_belong() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getPackageName();
        if (target.startsWith("org.apache.calcite") && !room(from).equals("leader")) {
          wrong.add(from.getName() + " uses " + dependency.getTargetClass().getName());
        }
        if (target.startsWith("com.hazelcast")
            && !from.getPackageName().equals("io.redward.cluster.node")) {
          wrong.add(from.getName() + " uses " + dependency.getTargetClass().getName());
        }
        boolean compiles = target.startsWith("org.codehaus.janino") || target.equals("javax.tools");
        if (compiles && !from.getPackageName().equals("io.redward.functions.sandbox")) {
          wrong.add(from.getName() + " compiles source text at run time");
        }
        if (dependency.getTargetClass().getName().equals("java.io.ObjectInputStream")) {
          wrong.add(from.getName() + " deserialises Java objects");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String room(JavaClass javaClass) {
    String[] parts = javaClass.getPackageName().split("\\.");
    return parts.length > 2 ? parts[2] : "";
  }
}
