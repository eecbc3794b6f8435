package io.redward.storage.objectstore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  protected ObjectStore store() {
    return LocalObjectStore.open(directory);
  }
}
