package io.redward.leader.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What plans remember of the catalog.
class CatalogReadsTest {
  private static final Set<String> NO_LOOKUPS =
      Set.of(
          "recordingInto",
          "newReads",
          "equals",
          "hashCode",
          "toString",
          "getClass",
          "wait",
          "notify",
          "notifyAll");

  /// A lookup that is not written down would let stale plans pass.
  @Test
  void everyLookupIsWrittenDown() throws ReflectiveOperationException {
    Catalog catalog = new Catalog(List.of());
    int lookups = 0;
    for (Method method : Catalog.class.getMethods()) {
      if (NO_LOOKUPS.contains(method.getName()) || Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      CatalogReads reads = catalog.newReads();
      List<Object> arguments = new ArrayList<>();
      for (Class<?> type : method.getParameterTypes()) {
        arguments.add(type == int.class ? 7 : "name");
      }
      method.invoke(catalog.recordingInto(reads), arguments.toArray());
      assertThat(reads.size()).as(method.toString()).isPositive();
      lookups++;
    }
    assertThat(lookups).isGreaterThan(15);
  }

  @Test
  void namesThatWereNotThereCount() {
    Catalog before = new Catalog(List.of());
    CatalogReads reads = before.newReads();
    assertThat(before.recordingInto(reads).relation(5, "t")).isEmpty();
    TableDefinition other = TableDefinition.of(5, "u", 100, List.of()).withOid(11);
    assertThat(reads.holdIn(new Catalog(List.of(other)))).isTrue();
    TableDefinition wanted = TableDefinition.of(5, "t", 100, List.of()).withOid(12);
    assertThat(reads.holdIn(new Catalog(List.of(other, wanted)))).isFalse();
    assertThat(reads.holdIn(before)).isTrue();
  }
}
