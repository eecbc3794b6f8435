/// Mathematical functions, bit operators, and numbers by a format. Decimals come as their unscaled
/// value with the scale appended by the catalogue.
@NullMarked
package io.redward.functions.math;

import org.jspecify.annotations.NullMarked;
