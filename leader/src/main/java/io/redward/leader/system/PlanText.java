package io.redward.leader.system;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines of a plan, written when they are first asked for, which is off the statement's path.
public final class PlanText {
  private static final Logger LOG = LoggerFactory.getLogger(PlanText.class);

  public static final PlanText NONE = new PlanText(List.of());

  private @Nullable Supplier<List<String>> writer;
  private List<String> lines = List.of();
  private byte @Nullable [] written;
  private boolean writtenOnce;

  public PlanText(Supplier<List<String>> writer) {
    this.writer = writer;
  }

  private PlanText(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /// Lines that are known.
  public static PlanText of(List<String> lines) {
    return lines.isEmpty() ? NONE : new PlanText(lines);
  }

  public synchronized List<String> lines() {
    Supplier<List<String>> pending = writer;
    if (pending != null) {
      writer = null;
      try {
        lines = List.copyOf(pending.get());
      } catch (RuntimeException e) {
        // Whoever writes it is another statement, or the thread of history: neither is to fail.
        LOG.warn("a plan could not be written for the log of statements", e);
      }
    }
    return lines;
  }

  /// The lines in a form that is always the same, kept from the second time on, since most plans
  /// run once.
  public synchronized byte[] written(Function<List<String>, byte[]> form) {
    byte[] known = written == null ? form.apply(lines()) : written;
    if (writtenOnce) {
      written = known;
    }
    writtenOnce = true;
    return known;
  }
}
