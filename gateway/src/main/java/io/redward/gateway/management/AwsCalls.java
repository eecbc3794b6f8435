package io.redward.gateway.management;

import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;

/// Sends each call to the service it is for: the JSON services name themselves in the target, the
/// Query protocol sends a form.
public record AwsCalls(HttpPage dataApi, ClusterApi clusters, ServerlessApi serverless)
    implements HttpPage {
  @Override
  public HttpAnswer answer(HttpCall call) {
    if (call.header("x-amz-target").orElse("").startsWith(ServerlessApi.TARGET_PREFIX)) {
      return serverless.answer(call);
    }
    boolean form =
        call.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
    return form ? clusters.answer(call) : dataApi.answer(call);
  }
}
