package io.redward.bench;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens connections to an engine.
interface Connector {
  Connection connect() throws SQLException;
}
