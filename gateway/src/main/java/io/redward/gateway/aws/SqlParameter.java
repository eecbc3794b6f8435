package io.redward.gateway.aws;

/// A named parameter's value; its type is the one the statement gives it.
public record SqlParameter(String name, String value) {}
