package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.GetClusterCredentialsResponse;
import software.amazon.awssdk.services.redshift.model.RedshiftException;
import software.amazon.awssdk.services.redshiftserverless.RedshiftServerlessClient;
import software.amazon.awssdk.services.redshiftserverless.model.GetCredentialsResponse;
import software.amazon.awssdk.services.redshiftserverless.model.RedshiftServerlessException;
import software.amazon.awssdk.services.redshiftserverless.model.Workgroup;

/// The management calls, made by AWS's own SDKs with signatures, and the passwords they give, used.
class ManagementApiTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private static Path directory;

  private static EmbeddedWarehouse warehouse;
  private static URI endpoint;

  @BeforeAll
  static void start() throws IOException, SQLException {
    Path data = directory.resolve("data");
    try (TestWarehouse open = new TestWarehouse(data);
        Connection connection = open.connect()) {
      TestWarehouse.execute(connection, "create user analyst password disable");
    }
    Path keys = directory.resolve("keys");
    Files.writeString(
        keys,
        "[analyst]\naws_access_key_id = AKANALYST\naws_secret_access_key = secret\n"
            + "[newcomer]\naws_access_key_id = AKNEW\naws_secret_access_key = secret\n");
    warehouse = EmbeddedWarehouse.start(data, ANY_PORT, false);
    endpoint =
        URI.create("http://127.0.0.1:" + warehouse.serveHttp(ANY_PORT, false, Optional.of(keys)));
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  private static StaticCredentialsProvider key(String id, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  private static RedshiftClient clusters(String id, String secret) {
    return RedshiftClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(key(id, secret))
        .build();
  }

  private static RedshiftServerlessClient serverless(String id, String secret) {
    return RedshiftServerlessClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(key(id, secret))
        .build();
  }

  private static String logIn(String scheme, String user, String password) throws SQLException {
    String plain = scheme.equals("redshift") ? "?ssl=false" : "?sslmode=disable";
    String url = "jdbc:" + scheme + "://127.0.0.1:" + warehouse.port() + "/dev" + plain;
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      return TestWarehouse.rows(connection, "select current_user").getFirst();
    }
  }

  @Test
  void clusters_are_described_with_the_endpoint_to_connect_to() {
    try (RedshiftClient client = clusters("AKANALYST", "secret")) {
      List<Cluster> found =
          client.describeClusters(r -> r.clusterIdentifier("examplecluster")).clusters();
      assertThat(found).hasSize(1);
      Cluster cluster = found.getFirst();
      assertThat(cluster.clusterIdentifier()).isEqualTo("examplecluster");
      assertThat(cluster.clusterStatus()).isEqualTo("available");
      assertThat(cluster.dbName()).isEqualTo("dev");
      assertThat(cluster.endpoint().address()).isEqualTo("127.0.0.1");
      assertThat(cluster.endpoint().port()).isEqualTo(warehouse.port());
      assertThat(cluster.clusterCreateTime()).isBefore(Instant.now());
    }
  }

  @Test
  void cluster_credentials_log_in_by_both_drivers() throws SQLException {
    try (RedshiftClient client = clusters("AKANALYST", "secret")) {
      GetClusterCredentialsResponse given =
          client.getClusterCredentials(
              r -> r.clusterIdentifier("any").dbUser("analyst").dbName("dev"));
      assertThat(given.dbUser()).isEqualTo("IAM:analyst");
      assertThat(given.expiration())
          .isBetween(
              Instant.now().plus(Duration.ofMinutes(13)),
              Instant.now().plus(Duration.ofMinutes(16)));
      assertThat(logIn("postgresql", given.dbUser(), given.dbPassword())).isEqualTo("analyst");
      assertThat(logIn("redshift", given.dbUser(), given.dbPassword())).isEqualTo("analyst");
      assertThatThrownBy(() -> logIn("postgresql", "analyst", given.dbPassword()))
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> logIn("postgresql", "IAM:analyst", "something else"))
          .hasMessageContaining("password authentication failed");

      String again =
          client
              .getClusterCredentialsWithIAM(r -> r.clusterIdentifier("any").dbName("dev"))
              .dbPassword();
      assertThat(again).isEqualTo(given.dbPassword());
    }
  }

  @Test
  void a_user_is_created_if_that_is_asked_for() throws SQLException {
    try (RedshiftClient client = clusters("AKNEW", "secret")) {
      GetClusterCredentialsResponse given =
          client.getClusterCredentials(r -> r.clusterIdentifier("any").dbUser("newcomer"));
      assertThatThrownBy(() -> logIn("postgresql", given.dbUser(), given.dbPassword()))
          .hasMessageContaining("does not exist");
      client.getClusterCredentials(
          r -> r.clusterIdentifier("any").dbUser("newcomer").autoCreate(true));
      client.getClusterCredentials(
          r -> r.clusterIdentifier("any").dbUser("newcomer").autoCreate(true));
      assertThat(logIn("postgresql", given.dbUser(), given.dbPassword())).isEqualTo("newcomer");
    }
  }

  @Test
  void another_users_credentials_wrong_signatures_and_wrong_times_are_refused() {
    try (RedshiftClient client = clusters("AKANALYST", "secret");
        RedshiftClient forger = clusters("AKANALYST", "guessed")) {
      assertThatThrownBy(
              () -> client.getClusterCredentials(r -> r.clusterIdentifier("c").dbUser("admin")))
          .isInstanceOf(RedshiftException.class)
          .hasMessageContaining("stands for database user \"analyst\"");
      assertThatThrownBy(
              () ->
                  client.getClusterCredentials(
                      r -> r.clusterIdentifier("c").dbUser("analyst").durationSeconds(10)))
          .hasMessageContaining("between 900 and 3600");
      assertThatThrownBy(forger::describeClusters)
          .isInstanceOfSatisfying(
              RedshiftException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).startsWith("InvalidSignature"));
      assertThatThrownBy(client::describeClusterVersions)
          .isInstanceOfSatisfying(
              RedshiftException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
    }
  }

  @Test
  void workgroups_and_namespaces_are_described_and_give_credentials() throws SQLException {
    try (RedshiftServerlessClient client = serverless("AKANALYST", "secret");
        RedshiftServerlessClient forger = serverless("AKANALYST", "guessed")) {
      Workgroup workgroup = client.getWorkgroup(r -> r.workgroupName("mine")).workgroup();
      assertThat(workgroup.workgroupName()).isEqualTo("mine");
      assertThat(workgroup.statusAsString()).isEqualTo("AVAILABLE");
      assertThat(workgroup.endpoint().port()).isEqualTo(warehouse.port());
      assertThat(workgroup.creationDate()).isBefore(Instant.now());
      assertThat(client.getNamespace(r -> r.namespaceName("ns")).namespace().dbName())
          .isEqualTo("dev");
      assertThat(client.listWorkgroups(_ -> {}).workgroups()).hasSize(1);
      assertThat(client.listNamespaces(_ -> {}).namespaces()).hasSize(1);

      GetCredentialsResponse given =
          client.getCredentials(r -> r.workgroupName("mine").dbName("dev"));
      assertThat(given.expiration()).isAfter(Instant.now());
      assertThat(logIn("postgresql", given.dbUser(), given.dbPassword())).isEqualTo("analyst");

      assertThatThrownBy(() -> forger.getWorkgroup(r -> r.workgroupName("mine")))
          .isInstanceOf(RedshiftServerlessException.class)
          .hasMessageContaining("signature");
    }
  }
}
