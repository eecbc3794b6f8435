package io.redward.spi;

import java.util.List;
import java.util.Optional;

/// The system tables one session sees, already bound to its user, snapshot and database.
public interface SystemTables {
  /// For whoever reads stored tables only.
  SystemTables NONE =
      new SystemTables() {
        @Override
        public Optional<SystemTable> find(String schema, String name) {
          return Optional.empty();
        }

        @Override
        public List<SystemTable> all() {
          return List.of();
        }
      };

  Optional<SystemTable> find(String schema, String name);

  List<SystemTable> all();
}
