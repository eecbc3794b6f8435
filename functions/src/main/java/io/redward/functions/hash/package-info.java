/// Digests, hash functions, and HLLSKETCH values.
@NullMarked
package io.redward.functions.hash;

import org.jspecify.annotations.NullMarked;
