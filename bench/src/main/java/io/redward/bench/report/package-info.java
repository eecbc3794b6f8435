/// What a bench run came to, in one form for all benches: a list of measures with the machine they
/// were taken on, written as JSON (`--json`) and as one self-contained HTML page (`--report`).
///
/// A bench builds a [io.redward.bench.report.BenchReport] measure by measure; measures of one
/// metric over several pieces of work become a chart, single ones a line of the summary.
@NullMarked
package io.redward.bench.report;

import org.jspecify.annotations.NullMarked;
