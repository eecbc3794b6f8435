/// Concurrency scaling: further clusters on the same commit log, for as long as queries stand in
/// line. The leader plans a query as ever; [ScalingRunner] lets so many large ones run on the main
/// cluster at once, and one that has waited long enough goes, as a plan with the log position that
/// its session sees, to a [ScalingServer] in another process, which sends its rows back. A
/// [Provisioner] starts and ends these processes; [Fleet] knows which there are and how long each
/// was used.
@NullMarked
package io.redward.cluster.scaling;

import org.jspecify.annotations.NullMarked;
