package io.redward.storage.check;

import java.util.Locale;

/// What can be wrong with a namespace.
public enum FindingKind {
  /// A commit that does not read back as it was written.
  DAMAGED_COMMIT,
  /// Archived commits that do not read back as they were written.
  DAMAGED_ARCHIVE,
  /// A gap in the log.
  MISSING_COMMIT,
  /// A commit that does not fit the state before it.
  CONTRADICTORY_COMMIT,
  /// One attempt of one writer at two log positions.
  REPEATED_COMMIT,
  DAMAGED_CHECKPOINT,
  /// A checkpoint that is not what the commits before it add up to.
  CONTRADICTORY_CHECKPOINT,
  /// No state can be made of the log.
  UNREADABLE_LOG,
  /// A saved snapshot whose object is missing or does not read back as written.
  DAMAGED_SNAPSHOT,
  MISSING_ROWSET,
  /// A rowset whose length, start or footer is wrong.
  DAMAGED_ROWSET,
  DAMAGED_BLOCK,
  /// A block that says one thing and holds another: rows, nulls or bounds.
  WRONG_SUMMARY,
  WRONG_ROW_COUNT,
  WRONG_DELETE_VECTOR,
  /// An object that could not be read, though it may be sound.
  UNREADABLE_OBJECT,
  /// An object that nothing refers to: left by a crash or about to be collected.
  ORPHAN(false),
  /// An object in a place of the warehouse's with a name that is none of its.
  UNKNOWN_OBJECT(false);

  private final boolean damage;

  FindingKind() {
    this(true);
  }

  FindingKind(boolean damage) {
    this.damage = damage;
  }

  /// True if something is lost or wrong; false if it only takes space.
  public boolean isDamage() {
    return damage;
  }

  /// In words, as in "missing rowset".
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
