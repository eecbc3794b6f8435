package io.redward.storage.block.encoding;

/// The values of one block in the form the cache keeps. Immutable, thread-safe. Knows no nulls:
/// under a null stands some value. `decode` writes rows `[from, from + count)` to `out` from index
/// 0; `decodeSelected` only rows `from + selection[i]`, each to index `selection[i]`, and may spoil
/// others below the largest.
public sealed interface Body permits IntBody, LongBody, DoubleBody, WideBody, BytesBody {
  /// Bytes held in memory.
  long heldBytes();
}
