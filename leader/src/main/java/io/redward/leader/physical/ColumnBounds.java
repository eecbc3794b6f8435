package io.redward.leader.physical;

import java.math.BigInteger;

/// The claim that all values of a stored column lie within `[min, max]` (unscaled for decimals).
public record ColumnBounds(long tableId, int columnId, BigInteger min, BigInteger max) {}
