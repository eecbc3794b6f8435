package io.redward.gateway.http;

/// What answers calls of a path. Called by many threads at once, each a virtual one.
@FunctionalInterface
public interface HttpPage {
  HttpAnswer answer(HttpCall call);
}
