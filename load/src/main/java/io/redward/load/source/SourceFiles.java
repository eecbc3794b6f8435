package io.redward.load.source;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.ssh.SshEntry;
import io.redward.spi.CopyRequest.Listing;
import io.redward.spi.CopyRequest.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Resolves what stands behind COPY's FROM: `file:///path/name`, a directory (all its files), or a
/// glob in the last parts of the path, or a manifest that lists files. Who may not read everywhere
/// gets only files under the load roots, links resolved.
public final class SourceFiles {
  private static final String GLOB_CHARACTERS = "*?[{";
  private static final int MAX_DEPTH = 16;

  private final List<Path> roots;

  /// @param roots directories under which anybody may have files read
  public SourceFiles(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /// A place to write to.
  ///
  /// @throws SqlException if it is not below a load root and must be
  public Path writable(String location, boolean anywhere) {
    Path path = Path.of(path(location)).normalize();
    if (!anywhere) {
      requireBelowRoots(path, location);
    }
    return path;
  }

  /// The files, in name order or in the manifest's.
  ///
  /// @param buckets fetches what is in buckets
  /// @throws SqlException if there is none, or one may not be read
  public List<Path> resolve(Origin origin, BucketFiles buckets) {
    List<Path> files = named(origin, buckets);
    if (origin.manifest()) {
      List<Path> listed = new ArrayList<>();
      for (Path manifest : files) {
        listed.addAll(
            origin.listing() == Listing.SSH
                ? buckets.print(SshEntry.read(manifest, buckets.shown(manifest)))
                : listed(manifest, origin, buckets));
      }
      files = listed;
    }
    if (files.isEmpty() && origin.known().isEmpty()) {
      throw missing(origin.location());
    }
    return files;
  }

  /// Whether anything is there that is not known.
  public boolean hasFiles(Origin origin, BucketFiles buckets) {
    return origin.location().startsWith(BucketFiles.SCHEME)
        ? buckets.hasObjects(origin)
        : !named(origin, buckets).isEmpty();
  }

  private List<Path> named(Origin origin, BucketFiles buckets) {
    if (origin.location().startsWith(BucketFiles.SCHEME)) {
      List<Path> fetched = buckets.fetch(origin);
      if (fetched.isEmpty() && origin.known().isEmpty()) {
        throw missing(origin.location());
      }
      return fetched;
    }
    String location = path(origin.location());
    if (origin.master().isPresent() && !origin.manifest()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "ENCRYPTED is for files in buckets alone")
          .withDetail("\"" + location + "\" has no metadata that could hold its key.");
    }
    if (!origin.anywhere()) {
      requireBelowRoots(Path.of(location).normalize(), origin.location());
    }
    List<Path> files;
    try {
      files = find(location).stream().filter(file -> !origin.isKnown(file.toString())).toList();
      for (Path file : files) {
        if (!origin.anywhere()) {
          requireBelowRoots(file.toRealPath(), file.toString());
        }
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not list \"" + location + "\": " + e.getMessage(), e);
    }
    if (files.isEmpty() && origin.known().isEmpty()) {
      throw missing(origin.location());
    }
    return files;
  }

  private static SqlException missing(String source) {
    return new SqlException(
            SqlState.UNDEFINED_FILE, "The specified file or prefix '" + source + "' does not exist")
        .withHint("Give a file, a directory or a glob, as in 'file:///data/orders*.csv'.");
  }

  /// The files a manifest names; one that is not mandatory may be missing.
  private List<Path> listed(Path manifest, Origin origin, BucketFiles buckets) {
    List<Path> files = new ArrayList<>();
    for (Manifest.Entry entry : Manifest.read(manifest)) {
      try {
        List<Path> found = named(origin.at(entry.url()), buckets);
        entry.requireLength(found, buckets);
        files.addAll(found);
      } catch (SqlException e) {
        if (entry.mandatory() || e.state() != SqlState.UNDEFINED_FILE) {
          throw e;
        }
      }
    }
    return files;
  }

  private static String path(String source) {
    if (source.startsWith("file:")) {
      String rest = source.substring("file:".length());
      String path = rest.startsWith("//") ? rest.substring(2) : rest;
      if (!path.startsWith("/")) {
        throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE, "invalid file URL \"" + source + "\"")
            .withHint("Write file:/// and an absolute path.");
      }
      return path.contains("%") ? URI.create("file://" + path).getPath() : path;
    }
    if (source.startsWith("/")) {
      return source;
    }
    throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "COPY source \"" + source + "\" is not supported")
        .withHint("Use an 's3://' or a 'file:///' URL.");
  }

  private static List<Path> find(String location) throws IOException {
    Path path = Path.of(location);
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> children = Files.list(path)) {
        return children.filter(Files::isRegularFile).filter(SourceFiles::visible).sorted().toList();
      }
    }
    Path fixed = path.getRoot();
    for (Path part : path) {
      if (part.toString().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
        break;
      }
      fixed = fixed.resolve(part);
    }
    if (fixed.equals(path)) {
      return withPrefix(path);
    }
    if (!Files.isDirectory(fixed)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + location);
    try (Stream<Path> below = Files.walk(fixed, MAX_DEPTH)) {
      return below.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// A name that is no file is a prefix, as an object store's keys are.
  private static List<Path> withPrefix(Path path) throws IOException {
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    String prefix = path.getFileName().toString();
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(prefix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean visible(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("_");
  }

  private void requireBelowRoots(Path file, String shown) {
    try {
      for (Path root : roots) {
        if (file.startsWith(root.toAbsolutePath().normalize())
            || Files.exists(root) && file.startsWith(root.toRealPath())) {
          return;
        }
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not look up a load root: " + e.getMessage(), e);
    }
    throw new SqlException(
            SqlState.INSUFFICIENT_PRIVILEGE,
            "permission denied to COPY from \"" + shown + "\": it is outside of the load roots")
        .withHint(
            "A superuser may load any file; for others start the server with --load-root DIR.");
  }
}
