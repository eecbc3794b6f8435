package io.redward.codegen;

import java.util.Optional;

/// Where class files of generated programs outlive the process. Thread-safe.
public interface CodeStore {
  /// Keeps nothing.
  CodeStore NONE =
      new CodeStore() {
        @Override
        public Optional<byte[]> find(String program) {
          return Optional.empty();
        }

        @Override
        public void keep(String program, byte[] code) {}
      };

  /// The class file of a program; empty if it is not there or damaged.
  ///
  /// @param program the program as printed
  Optional<byte[]> find(String program);

  /// Keeps a program's class file, or does not: it can be made again.
  void keep(String program, byte[] code);
}
