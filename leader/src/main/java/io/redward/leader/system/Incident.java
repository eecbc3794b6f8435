package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Something that a statement met on its way and that one view tells of.
///
/// @param values what there is to tell, in the order that the kind says
public record Incident(
    Kind kind, int queryId, long transactionId, Issuer issuer, Instant at, List<String> values)
    implements Event {
  /// What has happened.
  public enum Kind {
    /// A mistake of ours: source file, line, message.
    INTERNAL_ERROR(3),
    /// No space was left: blocks of temporary files.
    DISK_FULL(1),
    /// A function has said something: its name, the message, where it was if it failed.
    FUNCTION_MESSAGE(3),
    /// COPY met a geometry that was too large or that it was to make simpler: line, greatest
    /// tolerance, bytes before, `t` or `f`, bytes after, tolerance.
    SIMPLIFIED(6),
    /// A transfer from a bucket failed: method, bucket, key, message.
    BUCKET_ERROR(4),
    /// A host could not be read from over SSH: user, place, command, message.
    SSH_ERROR(4);

    private final int values;

    Kind(int values) {
      this.values = values;
    }

    /// The kind of this name, unless it is another version's.
    public static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }
  }

  public Incident {
    values = List.copyOf(values);
    if (values.size() != kind.values) {
      throw new IllegalArgumentException(kind + " has " + kind.values + " values");
    }
  }

  String value(int place) {
    return values.get(place);
  }
}
