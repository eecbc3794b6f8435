package io.redward.storage.check;

/// One thing that is wrong.
///
/// @param object key of the object, or of the commit that a rowset rides in
/// @param reason what is wrong with it, for a person
public record Finding(FindingKind kind, String object, String reason) {
  @Override
  public String toString() {
    return kind.words() + ": " + object + ": " + reason;
  }
}
