/// Functions of JSON: in strings, and as SUPER values, which are JSON too. Texts are scanned in
/// place: an answer is a view of the document unless escapes must be resolved.
@NullMarked
package io.redward.functions.json;

import org.jspecify.annotations.NullMarked;
