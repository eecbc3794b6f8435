/// VARBYTE functions and hexadecimal numbers.
@NullMarked
package io.redward.functions.binary;

import org.jspecify.annotations.NullMarked;
