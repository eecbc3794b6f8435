/// What statements have done, kept on disk so that the system views remember it after a restart.
///
/// The leader's log of statements ([io.redward.leader.system.QueryLog]) is in memory. Each event it
/// takes is also handed to [HistoryLog], which queues it and returns at once; a thread of its own
/// writes what is queued to a file about once a second. Files are made of frames: a length, a
/// checksum, and one event as [HistoryFormat] writes it. Nothing depends on these files: a damaged
/// one is skipped with a line in the server's log. Where more comes than can be written statements
/// wait for it, as an audit asks, but not for a disk that does not answer: what is lost then is
/// counted. Files older than the retention go, the oldest ones also when all of them
/// together are too large.
///
/// At start the files are read on a thread of their own; a view that is asked before that is done
/// waits for it, a statement never.
@NullMarked
package io.redward.leader.history;

import org.jspecify.annotations.NullMarked;
