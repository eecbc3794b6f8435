/// What a statement says, as values: the parser makes these records, the binder and the session
/// read them. Nothing here knows the catalog; a name may mean anything until it is bound.
///
/// Start with [io.redward.leader.sql.ast.Statement], whose families are sealed interfaces with the
/// records nested inside them; then [io.redward.leader.sql.ast.Query],
/// [io.redward.leader.sql.ast.TableRef] and [io.redward.leader.sql.ast.Expr]. Every node carries
/// its position for error messages: 1-based, in characters, from the start of the text it came in.
@NullMarked
package io.redward.leader.sql.ast;

import org.jspecify.annotations.NullMarked;
