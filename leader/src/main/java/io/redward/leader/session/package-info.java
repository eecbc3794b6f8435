/// What a client talks to: the gateway opens a [io.redward.leader.session.Session] a connection and
/// turns messages into its calls.
///
/// [io.redward.leader.session.LeaderWarehouse] is what all sessions share,
/// [io.redward.leader.session.LeaderSession] one of them: it parses a text, keeps the transaction
/// ([io.redward.leader.session.SessionTransaction]), settings, prepared statements and cursors, and
/// has [io.redward.leader.session.StatementRunner] carry statements out. Those that read or change
/// rows go to [io.redward.leader.session.QueryRunner], stage by stage as
/// [io.redward.leader.session.QueryPipeline] says, with plans
/// ([io.redward.leader.session.PlanCache]) and results
/// ([io.redward.leader.session.ResultCache]) that are used again; calls of procedures go to
/// [io.redward.leader.session.ProcedureRun]; the rest are families in `leader.command`, or classes
/// here where they need the session.
///
/// Some threads work without a client, each named `Auto…`: layouts
/// ([io.redward.leader.session.AutoWorker]), materialized views, copy jobs, scheduled queries.
/// Plans run on the [io.redward.leader.session.Engine], which is all the leader sees of compute.
@NullMarked
package io.redward.leader.session;

import org.jspecify.annotations.NullMarked;
