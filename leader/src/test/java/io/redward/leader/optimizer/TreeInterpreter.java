package io.redward.leader.optimizer;

import io.redward.leader.relational.CastOperator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Runs a tree of the algebra as its definition says, subqueries row by row, without any
/// cleverness: the judge of what a rewriting may do. Values are `Integer`, `Boolean` and null.
@SuppressWarnings("NullAway")
final class TreeInterpreter {
  private final RexBuilder builder;
  private final Map<List<String>, List<List<Object>>> tables;

  /// The rows of the projection at work.
  private List<List<Object>> window = List.of();

  TreeInterpreter(RexBuilder builder, Map<List<String>, List<List<Object>>> tables) {
    this.builder = builder;
    this.tables = tables;
  }

  List<List<Object>> run(RelNode root) {
    return rows(root, Map.of());
  }

  private List<List<Object>> rows(RelNode node, Map<CorrelationId, List<Object>> outer) {
    return switch (node) {
      case TableScan scan -> tables.get(scan.getTable().getQualifiedName());
      case Values values ->
          values.tuples.stream().map(tuple -> row(List.copyOf(tuple), List.of(), outer)).toList();
      case Filter filter -> {
        List<List<Object>> kept = new ArrayList<>();
        for (List<Object> row : rows(filter.getInput(), outer)) {
          if (Boolean.TRUE.equals(
              value(filter.getCondition(), row, with(outer, filter.getVariablesSet(), row)))) {
            kept.add(row);
          }
        }
        yield kept;
      }
      case Project project -> project(project, outer);
      case Join join -> join(join, outer);
      case Aggregate aggregate -> aggregate(aggregate, rows(aggregate.getInput(), outer));
      case Sort sort -> sort(sort, rows(sort.getInput(), outer));
      case SetOp operation -> setOperation(operation, outer);
      default -> throw new AssertionError(node.getClass());
    };
  }

  private static Map<CorrelationId, List<Object>> with(
      Map<CorrelationId, List<Object>> outer, Set<CorrelationId> set, List<Object> row) {
    if (set.isEmpty()) {
      return outer;
    }
    Map<CorrelationId, List<Object>> all = new HashMap<>(outer);
    set.forEach(id -> all.put(id, row));
    return all;
  }

  private List<Object> row(
      List<? extends RexNode> expressions,
      List<Object> row,
      Map<CorrelationId, List<Object>> outer) {
    List<Object> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(value(expression, row, outer)));
    return values;
  }

  private List<List<Object>> project(Project project, Map<CorrelationId, List<Object>> outer) {
    List<List<Object>> input = rows(project.getInput(), outer);
    List<List<Object>> result = new ArrayList<>();
    for (List<Object> row : input) {
      window = input;
      result.add(row(project.getProjects(), row, with(outer, project.getVariablesSet(), row)));
    }
    return result;
  }

  /// COUNT of a whole partition, or ROW_NUMBER in the order of keys, NULLs last.
  private Object over(RexOver over, List<Object> row) {
    int count = 0;
    boolean counts = over.getAggOperator().getKind() == SqlKind.COUNT;
    for (List<Object> other : window) {
      boolean same =
          over.getWindow().partitionKeys.stream()
              .allMatch(
                  key -> Objects.equals(value(key, row, Map.of()), value(key, other, Map.of())));
      if (counts) {
        count += same && value(over.getOperands().get(0), other, Map.of()) != null ? 1 : 0;
      } else {
        count += same && before(over, other, row) ? 1 : 0;
      }
    }
    return counts ? count : count + 1;
  }

  private boolean before(RexOver over, List<Object> a, List<Object> b) {
    for (RexFieldCollation key : over.getWindow().orderKeys) {
      Object x = value(key.left, a, Map.of());
      Object y = value(key.left, b, Map.of());
      int order = Comparator.nullsLast(TreeInterpreter::compare).compare(x, y);
      if (order != 0) {
        return key.getDirection().isDescending() ? order > 0 : order < 0;
      }
    }
    return System.identityHashCode(a) < System.identityHashCode(b);
  }

  private List<List<Object>> join(Join join, Map<CorrelationId, List<Object>> outer) {
    List<List<Object>> left = rows(join.getLeft(), outer);
    List<List<Object>> right = rows(join.getRight(), outer);
    JoinRelType type = join.getJoinType();
    Set<Integer> matchedRight = new LinkedHashSet<>();
    List<List<Object>> result = new ArrayList<>();
    for (List<Object> l : left) {
      boolean matched = false;
      for (int i = 0; i < right.size(); i++) {
        List<Object> pair = concat(l, right.get(i));
        if (Boolean.TRUE.equals(value(join.getCondition(), pair, outer))) {
          matched = true;
          matchedRight.add(i);
          if (type.projectsRight()) {
            result.add(pair);
          }
        }
      }
      if (type == JoinRelType.SEMI && matched || type == JoinRelType.ANTI && !matched) {
        result.add(l);
      } else if (!matched && type.generatesNullsOnRight() && type.projectsRight()) {
        result.add(concat(l, nulls(join.getRight())));
      }
    }
    for (int i = 0; i < right.size() && type.generatesNullsOnLeft(); i++) {
      if (!matchedRight.contains(i)) {
        result.add(concat(nulls(join.getLeft()), right.get(i)));
      }
    }
    return result;
  }

  private static List<Object> concat(List<Object> a, List<Object> b) {
    List<Object> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static List<Object> nulls(RelNode node) {
    return Arrays.asList(new Object[node.getRowType().getFieldCount()]);
  }

  private List<List<Object>> aggregate(Aggregate aggregate, List<List<Object>> input) {
    List<List<Object>> result = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
      if (set.isEmpty()) {
        groups.put(nulls(aggregate).subList(0, aggregate.getGroupCount()), new ArrayList<>());
      }
      for (List<Object> row : input) {
        List<Object> key = new ArrayList<>();
        aggregate.getGroupSet().forEach(i -> key.add(set.get(i) ? row.get(i) : null));
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
      }
      groups.forEach(
          (key, rows) -> {
            List<Object> values = new ArrayList<>(key);
            aggregate.getAggCallList().forEach(call -> values.add(aggregated(call, rows)));
            result.add(values);
          });
    }
    return result;
  }

  private static Object aggregated(AggregateCall call, List<List<Object>> rows) {
    List<Object> values = new ArrayList<>();
    for (List<Object> row : rows) {
      if (call.filterArg >= 0 && !Boolean.TRUE.equals(row.get(call.filterArg))) {
        continue;
      }
      values.add(call.getArgList().isEmpty() ? 1 : row.get(call.getArgList().get(0)));
    }
    int all = values.size();
    values.removeIf(value -> value == null);
    if (call.isDistinct()) {
      values = new ArrayList<>(new LinkedHashSet<>(values));
    }
    return switch (call.getAggregation().getKind()) {
      case COUNT -> values.size();
      case SUM -> values.isEmpty() ? null : values.stream().mapToInt(v -> (Integer) v).sum();
      case SUM0 -> values.stream().mapToInt(v -> (Integer) v).sum();
      case MIN -> values.stream().min(TreeInterpreter::compare).orElse(null);
      case MAX -> values.stream().max(TreeInterpreter::compare).orElse(null);
      case ANY_VALUE -> values.isEmpty() ? null : values.getLast();
      case SINGLE_VALUE -> {
        if (all > 1) {
          throw new IllegalStateException("more than one row");
        }
        yield values.isEmpty() ? null : values.getFirst();
      }
      case LITERAL_AGG -> ((RexLiteral) call.rexList.getFirst()).getValueAs(Boolean.class);
      default -> throw new AssertionError(call);
    };
  }

  private List<List<Object>> sort(Sort sort, List<List<Object>> input) {
    List<List<Object>> sorted = new ArrayList<>(input);
    sorted.sort(order(sort.getCollation().getFieldCollations()));
    int from = sort.offset == null ? 0 : Math.min(RexLiteral.intValue(sort.offset), sorted.size());
    int to =
        sort.fetch == null
            ? sorted.size()
            : Math.min(sorted.size(), from + RexLiteral.intValue(sort.fetch));
    return sorted.subList(from, to);
  }

  private static Comparator<List<Object>> order(List<RelFieldCollation> fields) {
    Comparator<List<Object>> order = (_, _) -> 0;
    for (RelFieldCollation field : fields) {
      Comparator<Object> nulls =
          field.nullDirection == RelFieldCollation.NullDirection.FIRST
              ? Comparator.nullsFirst(TreeInterpreter::compare)
              : Comparator.nullsLast(TreeInterpreter::compare);
      order = order.thenComparing(row -> row.get(field.getFieldIndex()), nulls);
    }
    return order;
  }

  private List<List<Object>> setOperation(SetOp operation, Map<CorrelationId, List<Object>> outer) {
    List<List<Object>> result = new ArrayList<>(rows(operation.getInput(0), outer));
    for (RelNode input : operation.getInputs().subList(1, operation.getInputs().size())) {
      List<List<Object>> right = rows(input, outer);
      switch (operation) {
        case Union _ -> result.addAll(right);
        case Intersect _ -> result.retainAll(right);
        case Minus _ -> result.removeAll(right);
        default -> throw new AssertionError(operation);
      }
    }
    return operation.all ? result : new ArrayList<>(new LinkedHashSet<>(result));
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  private Object value(RexNode node, List<Object> row, Map<CorrelationId, List<Object>> outer) {
    return switch (node) {
      case RexInputRef reference -> row.get(reference.getIndex());
      case RexLiteral literal -> literal(literal);
      case RexFieldAccess access ->
          outer
              .get(((RexCorrelVariable) access.getReferenceExpr()).id)
              .get(access.getField().getIndex());
      case RexOver over -> over(over, row);
      case RexSubQuery subquery -> subquery(subquery, row, outer);
      case RexCall call -> call(call, row, outer);
      default -> throw new AssertionError(node);
    };
  }

  private static Object literal(RexLiteral literal) {
    return switch (literal.getValue4()) {
      case null -> null;
      case BigDecimal number -> number.intValueExact();
      case Boolean bool -> bool;
      default -> throw new AssertionError(literal);
    };
  }

  private Object subquery(
      RexSubQuery subquery, List<Object> row, Map<CorrelationId, List<Object>> outer) {
    List<List<Object>> rows = rows(subquery.rel, outer);
    return switch (subquery.getKind()) {
      case EXISTS -> !rows.isEmpty();
      case SCALAR_QUERY -> {
        if (rows.size() > 1) {
          throw new IllegalStateException("more than one row");
        }
        yield rows.isEmpty() ? null : rows.getFirst().getFirst();
      }
      case IN -> {
        Object left = value(subquery.getOperands().getFirst(), row, outer);
        boolean unknown = false;
        for (List<Object> right : rows) {
          if (left == null || right.getFirst() == null) {
            unknown = true;
          } else if (left.equals(right.getFirst())) {
            yield true;
          }
        }
        yield unknown ? null : false;
      }
      default -> throw new AssertionError(subquery);
    };
  }

  private Object call(RexCall call, List<Object> row, Map<CorrelationId, List<Object>> outer) {
    switch (call.getKind()) {
      case AND, OR -> {
        return logical(call, row, outer);
      }
      case CASE -> {
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
          if (Boolean.TRUE.equals(value(operands.get(i), row, outer))) {
            return value(operands.get(i + 1), row, outer);
          }
        }
        return value(operands.getLast(), row, outer);
      }
      case SEARCH -> {
        return value(RexUtil.expandSearch(builder, null, call), row, outer);
      }
      default -> {
        Object a = value(call.getOperands().get(0), row, outer);
        Object b = call.getOperands().size() > 1 ? value(call.getOperands().get(1), row, outer) : 0;
        return operator(call, a, b);
      }
    }
  }

  private Object logical(RexCall call, List<Object> row, Map<CorrelationId, List<Object>> outer) {
    boolean decisive = call.getKind() == SqlKind.OR;
    boolean unknown = false;
    for (RexNode operand : call.getOperands()) {
      Object value = value(operand, row, outer);
      if (value == null) {
        unknown = true;
      } else if (value.equals(decisive)) {
        return decisive;
      }
    }
    return unknown ? null : !decisive;
  }

  private static Object operator(RexCall call, Object a, Object b) {
    if (call.getOperator() instanceof CastOperator) {
      return a;
    }
    switch (call.getKind()) {
      case IS_NULL:
        return a == null;
      case IS_NOT_NULL:
        return a != null;
      case IS_TRUE:
        return Boolean.TRUE.equals(a);
      case IS_NOT_TRUE:
        return !Boolean.TRUE.equals(a);
      case IS_FALSE:
        return Boolean.FALSE.equals(a);
      case IS_NOT_FALSE:
        return !Boolean.FALSE.equals(a);
      case IS_NOT_DISTINCT_FROM:
        return Objects.equals(a, b);
      case IS_DISTINCT_FROM:
        return !Objects.equals(a, b);
      case CAST:
        return a;
      default:
        break;
    }
    if (a == null || b == null) {
      return null;
    }
    return switch (call.getKind()) {
      case NOT -> !(Boolean) a;
      case EQUALS -> a.equals(b);
      case NOT_EQUALS -> !a.equals(b);
      case LESS_THAN -> compare(a, b) < 0;
      case LESS_THAN_OR_EQUAL -> compare(a, b) <= 0;
      case GREATER_THAN -> compare(a, b) > 0;
      case GREATER_THAN_OR_EQUAL -> compare(a, b) >= 0;
      case PLUS -> (Integer) a + (Integer) b;
      default -> throw new AssertionError(call);
    };
  }
}
