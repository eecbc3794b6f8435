package io.redward.server;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.encryption.KeyFile;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.LocalObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.s3.S3Connection;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Where a warehouse keeps its objects if not in its data directory: `s3://bucket/prefix`,
/// `file:///directory` or `memory:`.
public sealed interface StoreAddress {
  /// Below a prefix of a bucket.
  ///
  /// @param prefix ending in `/` or empty
  record Bucket(String bucket, String prefix, S3Options options) implements StoreAddress {}

  /// In a directory.
  record Directory(Path path) implements StoreAddress {}

  /// In the data directory itself, which serves one process at a time.
  record DataDirectory(Path path) implements StoreAddress {}

  /// On the heap of the process, and gone with it.
  record Memory() implements StoreAddress {}

  /// At another address, encrypted under the root key in a file.
  record Encrypted(StoreAddress inner, Path keyFile) implements StoreAddress {}

  /// @param options for an address that is a bucket's
  /// @throws SqlException INVALID_PARAMETER_VALUE if `text` is no address
  static StoreAddress parse(String text, S3Options options) {
    if (text.equals("memory:")) {
      return new Memory();
    }
    if (text.startsWith("file:///")) {
      return new Directory(Path.of(URI.create(text)).toAbsolutePath().normalize());
    }
    if (text.startsWith("s3://") && text.length() > 5 && text.charAt(5) != '/') {
      String rest = text.substring(5);
      int slash = rest.indexOf('/');
      String bucket = slash < 0 ? rest : rest.substring(0, slash);
      String prefix = slash < 0 ? "" : rest.substring(slash + 1);
      if (!prefix.isEmpty() && !prefix.endsWith("/")) {
        prefix += "/";
      }
      return new Bucket(bucket, prefix, options);
    }
    throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "\"" + text + "\" is not the address of a store")
        .withHint("Use s3://bucket/prefix, file:///directory or memory:.");
  }

  /// The store itself, to be closed by the caller.
  default ObjectStore open() {
    return open(store -> store);
  }

  /// The same with something between the store and what encrypts it.
  ///
  /// @param around given the store as it is; closes it if it throws
  default ObjectStore open(UnaryOperator<ObjectStore> around) {
    return switch (this) {
      case Bucket(String bucket, String prefix, S3Options options) ->
          around.apply(new S3ObjectStore(S3Connection.open(options), bucket, prefix));
      case Directory(Path path) -> around.apply(LocalObjectStore.openShared(path));
      case DataDirectory(Path path) -> around.apply(LocalObjectStore.open(path));
      case Memory() -> around.apply(new InMemoryObjectStore());
      case Encrypted(StoreAddress inner, Path keyFile) -> {
        KeyFile key = KeyFile.read(keyFile);
        yield EncryptedObjectStore.open(inner.open(around), key);
      }
    };
  }

  /// The store to read only, beside whoever has it open.
  default ObjectStore openToRead() {
    return switch (this) {
      case Directory(Path path) -> LocalObjectStore.openToRead(path);
      case DataDirectory(Path path) -> LocalObjectStore.openToRead(path);
      case Bucket bucket -> bucket.open();
      case Encrypted(StoreAddress inner, Path keyFile) -> {
        KeyFile key = KeyFile.read(keyFile);
        yield EncryptedObjectStore.openToRead(inner.openToRead(), key);
      }
      case Memory memory ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "a store in memory is seen by its server alone");
    };
  }

  /// Whether others may write there too.
  default CommitPolicy commits() {
    return switch (this) {
      case Bucket _, Directory _ -> CommitPolicy.sharedWithOthers();
      case DataDirectory _, Memory _ -> CommitPolicy.exclusive();
      case Encrypted(StoreAddress inner, Path _) -> inner.commits();
    };
  }

  /// True if the store may be on another machine.
  default boolean isElsewhere() {
    return switch (this) {
      case Bucket _, Directory _ -> true;
      case DataDirectory _, Memory _ -> false;
      case Encrypted(StoreAddress inner, Path _) -> inner.isElsewhere();
    };
  }

  /// True if every read of the store is a request over a network.
  default boolean isBucket() {
    return switch (this) {
      case Bucket _ -> true;
      case Directory _, DataDirectory _, Memory _ -> false;
      case Encrypted(StoreAddress inner, Path _) -> inner.isBucket();
    };
  }

  /// A name that no other store has.
  default String place() {
    return switch (this) {
      case Bucket(String bucket, String prefix, S3Options options) ->
          options.endpoint().map(URI::toString).orElse("aws") + "/" + bucket + "/" + prefix;
      case Directory(Path path) -> path.toUri().toString();
      case DataDirectory(Path path) -> path.toUri().toString();
      case Memory() -> "memory:";
      case Encrypted(StoreAddress inner, Path _) -> inner.place();
    };
  }

  /// How COPY and UNLOAD reach buckets: as the store, if it is one.
  default S3Options s3() {
    return this instanceof Bucket(String _, String _, S3Options options)
        ? options
        : S3Options.ofEnvironment(System.getenv());
  }
}
