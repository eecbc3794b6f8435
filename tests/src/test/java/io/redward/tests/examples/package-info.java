/// The examples of the public documentation, run as they stand. A [Transcript] is an example cut
/// into statements and what was printed after each; [PrintedResult] tells whether what comes back
/// is what was printed. Examples that differ for a reason are listed in `known-differences.txt`.
@NullMarked
package io.redward.tests.examples;

import org.jspecify.annotations.NullMarked;
