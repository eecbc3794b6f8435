package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import io.redward.spi.Unloader.Column;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// Makes bytes of rows. One thread at a time.
interface RowFormat {
  /// What the fields of a row are made from.
  ///
  /// @param indexes of the batch's vectors, by field
  record Fields(List<Column> columns, int[] indexes) {}

  /// The first line of a file, for HEADER.
  void header(Fields fields, ByteArrayOutputStream out);

  void row(Fields fields, Batch batch, int row, ValueText text, ByteArrayOutputStream out);
}
