/// Code generation: a segment of a plan becomes a class.
///
/// **From plan to code.** [io.redward.codegen.ClassFileCompiler] asks `SegmentLowering` for a
/// program in the small language of [io.redward.codegen.dsl]: a method `process` with one loop over
/// the rows of a batch. In the loop a row is a [io.redward.codegen.Row]: a promise of values. A
/// column is loaded when the first expression asks for it, inside the innermost `if` that needs it,
/// and stays in local variables from then on; a `Scope` remembers what its block and those around
/// it have computed, so that nothing is computed twice. Each transform writes its code and calls
/// the next one for the place where a row survives; the sink comes last. What a step means is
/// written once, here; the evaluator runs the same program without compiling it.
///
/// **Values.** A [io.redward.codegen.Value] is a condition "is NULL" and the parts of the value's
/// form. Where a plan says that an expression is never NULL, no test for it is generated.
///
/// **Constants and shapes.** Literals, parameters, states and prepared patterns are fields, set
/// when a program is opened. Two segments whose programs print alike share a class and what HotSpot
/// has learnt about it.
///
/// **Method length.** `Outliner` moves inner pieces of long methods into methods of their own;
/// a method of more than 8,000 bytes would never be compiled.
@NullMarked
package io.redward.codegen;

import org.jspecify.annotations.NullMarked;
