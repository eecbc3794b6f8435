package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.relational.CatalogFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/// Has values of case-insensitive types compared, grouped and sorted by their letters in lower
/// case. From here on nothing depends on the types any more: `a = b` is `lower(a) = lower(b)`, a
/// sort key is `lower(a)`, a group is one of `lower(a)` that shows the least of its values.
///
/// As a column is then never compared itself, zone maps, sort and distribution keys, which go by
/// its bytes, are not used for it and cannot mislead.
final class CaseInsensitivity {
  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM);
  private static final Set<String> PATTERNS = Set.of("like", "similar");

  private final RexBuilder builder;
  private final LowerCase letters;

  private CaseInsensitivity(RexBuilder builder) {
    this.builder = builder;
    this.letters = new LowerCase(builder);
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new CaseInsensitivity(context.rexBuilder()).rewrite(root);
  }

  private RelNode rewrite(RelNode node) {
    RelNode over = Rebuild.mapInputs(node, this::rewrite);
    return switch (over) {
      case LogicalFilter filter -> {
        RexNode condition = value(filter.getCondition());
        yield condition.equals(filter.getCondition())
            ? filter
            : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
      }
      case LogicalProject project -> {
        List<RexNode> values = project.getProjects().stream().map(this::value).toList();
        yield values.equals(project.getProjects())
            ? project
            : Rebuild.project(project, project.getInput(), values);
      }
      case LogicalJoin join -> Rebuild.on(value(join.getCondition()), join);
      case LogicalSort sort -> sort(sort);
      case LogicalAggregate aggregate -> new LowerGroups(aggregate, builder, letters).rewritten();
      default -> over;
    };
  }

  private RexNode value(RexNode expression) {
    return expression.accept(new Comparisons());
  }

  private RelNode sort(LogicalSort sort) {
    RelNode input = sort.getInput();
    List<RexNode> fields = new ArrayList<>(builder.identityProjects(input.getRowType()));
    int count = fields.size();
    List<RelFieldCollation> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      RexNode field = fields.get(key.getFieldIndex());
      if (LowerCase.isInsensitive(field)) {
        keys.add(key.withFieldIndex(fields.size()));
        fields.add(letters.lower(field));
      } else {
        keys.add(key);
      }
    }
    if (fields.size() == count) {
      return sort;
    }
    RelNode wide =
        LogicalProject.create(input, List.of(), fields, LowerCase.names(input, fields), Set.of());
    Sort sorted = LogicalSort.create(wide, RelCollations.of(keys), sort.offset, sort.fetch);
    return LogicalProject.create(
        sorted,
        List.of(),
        builder.identityProjects(sorted.getRowType()).subList(0, count),
        input.getRowType().getFieldNames(),
        Set.of());
  }

  private final class Comparisons extends RexShuttle {
    @Override
    public RexNode visitCall(RexCall call) {
      boolean insensitive = call.getOperands().stream().anyMatch(LowerCase::isInsensitive);
      if (insensitive && call.isA(SqlKind.SEARCH)) {
        return RexUtil.expandSearch(builder, null, call).accept(this);
      }
      RexNode over = super.visitCall(call);
      if (!insensitive || !(over instanceof RexCall inner)) {
        return over;
      }
      boolean pattern =
          inner.getOperator() instanceof CatalogFunction function
              && PATTERNS.contains(function.id().replaceFirst("\\(.*", ""));
      if (!COMPARISONS.contains(inner.getKind()) && !pattern) {
        return inner;
      }
      List<RexNode> operands = new ArrayList<>();
      for (int i = 0; i < inner.getOperands().size(); i++) {
        RexNode operand = inner.getOperands().get(i);
        operands.add(i < 2 ? letters.lower(operand) : operand);
      }
      return inner.clone(inner.getType(), operands);
    }

    @Override
    public RexNode visitOver(RexOver written) {
      RexOver over = (RexOver) super.visitOver(written);
      boolean keys =
          over.getWindow().partitionKeys.stream().anyMatch(LowerCase::isInsensitive)
              || over.getWindow().orderKeys.stream().anyMatch(k -> LowerCase.isInsensitive(k.left));
      SqlKind kind = over.getAggOperator().getKind();
      boolean values = over.getOperands().stream().anyMatch(LowerCase::isInsensitive);
      boolean extreme = values && (kind == SqlKind.MIN || kind == SqlKind.MAX);
      if (values && over.isDistinct() && !extreme) {
        throw refused("DISTINCT case-insensitive values in a window function");
      }
      if (extreme) {
        RexNode tagged = letters.tagged(over.getOperands().getFirst());
        RelDataType type =
            builder
                .getTypeFactory()
                .createTypeWithNullability(tagged.getType(), over.getType().isNullable());
        return letters.untagged(overLetters(over, type, List.of(tagged)), over.getType());
      }
      return keys ? overLetters(over, over.getType(), over.getOperands()) : over;
    }

    /// The window with keys that go by letters in lower case.
    private RexNode overLetters(RexOver over, RelDataType type, List<RexNode> operands) {
      List<RexNode> partitions = new ArrayList<>();
      for (RexNode key : over.getWindow().partitionKeys) {
        partitions.add(letters.lowerIfInsensitive(key));
      }
      List<RexFieldCollation> order = new ArrayList<>();
      for (RexFieldCollation key : over.getWindow().orderKeys) {
        Set<SqlKind> direction = new HashSet<>(key.right);
        order.add(new RexFieldCollation(letters.lowerIfInsensitive(key.left), direction));
      }
      return builder.makeOver(
          type,
          over.getAggOperator(),
          operands,
          partitions,
          ImmutableList.copyOf(order),
          over.getWindow().getLowerBound(),
          over.getWindow().getUpperBound(),
          over.getWindow().isRows(),
          true,
          false,
          over.isDistinct(),
          over.ignoreNulls());
    }
  }

  static SqlException refused(String what) {
    return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported")
        .withHint("Say COLLATE(value, 'case_sensitive'), or compare LOWER(value).");
  }
}
