/// Reads ORC files: stripes of columns, each of which is a few streams (which rows have a value,
/// the values, lengths, a dictionary), compressed in chunks and encoded in runs.
@NullMarked
package io.redward.load.orc;

import org.jspecify.annotations.NullMarked;
