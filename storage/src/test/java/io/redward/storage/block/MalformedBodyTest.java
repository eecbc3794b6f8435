package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.storage.block.encoding.Body;
import io.redward.storage.block.encoding.BodyEncoder;
import io.redward.storage.block.encoding.BodyReader;
import io.redward.storage.block.encoding.EncodedBody;
import io.redward.storage.block.encoding.EncodingChoice;
import io.redward.storage.block.encoding.TextChoice;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Behind the checksum every encoding stands on its own feet: whatever the bytes, reading a body
/// ends in a [MalformedBytesException] or in values, never in another exception, and never takes
/// memory out of proportion.
final class MalformedBodyTest {
  private static final int ROWS = 300;
  private static final int DAMAGES = Integer.getInteger("redward.fuzz.damages", 60);
  private static final long MAX_BYTES_PER_INPUT_BYTE = 64;

  @Test
  void damagedBodiesAreRefusedOrDecode() {
    Random random = new Random(11);
    int refused = 0;
    int read = 0;
    for (Physical physical : Physical.values()) {
      for (SampleColumns.Pattern pattern : SampleColumns.Pattern.values()) {
        for (EncodingChoice choice : EncodingChoice.values()) {
          Vector values = SampleColumns.make(physical, pattern, SampleColumns.Nulls.NONE, ROWS, 5);
          EncodedBody body = BodyEncoder.encode(values, ROWS, choice, new TextChoice());
          byte[] bytes = body.bytes().toByteArray();
          for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = damage(bytes, random);
            String place = physical + " " + pattern + " " + choice + " " + body.encoding();
            if (reads(body, physical, damaged, place)) {
              read++;
            } else {
              refused++;
            }
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
    assertThat(read).isGreaterThan(1000);
  }

  private static byte[] damage(byte[] bytes, Random random) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
    }
    byte[] damaged = bytes.clone();
    for (int i = 0; i < kind && damaged.length > 0; i++) {
      // Heads are short and decide most.
      int reach = random.nextBoolean() ? Math.min(40, damaged.length) : damaged.length;
      damaged[random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static boolean reads(EncodedBody body, Physical physical, byte[] bytes, String place) {
    try {
      Body read = BodyReader.read(body.encoding(), physical, ROWS, new ByteReader(bytes));
      assertThat(read.heldBytes()).isLessThan(4096 + bytes.length * MAX_BYTES_PER_INPUT_BYTE);
      decode(new StoredBlock(ROWS, new long[0], read), physical);
      return true;
    } catch (MalformedBytesException e) {
      return false;
    } catch (RuntimeException e) {
      return fail(place + " of " + bytes.length + " bytes", e);
    }
  }

  private static void decode(StoredBlock block, Physical physical) {
    Vector out = Vector.of(physical, ROWS);
    block.decode(0, ROWS, out);
    touch(out);
    block.decode(7, ROWS - 9, out);
    block.decodeSelected(3, new int[] {0, 1, 50, 200}, 4, out);
    int entries = block.dictionarySize();
    if (entries > 0) {
      block.decodeDictionary(Vector.of(physical, entries));
      block.decodeCodes(0, ROWS, new int[ROWS]);
    }
  }

  /// Views must point into their pages.
  private static void touch(Vector out) {
    if (out instanceof BytesVector strings) {
      for (int row = 0; row < ROWS; row++) {
        long view = strings.views[row];
        int end = BytesView.offset(view) + BytesView.length(view);
        assertThat(end).isLessThanOrEqualTo(strings.pages[BytesView.page(view)].length);
      }
    }
  }
}
