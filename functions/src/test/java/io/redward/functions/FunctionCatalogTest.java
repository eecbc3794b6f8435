package io.redward.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.FunctionImplementation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionCatalogTest {
  private final FunctionCatalog catalog = FunctionCatalog.builtIn();

  @Test
  void everyImplementationIsAPublicStaticMethodOfTheDescribedShape() {
    assertThat(catalog.definitions()).isNotEmpty();
    for (FunctionDefinition definition : catalog.definitions()) {
      definition
          .implementation()
          .ifPresent(method -> assertThatCode(() -> find(method)).doesNotThrowAnyException());
    }
  }

  private static void find(FunctionImplementation method) throws ReflectiveOperationException {
    MethodType type =
        MethodType.fromMethodDescriptorString(
            method.descriptor().descriptorString(), FunctionCatalogTest.class.getClassLoader());
    MethodHandles.publicLookup().findStatic(method.owner(), method.method(), type);
  }

  @Test
  void everyFunctionIsDocumentedWithAnExample() {
    for (FunctionDefinition definition : catalog.definitions()) {
      assertThat(definition.documentation().summary()).as(definition.id()).endsWith(".");
      boolean isForUsers = !definition.names().getFirst().startsWith("$");
      if (definition.stable().isEmpty() && isForUsers) {
        assertThat(definition.documentation().examples()).as(definition.id()).isNotEmpty();
      }
    }
  }

  @Test
  void untypedLiteralsAdaptToTheParameter() {
    SqlType literal = new SqlType(TypeKind.UNKNOWN, 3, 0);
    assertThat(catalog.resolve("LPAD", List.of(literal, SqlType.SMALLINT)))
        .hasValueSatisfying(
            call -> {
              assertThat(call.functionId()).isEqualTo("lpad(string,integer)");
              assertThat(call.parameterTypes())
                  .containsExactly(SqlType.varchar(3), SqlType.SMALLINT);
            });
  }

  @Test
  void resultLengthFollowsFromTheArguments() {
    assertThat(
            catalog.resolve("||", List.of(SqlType.varchar(10), SqlType.character(5))).orElseThrow())
        .extracting("type")
        .isEqualTo(SqlType.varchar(15));
    assertThat(catalog.resolve("left", List.of(SqlType.varchar(10), SqlType.INTEGER)).orElseThrow())
        .extracting("type")
        .isEqualTo(SqlType.varchar(10));
  }

  @Test
  void aCallThatNoDefinitionTakesIsNotResolved() {
    List<SqlType> types = List.of(SqlType.DATE, SqlType.DATE, SqlType.DATE, SqlType.DATE);
    assertThat(catalog.resolve("lpad", types)).isEmpty();
    assertThat(FunctionCatalog.notFound("lpad", List.of(SqlType.DATE)))
        .hasMessage("function lpad(date) does not exist");
    assertThat(catalog.candidates("lpad"))
        .containsExactly(
            "lpad(character varying, integer)",
            "lpad(character varying, integer, character varying)");
  }
}
