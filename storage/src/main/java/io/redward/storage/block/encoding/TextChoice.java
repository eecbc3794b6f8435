package io.redward.storage.block.encoding;

import java.util.function.BooleanSupplier;

/// Whether the text of a column gets as small by symbols as by general compression: found out on a
/// sample, which costs a sixth of encoding a block, and then believed for some blocks. One column
/// of one writer.
public final class TextChoice {
  private static final int BLOCKS_PER_SAMPLE = 16;

  private int believed;
  private boolean symbols;

  boolean symbols(BooleanSupplier sample) {
    if (believed == 0) {
      symbols = sample.getAsBoolean();
      believed = BLOCKS_PER_SAMPLE;
    }
    believed--;
    return symbols;
  }
}
