package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Passwords asked for and given by every exchange, by drivers and psql.
class LoginTest {
  private static final Path PSQL = Path.of("/usr/bin/psql");
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// Made by PostgreSQL's rules for the password `Elsewhere1`, salt `saltsaltsaltsalt`.
  private static final String MADE_ELSEWHERE =
      "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$"
          + "yUTaL1Pq85CU1uqYpx1U6rXrU//qLAAV3ONzYU9bdXs=:"
          + "z2aHl5XkZ1X9aiAY736qhBL5Ik+xaS7MMoNmofEGZ5w=";

  @TempDir private static Path directory;

  private static EmbeddedWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    try (TestWarehouse open = new TestWarehouse(directory);
        Connection connection = open.connect()) {
      TestWarehouse.execute(
          connection,
          "create user plain password 'Päßword-1'",
          "create user old password 'md5" + md5("Secret-1old") + "'",
          "create user digested password 'sha256|Secret-1'",
          "create user elsewhere password '" + MADE_ELSEWHERE + "'",
          "create user chief password 'Abcdefg1' createuser",
          "create user few password 'Abcdefg1' connection limit 2",
          "create user gone password 'Abcdefg1' valid until '2020-01-01'",
          "create user lasting password 'Abcdefg1' valid until '2099-01-01'");
    }
    warehouse = EmbeddedWarehouse.start(directory, ANY_PORT, false);
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  private static String md5(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("MD5")
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String logIn(String scheme, String user, String password, String... settings)
      throws SQLException {
    return answer("select current_user", scheme, user, password, settings);
  }

  private static String answer(
      String query, String scheme, String user, String password, String... settings)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    String url = "jdbc:" + scheme + "://127.0.0.1:" + warehouse.port() + "/dev";
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      return TestWarehouse.rows(connection, query).getFirst();
    }
  }

  @Test
  void a_postgresql_driver_logs_in_by_scram() throws SQLException {
    assertThat(logIn("postgresql", "plain", "Päßword-1", "sslmode", "disable")).isEqualTo("plain");
  }

  @Test
  void over_tls_scram_is_bound_to_the_certificate() throws SQLException {
    assertThat(
            logIn(
                "postgresql",
                "plain",
                "Päßword-1",
                "sslmode",
                "require",
                "channelBinding",
                "require"))
        .isEqualTo("plain");
  }

  @Test
  void a_redshift_driver_logs_in_by_the_digest_with_the_same_password() throws SQLException {
    assertThat(logIn("redshift", "plain", "Päßword-1", "ssl", "false")).isEqualTo("plain");
  }

  @Test
  void what_drivers_and_tls_tell_of_a_connection_is_logged() throws SQLException {
    String own =
        " from stl_connection_log where event = 'initiating session' and pid = pg_backend_pid()";
    assertThat(
            answer(
                "select trim(authmethod), driver_version ilike '%redshift%jdbc%',"
                    + " length(trim(os_version)) > 0, protocol_version >= 2, sslversion is null"
                    + own,
                "redshift",
                "chief",
                "Abcdefg1",
                "ssl",
                "false"))
        .isEqualTo("password|t|t|t|t");
    assertThat(
            answer(
                "select trim(sslversion), sslcipher like 'TLS_%', driver_version is null" + own,
                "postgresql",
                "chief",
                "Abcdefg1",
                "sslmode",
                "require"))
        .isEqualTo("TLSv1.3|t|t");
  }

  @Test
  void md5_and_digests_made_elsewhere_serve_both_drivers() throws SQLException {
    assertThat(logIn("postgresql", "old", "Secret-1", "sslmode", "disable")).isEqualTo("old");
    assertThat(logIn("redshift", "old", "Secret-1", "ssl", "false")).isEqualTo("old");
    assertThat(logIn("redshift", "digested", "Secret-1", "ssl", "false")).isEqualTo("digested");
    assertThat(logIn("postgresql", "digested", "Secret-1", "sslmode", "require"))
        .isEqualTo("digested");
    assertThatThrownBy(() -> logIn("postgresql", "digested", "Secret-1", "sslmode", "disable"))
        .hasMessageContaining("over TLS only");
  }

  @Test
  void scram_verifiers_made_elsewhere_are_taken() throws SQLException {
    assertThat(logIn("postgresql", "elsewhere", "Elsewhere1", "sslmode", "disable"))
        .isEqualTo("elsewhere");
    assertThatThrownBy(() -> logIn("redshift", "elsewhere", "Elsewhere1", "ssl", "false"))
        .hasMessageContaining("SCRAM-SHA-256");
  }

  @Test
  void a_user_has_no_more_sessions_than_the_connection_limit() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/dev?sslmode=disable";
    try (Connection first = DriverManager.getConnection(url, "few", "Abcdefg1");
        Connection second = DriverManager.getConnection(url, "few", "Abcdefg1")) {
      assertThat(TestWarehouse.rows(first, "select current_user")).containsExactly("few");
      assertThat(TestWarehouse.rows(second, "select current_user")).containsExactly("few");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "few", "Abcdefg1"))
          .hasMessageContaining("too many connections for user \"few\"");
    }
  }

  @Test
  void a_password_is_of_no_use_after_valid_until() throws SQLException {
    assertThat(logIn("postgresql", "lasting", "Abcdefg1", "sslmode", "disable"))
        .isEqualTo("lasting");
    assertThatThrownBy(() -> logIn("postgresql", "gone", "Abcdefg1", "sslmode", "disable"))
        .hasMessageContaining("password authentication failed for user \"gone\"");
  }

  @Test
  void a_wrong_password_and_an_unknown_user_fail_alike() {
    for (String scheme : List.of("postgresql", "redshift")) {
      String plain = scheme.equals("redshift") ? "ssl" : "sslmode";
      String off = scheme.equals("redshift") ? "false" : "disable";
      assertThatThrownBy(() -> logIn(scheme, "plain", "Wrong-1234", plain, off))
          .hasMessageContaining("password authentication failed for user \"plain\"");
      assertThatThrownBy(() -> logIn(scheme, "nobody", "Wrong-1234", plain, off))
          .hasMessageContaining("password authentication failed for user \"nobody\"");
    }
  }

  @Test
  void a_newer_protocol_version_is_negotiated_down() throws SQLException {
    assertThat(
            logIn(
                "postgresql", "plain", "Päßword-1", "sslmode", "disable", "protocolVersion", "3.2"))
        .isEqualTo("plain");
  }

  @Test
  @EnabledIf("psqlIsInstalled")
  void psql_logs_in_with_and_without_tls() throws IOException, InterruptedException {
    assertThat(psql("disable")).contains("plain");
    assertThat(psql("require")).contains("plain");
  }

  /// Named by the annotation.
  static boolean psqlIsInstalled() {
    return Files.isExecutable(PSQL);
  }

  private static String psql(String sslMode) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            PSQL.toString(),
            "-h127.0.0.1",
            "-p" + warehouse.port(),
            "-Uplain",
            "-dsslmode=" + sslMode + " dbname=dev channel_binding=prefer",
            "-Atc",
            "select current_user");
    builder.environment().put("PGPASSWORD", "Päßword-1");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
