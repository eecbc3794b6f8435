/// Digests and hash functions.
@NullMarked
package io.redward.functions.hash;

import org.jspecify.annotations.NullMarked;
