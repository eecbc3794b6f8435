/// The grammar, one class for each area, all walking the same cursor: names and types, expressions,
/// queries, and the families of statements. [io.redward.leader.sql.grammar.Grammar] ties them
/// together; [io.redward.leader.sql.grammar.StatementParser] looks at the first words and hands on.
///
/// Each method parses one rule and leaves the cursor behind it; the rules are quoted where they are
/// not obvious. No method catches errors or tries a rule twice.
@NullMarked
package io.redward.leader.sql.grammar;

import org.jspecify.annotations.NullMarked;
