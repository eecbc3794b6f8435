package io.redward.gateway.aws;

import io.redward.foundation.base.SqlException;
import io.redward.gateway.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Answers of the AWS JSON 1.1 protocol.
public final class JsonCalls {
  private static final Logger LOG = LoggerFactory.getLogger(JsonCalls.class);

  private JsonCalls() {}

  /// What a call gives, or its error.
  public static HttpAnswer answer(Supplier<ObjectNode> call) {
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    int status = 200;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-amzn-RequestId", UUID.randomUUID().toString());
    try {
      node = call.get();
    } catch (ApiException e) {
      status = error(node, headers, e);
    } catch (SqlException e) {
      status = error(node, headers, ApiException.validation(e.message()));
    } catch (RuntimeException e) {
      LOG.error("call failed", e);
      ApiException shown = ApiException.of(500, "InternalServerException", "internal error");
      status = error(node, headers, shown);
    }
    return new HttpAnswer(
        status, "application/x-amz-json-1.1", headers, ApiBody.MAPPER.writeValueAsBytes(node));
  }

  private static int error(ObjectNode node, Map<String, String> headers, ApiException e) {
    headers.put("x-amzn-ErrorType", e.type());
    node.put("__type", e.type());
    node.put("Message", e.text());
    node.put("message", e.text());
    e.members().forEach(node::put);
    return e.status();
  }
}
