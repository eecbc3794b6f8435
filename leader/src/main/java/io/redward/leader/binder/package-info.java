/// From a parsed statement to relational algebra: what every name means, what type every expression
/// has, and which conversions that implies.
///
/// Enter by [io.redward.leader.binder.Binder]; the outcome is a
/// [io.redward.leader.binder.BoundStatement]. Inside, a `QueryBinder` binds whatever has rows and
/// an `ExpressionBinder` the expressions of one `Clause`, which is a place with a row, the names of
/// its columns, and the surrounding query's place for correlated subqueries.
///
/// **How things look in the plan**, beyond what `leader.relational` lays down:
/// - A table's handle is a [io.redward.leader.binder.TableHandle].
/// - A parameter (`RexDynamicParam`) is a slot of
///   [io.redward.leader.binder.BoundStatement#parameters]: a client's `$n` or a session value such
///   as GETDATE(). Slots are numbered in the order in which they are met.
/// - Comparisons have sides of one type, except that strings of any type meet, and decimals may
///   differ in precision (not in scale). A constant takes the column's type where that is exact.
/// - `x IN (constants)` is a search argument, `x IN (anything else)` an OR of comparisons.
///   BETWEEN is two comparisons; LIKE and its kin are catalog functions `like`, `ilike`,
///   `similar_to`, `posix_regex`, `posix_iregex` of value, pattern and, if written, escape.
/// - COALESCE, NVL, NVL2, NULLIF, DECODE, GREATEST, LEAST are CASE.
/// - Arithmetic of numbers is the algebra's; of dates and intervals, and every other operator, a
///   function of the catalogue under the operator's symbol. Decimal operands keep their own scale.
/// - `x op ALL (query)` is the negation of ANY with the opposite operator.
/// - A constant NULL or string of open type never leaves the binder: it becomes the type its
///   context wants, or VARCHAR.
/// - GROUPING() is the algebra's GROUPING over keys, as BIGINT, cast to INTEGER.
@NullMarked
package io.redward.leader.binder;

import org.jspecify.annotations.NullMarked;
