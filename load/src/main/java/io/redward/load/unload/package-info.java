/// UNLOAD: rows to files. [io.redward.load.unload.FileUnloader] writes each file below a temporary
/// directory and puts it to its place, a directory or a bucket, when it is full; a
/// [io.redward.load.unload.RowFormat] makes bytes of rows. Entry type: `FileUnloader`.
@NullMarked
package io.redward.load.unload;

import org.jspecify.annotations.NullMarked;
