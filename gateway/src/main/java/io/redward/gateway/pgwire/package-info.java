/// PostgreSQL's wire protocol, version 3, as Redshift-compatible clients speak it.
///
/// [io.redward.gateway.pgwire.PgServer] accepts connections, one virtual thread each.
/// [io.redward.gateway.pgwire.Startup] negotiates TLS, reads the start-up parameters and logs the
/// user in. [io.redward.gateway.pgwire.Connection] then turns each message into a call on the
/// [io.redward.leader.session.Session], and [io.redward.gateway.pgwire.RowEncoder] turns batches
/// into DataRow messages without an object a value. The protocol is half duplex, so blocking code
/// reads best. Knows no SQL. Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol".
@NullMarked
package io.redward.gateway.pgwire;

import org.jspecify.annotations.NullMarked;
