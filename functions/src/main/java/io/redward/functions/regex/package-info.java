/// Pattern matching where the pattern is no constant, and the REGEXP functions. Regular expressions
/// are java.util.regex behind [io.redward.functions.regex.Matching], which bounds the work of one
/// match.
@NullMarked
package io.redward.functions.regex;

import org.jspecify.annotations.NullMarked;
