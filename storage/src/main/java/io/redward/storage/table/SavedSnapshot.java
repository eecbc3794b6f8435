package io.redward.storage.table;

import java.util.OptionalLong;

/// A state of the namespace, or of one table, that is kept under a name.
///
/// @param object key of the object that holds it
/// @param version of the state
/// @param stateMicros when that version was committed, in microseconds since 1970
/// @param createdMicros when the snapshot was made
/// @param owner who made it
/// @param automatic whether the warehouse made it by itself
/// @param expiresMicros when it is dropped by itself; empty for never
/// @param tableId the only table in it; empty for all
/// @param subject what it is of, as a person names it
public record SavedSnapshot(
    String name,
    String object,
    long version,
    long stateMicros,
    long createdMicros,
    String owner,
    boolean automatic,
    OptionalLong expiresMicros,
    OptionalLong tableId,
    String subject,
    long rows,
    long bytes) {}
