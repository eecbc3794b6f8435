/// Kills a server again and again while clients write to it, and checks after each kill that what
/// was acknowledged is there, that what was in flight is there whole or not at all, and that the
/// storage is sound. Entry type: [io.redward.bench.crash.CrashBench].
@NullMarked
package io.redward.bench.crash;

import org.jspecify.annotations.NullMarked;
