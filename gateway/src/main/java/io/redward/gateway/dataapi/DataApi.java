package io.redward.gateway.dataapi;

import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.aws.JsonCalls;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;

/// The Data API's calls, each a POST whose target names the operation.
public final class DataApi implements HttpPage {
  public static final String TARGET_PREFIX = "RedshiftData.";

  private final DataOperations operations;
  private final Callers callers;

  public DataApi(DataOperations operations, Callers callers) {
    this.operations = operations;
    this.callers = callers;
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    return JsonCalls.answer(
        () -> {
          Caller caller = callers.identify(call);
          String target = call.header("x-amz-target").orElse("");
          if (!target.startsWith(TARGET_PREFIX)) {
            throw DataOperations.unknown(target);
          }
          return operations.answer(target.substring(TARGET_PREFIX.length()), call.body(), caller);
        });
  }
}
