/// The tables the warehouse shows of itself: `pg_catalog`, `information_schema`, and the STL, STV,
/// SVL, SVV and SYS views. Their rows are made when they are read, out of a
/// [io.redward.leader.system.SystemView]: the catalog and snapshot of the statement, the session,
/// and the [io.redward.leader.system.QueryLog].
@NullMarked
package io.redward.leader.system;

import org.jspecify.annotations.NullMarked;
