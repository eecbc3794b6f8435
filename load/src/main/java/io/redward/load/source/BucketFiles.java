package io.redward.load.source;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.files.FileTree;
import io.redward.load.envelope.Envelope;
import io.redward.load.ssh.SshEntry;
import io.redward.load.ssh.SshKey;
import io.redward.load.ssh.SshRun;
import io.redward.spi.CopyRequest.Origin;
import io.redward.spi.LoadIncident;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.objectstore.s3.S3Connection;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Objects of buckets and what hosts print as files: fetched into a temporary directory that goes
/// with this object. One load's, for one thread at a time.
public final class BucketFiles implements AutoCloseable {
  static final String SCHEME = "s3://";

  private final S3Options s3;
  private final SshKey sshKey;
  private final Map<Path, String> urls = new HashMap<>();
  private final Map<Path, Transfer> transfers = new HashMap<>();
  private final CancelToken cancel;
  private final Consumer<LoadIncident> incidents;
  private @Nullable Path directory;

  /// When an object was fetched.
  ///
  /// @param modified when it was last written
  /// @param bytes of the object, which if encrypted are more than the file's
  public record Transfer(Instant start, Instant end, Instant modified, long bytes) {}

  /// @param s3 how buckets are reached
  /// For those who only look.
  ///
  /// @param s3 how buckets are reached
  /// @param sshKey by which hosts let the warehouse in
  public BucketFiles(S3Options s3, SshKey sshKey) {
    this(s3, sshKey, new CancelToken(), _ -> {});
  }

  /// @param cancel ends transfers
  /// @param incidents hears of transfers that failed
  public BucketFiles(
      S3Options s3, SshKey sshKey, CancelToken cancel, Consumer<LoadIncident> incidents) {
    this.s3 = s3;
    this.sshKey = sshKey;
    this.cancel = cancel;
    this.incidents = incidents;
  }

  /// What users call a file: its URL if it has been fetched.
  public String shown(Path file) {
    return urls.getOrDefault(file, file.toString());
  }

  /// How a file came here; empty if it was here before.
  public Optional<Transfer> transfer(Path file) {
    return Optional.ofNullable(transfers.get(file));
  }

  /// What commands on hosts print. A host that is not mandatory may be out of reach, if another is
  /// not.
  List<Path> print(List<SshEntry> entries) {
    List<Path> printed = new ArrayList<>();
    Optional<SqlException> problem = Optional.empty();
    try (SshRun ssh = new SshRun(sshKey, cancel)) {
      for (SshEntry entry : entries) {
        Path file = directory().resolve(Integer.toString(urls.size()));
        urls.put(file, entry.url());
        try {
          ssh.run(entry, file);
          printed.add(file);
        } catch (SshRun.Unreachable e) {
          failed(entry, e.problem());
          if (entry.mandatory()) {
            throw e.problem();
          }
          problem = Optional.of(e.problem());
        } catch (SqlException e) {
          failed(entry, e);
          throw e;
        }
      }
    }
    if (printed.isEmpty() && problem.isPresent()) {
      throw problem.get();
    }
    return printed;
  }

  private void failed(SshEntry entry, SqlException problem) {
    if (!cancel.canceled()) {
      String reason = problem.message() + problem.detail().map(detail -> ": " + detail).orElse("");
      incidents.accept(
          new LoadIncident.HostFailure(entry.user(), entry.endpoint(), entry.command(), reason));
    }
  }

  /// All objects whose keys begin with the one given, in order. What only marks a folder is left
  /// out.
  List<Path> fetch(Origin origin) {
    Place place = Place.of(origin.location());
    List<Path> files = new ArrayList<>();
    try (S3ObjectStore store = store(origin, place)) {
      List<ObjectSummary> objects =
          told(place.bucket(), place.key(), () -> store.list(place.key()));
      for (ObjectSummary object : objects) {
        cancel.check();
        if (isWanted(origin, place, object)) {
          Path file = directory().resolve(Integer.toString(urls.size()));
          Instant start = Instant.now();
          told(
              place.bucket(),
              object.key(),
              () -> {
                fetch(store, object.key(), file, origin, place.url(object));
                return file;
              });
          transfers.put(
              file, new Transfer(start, Instant.now(), object.modified(), object.bytes()));
          urls.put(file, place.url(object));
          files.add(file);
        }
      }
    }
    return files;
  }

  /// What `transfer` gives; if it fails that is told.
  private <T> T told(String bucket, String key, Supplier<T> transfer) {
    try {
      return transfer.get();
    } catch (SqlException e) {
      incidents.accept(new LoadIncident.BucketFailure("GET", bucket, key, e.message()));
      throw e;
    }
  }

  /// Manifests may be plain even if what they list is encrypted.
  private static void fetch(
      S3ObjectStore store, String key, Path file, Origin origin, String shown) {
    if (origin.master().isEmpty()) {
      store.fetch(key, file);
      return;
    }
    Path sealed = file.resolveSibling(file.getFileName() + ".sealed");
    Map<String, String> metadata = store.fetch(key, sealed);
    try {
      if (Envelope.isSealed(metadata)) {
        Envelope.open(sealed, file, metadata, origin.master().get(), shown);
        Files.delete(sealed);
      } else if (origin.manifest()) {
        Files.move(sealed, file);
      } else {
        throw new SqlException(
                SqlState.DATA_CORRUPTED, "file \"" + shown + "\" is not encrypted by its client")
            .withDetail("Its metadata have no x-amz-key.")
            .withHint("Load it without ENCRYPTED and MASTER_SYMMETRIC_KEY.");
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not decrypt \"" + shown + "\": " + e.getMessage(), e);
    }
  }

  /// Whether there is anything to be fetched.
  boolean hasObjects(Origin origin) {
    Place place = Place.of(origin.location());
    try (S3ObjectStore store = store(origin, place)) {
      return store.list(place.key()).stream().anyMatch(o -> isWanted(origin, place, o));
    }
  }

  private record Place(String bucket, String key) {
    static Place of(String location) {
      String rest = location.substring(SCHEME.length());
      int slash = rest.indexOf('/');
      return slash < 0
          ? new Place(rest, "")
          : new Place(rest.substring(0, slash), rest.substring(slash + 1));
    }

    String url(ObjectSummary object) {
      return SCHEME + bucket + "/" + object.key();
    }
  }

  private static boolean isWanted(Origin origin, Place place, ObjectSummary object) {
    return !object.key().endsWith("/") && !origin.isKnown(place.url(object));
  }

  private S3ObjectStore store(Origin origin, Place place) {
    S3Options options = origin.region().map(s3::withRegion).orElse(s3);
    options = origin.keys().map(options::withKeys).orElse(options);
    return new S3ObjectStore(S3Connection.open(options), place.bucket(), "");
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
    try {
      FileTree.delete(known);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not remove \"" + known + "\": " + e.getMessage(), e);
    }
  }
}
