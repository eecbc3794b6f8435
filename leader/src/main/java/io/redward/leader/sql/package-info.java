/// From text to statements: a lexer, a recursive-descent parser with precedence climbing for
/// expressions, and a printer that goes back to text.
///
/// Enter through [io.redward.leader.sql.SqlParser]. Knows no catalog and no session.
@NullMarked
package io.redward.leader.sql;

import org.jspecify.annotations.NullMarked;
