/// What a feature may plug in without the engine knowing it by name: today system tables (rows made
/// by the leader on demand), and the access that an execution has to stored tables. Catalogs, scan
/// sources, function libraries and ingest sources of later features join them here.
@NullMarked
package io.redward.spi;

import org.jspecify.annotations.NullMarked;
