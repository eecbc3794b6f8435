/// Conversions between types: which there are, and the static method of each. Entry type:
/// [io.redward.functions.cast.CastCatalog]. Conversions among numbers are inline in generated code
/// where they are one or two instructions; all others are calls of methods here.
@NullMarked
package io.redward.functions.cast;

import org.jspecify.annotations.NullMarked;
