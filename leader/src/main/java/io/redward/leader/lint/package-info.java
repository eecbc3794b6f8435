/// What `redward lint` says of a file: [Lint] runs or prepares each statement in a strict session
/// of an empty warehouse and adds what [io.redward.leader.dialect] refuses.
@NullMarked
package io.redward.leader.lint;

import org.jspecify.annotations.NullMarked;
