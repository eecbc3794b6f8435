package io.redward.spi;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// `MASTER_SYMMETRIC_KEY`: the AES key that wraps the key of each file's contents.
public record MasterKey(SecretKey key) {
  private static final int BYTES = 32;

  /// @param text 256 bits in base64
  public static MasterKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "MASTER_SYMMETRIC_KEY must be a 256-bit AES key in base64")
          .withHint("Make one by: openssl rand -base64 32");
    }
    return new MasterKey(new SecretKeySpec(bytes, "AES"));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "MasterKey[***]";
  }
}
