/// COPY: from bytes in files to rows in a table.
///
/// [io.redward.load.FileLoader] finds the files ([io.redward.load.source]), lets one worker a
/// processor take chunks of whole records from them, turns each chunk into batches
/// ([io.redward.load.format]) and appends these through a row appender a worker. Bad rows are kept
/// aside with file, line, column, raw value and reason; more of them than MAXERROR allows end the
/// load, and with it the transaction's rows. [io.redward.load.FileInspector] tells what files hold,
/// for files in FROM. Knows neither SQL nor sessions: the leader fills in an
/// [io.redward.spi.CopyRequest]. UNLOAD is [io.redward.load.unload].
@NullMarked
package io.redward.load;

import org.jspecify.annotations.NullMarked;
