/// The terminal client, `./redward sql`. Talks PostgreSQL's protocol through the JDBC driver like
/// any other client, so it also works with a remote server. [io.redward.cli.SqlClient] runs texts
/// given on the command line; [io.redward.cli.Prompt] is the interactive loop with history,
/// completion and multi-line statements; a [io.redward.cli.ResultPrinter] lays results out.
@NullMarked
package io.redward.cli;

import org.jspecify.annotations.NullMarked;
