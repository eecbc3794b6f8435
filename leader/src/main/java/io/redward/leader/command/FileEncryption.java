package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.Flag;
import io.redward.spi.MasterKey;
import io.redward.spi.UnloadRequest.Encryption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What COPY and UNLOAD say about who encrypts their files.
///
/// @param position where the statement stands, for messages
record FileEncryption(Set<Flag> flags, List<CopyOption> options, int position) {
  /// The key of COPY's files, which were encrypted before they were stored. What the store itself
  /// encrypts needs none.
  Optional<MasterKey> ofCopy() {
    Optional<MasterKey> master = StoreKeys.master(options);
    if (master.isEmpty() && flags.contains(Flag.ENCRYPTED)) {
      throw refused("ENCRYPTED requires MASTER_SYMMETRIC_KEY")
          .withHint("Files that the store encrypts are loaded without either.");
    }
    requireFlag(master.isPresent(), "MASTER_SYMMETRIC_KEY");
    return master;
  }

  /// @param kmsKeyId KMS_KEY_ID
  Encryption ofUnload(Optional<String> kmsKeyId) {
    Optional<MasterKey> master = StoreKeys.master(options);
    if (flags.contains(Flag.ENCRYPTED_AUTO)) {
      if (master.isPresent() || kmsKeyId.isPresent()) {
        throw refused("ENCRYPTED AUTO cannot be used with KMS_KEY_ID or MASTER_SYMMETRIC_KEY");
      }
      return new Encryption.Automatic();
    }
    requireFlag(master.isPresent(), "MASTER_SYMMETRIC_KEY");
    requireFlag(kmsKeyId.isPresent(), "KMS_KEY_ID");
    if (master.isPresent() && kmsKeyId.isPresent()) {
      throw refused("KMS_KEY_ID and MASTER_SYMMETRIC_KEY cannot be used together");
    }
    if (flags.contains(Flag.ENCRYPTED) && master.isEmpty() && kmsKeyId.isEmpty()) {
      throw refused("ENCRYPTED requires KMS_KEY_ID or MASTER_SYMMETRIC_KEY")
          .withHint("ENCRYPTED AUTO takes the bucket's key.");
    }
    return master
        .<Encryption>map(Encryption.OfClient::new)
        .or(() -> kmsKeyId.map(Encryption.OfKey::new))
        .orElse(new Encryption.OfBucket());
  }

  private void requireFlag(boolean given, String key) {
    if (given && !flags.contains(Flag.ENCRYPTED)) {
      throw refused(key + " requires ENCRYPTED");
    }
  }

  private SqlException refused(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message).withPosition(position);
  }
}
