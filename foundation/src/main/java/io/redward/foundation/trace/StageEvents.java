package io.redward.foundation.trace;

import java.util.function.Supplier;

/// Events of stages. Not done by [StageEvent] itself: the flight recorder looks at an event's
/// superclass while the event's class is being loaded, and if checking the superclass's code needed
/// that class, it would be loaded twice, which is an error.
final class StageEvents {
  private StageEvents() {}

  /// Runs `work` as an event of the stage.
  static <T> T record(Stage stage, Supplier<T> work) {
    StageEvent event = of(stage);
    event.begin();
    try {
      return work.get();
    } finally {
      event.query = StageTimes.currentQuery();
      event.commit();
    }
  }

  private static StageEvent of(Stage stage) {
    return switch (stage) {
      case PARSE -> new StageEvent.Parse();
      case BIND -> new StageEvent.Bind();
      case OPTIMIZE -> new StageEvent.Optimize();
      case PLAN -> new StageEvent.Plan();
      case QUEUE -> new StageEvent.Queue();
      case COMPILE -> new StageEvent.Compile();
      case EXECUTE -> new StageEvent.Execute();
    };
  }
}
