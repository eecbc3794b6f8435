/// What the leader asks of rooms that it does not know: COPY ([io.redward.spi.Loader]) and UNLOAD
/// ([io.redward.spi.Unloader]) with what they are to do, tables whose rows are made on demand
/// ([io.redward.spi.SystemTable]), and what one execution may touch
/// ([io.redward.spi.StatementAccess]).
@NullMarked
package io.redward.spi;

import org.jspecify.annotations.NullMarked;
