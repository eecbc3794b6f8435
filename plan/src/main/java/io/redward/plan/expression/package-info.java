/// Typed scalar expressions over the fields of one row: what the leader's physical planner writes
/// and code generation reads. No names are left, only field indices; every coercion is an explicit
/// [io.redward.plan.expression.Cast]; every type, null possibility and physical form is known.
/// Nothing here knows SQL text, Calcite or bytecode.
@NullMarked
package io.redward.plan.expression;

import org.jspecify.annotations.NullMarked;
