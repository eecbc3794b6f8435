package io.redward.leader.settings;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A session's parameters as SET, SHOW and RESET know them. Values are checked when set. Names with
/// a dot are the user's own and may hold anything, as `current_setting('app.x')` wants.
///
/// Owned by one session; a transaction that rolls back restores a [#copy] taken at its start.
public final class Settings {
  /// A parameter the warehouse knows.
  ///
  /// @param name in lower case
  /// @param fallback its default
  /// @param check what values it takes
  private record Known(String name, String fallback, Check check) {}

  private enum Check {
    ANY,
    BOOLEAN,
    MILLISECONDS,
    INTEGER,
    DATE_STYLE,
    ZONE,
    READ_ONLY
  }

  private static final String UNSET = "unset";

  /// What stands for the user's name in a search path.
  private static final String USER = "$user";

  private static final Map<String, Known> KNOWN = new HashMap<>();

  static {
    List<Known> all =
        List.of(
            new Known("analyze_threshold_percent", "10", Check.INTEGER),
            new Known("application_name", "", Check.ANY),
            new Known("cast_super_null_on_error", "on", Check.BOOLEAN),
            new Known("client_encoding", "UTF8", Check.ANY),
            new Known("client_min_messages", "notice", Check.ANY),
            new Known("bytea_output", "hex", Check.ANY),
            new Known("datashare_break_glass_session_var", "default", Check.ANY),
            new Known("datestyle", "ISO, MDY", Check.DATE_STYLE),
            new Known("default_geometry_encoding", "1", Check.INTEGER),
            new Known("default_transaction_read_only", "off", Check.BOOLEAN),
            new Known("default_transaction_isolation", "serializable", Check.ANY),
            new Known("describe_field_name_in_uppercase", "off", Check.BOOLEAN),
            new Known("downcase_delimited_identifier", "on", Check.BOOLEAN),
            new Known("enable_case_sensitive_identifier", "off", Check.BOOLEAN),
            new Known("enable_case_sensitive_super_attribute", "off", Check.BOOLEAN),
            new Known("enable_numeric_rounding", "on", Check.BOOLEAN),
            new Known("enable_result_cache_for_session", "on", Check.BOOLEAN),
            new Known("enable_spectrum_oid", "on", Check.BOOLEAN),
            new Known("enable_vacuum_boost", "off", Check.BOOLEAN),
            new Known("error_on_nondeterministic_update", "off", Check.BOOLEAN),
            new Known("extra_float_digits", "0", Check.INTEGER),
            new Known("integer_datetimes", "on", Check.READ_ONLY),
            new Known("is_superuser", "on", Check.READ_ONLY),
            new Known("interval_forbid_composite_literals", "on", Check.BOOLEAN),
            new Known("intervalstyle", "postgres", Check.ANY),
            new Known("json_serialization_enable", "off", Check.BOOLEAN),
            new Known("json_serialization_parse_nested_strings", "off", Check.BOOLEAN),
            new Known("lc_messages", "en_US.UTF-8", Check.ANY),
            new Known("max_concurrency_scaling_clusters", "0", Check.INTEGER),
            new Known("max_cursor_result_set_size", "default", Check.ANY),
            new Known("max_identifier_length", "127", Check.READ_ONLY),
            new Known("max_index_keys", "32", Check.READ_ONLY),
            new Known("mv_enable_aqmv_for_session", "on", Check.BOOLEAN),
            new Known("navigate_super_null_on_error", "on", Check.BOOLEAN),
            new Known("parse_super_null_on_error", "off", Check.BOOLEAN),
            new Known("pg_federation_repeatable_read", "on", Check.BOOLEAN),
            new Known("query_group", UNSET, Check.ANY),
            new Known("query_memory", "0", Check.INTEGER),
            new Known("redshift_compat", "extended", Check.ANY),
            new Known("search_path", "\"$user\", public", Check.ANY),
            new Known("server_encoding", "UTF8", Check.READ_ONLY),
            new Known("server_version", "8.0.2", Check.READ_ONLY),
            new Known("spectrum_enable_pseudo_columns", "on", Check.BOOLEAN),
            new Known("spectrum_query_maxerror", "-1", Check.INTEGER),
            new Known("standard_conforming_strings", "off", Check.ANY),
            new Known("statement_timeout", "0", Check.MILLISECONDS),
            new Known("stored_proc_log_min_messages", "log", Check.ANY),
            new Known("timezone", "UTC", Check.ZONE),
            new Known("transaction_isolation", "serializable", Check.ANY),
            new Known("transaction_read_only", "off", Check.BOOLEAN),
            new Known("udf_memory_limit", "64", Check.INTEGER),
            new Known("udf_time_limit", "5000", Check.MILLISECONDS),
            new Known("wlm_query_slot_count", "1", Check.INTEGER));
    all.forEach(known -> KNOWN.put(known.name(), known));
  }

  private final Map<String, String> values = new LinkedHashMap<>();
  private long changes;
  private @Nullable ZoneId zone;
  private @Nullable List<String> path;

  /// How often a value has been set or forgotten: what was worked out from the values holds as long
  /// as this stays the same.
  public long changes() {
    return changes;
  }

  private void changed() {
    changes++;
    zone = null;
    path = null;
  }

  /// The same values in a map of its own.
  public Settings copy() {
    Settings copy = new Settings();
    copy.values.putAll(values);
    return copy;
  }

  /// Takes over another session state's values.
  public void restore(Settings saved) {
    values.clear();
    values.putAll(saved.values);
    changed();
  }

  /// The value of a parameter, empty if there is none of that name.
  public Optional<String> find(String name) {
    Known known = KNOWN.get(name);
    String key = known == null ? canonical(name) : name;
    String value = values.get(key);
    if (value != null) {
      return Optional.of(value);
    }
    Known meant = known == null ? KNOWN.get(key) : known;
    return meant == null ? Optional.empty() : Optional.of(meant.fallback());
  }

  /// The value of a parameter.
  ///
  /// @throws SqlException 42704 if there is none of that name
  public String get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new SqlException(
                    SqlState.UNDEFINED_OBJECT,
                    "unrecognized configuration parameter \"" + name + "\""));
  }

  public boolean isOn(String name) {
    return get(name).equals("on");
  }

  public long number(String name) {
    return Long.parseLong(get(name));
  }

  /// The label that statements are logged with.
  public String queryGroup() {
    String group = get("query_group");
    return group.equals(UNSET) ? "default" : group;
  }

  /// The session's time zone.
  public ZoneId zone() {
    ZoneId known = zone;
    if (known == null) {
      known = ZoneId.of(get("timezone"));
      zone = known;
    }
    return known;
  }

  /// The schemas names are looked up in, without `pg_catalog`, which comes first.
  ///
  /// @param user what `$user` stands for
  public List<String> searchPath(String user) {
    List<String> known = path;
    if (known == null) {
      known =
          Arrays.stream(get("search_path").split(","))
              .map(String::strip)
              .map(part -> part.replace("\"", "").replace("'", ""))
              .map(part -> part.equals(USER) ? part : part.toLowerCase(Locale.ROOT))
              .filter(part -> !part.isEmpty())
              .toList();
      path = known;
    }
    return known.contains(USER)
        ? known.stream().map(part -> part.equals(USER) ? user : part).toList()
        : known;
  }

  /// Sets a parameter.
  ///
  /// @throws SqlException if there is none of that name, it is read-only, or the value does not fit
  public void set(String name, String value) {
    String key = canonical(name);
    Known known = KNOWN.get(key);
    changed();
    if (known == null) {
      if (key.indexOf('.') <= 0) {
        get(name);
      }
      values.put(key, value);
      return;
    }
    values.put(
        key,
        known.check() == Check.DATE_STYLE
            ? DateStyle.merged(get(key), value)
            : checked(known, value));
  }

  /// Back to the default.
  public void reset(String name) {
    String key = canonical(name);
    if (!KNOWN.containsKey(key) && !values.containsKey(key)) {
      get(name);
    }
    values.remove(key);
    changed();
  }

  public void resetAll() {
    values.clear();
    changed();
  }

  /// All parameters and their values, by name.
  public Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    KNOWN.values().forEach(known -> all.put(known.name(), known.fallback()));
    all.putAll(values);
    return all;
  }

  private static String canonical(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return key.equals("time zone") ? "timezone" : key;
  }

  private static String checked(Known known, String value) {
    return switch (known.check()) {
      case ANY, DATE_STYLE -> value;
      case READ_ONLY ->
          throw new SqlException(
              SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "parameter \"" + known.name() + "\" cannot be changed");
      case BOOLEAN -> booleanValue(known, value);
      case INTEGER -> {
        try {
          yield Long.toString(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
          throw invalid(known, value);
        }
      }
      case MILLISECONDS -> Long.toString(milliseconds(known, value));
      case ZONE -> zone(known, value);
    };
  }

  private static String booleanValue(Known known, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "t", "yes", "1" -> "on";
      case "off", "false", "f", "no", "0" -> "off";
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "parameter \"" + known.name() + "\" requires a Boolean value");
    };
  }

  private static long milliseconds(Known known, String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long factor =
        switch (text.substring(digits).strip()) {
          case "", "ms" -> 1;
          case "s" -> 1_000;
          case "min" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    if (digits == 0 || digits > 12 || factor == 0) {
      throw invalid(known, value);
    }
    return Long.parseLong(text.substring(0, digits)) * factor;
  }

  private static String zone(Known known, String value) {
    if (value.equalsIgnoreCase("default") || value.equalsIgnoreCase("local")) {
      return known.fallback();
    }
    for (String candidate : new String[] {value, value.toUpperCase(Locale.ROOT)}) {
      try {
        return ZoneId.of(candidate, ZoneId.SHORT_IDS).getId();
      } catch (DateTimeException e) {
        continue;
      }
    }
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() -> invalid(known, value));
  }

  private static SqlException invalid(Known known, String value) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + known.name() + "\": \"" + value + "\"");
  }
}
