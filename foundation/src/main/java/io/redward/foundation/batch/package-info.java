/// Rows in flight: a [io.redward.foundation.batch.Batch] holds one vector a column over plain Java
/// arrays and a selection of the rows that still count. Scans fill batches, generated code reads
/// and fills them, the wire encodes them. Nothing here allocates per row.
@NullMarked
package io.redward.foundation.batch;

import org.jspecify.annotations.NullMarked;
