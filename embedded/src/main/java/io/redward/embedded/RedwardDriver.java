package io.redward.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens a warehouse in this process for a URL:
///
/// - `jdbc:redward:memory:name`: in memory, shared by all who say the same name
/// - `jdbc:redward:file:/path/to/directory`: of a data directory
///
/// both with `;database=other` behind if it is not to be `dev`. The warehouse is opened with the
/// first connection and ends with the process. Connections are pgjdbc's over the loopback
/// interface, so properties are pgjdbc's too.
public final class RedwardDriver implements Driver {
  private static final String PREFIX = "jdbc:redward:";
  private static final Pattern URL =
      Pattern.compile("jdbc:redward:(memory|file):([^;]+)(?:;database=([^;]+))?");

  private static final Map<String, EmbeddedRedward> OPEN = new HashMap<>();

  static {
    try {
      DriverManager.registerDriver(new RedwardDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(RedwardDriver::closeAll, "redward-end"));
  }

  /// What the URL names, opened if it is not yet.
  private static EmbeddedRedward warehouse(String kind, String name) {
    synchronized (OPEN) {
      String path =
          kind.equals("file") ? Path.of(name).toAbsolutePath().normalize().toString() : name;
      return OPEN.computeIfAbsent(
          kind + ":" + path,
          _ -> kind.equals("file") ? EmbeddedRedward.open(Path.of(path)) : EmbeddedRedward.start());
    }
  }

  private static void closeAll() {
    synchronized (OPEN) {
      OPEN.values().forEach(EmbeddedRedward::close);
      OPEN.clear();
    }
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new SQLException(
          "\""
              + url
              + "\" is not of the form jdbc:redward:memory:NAME[;database=DB] or"
              + " jdbc:redward:file:DIRECTORY[;database=DB]",
          "08001");
    }
    String database = Optional.ofNullable(parts.group(3)).orElse(EmbeddedRedward.DEFAULT_DATABASE);
    return warehouse(parts.group(1), parts.group(2)).connect(database, properties);
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 0;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }
}
