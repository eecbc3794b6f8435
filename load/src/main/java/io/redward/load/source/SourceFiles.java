package io.redward.load.source;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/// Resolves what stands behind COPY's FROM: `file:///path/name`, a directory (all its files), or a
/// glob in the last parts of the path. Only files under the allowed roots are given out, links
/// resolved.
public final class SourceFiles {
  private static final String GLOB_CHARACTERS = "*?[{";
  private static final int MAX_DEPTH = 16;

  private final List<Path> roots;

  /// @param roots directories under which files may be read; empty allows all
  public SourceFiles(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /// The files, in name order.
  ///
  /// @throws SqlException if there is none, or one may not be read
  public List<Path> resolve(String source) {
    String location = path(source);
    List<Path> files;
    try {
      files = find(location);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not list \"" + location + "\": " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new SqlException(
              SqlState.UNDEFINED_FILE,
              "The specified file or prefix '" + source + "' does not exist")
          .withHint("Give a file, a directory or a glob, as in 'file:///data/orders*.csv'.");
    }
    files.forEach(this::requireAllowed);
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
        .withHint("Use a 'file:///' URL.");
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

  private void requireAllowed(Path file) {
    if (roots.isEmpty()) {
      return;
    }
    try {
      Path real = file.toRealPath();
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return;
        }
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not open \"" + file + "\": " + e.getMessage(), e);
    }
    throw new SqlException(
            SqlState.INSUFFICIENT_PRIVILEGE,
            "reading \"" + file + "\" is not allowed: it is outside of the configured load roots")
        .withHint("Start the server with --load-root DIR for every directory COPY may read.");
  }
}
