package io.redward.leader.system;

import io.redward.leader.system.Incident.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Views that tell of one kind of [Incident] each. Users see those of their own statements.
final class IncidentViews {
  /// `stl_disk_full_diag` counts time from 2000 on.
  private static final Instant MILLENNIUM = Instant.parse("2000-01-01T00:00:00Z");

  /// What messages of failed assertions call an internal error.
  private static final int INTERNAL = 1000;

  private IncidentViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_error", out -> each(out, Kind.INTERNAL_ERROR, IncidentViews::error));
    readers.put("stl_disk_full_diag", out -> each(out, Kind.DISK_FULL, IncidentViews::diskFull));
    readers.put("svl_udf_log", out -> each(out, Kind.FUNCTION_MESSAGE, IncidentViews::function));
    readers.put("sys_udf_log", out -> each(out, Kind.FUNCTION_MESSAGE, IncidentViews::function));
    for (String view : List.of("svl_spatial_simplify", "sys_spatial_simplify")) {
      readers.put(view, out -> each(out, Kind.SIMPLIFIED, IncidentViews::simplified));
    }
    readers.put("stl_s3client_error", out -> each(out, Kind.BUCKET_ERROR, IncidentViews::bucket));
    readers.put("stl_sshclient_error", out -> each(out, Kind.SSH_ERROR, IncidentViews::host));
  }

  private static void simplified(ViewRow row, Incident incident) {
    row.set("line_number", Long.parseLong(incident.value(0)))
        .set("maximum_tolerance", Double.parseDouble(incident.value(1)))
        .set("initial_size", Long.parseLong(incident.value(2)))
        .set("simplified", incident.value(3))
        .set("final_size", Long.parseLong(incident.value(4)))
        .set("final_tolerance", Double.parseDouble(incident.value(5)));
  }

  private static void bucket(ViewRow row, Incident incident) {
    row.set("sliceid", 0)
        .set("http_method", incident.value(0))
        .set("bucket", incident.value(1))
        .set("key", incident.value(2))
        .set("error", incident.value(3))
        .set("is_partial", 0)
        .set("start_offset", 0);
  }

  private static void host(ViewRow row, Incident incident) {
    row.set("slice", 0)
        .set("ssh_username", incident.value(0))
        .set("endpoint", incident.value(1))
        .set("command", incident.value(2))
        .set("error", incident.value(3));
  }

  /// A function that fails ends its statement, so that there is one message.
  private static void function(ViewRow row, Incident incident) {
    row.setIfThere("funcname", incident.value(0))
        .setIfThere("function_name", incident.value(0))
        .set("message", incident.value(1))
        .setIfThere("traceback", incident.value(2))
        .setIfThere("created", incident.at())
        .setIfThere("record_time", incident.at())
        .setIfThere("node", 0)
        .setIfThere("slice", 0)
        .setIfThere("seq", 0)
        .setIfThere("sequence", 0);
  }

  private static void each(ViewRows out, Kind kind, BiConsumer<ViewRow, Incident> filling) {
    Map<Integer, UUID> uuids = new HashMap<>();
    StatementViews.ended(out).forEach(e -> uuids.put(e.queryId(), e.uuid()));
    for (Incident incident : out.view().log().incidents(kind)) {
      if (out.visible(incident.issuer().userOid())) {
        out.add(
            row -> {
              row.setIfThere("userid", incident.issuer().userOid())
                  .setIfThere("pid", incident.issuer().processId())
                  .setIfThere("query", incident.queryId())
                  .setIfThere("query_id", incident.queryId())
                  .setIfThere("query_uuid", uuids.get(incident.queryId()))
                  .setIfThere("recordtime", incident.at());
              filling.accept(row, incident);
            });
      }
    }
  }

  private static void error(ViewRow row, Incident incident) {
    row.set("process", "leader")
        .set("errcode", INTERNAL)
        .set("file", incident.value(0))
        .set("linenum", Integer.parseInt(incident.value(1)))
        .set("context", "query " + incident.queryId())
        .set("error", incident.value(2));
  }

  private static void diskFull(ViewRow row, Incident incident) {
    row.set("currenttime", ViewRow.micros(incident.at()) - ViewRow.micros(MILLENNIUM))
        .set("node_num", 0)
        .set("temp_blocks", Long.parseLong(incident.value(0)));
  }
}
