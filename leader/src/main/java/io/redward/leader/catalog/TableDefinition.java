package io.redward.leader.catalog;

import io.redward.storage.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A table.
///
/// @param columns in table order
/// @param lifetime whether and for whom it is kept
/// @param nextColumnId the id the next added column gets
/// @param materialization present if the table holds the rows of a materialized view
public record TableDefinition(
    int oid,
    int schemaOid,
    String name,
    int owner,
    List<ColumnDefinition> columns,
    TableLayout layout,
    List<TableConstraint> constraints,
    Lifetime lifetime,
    AccessList access,
    int nextColumnId,
    Optional<Materialization> materialization)
    implements OwnedObject {
  /// How long a table lives.
  ///
  /// @param session process id of the session a temporary table belongs to; 0 if it is permanent
  /// @param backup BACKUP YES
  public record Lifetime(int session, boolean backup) {
    public static final Lifetime PERMANENT = new Lifetime(0, true);

    public boolean temporary() {
      return session != 0;
    }
  }

  public TableDefinition {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
  }

  /// A permanent table with automatic layout and no keys, owned by `owner`; its oid is given when
  /// it is created.
  public static TableDefinition of(
      int schemaOid, String name, int owner, List<ColumnDefinition> columns) {
    return new TableDefinition(
        0,
        schemaOid,
        name,
        owner,
        columns,
        TableLayout.AUTO,
        List.of(),
        Lifetime.PERMANENT,
        AccessList.NONE,
        columns.stream().mapToInt(ColumnDefinition::id).max().orElse(0) + 1,
        Optional.empty());
  }

  public boolean temporary() {
    return lifetime.temporary();
  }

  public Optional<ColumnDefinition> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  public Optional<ColumnDefinition> column(int id) {
    return columns.stream().filter(c -> c.id() == id).findFirst();
  }

  /// With the columns that nobody sees behind the others, as the rows of a materialized view are
  /// stored.
  public TableDefinition stored() {
    List<ColumnDefinition> all = new ArrayList<>(columns);
    materialization.ifPresent(view -> all.addAll(view.upkeep().hidden()));
    return all.size() == columns.size() ? this : withColumns(all, nextColumnId);
  }

  /// What storage must know to write to it.
  public TableShape shape() {
    return new TableShape(
        stored().columns.stream()
            .map(c -> new TableShape.Column(c.id(), c.type(), c.encoding()))
            .toList(),
        layout.sortKey(),
        layout.sortKind() == TableLayout.SortKind.INTERLEAVED,
        layout.distributionKey());
  }

  public TableDefinition withOid(int oid) {
    return identified(oid, schemaOid, name, owner)
        .withConstraints(constraints.stream().map(each -> each.ofTable(oid)).toList());
  }

  public TableDefinition withName(String name) {
    return identified(oid, schemaOid, name, owner);
  }

  public TableDefinition withSchema(int schemaOid) {
    return identified(oid, schemaOid, name, owner);
  }

  public TableDefinition withOwner(int owner) {
    return identified(oid, schemaOid, name, owner);
  }

  public TableDefinition withColumns(List<ColumnDefinition> columns, int nextColumnId) {
    return shaped(columns, layout, constraints, nextColumnId);
  }

  public TableDefinition withLayout(TableLayout layout) {
    return shaped(columns, layout, constraints, nextColumnId);
  }

  public TableDefinition withConstraints(List<TableConstraint> constraints) {
    return shaped(columns, layout, constraints, nextColumnId);
  }

  public TableDefinition withLifetime(Lifetime lifetime) {
    return kept(lifetime, access, materialization);
  }

  public TableDefinition withAccess(AccessList access) {
    return kept(lifetime, access, materialization);
  }

  public TableDefinition withMaterialization(Materialization given) {
    return kept(lifetime, access, Optional.of(given));
  }

  private TableDefinition identified(int oid, int schemaOid, String name, int owner) {
    return new TableDefinition(
        oid,
        schemaOid,
        name,
        owner,
        columns,
        layout,
        constraints,
        lifetime,
        access,
        nextColumnId,
        materialization);
  }

  private TableDefinition shaped(
      List<ColumnDefinition> columns,
      TableLayout layout,
      List<TableConstraint> constraints,
      int nextColumnId) {
    return new TableDefinition(
        oid,
        schemaOid,
        name,
        owner,
        columns,
        layout,
        constraints,
        lifetime,
        access,
        nextColumnId,
        materialization);
  }

  private TableDefinition kept(
      Lifetime lifetime, AccessList access, Optional<Materialization> materialization) {
    return new TableDefinition(
        oid,
        schemaOid,
        name,
        owner,
        columns,
        layout,
        constraints,
        lifetime,
        access,
        nextColumnId,
        materialization);
  }
}
