/// The Data API: SQL over HTTP without a driver or a connection, in the AWS JSON 1.1 protocol, so
/// that AWS's own SDKs and command line work when pointed here.
///
/// A call comes in at [io.redward.gateway.dataapi.DataApi], which finds out who calls (a verified
/// signature, or this machine itself) and hands it to the operation its target names, one of
/// [io.redward.gateway.dataapi.DataOperations]; the web console calls those for whom it has logged
/// in.
/// `ExecuteStatement` and its like give work to a `StatementDesk`, which runs every
/// statement on a thread of its own over a leader session and keeps what came of it, rows included
/// (`ResultFile`), for a day. `DescribeStatement`, `GetStatementResult` and the list and cancel
/// calls look there.
@NullMarked
package io.redward.gateway.dataapi;

import org.jspecify.annotations.NullMarked;
