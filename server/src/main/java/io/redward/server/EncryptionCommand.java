package io.redward.server;

import io.redward.storage.encryption.KeyFile;
import io.redward.storage.encryption.KeyRing;
import io.redward.storage.objectstore.DirectoryLock;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `encryption`: makes root keys and changes the one that a warehouse is encrypted under.
@Command(
    name = "encryption",
    description = "Make and rotate the keys of encrypted warehouses.",
    mixinStandardHelpOptions = true)
final class EncryptionCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  @Command(
      name = "new-key",
      description = "Make a random root key in a new file that only its owner may read.",
      mixinStandardHelpOptions = true)
  int newKey(@Parameters(paramLabel = "FILE") Path file) {
    System.out.println("redward: key " + KeyFile.create(file).keyId() + " in " + file);
    return 0;
  }

  @Command(
      name = "rotate",
      description =
          "Put a warehouse under another root key while its server is stopped. Rewrites the key"
              + " ring and no data.",
      mixinStandardHelpOptions = true)
  int rotate(
      @Mixin DataDirectory data,
      @Mixin StoreChoice store,
      @Option(
              names = "--new-key-file",
              paramLabel = "FILE",
              required = true,
              description = "The key to encrypt under from now on.")
          Path newKeyFile,
      @Option(
              names = "--new-namespace-key",
              description =
                  "Objects written after the next start get a fresh namespace key as well.")
          boolean newNamespaceKey) {
    if (!(store.address(data.path())
        instanceof StoreAddress.Encrypted(StoreAddress inner, Path keyFile))) {
      System.err.println("redward: give the present key with --encryption-key-file FILE");
      return 2;
    }
    KeyFile next = KeyFile.read(newKeyFile);
    try (DirectoryLock _ = DirectoryLock.acquire(data.path());
        ObjectStore objects = inner.open()) {
      KeyRing.rotate(objects, KeyFile.read(keyFile), next, newNamespaceKey);
    }
    System.out.println("redward: encrypted under key " + next.keyId() + " now");
    return 0;
  }
}
