package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.TypeResolver;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.ColumnEncoding;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.leader.catalog.TableLayout.DistributionStyle;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.ast.TableStatement.ColumnAttributes;
import io.redward.leader.sql.ast.TableStatement.TableAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Puts a table's definition together from the elements of CREATE TABLE and checks that they fit
/// one another.
final class TableBuilder {
  private static final int MAX_COLUMNS = 1_600;
  private static final int MAX_SORT_COLUMNS = 400;
  private static final int MAX_INTERLEAVED_COLUMNS = 8;

  private final CommandContext context;
  private final String tableName;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<TableConstraint> constraints = new ArrayList<>();
  private final List<TableStatement.TableConstraint.ForeignKey> ownReferences = new ArrayList<>();
  private final List<TableStatement.TableConstraint.Check> checks = new ArrayList<>();
  private final List<Identifier> sortColumns = new ArrayList<>();
  private Optional<Identifier> distributionColumn = Optional.empty();
  private Optional<TableLayout> inheritedLayout = Optional.empty();

  TableBuilder(CommandContext context, String tableName) {
    this.context = context;
    this.tableName = tableName;
  }

  void add(TableStatement.TableElement element) {
    switch (element) {
      case TableStatement.ColumnDefinition column -> column(column);
      case TableStatement.LikeElement like -> like(like);
      case TableStatement.ConstraintElement constraint -> constraint(constraint.constraint());
    }
  }

  /// A column whose name and type are known, as of CREATE TABLE AS.
  void column(String name, SqlType type, boolean nullable) {
    require(name, 0);
    columns.add(ColumnDefinition.of(nextId(), name, type, nullable));
  }

  private void column(TableStatement.ColumnDefinition column) {
    require(column.name().name(), column.position());
    columns.add(definition(nextId(), column, context.database()));
    ColumnAttributes attributes = column.attributes();
    if (attributes.distKey()) {
      distributionColumn = Optional.of(column.name());
    }
    if (attributes.sortKey()) {
      sortColumns.add(column.name());
    }
    if (attributes.primaryKey()) {
      constraint(
          new TableStatement.TableConstraint.PrimaryKey(
              Optional.empty(), List.of(column.name()), false));
    }
    if (attributes.unique()) {
      constraint(
          new TableStatement.TableConstraint.Unique(
              Optional.empty(), List.of(column.name()), false));
    }
    attributes
        .references()
        .ifPresent(
            reference ->
                constraint(
                    new TableStatement.TableConstraint.ForeignKey(
                        Optional.empty(), List.of(column.name()), reference, false)));
    attributes.constraints().forEach(this::constraint);
  }

  private static SqlType collated(
      SqlType type, boolean insensitive, TableStatement.ColumnDefinition column) {
    if (type.kind() != TypeKind.VARCHAR && type.kind() != TypeKind.CHAR) {
      throw new SqlException(
              SqlState.DATATYPE_MISMATCH,
              "collations are not supported by type " + type.kind().sqlName())
          .withPosition(column.position());
    }
    return type.withCaseInsensitive(insensitive);
  }

  /// One column as written.
  static ColumnDefinition definition(
      int id, TableStatement.ColumnDefinition column, Database database) {
    ColumnAttributes attributes = column.attributes();
    Optional<ColumnDefinition.Identity> identity =
        attributes
            .identity()
            .map(i -> new ColumnDefinition.Identity(i.seed(), i.step(), i.byDefault()));
    boolean nullable =
        attributes.nullable().orElse(true) && !attributes.primaryKey() && identity.isEmpty();
    SqlType type = TypeResolver.resolve(column.type());
    if (type.kind() == TypeKind.SUPER && database.caseInsensitive()) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "SUPER column is not supported in case insensitive database.")
          .withPosition(column.position());
    }
    if (attributes.caseSensitive().isPresent()) {
      type = collated(type, !attributes.caseSensitive().get(), column);
    } else if (database.caseInsensitive()) {
      type = type.withCaseInsensitive(true);
    }
    if (identity.isPresent() && !type.kind().isInteger()) {
      throw new SqlException(
              SqlState.INVALID_TABLE_DEFINITION,
              "identity column \"" + column.name().name() + "\" must be of type int or bigint")
          .withPosition(column.position());
    }
    return new ColumnDefinition(
        id,
        column.name().name(),
        type,
        nullable,
        attributes.defaultValue().map(SqlPrinter::print),
        identity,
        encoding(attributes.encoding().orElse("auto"), type, column.position()),
        Optional.empty());
  }

  /// The name of an encoding that is there and takes values of `type`.
  static String encoding(String name, SqlType type, int position) {
    ColumnEncoding encoding =
        ColumnEncoding.of(name)
            .orElseThrow(
                () ->
                    new SqlException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "encoding type \"" + name + "\" is not supported")
                        .withPosition(position));
    if (!encoding.fits(type.kind())) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "encoding type \""
                  + name
                  + "\" is not supported for column type \""
                  + type.kind().sqlName()
                  + "\"")
          .withPosition(position);
    }
    return encoding.text();
  }

  private void require(String name, int position) {
    if (columns.stream().anyMatch(c -> c.name().equals(name))) {
      throw new SqlException(
              SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once")
          .withPosition(position);
    }
    if (columns.size() == MAX_COLUMNS) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "tables can have at most " + MAX_COLUMNS + " columns");
    }
  }

  private int nextId() {
    return columns.stream().mapToInt(ColumnDefinition::id).max().orElse(0) + 1;
  }

  private void like(TableStatement.LikeElement like) {
    TableDefinition parent = context.table(like.parent());
    // Numbered as in the parent, so that ALTER TABLE APPEND can hand rows over as they are.
    boolean first = columns.isEmpty();
    for (ColumnDefinition column : parent.columns()) {
      require(column.name(), like.position());
      columns.add(
          new ColumnDefinition(
              first ? column.id() : nextId(),
              column.name(),
              column.type(),
              column.nullable(),
              like.includingDefaults() ? column.defaultText() : Optional.empty(),
              Optional.empty(),
              column.encoding(),
              Optional.empty()));
    }
    TableLayout layout = parent.layout();
    inheritedLayout =
        Optional.of(
            new TableLayout(
                layout.style(),
                layout.automatic(),
                layout.distributionKey().stream()
                    .map(id -> renumbered(parent, id))
                    .boxed()
                    .findFirst()
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty()),
                layout.sortKind(),
                layout.sortKey().stream().map(id -> renumbered(parent, id)).toList()));
  }

  /// The id a parent's column has here.
  private int renumbered(TableDefinition parent, int id) {
    String name = parent.column(id).orElseThrow().name();
    return id(new Identifier(name, false, 0));
  }

  private void constraint(TableStatement.TableConstraint constraint) {
    if (constraint instanceof TableStatement.TableConstraint.Check check) {
      checks.add(check);
    } else if (constraint instanceof TableStatement.TableConstraint.ForeignKey key
        && key.references().table().last().name().equals(tableName)
        && context.find(key.references().table()).isEmpty()) {
      ownReferences.add(key);
    } else {
      constraints.add(Constraints.of(constraint, tableName, context, this::id));
    }
  }

  /// A foreign key of the table to itself; it has no oid yet.
  private TableConstraint ownReference(TableStatement.TableConstraint.ForeignKey key) {
    List<Integer> targets =
        key.references().columns().isEmpty()
            ? Constraints.primaryKey(constraints, tableName, key.references().table().position())
            : key.references().columns().stream().map(this::id).toList();
    return Constraints.foreignKey(
        Constraints.name(tableName, key),
        key,
        TableConstraint.ForeignKey.ITSELF,
        targets,
        this::id);
  }

  /// A column by its name, or by its number as CREATE TABLE AS allows.
  private int id(Identifier name) {
    String text = name.name();
    boolean number = !name.quoted() && !text.isEmpty() && text.length() < 5;
    if (number && text.chars().allMatch(Character::isDigit)) {
      int ordinal = Integer.parseInt(text);
      if (ordinal >= 1 && ordinal <= columns.size()) {
        return columns.get(ordinal - 1).id();
      }
    }
    return columns.stream()
        .filter(c -> c.name().equals(name.name()))
        .mapToInt(ColumnDefinition::id)
        .findFirst()
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \"" + name.name() + "\" named in key does not exist")
                    .withPosition(name.position()));
  }

  /// The finished definition.
  TableDefinition build(
      int schemaOid, TableAttributes attributes, TableDefinition.Lifetime lifetime) {
    if (columns.isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION, "a relation must have at least one column");
    }
    Set<Integer> keyColumns = new HashSet<>();
    for (TableConstraint constraint : constraints) {
      if (constraint instanceof TableConstraint.PrimaryKey) {
        keyColumns.addAll(constraint.columns());
      }
    }
    List<ColumnDefinition> finished =
        columns.stream().map(c -> keyColumns.contains(c.id()) ? c.withNullable(false) : c).toList();
    TableLayout layout = layout(attributes);
    ownReferences.forEach(key -> constraints.add(ownReference(key)));
    checks.forEach(check -> constraints.add(Constraints.check(check, tableName, columns)));
    return TableDefinition.of(
            schemaOid, tableName, context.user().oid(), encoded(finished, layout, attributes))
        .withLayout(layout)
        .withConstraints(constraints)
        .withLifetime(lifetime);
  }

  /// One declared encoding ends the table's automatic ones: the other columns get their type's.
  private static List<ColumnDefinition> encoded(
      List<ColumnDefinition> columns, TableLayout layout, TableAttributes attributes) {
    if (attributes.encodeAuto() || columns.stream().allMatch(c -> c.encoding().equals("auto"))) {
      return columns;
    }
    List<ColumnDefinition> encoded = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      boolean sortKey = layout.sortKey().contains(column.id());
      encoded.add(
          column.encoding().equals("auto")
              ? column.withEncoding(ColumnEncoding.preset(column.type().kind(), sortKey).text())
              : column);
    }
    return encoded;
  }

  private TableLayout layout(TableAttributes attributes) {
    Optional<Identifier> key = attributes.distKey().or(() -> distributionColumn);
    Optional<TableStatement.DistStyle> style = attributes.distStyle();
    boolean nothingSaid =
        key.isEmpty() && style.isEmpty() && attributes.sort().isEmpty() && sortColumns.isEmpty();
    if (nothingSaid) {
      return inheritedLayout.orElse(TableLayout.AUTO);
    }
    if (style.isPresent() && style.get() == TableStatement.DistStyle.KEY && key.isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "Must specify a distribution key when using KEY distribution style");
    }
    if (key.isPresent() && style.isPresent() && style.get() != TableStatement.DistStyle.KEY) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "Cannot specify DISTKEY column with DISTSTYLE " + style.get());
    }
    DistributionStyle placed =
        key.isPresent()
            ? DistributionStyle.KEY
            : switch (style.orElse(TableStatement.DistStyle.AUTO)) {
              case ALL -> DistributionStyle.ALL;
              case EVEN -> DistributionStyle.EVEN;
              case AUTO, KEY -> TableLayout.AUTO.style();
            };
    boolean automatic =
        key.isEmpty()
            && style.orElse(TableStatement.DistStyle.AUTO) == TableStatement.DistStyle.AUTO;
    OptionalInt keyId = key.map(this::id).map(OptionalInt::of).orElse(OptionalInt.empty());
    return sorted(placed, automatic, keyId, attributes.sort());
  }

  private TableLayout sorted(
      DistributionStyle style,
      boolean automatic,
      OptionalInt key,
      Optional<TableStatement.SortKey> sort) {
    List<Identifier> names = sort.map(TableStatement.SortKey::columns).orElse(sortColumns);
    TableLayout.SortKind kind =
        sort.map(TableStatement.SortKey::kind)
            .map(
                k ->
                    switch (k) {
                      case INTERLEAVED -> TableLayout.SortKind.INTERLEAVED;
                      case AUTO -> TableLayout.SortKind.AUTO;
                      case COMPOUND, NONE -> TableLayout.SortKind.COMPOUND;
                    })
            .orElse(names.isEmpty() ? TableLayout.SortKind.AUTO : TableLayout.SortKind.COMPOUND);
    int limit =
        kind == TableLayout.SortKind.INTERLEAVED ? MAX_INTERLEAVED_COLUMNS : MAX_SORT_COLUMNS;
    if (names.size() > limit) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "sort key can have at most " + limit + " columns");
    }
    return new TableLayout(style, automatic, key, kind, names.stream().map(this::id).toList());
  }
}
