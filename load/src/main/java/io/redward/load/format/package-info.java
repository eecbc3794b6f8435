/// From records to columns: one reader a file format, and the conversion of a field's bytes to a
/// column's value. Fields are parsed straight from the chunk's bytes into vectors; strings are
/// views into the chunk, not copies.
@NullMarked
package io.redward.load.format;

import org.jspecify.annotations.NullMarked;
