package io.redward.spi;

import java.util.List;
import java.util.Optional;

/// The system tables one session sees, already bound to its user, snapshot and database.
public interface SystemTables {
  Optional<SystemTable> find(String schema, String name);

  List<SystemTable> all();
}
