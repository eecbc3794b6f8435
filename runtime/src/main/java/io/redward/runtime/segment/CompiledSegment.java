package io.redward.runtime.segment;

import io.redward.plan.run.SegmentProfile;
import java.util.function.Supplier;

/// A segment ready to run.
///
/// @param programs makes a program for one worker
/// @param made what the class took
/// @param cached whether an earlier segment of the same shape lent its class
/// @param code the program in readable form, as EXPLAIN (CODE) prints it
public record CompiledSegment(
    Supplier<SegmentProgram> programs,
    SegmentProfile.Code made,
    boolean cached,
    Supplier<String> code) {
  public SegmentProgram newProgram() {
    return programs.get();
  }
}
