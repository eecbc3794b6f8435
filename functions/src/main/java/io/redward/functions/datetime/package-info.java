/// Date and time functions and the arithmetic of datetimes and intervals. A function that needs the
/// session's time zone takes it as its last argument.
@NullMarked
package io.redward.functions.datetime;

import org.jspecify.annotations.NullMarked;
