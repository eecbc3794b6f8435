/// How long the stages of a statement take: measured where they happen, told as events of the JDK's
/// flight recorder, and gathered for the statement that the current thread works on.
///
/// [io.redward.foundation.trace.Stage] names the stages,
/// [io.redward.foundation.trace.StageTimes] measures and gathers. The planner's code passes through
/// callbacks of the algebra library that hand nothing of ours along, so what is gathered is bound
/// to the thread. Knows nothing of who reads the figures.
@NullMarked
package io.redward.foundation.trace;

import org.jspecify.annotations.NullMarked;
