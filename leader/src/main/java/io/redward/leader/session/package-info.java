/// What a client talks to. The gateway opens a [io.redward.leader.session.Session] a connection and
/// turns messages into its calls; the terminal client and the bench do the same in process.
@NullMarked
package io.redward.leader.session;

import org.jspecify.annotations.NullMarked;
