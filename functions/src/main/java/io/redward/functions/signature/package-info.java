/// What a built-in function is: its parameters, the rule for its result's type, the static method
/// that computes it, and what it may read of the session. Family packages describe their functions
/// with [io.redward.functions.signature.FunctionDefinition]s; code generation reads
/// [io.redward.functions.signature.FunctionImplementation]s and the binder
/// [io.redward.functions.signature.ResolvedFunction]s. Nothing here knows a single function.
@NullMarked
package io.redward.functions.signature;

import org.jspecify.annotations.NullMarked;
