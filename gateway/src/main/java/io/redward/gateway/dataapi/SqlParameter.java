package io.redward.gateway.dataapi;

/// A named parameter's value; its type is the one the statement gives it.
record SqlParameter(String name, String value) {}
