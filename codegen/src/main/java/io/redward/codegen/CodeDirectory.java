package io.redward.codegen;

import io.redward.foundation.files.KeptFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Class files in a directory, one file a program, as [KeptFiles] keeps them.
public final class CodeDirectory implements CodeStore {
  private static final Logger LOG = LoggerFactory.getLogger(CodeDirectory.class);

  private final KeptFiles files;

  private CodeDirectory(KeptFiles files) {
    this.files = files;
  }

  /// Opens or makes the directory; where that cannot be, nothing is kept.
  ///
  /// @param engineVersion changes with every build whose programs are not those of another
  public static CodeStore open(Path directory, String engineVersion, long maxBytes) {
    try {
      KeptFiles.Kind kind = new KeptFiles.Kind("RWCODE01", ".code", maxBytes);
      return new CodeDirectory(new KeptFiles(directory, kind, engineVersion, LOG::warn));
    } catch (IOException e) {
      LOG.warn("no code is kept in {}: {}", directory, e.toString());
      return CodeStore.NONE;
    }
  }

  @Override
  public Optional<byte[]> find(String program) {
    return files.find(program);
  }

  @Override
  public void keep(String program, byte[] code) {
    try {
      files.keep(program, code);
    } catch (IOException e) {
      LOG.debug("code not kept: {}", e.toString());
    }
  }
}
