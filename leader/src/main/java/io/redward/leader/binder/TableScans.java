package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.util.ImmutableBitSet;

/// Tables, views and WITH queries named in FROM.
final class TableScans {
  private static final double SYSTEM_TABLE_ROWS = 1_000;

  private final QueryBinder queries;
  private final CommonTables commonTables;
  private final Binding binding;

  TableScans(QueryBinder queries, CommonTables commonTables) {
    this.queries = queries;
    this.commonTables = commonTables;
    binding = queries.binding();
  }

  Relation bind(TableRef.NamedTable table) {
    String name = table.name().last().name();
    if (table.name().isSimple() && table.moment().isEmpty()) {
      Optional<CommonTables.Entry> common = commonTables.find(name);
      if (common.isPresent()) {
        return FromBinder.named(
            commonTable(common.get()), table.alias(), Range.of(name), table.position());
      }
    }
    boolean direct = !queries.insideView();
    return switch (queries.tableNames().find(table.name(), commonTables)) {
      case TableNames.Found.Stored(TableDefinition found, Schema schema) -> {
        binding.usesTable(found.oid(), direct);
        Optional<String> alias = alias(table);
        Relation stored = stored(asOf(found, table), schema.name(), false, alias);
        Relation scan =
            new SecuredRelations(queries).secure(stored, found, alias.orElse(found.name()));
        yield FromBinder.named(scan, table.alias(), range(name, schema), table.position());
      }
      case TableNames.Found.View(ViewDefinition view, Schema schema) -> {
        refuseMoment(table);
        binding.usesView(view.oid(), direct);
        Relation rows = secured(view(view, table.position()), view);
        yield FromBinder.named(rows, table.alias(), range(name, schema), table.position());
      }
      case TableNames.Found.System(SystemTable found) -> {
        refuseMoment(table);
        binding.usesSystemTable();
        Range range = new Range(name, Optional.of(found.schema()), Optional.empty());
        yield FromBinder.named(system(found), table.alias(), range, table.position());
      }
    };
  }

  private Relation secured(Relation rows, OwnedObject relation) {
    return new SecuredRelations(queries).secure(rows, relation);
  }

  /// The table, as it was if that is asked for.
  private TableDefinition asOf(TableDefinition found, TableRef.NamedTable table) {
    if (table.moment().isEmpty()) {
      return found;
    }
    // What it reads is no table that a plan could be found again by.
    binding.usesSystemTable();
    return binding.context().past().at(found, table.moment().get());
  }

  /// A file's rows.
  Relation file(TableRef.FileTable file) {
    // It may be another one the next time.
    binding.usesSystemTable();
    TableDefinition table = binding.context().past().file(file.location(), file.position());
    return FromBinder.named(
        stored(table, "file", false, Optional.empty()),
        file.alias(),
        Range.of(table.name()),
        file.position());
  }

  private static void refuseMoment(TableRef.NamedTable table) {
    table
        .moment()
        .ifPresent(
            moment -> {
              throw Errors.at(
                  moment.position(),
                  SqlState.WRONG_OBJECT_TYPE,
                  "\"" + table.name() + "\" is not a table, so it has no history");
            });
  }

  private Range range(String name, Schema schema) {
    Optional<String> database =
        binding.context().catalog().object(schema.databaseOid()).map(o -> o.name());
    return new Range(name, Optional.of(schema.name()), database);
  }

  private Relation commonTable(CommonTables.Entry entry) {
    Query query = entry.table().query();
    if (entry.recursive() && RecursionFinder.names(query, entry.table().name().name())) {
      return work(new RecursiveQueries(queries).bind(entry));
    }
    Relation rows = queries.bindSettled(query, entry.outer(), entry.visible());
    Optional<TableRef.TableAlias> names =
        Optional.of(
            new TableRef.TableAlias(entry.table().name(), entry.table().columns(), List.of()));
    return FromBinder.named(
        rows, names, Range.of(entry.table().name().name()), entry.table().position());
  }

  /// A stored table's columns, with the row's id as a last field where asked for.
  Relation stored(TableDefinition table, Schema schema, boolean rowId) {
    return stored(table, schema.name(), rowId, Optional.empty());
  }

  private static Optional<String> alias(TableRef.NamedTable table) {
    return table
        .alias()
        .map(alias -> alias.name().name())
        .filter(name -> !name.equals(table.name().last().name()));
  }

  private Relation stored(
      TableDefinition table, String schema, boolean rowId, Optional<String> alias) {
    RelDataTypeFactory.Builder rowType = binding.planner().typeFactory().builder();
    List<Column> columns = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      rowType.add(column.name(), binding.expressions().type(column.type(), column.nullable()));
      columns.add(
          new Column(
              Optional.empty(),
              column.name(),
              columns.size(),
              false,
              table.oid(),
              column.id(),
              queries.tableNames().barrier(table, column.id())));
    }
    if (rowId) {
      rowType.add("row id", binding.expressions().type(SqlType.BIGINT, false));
    }
    RelationalTable relational =
        new RelationalTable(
            List.of(schema, table.name()),
            rowType.build(),
            new TableHandle.Stored(table, rowId),
            binding.context().statistics().apply(table),
            keys(table));
    boolean enforced =
        table.constraints().stream().filter(c -> c.isKey()).allMatch(c -> c.enforced());
    RelationalTable named = (enforced ? relational : relational.withPromisedKeys()).named(alias);
    return new Relation(binding.planner().scan(named), columns);
  }

  /// Declared keys whose columns are all NOT NULL; the planner trusts them.
  private static List<ImmutableBitSet> keys(TableDefinition table) {
    List<ImmutableBitSet> keys = new ArrayList<>();
    for (TableConstraint constraint : table.constraints()) {
      if (!constraint.isKey()) {
        continue;
      }
      List<Integer> ordinals = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        ColumnDefinition column = table.columns().get(i);
        if (constraint.columns().contains(column.id()) && !column.nullable()) {
          ordinals.add(i);
        }
      }
      if (ordinals.size() == constraint.columns().size()) {
        keys.add(ImmutableBitSet.of(ordinals));
      }
    }
    return keys;
  }

  /// The rows of a table of the statement's own.
  Relation work(WorkTable table) {
    binding.usesSystemTable();
    Relation scan = system(table);
    List<Column> columns =
        scan.columns().stream()
            .map(c -> new Column(Optional.empty(), c.name(), c.index(), false, 0, 0))
            .toList();
    return scan.over(columns);
  }

  private Relation system(SystemTable table) {
    RelDataTypeFactory.Builder rowType = binding.planner().typeFactory().builder();
    List<Column> columns = new ArrayList<>();
    for (SystemTable.Column column : table.columns()) {
      rowType.add(column.name(), binding.expressions().type(column.type(), true));
      int index = columns.size();
      columns.add(
          new Column(Optional.empty(), column.name(), index, false, table.oid(), index + 1));
    }
    RelationalTable relational =
        new RelationalTable(
            List.of(table.schema(), table.name()),
            rowType.build(),
            new TableHandle.System(table),
            TableStatistics.ofRowCount(SYSTEM_TABLE_ROWS),
            List.of());
    RelNode scan = binding.planner().scan(relational);
    return new Relation(scan, columns);
  }

  Relation view(ViewDefinition view, int position) {
    QueryBinder inside = queries.forView(view, position);
    Relation rows = inside.bindSettled(parse(view, position), null, CommonTables.NONE);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      Column column = rows.columns().get(i);
      String name = i < view.columns().size() ? view.columns().get(i).name() : column.name();
      columns.add(
          new Column(Optional.empty(), name, column.index(), false, 0, 0)
              .behind(queries.tableNames().barrier(view, i + 1)));
    }
    return new Relation(rows.rel(), columns);
  }

  private static Query parse(ViewDefinition view, int position) {
    Statement statement = SqlParser.parseStatement(view.text(), ParserOptions.PRINTED);
    if (statement instanceof DataStatement.QueryStatement(Query query)) {
      return query;
    }
    throw Errors.at(
        position, SqlState.INTERNAL_ERROR, "view \"" + view.name() + "\" holds no query");
  }
}
