/// Makes a bound statement's tree into one that runs well. Entry type:
/// [io.redward.leader.optimizer.Optimizer], whose list of passes is the page to read first; each
/// pass takes a tree and returns another of the same meaning, and says in its own file what it
/// does, when it must not, and why.
///
/// Estimates come from [io.redward.leader.optimizer.Cardinality], which reads the
/// `TableStatistics` of the tables; costs are in `JoinSearch`. The package knows the relational
/// algebra ([io.redward.leader.relational]) and nothing of SQL text, of functions' meanings or of
/// how a plan is executed.
@NullMarked
package io.redward.leader.optimizer;

import org.jspecify.annotations.NullMarked;
