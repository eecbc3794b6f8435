/// The physical plan: [io.redward.plan.step.PhysicalPlan] > stream > segment > step.
///
/// A **segment** is what is compiled: a source that yields batches, transforms that work row by row
/// in registers, and one sink that ends the pipeline by writing into a **state** (a hash table, an
/// aggregate table, a row buffer, a table) or by returning rows. States have plan-wide ids: the
/// segment that probes or scans a state runs in a later **stream** than the one that fills it.
/// Segments of one stream may run at the same time; streams run one after another. Several segments
/// may fill one state, in one stream or in several, with the same sink step (UNION ALL, the two
/// halves of an outer join); it is complete when the last of them has ended.
@NullMarked
package io.redward.plan.step;

import org.jspecify.annotations.NullMarked;
