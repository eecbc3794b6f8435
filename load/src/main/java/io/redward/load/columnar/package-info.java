/// What Parquet and ORC have in common: values of a column come decoded in arrays, and become those
/// of a table's column, or JSON for a SUPER column. Members and elements of nested columns are put
/// together as JSON row by row.
@NullMarked
package io.redward.load.columnar;

import org.jspecify.annotations.NullMarked;
