/// Sorting of rows: by a 64-bit prefix of the sort key first, by comparison where prefixes tie.
@NullMarked
package io.redward.runtime.sort;

import org.jspecify.annotations.NullMarked;
