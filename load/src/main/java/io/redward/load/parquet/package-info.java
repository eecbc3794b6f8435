/// Parquet files for COPY. A file is a footer that describes row groups; a row group holds one
/// chunk of pages for every column. [io.redward.load.columnar.ColumnarLoad] hands row groups to
/// workers; for each column a `ColumnReader` walks the pages of its chunk, a `ValueDecoder` undoes
/// the page's encoding, and a `ColumnConverter` turns the values into those of the table's column,
/// straight into the vectors of a batch. Only the footer and the page headers, which are Thrift
/// structures, are read with a library.
///
/// Nothing in a file is believed: lengths are checked against the bytes that are there before
/// anything is allocated or read by them.
@NullMarked
package io.redward.load.parquet;

import org.jspecify.annotations.NullMarked;
