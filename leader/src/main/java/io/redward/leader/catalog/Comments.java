package io.redward.leader.catalog;

import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Comments on objects and columns. Kept beside the catalog, because nothing but their readers
/// depends on them; one that outlives its object is never seen again, for oids are not reused.
public final class Comments {
  private static final String PREFIX = "comment/";

  /// A comment.
  ///
  /// @param column id of the column it is on, 0 for the object itself
  public record Comment(int object, int column, String text) {}

  private Comments() {}

  private static String key(int object, int column) {
    return PREFIX + object + "/" + column;
  }

  /// Sets a comment; none removes it.
  public static void set(
      WriteTransaction transaction, int object, int column, Optional<String> text) {
    if (text.isPresent()) {
      transaction.putEntry(key(object, column), text.get().getBytes(StandardCharsets.UTF_8));
    } else {
      transaction.removeEntry(key(object, column));
    }
  }

  public static Optional<String> find(Snapshot snapshot, int object, int column) {
    return snapshot
        .entry(key(object, column))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  public static List<Comment> all(Snapshot snapshot) {
    List<Comment> comments = new ArrayList<>();
    snapshot
        .entries(PREFIX)
        .forEach(
            (key, bytes) -> {
              String[] parts = key.substring(PREFIX.length()).split("/");
              comments.add(
                  new Comment(
                      Integer.parseInt(parts[0]),
                      Integer.parseInt(parts[1]),
                      new String(bytes, StandardCharsets.UTF_8)));
            });
    return comments;
  }
}
