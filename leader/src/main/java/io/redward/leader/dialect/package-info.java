/// What of the language is more than a Redshift-compatible warehouse would take.
///
/// [Restrictions] walks a statement's syntax tree and says what would be refused, where, and with
/// which words. Strict mode (`SET redshift_compat TO strict`) refuses the first of it before the
/// statement is bound; `redward lint` lists all of it for each statement of a file. What needs
/// names and types to be known (functions that run on the leader only, patterns of correlation) is
/// refused by the binder in strict mode.
@NullMarked
package io.redward.leader.dialect;

import org.jspecify.annotations.NullMarked;
