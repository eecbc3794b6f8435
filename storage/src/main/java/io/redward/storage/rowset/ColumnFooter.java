package io.redward.storage.rowset;

import io.redward.foundation.types.Physical;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.TableShape;
import java.util.List;

/// What a rowset's footer says of one column.
///
/// @param column as it was declared when the rowset was written
/// @param offset where the column's first block starts; the others follow without gaps
/// @param valueBytes summed widths of the present values
record ColumnFooter(
    TableShape.Column column,
    long offset,
    long valueBytes,
    DistinctSketch sketch,
    ValueSample sample,
    List<BlockSummary> blocks) {
  ColumnFooter {
    blocks = List.copyOf(blocks);
  }

  int columnId() {
    return column.id();
  }

  Physical physical() {
    return column.type().physical();
  }

  long blockOffset(int block) {
    long at = offset;
    for (int i = 0; i < block; i++) {
      at += blocks.get(i).encodedBytes();
    }
    return at;
  }
}
