package io.redward.cluster.wire;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

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

  private static byte[] digest(String vocabulary) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(vocabulary.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, DIGEST_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] write(PhysicalPlan plan) {
    return CODEC.write(plan);
  }

  static byte[] write(List<Constant> values) {
    return CODEC.write(values.stream().map(Record.class::cast).toList());
  }

  /// @throws IllegalArgumentException if the bytes are no plan
  static PhysicalPlan readPlan(byte[] bytes) {
    return CODEC.read(bytes, PhysicalPlan.class);
  }

  /// @throws IllegalArgumentException if the bytes are no constants
  static List<Constant> readConstants(byte[] bytes) {
    return CODEC.readList(bytes, Constant.class);
  }
}
