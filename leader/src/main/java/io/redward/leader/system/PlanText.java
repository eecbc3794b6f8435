package io.redward.leader.system;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The lines of a plan, written when they are first asked for, which is off the statement's path.
public final class PlanText {
  public static final PlanText NONE = new PlanText(List.of());

  private @Nullable Supplier<List<String>> writer;
  private List<String> lines = List.of();

  public PlanText(Supplier<List<String>> writer) {
    this.writer = writer;
  }

  PlanText(List<String> lines) {
    this.lines = lines;
  }

  synchronized List<String> lines() {
    Supplier<List<String>> pending = writer;
    if (pending != null) {
      lines = List.copyOf(pending.get());
      writer = null;
    }
    return lines;
  }
}
