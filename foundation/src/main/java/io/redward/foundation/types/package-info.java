/// SQL's types and the physical form their values take in memory.
/// Entry type: [io.redward.foundation.types.SqlType]. A value's bits mean the same everywhere: in a
/// batch, in generated code, in a block on disk.
@NullMarked
package io.redward.foundation.types;

import org.jspecify.annotations.NullMarked;
