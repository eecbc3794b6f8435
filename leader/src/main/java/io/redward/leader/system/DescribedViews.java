package io.redward.leader.system;

import io.redward.spi.SystemTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The views of `views.txt`. Those whose subject exists have a reader in one of the classes named
/// here; the others are empty.
final class DescribedViews {
  private static final String SCHEMA = "pg_catalog";

  /// Oids above those that names give, below those of users' objects.
  private static final int FIRST_OID = 90_000;

  private static final Map<String, Reader> READERS = new HashMap<>();

  static {
    StatementViews.register(READERS);
    ProgressViews.register(READERS);
    MetricViews.register(READERS);
    StepViews.register(READERS);
    LoadViews.register(READERS);
    RefreshViews.register(READERS);
    SessionViews.register(READERS);
    WorkloadViews.register(READERS);
    ObjectViews.register(READERS);
    AccessViews.register(READERS);
    OptimizationViews.register(READERS);
    QuotaViews.register(READERS);
    SpatialViews.register(READERS);
    CompressionViews.register(READERS);
    IncidentViews.register(READERS);
    for (String name : READERS.keySet()) {
      if (ViewDefinitions.find(name).filter(view -> view.emptiness().isEmpty()).isEmpty()) {
        throw new IllegalStateException(name + " is not described, or as empty");
      }
    }
  }

  /// Gives a view's rows.
  interface Reader {
    void read(ViewRows out);
  }

  private DescribedViews() {}

  /// Whether something here gives the view rows.
  static boolean isRead(String name) {
    return READERS.containsKey(name);
  }

  static Optional<SystemTable> find(SystemView view, String schema, String name) {
    return schema.equals(SCHEMA)
        ? ViewDefinitions.find(name).map(definition -> table(view, definition))
        : Optional.empty();
  }

  static List<SystemTable> all(SystemView view) {
    return ViewDefinitions.all().stream().map(definition -> table(view, definition)).toList();
  }

  private static SystemTable table(SystemView view, ViewDefinition definition) {
    return new Table(view, definition);
  }

  /// One view for one session.
  private record Table(SystemView view, ViewDefinition definition) implements SystemTable {
    @Override
    public String schema() {
      return SCHEMA;
    }

    @Override
    public String name() {
      return definition.name();
    }

    @Override
    public List<Column> columns() {
      return definition.columns();
    }

    @Override
    public int oid() {
      return FIRST_OID + definition.number();
    }

    @Override
    public void read(SystemRows out) {
      Reader reader = READERS.get(definition.name());
      if (reader != null && (view.user().superuser() || !definition.superuser())) {
        reader.read(new ViewRows(view, definition, out));
      }
    }
  }
}
