package io.redward.load.ssh;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;

/// The warehouse's own key pair, made when it is first asked for: hosts let in who holds it.
public record SshKey(Path folder) {
  private static final String NAME = "id_ecdsa";
  private static final String COMMENT = "redward";

  KeyPair keyPair() {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return new FileKeyPairProvider(file).loadKeys(null).iterator().next();
    } catch (IOException | GeneralSecurityException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read the key \"" + file + "\": " + e.getMessage(), e);
    }
  }

  private void make(Path file) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, NAME, ".new");
    if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    }
    try (OutputStream out = Files.newOutputStream(fresh)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, COMMENT, null, out);
    }
    Files.writeString(folder.resolve(NAME + ".pub"), PublicKeyEntry.toString(pair.getPublic()));
    Files.move(fresh, file);
  }

  /// The line for `authorized_keys`.
  String authorized() {
    return PublicKeyEntry.toString(keyPair().getPublic()) + " " + COMMENT;
  }
}
