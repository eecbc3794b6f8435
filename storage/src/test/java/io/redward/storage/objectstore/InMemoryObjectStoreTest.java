package io.redward.storage.objectstore;

final class InMemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore store() {
    return new InMemoryObjectStore();
  }
}
