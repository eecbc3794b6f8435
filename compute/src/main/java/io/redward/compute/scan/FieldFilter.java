package io.redward.compute.scan;

import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.ScanPredicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A filter and the scan field it is about.
record FieldFilter(int field, ColumnFilter filter) {

  /// The filters of an execution: constants filled in, filters of one column merged where possible,
  /// cheap ones first.
  static List<FieldFilter> of(
      List<ScanPredicate> predicates, List<Field> fields, List<Constant> parameters) {
    List<FieldFilter> filters = new ArrayList<>();
    for (ScanPredicate predicate : predicates) {
      add(filters, new FieldFilter(predicate.field(), filter(predicate, fields, parameters)));
    }
    filters.sort(Comparator.comparingInt(f -> cost(f.filter)));
    return List.copyOf(filters);
  }

  private static void add(List<FieldFilter> filters, FieldFilter added) {
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i).field == added.field) {
        Optional<ColumnFilter> merged = FilterBuilder.merge(filters.get(i).filter, added.filter);
        if (merged.isPresent()) {
          filters.set(i, new FieldFilter(added.field, merged.get()));
          return;
        }
      }
    }
    filters.add(added);
  }

  private static ColumnFilter filter(
      ScanPredicate predicate, List<Field> fields, List<Constant> parameters) {
    return switch (predicate) {
      case ScanPredicate.Compare compare ->
          FilterBuilder.compare(
              fields.get(compare.field()).physical(),
              compare.operator(),
              constant(compare.value(), parameters));
      case ScanPredicate.In in -> FilterBuilder.in(fields.get(in.field()).physical(), in.values());
      case ScanPredicate.NullTest(int _, boolean wantNull) ->
          wantNull ? new ColumnFilter.Absent() : new ColumnFilter.Present();
      case ScanPredicate.Matches(int _, Expression pattern, char escape, boolean wanted) ->
          FilterBuilder.like(constant(pattern, parameters), escape, wanted);
    };
  }

  private static Constant constant(Expression expression, List<Constant> parameters) {
    return switch (expression) {
      case Literal literal -> literal.value();
      case Parameter parameter -> parameters.get(parameter.index());
      default -> throw new IllegalStateException("not a scan constant: " + expression);
    };
  }

  /// What a row costs, roughly, in units of a range check on numbers.
  static int cost(ColumnFilter filter) {
    return switch (filter) {
      case ColumnFilter.Nothing _, ColumnFilter.Present _, ColumnFilter.Absent _ -> 0;
      case ColumnFilter.LongRange _, ColumnFilter.DoubleRange _ -> 1;
      case ColumnFilter.LongUnequal _, ColumnFilter.LongIn _ -> 2;
      case ColumnFilter.DoubleUnequal _, ColumnFilter.DoubleIn _ -> 3;
      case ColumnFilter.Int128Range _, ColumnFilter.Int128Among _ -> 4;
      case ColumnFilter.BytesEqual _ -> 5;
      case ColumnFilter.BytesIn _ -> 6;
      case ColumnFilter.BytesBetween _ -> 7;
      case ColumnFilter.BytesLike _ -> 20;
    };
  }
}
