package io.redward.foundation.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A stage as the flight recorder sees it: one type of event each, so that each can be switched on
/// and given a threshold by itself.
@Category({"Redward", "Statement"})
@StackTrace(false)
abstract class StageEvent extends Event {
  @Label("Query")
  @Description("The statement's number in stl_query; 0 before it has one")
  int query;

  @Name("redward.Parse")
  @Label("Parse")
  static final class Parse extends StageEvent {}

  @Name("redward.Bind")
  @Label("Bind")
  static final class Bind extends StageEvent {}

  @Name("redward.Optimize")
  @Label("Optimize")
  static final class Optimize extends StageEvent {}

  @Name("redward.Plan")
  @Label("Plan")
  static final class Plan extends StageEvent {}

  @Name("redward.Queue")
  @Label("Queue")
  static final class Queue extends StageEvent {}

  @Name("redward.Compile")
  @Label("Compile")
  static final class Compile extends StageEvent {}

  @Name("redward.Execute")
  @Label("Execute")
  static final class Execute extends StageEvent {}
}
