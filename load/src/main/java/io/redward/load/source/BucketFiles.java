package io.redward.load.source;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.CopyRequest.Origin;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.objectstore.s3.S3Connection;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Objects of buckets as files: fetched into a temporary directory that goes with this object. One
/// load's, for one thread at a time.
public final class BucketFiles implements AutoCloseable {
  static final String SCHEME = "s3://";

  private final S3Options s3;
  private final Map<Path, String> urls = new HashMap<>();
  private @Nullable Path directory;

  /// @param s3 how buckets are reached
  public BucketFiles(S3Options s3) {
    this.s3 = s3;
  }

  /// What users call a file: its URL if it has been fetched.
  public String shown(Path file) {
    return urls.getOrDefault(file, file.toString());
  }

  /// All objects whose keys begin with the one given, in order. What only marks a folder is left
  /// out.
  List<Path> fetch(Origin origin) {
    String rest = origin.location().substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    S3Options options = origin.region().map(s3::withRegion).orElse(s3);
    options = origin.keys().map(options::withKeys).orElse(options);
    List<Path> files = new ArrayList<>();
    try (S3ObjectStore store = new S3ObjectStore(S3Connection.open(options), bucket, "")) {
      for (ObjectSummary object : store.list(key)) {
        if (!object.key().endsWith("/")) {
          Path file = directory().resolve(Integer.toString(urls.size()));
          store.fetch(object.key(), file);
          urls.put(file, SCHEME + bucket + "/" + object.key());
          files.add(file);
        }
      }
    }
    return files;
  }

  private Path directory() {
    Path known = directory;
    if (known == null) {
      try {
        known = Files.createTempDirectory("redward-copy-");
      } catch (IOException e) {
        throw new SqlException(
            SqlState.IO_ERROR, "could not make a temporary directory: " + e.getMessage(), e);
      }
      directory = known;
    }
    return known;
  }

  @Override
  public void close() {
    Path known = directory;
    if (known == null) {
      return;
    }
    try (Stream<Path> left = Files.walk(known)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not remove \"" + known + "\": " + e.getMessage(), e);
    }
  }
}
