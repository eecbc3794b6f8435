package io.redward.cluster.node;

/// What travels on an edge: bytes for one member.
///
/// @param address a partition that the receiving member owns, by which the edge finds it; of a
///     report its complement
/// @param bytes an encoded batch, or a report
record Frame(int address, byte[] bytes) {
  /// What a fragment has done.
  static Frame report(int partition, byte[] bytes) {
    return new Frame(~partition, bytes);
  }

  boolean isReport() {
    return address < 0;
  }

  int partition() {
    return isReport() ? ~address : address;
  }
}
