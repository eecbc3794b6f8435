package io.redward.load.unload;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.source.SourceFiles;
import io.redward.spi.MasterKey;
import io.redward.spi.UnloadRequest;
import io.redward.spi.UnloadRequest.Encryption;
import io.redward.spi.Unloader;
import io.redward.spi.ValueText;
import io.redward.storage.objectstore.s3.S3Connection;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import io.redward.storage.objectstore.s3.ServerEncryption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// UNLOAD to files of this machine and to buckets. Thread-safe.
public final class FileUnloader implements Unloader {
  private final SourceFiles sources;
  private final Supplier<ValueText> texts;
  private final S3Options s3;

  /// @param roots directories that requests of ordinary users may write to
  /// @param texts makes what turns values into text
  /// @param s3 how buckets are reached
  public FileUnloader(List<Path> roots, Supplier<ValueText> texts, S3Options s3) {
    sources = new SourceFiles(roots);
    this.texts = texts;
    this.s3 = s3;
  }

  @Override
  public Writing begin(UnloadRequest request, List<Column> columns) {
    Destination destination = destination(request.target());
    try {
      List<String> existing = destination.existing();
      switch (request.target().existing()) {
        case REFUSE -> {
          if (!existing.isEmpty()) {
            throw new SqlException(
                    SqlState.DUPLICATE_OBJECT,
                    "Specified unload destination on S3 is not empty. Consider using a different"
                        + " bucket / prefix, manually removing the target files in S3, or using the"
                        + " ALLOWOVERWRITE option.")
                .withDetail("\"" + destination.url(existing.getFirst()) + "\" is there.");
          }
        }
        case OVERWRITE -> {}
        case CLEAN -> existing.forEach(destination::delete);
      }
      return new UnloadWriting(request, columns, destination, texts.get());
    } catch (RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  private Destination destination(UnloadRequest.Target target) {
    String prefix = target.prefix();
    if (prefix.startsWith("s3://")) {
      String rest = prefix.substring(5);
      int slash = rest.indexOf('/');
      String bucket = slash < 0 ? rest : rest.substring(0, slash);
      String key = slash < 0 ? "" : rest.substring(slash + 1);
      S3Options options = target.region().map(s3::withRegion).orElse(s3);
      options = target.keys().map(options::withKeys).orElse(options);
      return bucket(
          new S3ObjectStore(S3Connection.open(options), bucket, ""),
          bucket,
          key,
          target.encryption());
    }
    if (!(target.encryption() instanceof Encryption.OfBucket)) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "ENCRYPTED is for files in buckets alone")
          .withHint("Keep the files of this machine on an encrypted file system.");
    }
    Path path = sources.writable(prefix, target.anywhere());
    if (prefix.endsWith("/")) {
      return new Destination.Folder(path, "");
    }
    Path parent = path.getParent();
    return new Destination.Folder(parent == null ? path : parent, path.getFileName().toString());
  }

  private static Destination bucket(
      S3ObjectStore store, String bucket, String key, Encryption encryption) {
    ServerEncryption asked =
        switch (encryption) {
          case Encryption.OfBucket _, Encryption.OfClient _ -> new ServerEncryption.OfBucket();
          case Encryption.Automatic _ -> store.defaultEncryption();
          case Encryption.OfKey named -> new ServerEncryption.OfKey(named.keyId());
        };
    Optional<MasterKey> master =
        encryption instanceof Encryption.OfClient client
            ? Optional.of(client.master())
            : Optional.empty();
    return new Destination.Bucket(store, bucket, key, asked, master);
  }
}
