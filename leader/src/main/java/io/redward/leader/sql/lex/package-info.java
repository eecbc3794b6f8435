/// Text to tokens: [io.redward.leader.sql.lex.Lexer] cuts a whole text at once,
/// [io.redward.leader.sql.lex.TokenCursor] walks the result and makes the error messages, and
/// [io.redward.leader.sql.lex.Keywords] tells which words may be names of what.
@NullMarked
package io.redward.leader.sql.lex;

import org.jspecify.annotations.NullMarked;
