package io.redward.spi;

/// Something that a load has met on its way to the files or in them, and that a system view of its
/// own tells of.
public sealed interface LoadIncident {
  /// A geometry that was to be simpler, or was too large.
  ///
  /// @param line the number of its record, from 1
  /// @param limit the greatest tolerance allowed; -1 for none
  /// @param before bytes that it had
  /// @param simplified whether it has less now
  /// @param after bytes that it has
  /// @param tolerance by which it came to that; 0 if it has not changed
  record Simplified(
      long line, double limit, int before, boolean simplified, int after, double tolerance)
      implements LoadIncident {}

  /// A bucket did not give what was asked of it.
  ///
  /// @param method of HTTP
  /// @param key of the object, or the beginning of the keys that were asked for
  record BucketFailure(String method, String bucket, String key, String reason)
      implements LoadIncident {}

  /// A host could not be reached, or its command failed.
  record HostFailure(String user, String endpoint, String command, String reason)
      implements LoadIncident {}
}
