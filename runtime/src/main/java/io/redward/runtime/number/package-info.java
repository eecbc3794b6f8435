/// Arithmetic with SQL's errors, for generated code: integers that say "integer out of range",
/// decimals of 64 and 128 bits that round half away from zero, and conversions between all numeric
/// forms. A 128-bit value is two `long`s; a result of 128 bits goes to a
/// [io.redward.foundation.batch.ValueOut].
@NullMarked
package io.redward.runtime.number;

import org.jspecify.annotations.NullMarked;
