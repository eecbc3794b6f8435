package io.redward.storage.rowset;

/// Names a rowset in a commit and says how to read it.
///
/// @param tableId the table whose rows these are
/// @param homeTableId the table that the rowset was written for; another one in a clone
/// @param rowsetId unique in the namespace
/// @param bytes length of the rowset
/// @param footerBytes length of its footer, at its end
/// @param inline the rowset itself if it rides in the commit, else empty
public record RowsetReference(
    long tableId,
    long homeTableId,
    int rowsetId,
    int rowCount,
    long bytes,
    int footerBytes,
    byte[] inline) {
  /// Of a rowset at home.
  public RowsetReference(
      long tableId, int rowsetId, int rowCount, long bytes, int footerBytes, byte[] inline) {
    this(tableId, tableId, rowsetId, rowCount, bytes, footerBytes, inline);
  }

  public boolean isInline() {
    return inline.length > 0;
  }

  /// The object that holds the rowset unless it is inline.
  public String objectKey() {
    return objectKey(homeTableId, rowsetId);
  }

  static String objectKey(long tableId, int rowsetId) {
    return "data/" + tableId + "/" + rowsetId + ".rws";
  }

  /// The same rows as those of another table.
  public RowsetReference in(long otherTableId) {
    return new RowsetReference(
        otherTableId, homeTableId, rowsetId, rowCount, bytes, footerBytes, inline);
  }
}
