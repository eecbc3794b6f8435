/// The web console's side of the server: its files, its logins, and its calls.
///
/// [io.redward.gateway.console.ConsoleSite] gives the files that `console/` has built (or says that
/// this build has none). [io.redward.gateway.console.ConsoleApi] logs a database user in by
/// password, for which the browser gets a cookie and a token, and hands every later call to the
/// same operations that the Data API has, as that user. What the browser may do with a page is in
/// [io.redward.gateway.console.BrowserRules].
@NullMarked
package io.redward.gateway.console;

import org.jspecify.annotations.NullMarked;
