/// Whether concurrent transactions are isolated as promised: a workload over real sessions whose
/// reads tell which versions they saw, and a search for cycles of dependencies in what came of it,
/// after the idea of Elle (Kingsbury, Alvaro, VLDB 2020).
@NullMarked
package io.redward.bench.history;

import org.jspecify.annotations.NullMarked;
