package io.redward.leader.materialized;

import io.redward.foundation.types.SqlType;
import io.redward.leader.materialized.ViewRewriter.Candidate;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.PlainCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// A query's groups made of a view's groups: those of a view that are in one group of the query are
/// put together, counts and sums by adding them up.
final class GroupMatch {
  private final Nodes nodes;
  private final Candidate view;
  private final GroupState state;
  private final int[] positions;
  private final List<RexNode> parts = new ArrayList<>();
  private final List<SqlAggFunction> functions = new ArrayList<>();

  GroupMatch(Nodes nodes, Candidate view, ViewShape.Groups shape) {
    this.nodes = nodes;
    this.view = view;
    state = GroupState.of(shape);
    positions = state.positions(view.table().columns());
  }

  /// What answers the query's aggregate, if the view does.
  ///
  /// @param query what the aggregate is over
  Optional<RelNode> replacement(LogicalAggregate aggregate, QueryBlock query) {
    Optional<QueryBlock> held = QueryBlock.of(state.aggregate().getInput());
    if (!state.mergeable() || held.isEmpty()) {
      return Optional.empty();
    }
    int keys = state.aggregate().getGroupCount();
    int[] grouped = state.aggregate().getGroupSet().toArray();
    Optional<Derivation> derivation =
        Derivation.of(
            nodes,
            view,
            query,
            held.get(),
            grouped,
            IntStream.range(0, keys).map(i -> positions[i]).toArray());
    return derivation.flatMap(found -> replacement(aggregate, query, held.get(), found));
  }

  private Optional<RelNode> replacement(
      LogicalAggregate aggregate, QueryBlock query, QueryBlock held, Derivation derivation) {
    List<RexNode> keys = new ArrayList<>();
    aggregate.getGroupSet().forEach(key -> keys.add(query.fields().get(key)));
    Optional<List<RexNode>> computed = derivation.computeAll(keys);
    Optional<RelNode> rows = derivation.filtered();
    if (computed.isEmpty() || rows.isEmpty()) {
      return Optional.empty();
    }
    Map<AggregateCall, int[]> places = new HashMap<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<int[]> place = parts(call, query, held, derivation);
      if (place.isEmpty()) {
        return Optional.empty();
      }
      places.put(call, place.get());
    }
    List<RexNode> fields = new ArrayList<>(computed.get());
    fields.addAll(parts);
    RelNode input = nodes.project(rows.get(), fields);
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<Integer> argument = List.of(keys.size() + i);
      calls.add(PlainCall.of(functions.get(i), argument, input, keys.isEmpty()));
    }
    RelNode grouped =
        LogicalAggregate.create(input, List.of(), ImmutableBitSet.range(keys.size()), null, calls);
    return Optional.of(finished(aggregate, grouped, places));
  }

  /// The query's fields from the parts put together.
  private RelNode finished(
      LogicalAggregate aggregate, RelNode grouped, Map<AggregateCall, int[]> places) {
    int keys = aggregate.getGroupCount();
    List<RexNode> fields = new ArrayList<>(nodes.fields(grouped, 0, keys));
    for (AggregateCall call : aggregate.getAggCallList()) {
      int[] place = Objects.requireNonNull(places.get(call));
      RexNode value = nodes.field(grouped, keys + place[0]);
      SqlType type = CalciteTypes.sqlType(call.getType());
      fields.add(
          switch (call.getAggregation().getKind()) {
            case COUNT -> nodes.orZero(nodes.cast(SqlType.BIGINT, value));
            case SUM, MIN, MAX -> nodes.cast(type, value);
            default -> {
              AggregateCall sum = state.call(place[2]);
              SqlType sumType = CalciteTypes.sqlType(sum.getType());
              RexNode count = nodes.field(grouped, keys + place[1]);
              yield nodes.mean(
                  type,
                  nodes.orZero(nodes.cast(sumType, value)),
                  nodes.orZero(nodes.cast(SqlType.BIGINT, count)));
            }
          });
    }
    return nodes.projectAs(grouped, fields, aggregate.getRowType());
  }

  /// The places among the parts of what a call is put together from: the sum and the count for an
  /// average, and the view's field with the sum; else one part.
  private Optional<int[]> parts(
      AggregateCall call, QueryBlock query, QueryBlock held, Derivation derivation) {
    boolean plain =
        !call.isDistinct()
            && !call.hasFilter()
            && !call.isApproximate()
            && call.getArgList().size() <= 1
            && call.getCollation().getFieldCollations().isEmpty();
    if (!plain) {
      return Optional.empty();
    }
    SqlAggFunction function = call.getAggregation();
    SqlKind kind = function.getKind();
    Optional<RexNode> argument = call.getArgList().stream().findFirst().map(query.fields()::get);
    if (kind == SqlKind.COUNT) {
      return countField(argument, held).map(f -> new int[] {part(f, derivation, kind)});
    }
    if (GroupState.isAverage(function)) {
      Optional<Integer> sum = field(SqlKind.SUM, argument, held);
      Optional<Integer> count = countField(argument, held);
      return sum.isPresent() && count.isPresent()
          ? Optional.of(
              new int[] {
                part(sum.get(), derivation, SqlKind.SUM),
                part(count.get(), derivation, SqlKind.COUNT),
                sum.get()
              })
          : Optional.empty();
    }
    return kind == SqlKind.SUM || kind == SqlKind.MIN || kind == SqlKind.MAX
        ? field(kind, argument, held).map(f -> new int[] {part(f, derivation, kind)})
        : Optional.empty();
  }

  private Optional<Integer> countField(Optional<RexNode> argument, QueryBlock held) {
    return argument.isEmpty() || !argument.get().getType().isNullable()
        ? Optional.of(state.countField())
        : field(SqlKind.COUNT, argument, held);
  }

  /// The stored field with an aggregate of the argument.
  private Optional<Integer> field(SqlKind kind, Optional<RexNode> argument, QueryBlock held) {
    int keys = state.aggregate().getGroupCount();
    return state.fields().stream()
        .filter(field -> field >= keys)
        .filter(
            field -> {
              AggregateCall call = state.call(field);
              return call.getAggregation().getKind() == kind
                  && call.getArgList().stream()
                      .findFirst()
                      .map(held.fields()::get)
                      .equals(argument);
            })
        .findFirst();
  }

  private int part(int field, Derivation derivation, SqlKind kind) {
    parts.add(derivation.column(positions[state.fields().indexOf(field)]));
    functions.add(
        switch (kind) {
          case MIN -> SqlStdOperatorTable.MIN;
          case MAX -> SqlStdOperatorTable.MAX;
          default -> SqlStdOperatorTable.SUM;
        });
    return parts.size() - 1;
  }
}
