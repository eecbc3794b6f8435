/// Window functions. The rows of a window step are sorted by partition and order; then each
/// function is computed over all rows at once, from argument columns gathered in that order into a
/// result column. Frames never move backwards within a partition, so that sums add and remove rows,
/// extremes keep a queue of candidates, and no function looks at a frame's rows again for every
/// row. Entry type: [io.redward.runtime.window.WindowEvaluator].
@NullMarked
package io.redward.runtime.window;

import org.jspecify.annotations.NullMarked;
