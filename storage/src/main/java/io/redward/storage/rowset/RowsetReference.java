package io.redward.storage.rowset;

/// Names a rowset in a commit and says how to read it.
///
/// @param rowsetId unique in the namespace
/// @param bytes length of the rowset
/// @param footerBytes length of its footer, at its end
/// @param inline the rowset itself if it rides in the commit, else empty
public record RowsetReference(
    long tableId, int rowsetId, int rowCount, long bytes, int footerBytes, byte[] inline) {
  public boolean isInline() {
    return inline.length > 0;
  }

  /// The object that holds the rowset unless it is inline.
  public String objectKey() {
    return objectKey(tableId, rowsetId);
  }

  static String objectKey(long tableId, int rowsetId) {
    return "data/" + tableId + "/" + rowsetId + ".rws";
  }
}
