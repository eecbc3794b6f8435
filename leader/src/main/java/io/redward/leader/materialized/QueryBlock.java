package io.redward.leader.materialized;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.TableHandle;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.RelationalTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/// A tree of projections, filters and inner joins over tables, each table once, written so that two
/// trees that mean the same mostly read the same: the tables' columns in the order of the tables'
/// oids, conditions, and fields over these columns. Of columns that are set equal one stands for
/// all.
///
/// @param tables oids, ascending
/// @param equal sets of columns that conditions set equal
/// @param conditions the other ones
/// @param fields what the tree yields
record QueryBlock(
    List<Integer> tables, Set<Set<Integer>> equal, Set<RexNode> conditions, List<RexNode> fields) {

  /// The block that a tree is, if it is one.
  static Optional<QueryBlock> of(RelNode node) {
    SortedMap<Integer, TableScan> scans = new TreeMap<>();
    if (!collect(node, scans)) {
      return Optional.empty();
    }
    Reader reader = new Reader(scans);
    List<RexNode> fields = reader.read(node);
    Classes classes = new Classes();
    Set<RexNode> others = new HashSet<>();
    for (RexNode condition : reader.conditions) {
      if (!classes.add(condition)) {
        others.add(condition);
      }
    }
    Set<RexNode> conditions = new HashSet<>();
    others.forEach(each -> conditions.add(classes.canonical(each)));
    return Optional.of(
        new QueryBlock(
            List.copyOf(scans.keySet()),
            classes.sets(),
            conditions,
            fields.stream().map(classes::canonical).toList()));
  }

  private static boolean collect(RelNode node, Map<Integer, TableScan> scans) {
    return switch (node) {
      case TableScan scan ->
          scan.getTable().unwrapOrThrow(RelationalTable.class).handle()
                  instanceof TableHandle.Stored(TableDefinition table, boolean rowId)
              && !rowId
              && table.oid() > 0
              && scans.putIfAbsent(table.oid(), scan) == null;
      case LogicalProject project ->
          isPlain(project.getProjects()) && collect(project.getInput(), scans);
      case LogicalFilter filter ->
          isPlain(List.of(filter.getCondition())) && collect(filter.getInput(), scans);
      case LogicalJoin join ->
          join.getJoinType() == JoinRelType.INNER
              && isPlain(List.of(join.getCondition()))
              && collect(join.getLeft(), scans)
              && collect(join.getRight(), scans);
      default -> false;
    };
  }

  private static boolean isPlain(List<RexNode> expressions) {
    return !RexOver.containsOver(expressions, null)
        && RexUtil.SubQueryFinder.find(expressions) == null
        && expressions.stream()
            .allMatch(each -> RexUtil.isDeterministic(each) && !RexUtil.containsCorrelation(each));
  }

  /// Writes a tree's fields and conditions over the tables' columns.
  private static final class Reader {
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final List<RexNode> conditions = new ArrayList<>();

    Reader(SortedMap<Integer, TableScan> scans) {
      int next = 0;
      for (Map.Entry<Integer, TableScan> scan : scans.entrySet()) {
        offsets.put(scan.getKey(), next);
        next += scan.getValue().getRowType().getFieldCount();
      }
    }

    List<RexNode> read(RelNode node) {
      return switch (node) {
        case TableScan scan -> columns(scan);
        case LogicalProject project ->
            ViewShape.over(project.getProjects(), read(project.getInput()));
        case LogicalFilter filter -> {
          List<RexNode> fields = read(filter.getInput());
          keep(filter.getCondition(), fields);
          yield fields;
        }
        case LogicalJoin join -> {
          List<RexNode> fields = new ArrayList<>(read(join.getLeft()));
          fields.addAll(read(join.getRight()));
          keep(join.getCondition(), fields);
          yield fields;
        }
        default -> throw new IllegalArgumentException(node.getRelTypeName());
      };
    }

    private List<RexNode> columns(TableScan scan) {
      TableHandle.Stored stored =
          (TableHandle.Stored) scan.getTable().unwrapOrThrow(RelationalTable.class).handle();
      int offset = Objects.requireNonNull(offsets.get(stored.table().oid()));
      List<RexNode> columns = new ArrayList<>();
      scan.getRowType()
          .getFieldList()
          .forEach(
              field -> columns.add(new RexInputRef(offset + field.getIndex(), field.getType())));
      return columns;
    }

    private void keep(RexNode condition, List<RexNode> fields) {
      for (RexNode each : RelOptUtil.conjunctions(condition)) {
        conditions.addAll(ViewShape.over(List.of(each), fields));
      }
    }
  }

  /// Columns that are set equal. Strings are left out: equal ones may differ in trailing blanks.
  private static final class Classes {
    private final Map<Integer, Set<Integer>> sets = new HashMap<>();
    private final Map<Integer, RexInputRef> refs = new HashMap<>();

    boolean add(RexNode condition) {
      if (condition instanceof RexCall call
          && call.isA(SqlKind.EQUALS)
          && call.getOperands().get(0) instanceof RexInputRef a
          && call.getOperands().get(1) instanceof RexInputRef b
          && isExact(a, b)) {
        refs.put(a.getIndex(), a);
        refs.put(b.getIndex(), b);
        Set<Integer> union = new HashSet<>(sets.getOrDefault(a.getIndex(), Set.of(a.getIndex())));
        union.addAll(sets.getOrDefault(b.getIndex(), Set.of(b.getIndex())));
        union.forEach(each -> sets.put(each, union));
        return true;
      }
      return false;
    }

    private static boolean isExact(RexInputRef a, RexInputRef b) {
      SqlType type = CalciteTypes.sqlType(a.getType());
      return type.equals(CalciteTypes.sqlType(b.getType()))
          && !type.kind().isString()
          && type.physical() != Physical.DOUBLE;
    }

    Set<Set<Integer>> sets() {
      return Set.copyOf(sets.values());
    }

    RexNode canonical(RexNode node) {
      return node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              Set<Integer> set = sets.get(ref.getIndex());
              return set == null
                  ? ref
                  : Objects.requireNonNull(
                      refs.get(set.stream().mapToInt(Integer::intValue).min().orElseThrow()));
            }
          });
    }
  }
}
