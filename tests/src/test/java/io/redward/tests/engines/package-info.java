/// Other engines' sqllogictest files, run as far as their statements are valid in the dialect. A
/// [ScriptFile] is read into [ScriptStep]s, [Verified] knows which of them count, a [ScriptRun]
/// runs them in a database of their own, and [StepResult] tells whether what comes back is what
/// the file says.
@NullMarked
package io.redward.tests.engines;

import org.jspecify.annotations.NullMarked;
