package io.redward.storage.commit;

/// An entry's value as one transaction set it. Compared by identity: the same object means that
/// nobody has set it since.
final class Entry {
  private final byte[] value;

  Entry(byte[] value) {
    this.value = value;
  }

  byte[] value() {
    return value;
  }
}
