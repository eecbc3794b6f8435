package io.redward.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FunctionManualTest {
  @Test
  void theFilesMadeFromTheCatalogueAreUpToDate() throws IOException {
    Path root = Path.of("..");
    for (Map.Entry<Path, String> file : FunctionManual.files().entrySet()) {
      assertThat(Files.readString(root.resolve(file.getKey())))
          .as("%s; run io.redward.functions.FunctionManual to write it anew", file.getKey())
          .isEqualTo(file.getValue());
    }
  }
}
