package io.redward.plan.run;

/// The cluster that a query ran on, and why it is that one. The numbers are those of
/// `concurrency_scaling_status`.
public enum Routing {
  MAIN(0, "Ran on the main cluster"),
  SCALING(1, "Ran on a Concurrency Scaling cluster"),
  NOT_A_READ(3, "Concurrency Scaling ineligible query - Query is an Unsupported DML"),
  SYSTEM_TABLE(6, "Concurrency Scaling ineligible query - System table accessed"),
  SESSION_FUNCTION(9, "Concurrency Scaling ineligible query - Query uses UDF"),
  OWN_CHANGES(11, "Concurrency Scaling ineligible query - Dirty table accessed"),
  NO_TABLE(16, "Concurrency Scaling ineligible query - No tables accessed");

  private final int code;
  private final String text;

  Routing(int code, String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }

  /// The one with this code; [#MAIN] if there is none.
  public static Routing of(int code) {
    for (Routing each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return MAIN;
  }
}
