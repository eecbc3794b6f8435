package io.redward.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.FunctionDefinition.Example;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every documented example gives what the documentation says.
final class ExamplesTest {
  static Stream<Example> examples() {
    return FunctionCatalog.builtIn().definitions().stream()
        .map(FunctionDefinition::documentation)
        .flatMap(documentation -> documentation.examples().stream())
        .filter(example -> !example.answer().equals(FunctionDefinition.VARIES));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsDocumented(Example example) {
    assertThat(ExampleEvaluator.evaluate(example.expression()).orElse("NULL"))
        .isEqualTo(example.answer());
  }
}
