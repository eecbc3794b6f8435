package io.redward.runtime.segment;

import java.util.function.Supplier;

/// A segment ready to run.
///
/// @param programs makes a program for one worker
/// @param compileNanos the time it took to emit and define the class, 0 if it was cached
/// @param cached whether an earlier segment of the same shape lent its class
/// @param code the program in readable form, as EXPLAIN (CODE) prints it
public record CompiledSegment(
    Supplier<SegmentProgram> programs, long compileNanos, boolean cached, Supplier<String> code) {
  public SegmentProgram newProgram() {
    return programs.get();
  }
}
