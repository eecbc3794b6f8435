package io.redward.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  private static final Answer ANSWER =
      new Answer(
          "",
          false,
          List.of(
              new Answer.Sent(2, new byte[] {1, 2, 3}),
              new Answer.Sent(0, new byte[0]),
              new Answer.Sent(2, new byte[] {4})),
          List.of(new byte[] {9, 8}));

  @Test
  void an_answer_is_read_as_it_was_written() {
    Answer read = Answer.read(ANSWER.write());
    assertThat(read).usingRecursiveComparison().isEqualTo(ANSWER);
    Answer failed = new Answer("why", true, List.of(), List.of());
    assertThat(Answer.read(failed.write())).isEqualTo(failed);
  }

  @Test
  void bytes_that_end_early_are_no_answer() {
    byte[] bytes = ANSWER.write();
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Answer.read(part)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
