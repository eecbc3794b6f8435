/// A warehouse inside another program, first of all inside tests.
///
/// [io.redward.embedded.EmbeddedRedward] starts one that is thrown away at the end;
/// [io.redward.embedded.RedwardExtension] gives each JUnit test a clone of a prepared database;
/// [io.redward.embedded.RedwardDriver] opens one for a URL `jdbc:redward:…`. All of them are the
/// whole engine behind its usual wire protocol on a loopback port, spoken to by pgjdbc: what a test
/// sees is what a client of a server sees.
@NullMarked
package io.redward.embedded;

import org.jspecify.annotations.NullMarked;
