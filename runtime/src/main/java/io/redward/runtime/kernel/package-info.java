/// The inner loops of scans: filters that turn a column of values into a selection of rows. All are
/// static methods over arrays, compiled once with the engine and shared by every query; a query's
/// constants are their arguments.
///
/// A filter comes in two forms. *Dense* looks at rows `0 .. count)` and writes the indices of those
/// that match into `selection`; *selected* narrows a selection in place. Both return how many match
/// and keep ascending order. Writing the index unconditionally and advancing by 0 or 1 avoids a
/// branch that the processor cannot predict. Nulls are not looked at: callers take them out first
/// with [io.redward.runtime.kernel.Selections].
@NullMarked
package io.redward.runtime.kernel;

import org.jspecify.annotations.NullMarked;
