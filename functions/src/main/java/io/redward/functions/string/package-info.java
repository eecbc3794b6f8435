/// String functions. Positions and lengths that users see count characters; declared lengths count
/// bytes. Parts of a string are views of it, never copies.
@NullMarked
package io.redward.functions.string;

import org.jspecify.annotations.NullMarked;
