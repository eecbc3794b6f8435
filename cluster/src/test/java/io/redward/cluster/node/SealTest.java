package io.redward.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SealTest {
  private static final byte[] MESSAGE =
      "select 1 where x = 'Geheim'".getBytes(StandardCharsets.UTF_8);

  private final Seal one = new Seal(Optional.of("open sesame"));
  private final Seal other = new Seal(Optional.of("open sesame"));

  @Test
  void who_knows_the_secret_reads_what_another_has_sealed() {
    byte[] sealed = one.seal(MESSAGE, 7, 3);
    assertThat(sealed).hasSize(MESSAGE.length + Seal.BYTES);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Geheim");
    assertThat(other.open(sealed, 7, 3)).isEqualTo(MESSAGE);
    assertThat(one.seal(MESSAGE, 7, 3)).isNotEqualTo(sealed);
  }

  @Test
  void a_message_is_good_for_its_query_and_purpose_only() {
    byte[] sealed = one.seal(MESSAGE, 7, 3);
    assertRefused(other, sealed, 8, 3);
    assertRefused(other, sealed, 7, Seal.REPORT);
  }

  @Test
  void another_secret_or_a_changed_byte_is_refused() {
    byte[] sealed = one.seal(MESSAGE, 7, 3);
    assertRefused(new Seal(Optional.of("open barley")), sealed, 7, 3);
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertRefused(other, changed, 7, 3);
    }
    assertRefused(other, new byte[Seal.BYTES - 1], 7, 3);
    assertRefused(other, MESSAGE, 7, 3);
  }

  @Test
  void without_a_secret_messages_stay_as_they_are() {
    assertThat(Seal.NONE.seal(MESSAGE, 7, 3)).isSameAs(MESSAGE);
    assertThat(Seal.NONE.open(MESSAGE, 7, 3)).isSameAs(MESSAGE);
  }

  private static void assertRefused(Seal seal, byte[] sealed, long query, int purpose) {
    assertThatThrownBy(() -> seal.open(sealed, query, purpose))
        .isInstanceOf(SecurityException.class);
  }
}
