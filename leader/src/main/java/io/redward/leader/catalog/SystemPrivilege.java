package io.redward.leader.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a role may do everywhere, whoever owns the objects.
public enum SystemPrivilege {
  CREATE_USER,
  DROP_USER,
  ALTER_USER,
  CREATE_ROLE,
  DROP_ROLE,
  CREATE_SCHEMA,
  DROP_SCHEMA,
  ALTER_DEFAULT_PRIVILEGES,
  ACCESS_CATALOG,
  ACCESS_SYSTEM_TABLE,
  CREATE_TABLE,
  DROP_TABLE,
  ALTER_TABLE,
  TRUNCATE_TABLE,
  CREATE_OR_REPLACE_FUNCTION,
  CREATE_OR_REPLACE_EXTERNAL_FUNCTION,
  DROP_FUNCTION,
  CREATE_OR_REPLACE_PROCEDURE,
  DROP_PROCEDURE,
  CREATE_OR_REPLACE_VIEW,
  DROP_VIEW,
  CREATE_MODEL,
  DROP_MODEL,
  CREATE_DATASHARE,
  ALTER_DATASHARE,
  DROP_DATASHARE,
  CREATE_LIBRARY,
  DROP_LIBRARY,
  ANALYZE,
  VACUUM,
  CANCEL,
  EXPLAIN_RLS,
  IGNORE_RLS,
  EXPLAIN_MASKING;

  /// As GRANT writes it, in lower case.
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// The privilege that GRANT writes so.
  public static Optional<SystemPrivilege> of(String words) {
    return Arrays.stream(values()).filter(p -> p.words().equals(words)).findFirst();
  }
}
