package io.redward.compute.node;

import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.spill.RowForm;

/// Moves the parts of a buffer of rows, in whatever order their rows are kept on disk.
abstract sealed class BufferSpill extends StateSpill permits RowsSpill, SortSpill, WindowSpill {
  final RowBuffer state;
  final RowForm form;

  BufferSpill(RowBuffer state, QueryMemory memory) {
    super(memory);
    this.state = state;
    form = RowForm.of(state.layout());
  }

  @Override
  final long rows(Object part) {
    return ((RowWriter) part).rows();
  }

  @Override
  final Object newPart() {
    return state.newPart();
  }
}
