/// The language of stored procedures: a body of PL/pgSQL as a tree ([PlStatement]), and the parser
/// that makes it. What stands between its keywords (expressions, queries) stays text; whoever runs
/// the procedure puts the variables' values into it as parameters ([PlText]).
@NullMarked
package io.redward.leader.procedure;

import org.jspecify.annotations.NullMarked;
