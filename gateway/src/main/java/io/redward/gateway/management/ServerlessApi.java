package io.redward.gateway.management;

import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.aws.JsonCalls;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import io.redward.leader.session.Warehouse;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The serverless service's calls that tools need before they connect.
public final class ServerlessApi implements HttpPage {
  static final String TARGET_PREFIX = "RedshiftServerless.";

  private static final String DEFAULT_NAME = "default";
  private static final int DEFAULT_SECONDS = 900;

  private final Callers callers;
  private final WarehouseAddress address;
  private final TemporaryLogins logins;

  public ServerlessApi(Warehouse warehouse, Callers callers, WarehouseAddress address) {
    this.callers = callers;
    this.address = address;
    logins = new TemporaryLogins(warehouse);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    return JsonCalls.answer(() -> answer(call, callers.identify(call)));
  }

  private ObjectNode answer(HttpCall call, Caller caller) {
    ApiBody body = ApiBody.parse(call.body());
    String operation = call.header("x-amz-target").orElse("").substring(TARGET_PREFIX.length());
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    switch (operation) {
      case "GetWorkgroup" ->
          answer.set("workgroup", workgroup(call, body.required("workgroupName")));
      case "ListWorkgroups" -> answer.putArray("workgroups").add(workgroup(call, DEFAULT_NAME));
      case "GetNamespace" -> answer.set("namespace", namespace(body.required("namespaceName")));
      case "ListNamespaces" -> answer.putArray("namespaces").add(namespace(DEFAULT_NAME));
      case "GetCredentials" -> credentials(answer, body, caller);
      default ->
          throw ApiException.of(
              400, "UnknownOperationException", "Operation \"" + operation + "\" does not exist.");
    }
    return answer;
  }

  private void credentials(ObjectNode answer, ApiBody body, Caller caller) {
    Warehouse.TemporaryPassword given =
        logins.give(
            caller,
            Optional.empty(),
            body.number("durationSeconds", DEFAULT_SECONDS, 0, Integer.MAX_VALUE));
    answer.put("dbUser", given.login());
    answer.put("dbPassword", given.password());
    answer.put("expiration", given.until().getEpochSecond());
    answer.put("nextRefreshTime", given.until().getEpochSecond());
  }

  private ObjectNode workgroup(HttpCall call, String name) {
    ObjectNode workgroup = ApiBody.MAPPER.createObjectNode();
    workgroup.put("workgroupName", name);
    workgroup.put("workgroupId", name);
    workgroup.put("workgroupArn", arn("workgroup", name));
    workgroup.put("namespaceName", DEFAULT_NAME);
    workgroup.put("status", "AVAILABLE");
    workgroup.put("port", address.port());
    workgroup.put("publiclyAccessible", false);
    workgroup.put("enhancedVpcRouting", false);
    workgroup.put("creationDate", address.since().toString());
    ObjectNode endpoint = workgroup.putObject("endpoint");
    endpoint.put("address", WarehouseAddress.host(call));
    endpoint.put("port", address.port());
    return workgroup;
  }

  private ObjectNode namespace(String name) {
    ObjectNode namespace = ApiBody.MAPPER.createObjectNode();
    namespace.put("namespaceName", name);
    namespace.put("namespaceId", name);
    namespace.put("namespaceArn", arn("namespace", name));
    namespace.put("dbName", WarehouseAddress.DATABASE);
    namespace.put("adminUsername", WarehouseAddress.ADMIN);
    namespace.put("status", "AVAILABLE");
    namespace.put("creationDate", address.since().toString());
    return namespace;
  }

  private static String arn(String kind, String name) {
    return "arn:aws:redshift-serverless:local:"
        + WarehouseAddress.ACCOUNT
        + ":"
        + kind
        + "/"
        + name;
  }
}
