package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Prints a plan as it is compiled: streams, segments and steps, every expression over the fields
/// of the step before it, written `name#index`. The lines of EXPLAIN (SEGMENTS).
final class SegmentsText {
  private SegmentsText() {}

  static List<String> of(PhysicalPlan plan) {
    List<String> lines = new ArrayList<>();
    for (Stream stream : plan.streams()) {
      lines.add("Stream " + stream.id());
      for (Segment segment : stream.segments()) {
        lines.add("  Segment " + segment.id() + " (" + segment.label() + ")");
        lines.add("    " + source(segment.source()));
        List<Field> row = segment.source().fields();
        for (TransformStep step : segment.transforms()) {
          lines.add("    " + transform(step, row));
          row = step.fields();
        }
        lines.add("    " + sink(segment.sink(), row));
      }
    }
    return lines;
  }

  private static String source(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan scan -> scan(scan);
      case SourceStep.MergeJoin join -> mergeJoin(join);
      case SourceStep.SystemScan scan ->
          "system scan " + scan.schema() + "." + scan.name() + " " + fields(scan.fields());
      case SourceStep.Values values ->
          "values "
              + values.rows().stream()
                  .map(row -> list(row, List.of()))
                  .collect(Collectors.joining(" "));
      case SourceStep.AggregateScan scan ->
          "aggregate scan @" + scan.stateId() + " " + fields(scan.fields());
      case SourceStep.Receive receive ->
          "receive #" + receive.exchange() + " " + fields(receive.fields());
      case SourceStep.BufferScan scan ->
          (scan.ordered() ? "ordered " : "")
              + "buffer scan @"
              + scan.stateId()
              + " "
              + fields(scan.fields());
      case SourceStep.JoinScan scan ->
          (scan.matched() ? "matched" : "unmatched")
              + " rows of @"
              + scan.stateId()
              + " "
              + fields(scan.fields());
    };
  }

  private static String mergeJoin(SourceStep.MergeJoin join) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < join.outerKeys().length; i++) {
      keys.add(
          name(join.outer().fields(), join.outerKeys()[i])
              + " = "
              + name(join.inner().fields(), join.innerKeys()[i]));
    }
    return "merge join "
        + (join.keepsOuter() ? "left " : "inner ")
        + String.join(", ", keys)
        + " of "
        + scan(join.outer())
        + " and "
        + scan(join.inner());
  }

  private static String scan(SourceStep.TableScan scan) {
    StringBuilder text = new StringBuilder("scan ").append(scan.tableName());
    text.append(' ').append(fields(scan.fields()));
    if (scan.rowIds()) {
      text.append(" with row ids");
    }
    String conditions =
        scan.predicates().stream()
            .map(p -> predicate(p, scan.fields()))
            .collect(Collectors.joining(" and "));
    if (!conditions.isEmpty()) {
      text.append(" where ").append(conditions);
    }
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      text.append(" among ").append(name(scan.fields(), filter.field()));
      text.append(" in @").append(filter.stateId()).append('.').append(filter.keyIndex());
    }
    return text.toString();
  }

  private static String predicate(ScanPredicate predicate, List<Field> fields) {
    String field = name(fields, predicate.field());
    return switch (predicate) {
      case ScanPredicate.Compare compare ->
          field
              + " "
              + compare.operator().symbol()
              + " "
              + ExpressionText.of(compare.value(), String::valueOf);
      case ScanPredicate.In in ->
          field
              + " in "
              + in.values().stream()
                  .map(v -> ExpressionText.literal(fields.get(in.field()).type(), v))
                  .collect(Collectors.joining(", ", "(", ")"));
      case ScanPredicate.NullTest test -> field + (test.wantNull() ? " is null" : " is not null");
      case ScanPredicate.Matches match ->
          field
              + (match.wanted() ? " like " : " not like ")
              + ExpressionText.of(match.pattern(), String::valueOf);
    };
  }

  private static String transform(TransformStep step, List<Field> row) {
    return switch (step) {
      case TransformStep.Filter filter -> "filter " + text(filter.condition(), row);
      case TransformStep.Project project -> project(project, row);
      case TransformStep.Expand expand ->
          "expand "
              + expand.rows().stream().map(r -> list(r, row)).collect(Collectors.joining(" "));
      case TransformStep.Unnest unnest ->
          "unnest "
              + (unnest.outer() ? "outer " : "")
              + word(unnest.elements().name())
              + " "
              + text(unnest.value(), row);
      case TransformStep.Probe probe ->
          "probe @"
              + probe.stateId()
              + " "
              + word(probe.kind().name())
              + " "
              + list(probe.keys(), row)
              + probe.residual().map(r -> " residual " + text(r, pair(probe, row))).orElse("");
      case TransformStep.NestedLoop loop ->
          "nested loop @"
              + loop.stateId()
              + " "
              + word(loop.kind().name())
              + loop.condition().map(c -> " on " + text(c, List.of())).orElse("");
    };
  }

  private static String project(TransformStep.Project project, List<Field> row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < project.fields().size(); i++) {
      Expression value = project.expressions().get(i);
      Field field = project.fields().get(i);
      values.add(
          value instanceof FieldRef
              ? text(value, row)
              : field.name() + " = " + text(value, row) + narrowed(field));
    }
    return "project [" + String.join(", ", values) + "]";
  }

  /// What a residual condition sees, as far as the step shows it.
  private static List<Field> pair(TransformStep.Probe probe, List<Field> row) {
    return probe.fields().size() > row.size() ? probe.fields() : row;
  }

  private static String sink(SinkStep sink, List<Field> row) {
    return switch (sink) {
      case SinkStep.Build build ->
          "build @"
              + build.stateId()
              + " keys "
              + list(build.keys(), row)
              + " payload "
              + list(build.payload(), row)
              + (build.marks() ? " marks" : "");
      case SinkStep.Aggregate aggregate ->
          "aggregate @"
              + aggregate.stateId()
              + " by "
              + list(aggregate.keys(), row)
              + aggregate.calls().stream()
                  .map(c -> " " + word(c.function().name()) + list(c.arguments(), row))
                  .collect(Collectors.joining(","));
      case SinkStep.Materialize buffer ->
          "materialize @" + buffer.stateId() + " " + fields(buffer.fields());
      case SinkStep.Sort sort ->
          "sort @"
              + sort.stateId()
              + " by "
              + keys(sort.keys(), row)
              + bounds(sort.limit(), sort.offset());
      case SinkStep.Window window ->
          "window @"
              + window.stateId()
              + " partition "
              + window.partitionBy().stream().map(f -> name(row, f)).toList()
              + " order "
              + keys(window.orderBy(), row)
              + window.calls().stream()
                  .map(c -> " " + word(c.function().name()) + arguments(c.arguments(), row))
                  .collect(Collectors.joining(","));
      case SinkStep.Return answer ->
          "return " + fields(answer.fields()) + bounds(answer.limit(), answer.offset());
      case SinkStep.Send send -> "send #" + send.exchange() + " " + fields(send.fields());
      case SinkStep.Insert insert -> "insert into " + insert.tableName() + fields(insert.fields());
      case SinkStep.Delete delete ->
          "delete from " + delete.tableName() + " rows " + name(row, delete.rowId());
      case SinkStep.Update update ->
          "update " + update.tableName() + " rows " + name(row, update.rowId());
      case SinkStep.Merge merge ->
          "merge into "
              + merge.tableName()
              + " rows "
              + name(row, merge.rowId())
              + " "
              + merge.matched().name().toLowerCase(Locale.ROOT)
              + fields(merge.fields());
    };
  }

  private static String bounds(OptionalLong limit, long offset) {
    return (limit.isPresent() ? " limit " + limit.getAsLong() : "")
        + (offset > 0 ? " offset " + offset : "");
  }

  private static String keys(List<SortKey> keys, List<Field> row) {
    return keys.stream()
        .map(key -> name(row, key.field()) + (key.descending() ? " desc" : ""))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String arguments(List<Integer> arguments, List<Field> row) {
    return arguments.stream().map(a -> name(row, a)).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String list(List<Expression> expressions, List<Field> row) {
    return expressions.stream().map(e -> text(e, row)).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(Expression expression, List<Field> row) {
    return ExpressionText.of(expression, i -> name(row, i));
  }

  private static String name(List<Field> row, int index) {
    return (index < row.size() ? row.get(index).name() : "") + "#" + index;
  }

  private static String fields(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + " " + form(field))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String form(Field field) {
    return field.type() + narrowed(field);
  }

  private static String narrowed(Field field) {
    return field.physical() == field.type().physical() ? "" : " in 64 bits";
  }
}
