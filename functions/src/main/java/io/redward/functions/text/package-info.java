/// Values as text and text as values, on bytes: numbers, decimals, dates, times, intervals, time
/// zones, UTF-8. Casts, formatting functions and COPY share these routines; each takes
/// `(byte[] bytes, int offset, int length)` and none allocates for the usual forms. A text that is
/// no value raises an [io.redward.foundation.base.SqlException] without a stack trace.
@NullMarked
package io.redward.functions.text;

import org.jspecify.annotations.NullMarked;
