package io.redward.gateway.management;

import io.redward.foundation.base.SqlException;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import io.redward.leader.session.Warehouse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cluster service's calls that tools need before they connect. The warehouse answers to any
/// cluster's name.
public final class ClusterApi implements HttpPage {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterApi.class);
  private static final String DEFAULT_NAME = "redward";
  private static final int DEFAULT_SECONDS = 900;

  private final Callers callers;
  private final WarehouseAddress address;
  private final TemporaryLogins logins;

  public ClusterApi(Warehouse warehouse, Callers callers, WarehouseAddress address) {
    this.callers = callers;
    this.address = address;
    logins = new TemporaryLogins(warehouse);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    try {
      return answer(call, callers.identify(call));
    } catch (ApiException e) {
      return XmlAnswer.error(e);
    } catch (SqlException e) {
      return XmlAnswer.error(ApiException.of(400, "InvalidParameterValue", e.message()));
    } catch (RuntimeException e) {
      LOG.error("call failed", e);
      return XmlAnswer.error(ApiException.of(500, "InternalFailure", "internal error"));
    }
  }

  private HttpAnswer answer(HttpCall call, Caller caller) {
    QueryForm form = QueryForm.parse(call.body());
    String action = form.required("Action");
    return switch (action) {
      case "DescribeClusters" -> clusters(call, form);
      case "GetClusterCredentials" -> credentials(form, caller);
      case "GetClusterCredentialsWithIAM" -> credentialsWithIam(form, caller);
      default ->
          throw ApiException.of(
              400, "InvalidAction", "Could not find operation " + action + " for this service");
    };
  }

  private HttpAnswer clusters(HttpCall call, QueryForm form) {
    String name = form.get("ClusterIdentifier").orElse(DEFAULT_NAME);
    return new XmlAnswer("DescribeClusters")
        .open("Clusters")
        .open("Cluster")
        .text("ClusterIdentifier", name)
        .text("NodeType", "ra3.large")
        .text("ClusterStatus", "available")
        .text("ClusterAvailabilityStatus", "Available")
        .text("MasterUsername", WarehouseAddress.ADMIN)
        .text("DBName", WarehouseAddress.DATABASE)
        .open("Endpoint")
        .text("Address", WarehouseAddress.host(call))
        .text("Port", Integer.toString(address.port()))
        .close()
        .text("ClusterCreateTime", address.since().toString())
        .text("NumberOfNodes", "1")
        .text("ClusterVersion", "1.0")
        .text("PubliclyAccessible", "false")
        .text(
            "ClusterNamespaceArn",
            "arn:aws:redshift:local:" + WarehouseAddress.ACCOUNT + ":namespace:" + name)
        .close()
        .close()
        .answer();
  }

  private HttpAnswer credentials(QueryForm form, Caller caller) {
    String user = form.required("DbUser");
    if (form.get("DbGroups.DbGroup.1").isPresent()) {
      throw ApiException.of(400, "UnsupportedOperation", "DbGroups is not supported.");
    }
    Warehouse.TemporaryPassword given =
        logins.give(caller, Optional.of(user), form.number("DurationSeconds", DEFAULT_SECONDS));
    if (form.get("AutoCreate").filter("true"::equalsIgnoreCase).isPresent()) {
      logins.create(user, caller);
    }
    return new XmlAnswer("GetClusterCredentials")
        .text("DbUser", given.login())
        .text("DbPassword", given.password())
        .text("Expiration", given.until().toString())
        .answer();
  }

  private HttpAnswer credentialsWithIam(QueryForm form, Caller caller) {
    Warehouse.TemporaryPassword given =
        logins.give(caller, Optional.empty(), form.number("DurationSeconds", DEFAULT_SECONDS));
    return new XmlAnswer("GetClusterCredentialsWithIAM")
        .text("DbUser", given.login())
        .text("DbPassword", given.password())
        .text("Expiration", given.until().toString())
        .text("NextRefreshTime", given.until().toString())
        .answer();
  }
}
