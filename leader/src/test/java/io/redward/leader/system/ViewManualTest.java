package io.redward.leader.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewManualTest {
  @Test
  void theManualIsWhatTheDescriptionsSay() throws IOException {
    for (Map.Entry<Path, String> file : ViewManual.files().entrySet()) {
      assertThat(Path.of("..").resolve(file.getKey()))
          .as("%s; run io.redward.leader.system.ViewManual to write it anew", file.getKey())
          .hasContent(file.getValue());
    }
  }
}
