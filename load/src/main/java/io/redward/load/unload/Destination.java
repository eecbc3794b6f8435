package io.redward.load.unload;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.envelope.Envelope;
import io.redward.spi.MasterKey;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.objectstore.s3.S3ObjectStore;
import io.redward.storage.objectstore.s3.ServerEncryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where files of an UNLOAD go. Names are what follows the prefix.
sealed interface Destination extends AutoCloseable {
  /// Names of what is there.
  List<String> existing();

  void delete(String name);

  /// Puts a finished file to its place, replacing what is there.
  ///
  /// @return its length there
  long put(String name, Path file) throws IOException;

  /// What users call a file.
  String url(String name);

  @Override
  void close();

  /// Objects of a bucket.
  ///
  /// @param master with which files are encrypted before they are sent
  record Bucket(
      S3ObjectStore store,
      String bucket,
      String prefix,
      ServerEncryption encryption,
      Optional<MasterKey> master)
      implements Destination {
    @Override
    public List<String> existing() {
      return store.list(prefix).stream()
          .map(ObjectSummary::key)
          .map(key -> key.substring(prefix.length()))
          .toList();
    }

    @Override
    public void delete(String name) {
      store.delete(prefix + name);
    }

    @Override
    public long put(String name, Path file) throws IOException {
      if (master.isEmpty()) {
        store.putFile(prefix + name, file, Map.of(), encryption);
        return Files.size(file);
      }
      Path sealed = file.resolveSibling(file.getFileName() + ".sealed");
      Map<String, String> metadata = Envelope.seal(file, sealed, master.get());
      store.putFile(prefix + name, sealed, metadata, encryption);
      long length = Files.size(sealed);
      Files.delete(sealed);
      return length;
    }

    @Override
    public String url(String name) {
      return "s3://" + bucket + "/" + prefix + name;
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /// Files of this machine.
  record Folder(Path directory, String prefix) implements Destination {
    @Override
    public List<String> existing() {
      if (!Files.isDirectory(directory)) {
        return List.of();
      }
      try (Stream<Path> all = Files.walk(directory)) {
        return all.filter(Files::isRegularFile)
            .map(file -> directory.relativize(file).toString())
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .toList();
      } catch (IOException e) {
        throw failed("list", directory, e);
      }
    }

    @Override
    public void delete(String name) {
      Path file = file(name);
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw failed("delete", file, e);
      }
    }

    @Override
    public long put(String name, Path file) throws IOException {
      Path target = file(name);
      Path parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      return Files.size(file);
    }

    @Override
    public String url(String name) {
      return "file://" + file(name);
    }

    @Override
    public void close() {}

    private Path file(String name) {
      return directory.resolve(prefix + name);
    }

    private static SqlException failed(String action, Path path, IOException cause) {
      return new SqlException(
          SqlState.IO_ERROR,
          "could not " + action + " \"" + path + "\": " + cause.getMessage(),
          cause);
    }
  }
}
