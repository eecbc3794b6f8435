/// A fuzzer of SQL: makes random statements by a grammar over small random tables, and knows
/// without a second engine that an answer is wrong.
///
/// [Grammar] makes expressions as trees of [Part]s, so that a failing statement can be made smaller
/// by [Minimizer]. A [Check] says what must hold, after the ideas of SQLancer: a query's rows are
/// those for which a condition is true, false or unknown, taken together (TLP, Rigger and Su,
/// OOPSLA 2020); a condition that is optimized as a filter and the same one computed as a value
/// agree on how many rows fulfil it (NoREC, ESEC/FSE 2020). A crash or an internal error is wrong
/// always. With another engine at hand, rows are compared with its.
@NullMarked
package io.redward.bench.fuzz;

import org.jspecify.annotations.NullMarked;
