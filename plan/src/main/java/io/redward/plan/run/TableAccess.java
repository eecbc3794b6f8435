package io.redward.plan.run;

/// A handle on the snapshot or transaction that an execution reads and writes through. The leader
/// gets it from storage and compute gives it back to storage; what is inside is no business of the
/// plan's, which is why this interface has no methods.
public interface TableAccess {}
