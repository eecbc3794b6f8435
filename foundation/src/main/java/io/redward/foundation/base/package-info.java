/// What every room of the house may use: SQLSTATE errors with positions and hints, and
/// cancellation. Entry types: [io.redward.foundation.base.SqlException],
/// [io.redward.foundation.base.CancelToken]. Knows no SQL grammar, no storage, no cluster.
@NullMarked
package io.redward.foundation.base;

import org.jspecify.annotations.NullMarked;
