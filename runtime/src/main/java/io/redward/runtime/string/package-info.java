/// Strings in generated code: comparison and pattern matching over bytes.
@NullMarked
package io.redward.runtime.string;

import org.jspecify.annotations.NullMarked;
