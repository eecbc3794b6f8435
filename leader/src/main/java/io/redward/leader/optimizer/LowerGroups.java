package io.redward.leader.optimizer;

import io.redward.leader.relational.PlainCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Has an aggregate go by letters in lower case where its columns are case-insensitive.
final class LowerGroups {
  private final LogicalAggregate aggregate;
  private final RexBuilder builder;
  private final LowerCase letters;
  private final List<RexNode> fields;
  private final Map<Integer, Integer> lower = new HashMap<>();
  private final Map<Integer, Integer> tagged = new HashMap<>();

  LowerGroups(LogicalAggregate aggregate, RexBuilder builder, LowerCase letters) {
    this.aggregate = aggregate;
    this.builder = builder;
    this.letters = letters;
    this.fields = new ArrayList<>(builder.identityProjects(aggregate.getInput().getRowType()));
  }

  RelNode rewritten() {
    int width = fields.size();
    Map<Integer, Integer> places = new TreeMap<>();
    for (int key : aggregate.getGroupSet()) {
      places.put(key, isInsensitive(key) ? lowerOf(key) : key);
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      look(call);
    }
    if (fields.size() == width) {
      return aggregate;
    }
    RelNode input =
        LogicalProject.create(
            aggregate.getInput(),
            List.of(),
            fields,
            LowerCase.names(aggregate.getInput(), fields),
            Set.of());
    List<AggregateCall> calls = new ArrayList<>();
    aggregate.getAggCallList().forEach(call -> calls.add(over(call, input)));
    Map<Integer, Shown> shown = new HashMap<>();
    boolean sets = !Aggregate.isSimple(aggregate);
    places.forEach(
        (key, place) -> {
          if (!key.equals(place)) {
            shown.put(key, new Shown(calls.size(), sets ? calls.size() + 1 : -1));
            calls.add(PlainCall.of(SqlStdOperatorTable.MIN, List.of(key), input, false));
            if (sets) {
              calls.add(PlainCall.of(SqlStdOperatorTable.GROUPING, List.of(place), input, false));
            }
          }
        });
    ImmutableBitSet keys = ImmutableBitSet.of(places.values());
    List<ImmutableBitSet> groupSets =
        aggregate.getGroupSets().stream()
            .map(set -> ImmutableBitSet.of(set.toList().stream().map(places::get).toList()))
            .toList();
    LogicalAggregate grouped = LogicalAggregate.create(input, List.of(), keys, groupSets, calls);
    return LogicalProject.create(
        grouped,
        List.of(),
        results(grouped, places, shown),
        aggregate.getRowType().getFieldNames(),
        Set.of());
  }

  /// What a group shows of its key: the least value, unless the key is not of its grouping set.
  ///
  /// @param least number of the call of MIN
  /// @param grouping number of the call of GROUPING; negative if there are no sets
  private record Shown(int least, int grouping) {}

  private RexNode shown(LogicalAggregate grouped, Shown shown) {
    int groups = grouped.getGroupCount();
    RexNode least = builder.makeInputRef(grouped, groups + shown.least());
    if (shown.grouping() < 0) {
      return least;
    }
    RexNode grouping = builder.makeInputRef(grouped, groups + shown.grouping());
    RexNode zero = builder.makeZeroLiteral(grouping.getType());
    RelDataType nullable =
        builder.getTypeFactory().createTypeWithNullability(least.getType(), true);
    return builder.makeCall(
        nullable,
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.EQUALS, grouping, zero),
            least,
            builder.makeNullLiteral(nullable)));
  }

  private boolean isInsensitive(int field) {
    return LowerCase.isInsensitive(fields.get(field));
  }

  private int lowerOf(int field) {
    return lower.computeIfAbsent(field, _ -> added(letters.lower(fields.get(field))));
  }

  private int taggedOf(int field) {
    return tagged.computeIfAbsent(field, _ -> added(letters.tagged(fields.get(field))));
  }

  private int added(RexNode field) {
    fields.add(field);
    return fields.size() - 1;
  }

  private static boolean isExtreme(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.MIN
        || call.getAggregation().getKind() == SqlKind.MAX;
  }

  /// Adds the fields that a call needs.
  private void look(AggregateCall call) {
    for (int argument : call.getArgList()) {
      if (!isInsensitive(argument)) {
        continue;
      }
      if (isExtreme(call)) {
        taggedOf(argument);
      } else if (call.isDistinct() && call.getAggregation().getKind() != SqlKind.COUNT) {
        throw CaseInsensitivity.refused("DISTINCT case-insensitive values in an aggregate");
      } else if (call.isDistinct()) {
        lowerOf(argument);
      }
    }
    for (RelFieldCollation key : call.getCollation().getFieldCollations()) {
      if (isInsensitive(key.getFieldIndex())) {
        lowerOf(key.getFieldIndex());
      }
    }
  }

  private AggregateCall over(AggregateCall call, RelNode input) {
    int[] targets = new int[fields.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = i;
    }
    for (int argument : call.getArgList()) {
      if (isInsensitive(argument)) {
        boolean letter = call.isDistinct() || call.getAggregation().getKind() == SqlKind.GROUPING;
        targets[argument] =
            isExtreme(call) ? taggedOf(argument) : letter ? lowerOf(argument) : argument;
      }
    }
    FieldMapping mapping = FieldMapping.of(targets, input.getRowType().getFieldList());
    List<RelFieldCollation> order = new ArrayList<>();
    for (RelFieldCollation key : call.getCollation().getFieldCollations()) {
      int field = key.getFieldIndex();
      order.add(isInsensitive(field) ? key.withFieldIndex(lowerOf(field)) : key);
    }
    return Rebuild.call(aggregate, call.withCollation(RelCollations.EMPTY), input, mapping)
        .withCollation(RelCollations.of(order));
  }

  private List<RexNode> results(
      LogicalAggregate grouped, Map<Integer, Integer> places, Map<Integer, Shown> shown) {
    int groups = grouped.getGroupCount();
    List<RexNode> results = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      Shown instead = shown.get(key);
      RexNode result =
          instead == null
              ? builder.makeInputRef(
                  grouped, grouped.getGroupSet().indexOf(places.getOrDefault(key, key)))
              : shown(grouped, instead);
      results.add(typed(result, results.size()));
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      RexNode result = builder.makeInputRef(grouped, groups + i);
      boolean extreme = isExtreme(call) && isInsensitive(call.getArgList().getFirst());
      int at = results.size();
      results.add(extreme ? letters.untagged(result, wanted(at)) : typed(result, at));
    }
    return results;
  }

  private RelDataType wanted(int field) {
    return aggregate.getRowType().getFieldList().get(field).getType();
  }

  private RexNode typed(RexNode value, int field) {
    RelDataType type =
        builder
            .getTypeFactory()
            .createTypeWithNullability(wanted(field), value.getType().isNullable());
    return type.equals(value.getType()) ? value : builder.makeCast(type, value);
  }
}
