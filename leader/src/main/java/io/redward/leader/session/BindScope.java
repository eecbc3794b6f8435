package io.redward.leader.session;

import io.redward.functions.user.UserFunction;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.binder.SuperModes;
import io.redward.leader.settings.Settings;
import io.redward.storage.table.ReadRecorder;

/// What of a session matters to the meaning of a statement.
final class BindScope {
  private BindScope() {}

  static SessionScope of(LeaderSession session) {
    Settings settings = session.settings();
    return new SessionScope(
        session.processId(),
        session.database(),
        session.user(),
        settings.searchPath(session.user().name()),
        settings.get("redshift_compat").equals("strict"),
        new SuperModes(
            !settings.isOn("navigate_super_null_on_error"),
            !settings.isOn("cast_super_null_on_error"),
            settings.isOn("parse_super_null_on_error")),
        settings.isOn("mv_enable_aqmv_for_session")
            && session.transaction().reads() == ReadRecorder.NONE,
        !settings.isOn("interval_forbid_composite_literals"),
        dateOrder(settings.get("datestyle")),
        new UserFunction.Limits(
            number(settings, "udf_time_limit"), (long) number(settings, "udf_memory_limit") << 20));
  }

  /// The part behind the comma: `ISO, DMY`.
  private static String dateOrder(String style) {
    return style.substring(style.indexOf(',') + 1).strip();
  }

  private static int number(Settings settings, String name) {
    return Integer.parseInt(settings.get(name));
  }
}
