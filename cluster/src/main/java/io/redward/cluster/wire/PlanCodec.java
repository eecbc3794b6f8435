package io.redward.cluster.wire;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.wire.RecordCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Plans and constants as bytes. Both sides must be of the same version, which members check when
/// they join.
public final class PlanCodec {
  private static final RecordCodec CODEC =
      new RecordCodec(
          PhysicalPlan.class,
          Constant.class,
          Int128.class,
          SqlType.class,
          TypeKind.class,
          Physical.class);

  private static final int DIGEST_BYTES = 8;

  /// What deflating may add to what cannot be deflated.
  private static final int MARGIN = 64;

  private static final int MOST_BYTES = 64 << 20;
  private static final byte[] DIGEST = digest(CODEC.vocabulary());

  private PlanCodec() {}

  /// By what two versions tell whether they understand each other.
  public static String vocabulary() {
    return CODEC.vocabulary();
  }

  /// The same in a few bytes.
  public static byte[] digest() {
    return DIGEST.clone();
  }

  static byte[] digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, DIGEST_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Plans of fragments, deflated.
  public static byte[] writePlans(List<PhysicalPlan> plans) {
    byte[] written = CODEC.write(plans);
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(written);
      deflater.finish();
      byte[] room = new byte[written.length + MARGIN];
      int length = deflater.deflate(room);
      if (!deflater.finished()) {
        throw new IllegalStateException("plans do not fit when deflated");
      }
      return ByteBuffer.allocate(Integer.BYTES + length)
          .putInt(written.length)
          .put(room, 0, length)
          .array();
    }
  }

  static byte[] write(List<Constant> values) {
    return CODEC.write(values.stream().map(Record.class::cast).toList());
  }

  /// @throws IllegalArgumentException if the bytes are no plans
  static List<PhysicalPlan> readPlans(byte[] bytes) {
    try (Inflater inflater = new Inflater()) {
      int length = ByteBuffer.wrap(bytes).getInt();
      if (length < 0 || length > MOST_BYTES) {
        throw new IllegalArgumentException("plans of " + length + " bytes");
      }
      byte[] written = new byte[length];
      inflater.setInput(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
      if (inflater.inflate(written) < length) {
        throw new IllegalArgumentException("plans that end early");
      }
      return CODEC.readList(written, PhysicalPlan.class);
    } catch (DataFormatException | BufferUnderflowException e) {
      throw new IllegalArgumentException("not plans", e);
    }
  }

  /// @throws IllegalArgumentException if the bytes are no constants
  static List<Constant> readConstants(byte[] bytes) {
    return CODEC.readList(bytes, Constant.class);
  }
}
