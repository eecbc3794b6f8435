package io.redward.functions;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.AggregateSignature;
import io.redward.functions.signature.AggregateSignature.ArgumentRule;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.Placement;
import io.redward.functions.signature.ResultRule;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.SinkStep.WindowFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The aggregates and window functions as a table.
///
/// Result types. SUM: BIGINT of SMALLINT and INTEGER, NUMERIC(38, 0) of BIGINT, NUMERIC(38, s) of
/// NUMERIC, DOUBLE of floating point. AVG: BIGINT of integers, NUMERIC(38, s) of NUMERIC, else
/// DOUBLE. Deviations and variances are DOUBLE. MEDIAN and PERCENTILE_CONT interpolate: NUMERIC for
/// exact numbers, with at least [#INTERPOLATION_SCALE] digits after the point.
final class AggregateTable {
  private static final int INTERPOLATION_SCALE = 4;

  /// The hexadecimal digits of the largest geometry.
  private static final int MAX_COLLECTED_BYTES = 2 * 1024 * 1024;

  private AggregateTable() {}

  static List<AggregateSignature> signatures() {
    List<AggregateSignature> all = new ArrayList<>();
    all.addAll(aggregates());
    all.addAll(orderedSets());
    all.addAll(windowFunctions());
    return all;
  }

  private static List<AggregateSignature> aggregates() {
    ResultRule same = ResultRule.sameAs(0);
    ResultRule wide = ResultRule.always(SqlType.DOUBLE);
    ArgumentRule numeric = arguments -> one(arguments, AggregateTable::numeric);
    ArgumentRule floating = arguments -> one(arguments, type -> convert(type, SqlType.DOUBLE));
    ArgumentRule ordered = arguments -> one(arguments, AggregateTable::ordered);
    ArgumentRule bool = arguments -> one(arguments, AggregateTable::bool);
    ArgumentRule bits = arguments -> one(arguments, AggregateTable::integer);
    return List.of(
        both("count", "COUNT", AggregateTable::counted, ResultRule.always(SqlType.BIGINT))
            .says("Counts rows, or those whose argument is not NULL."),
        both("sum", "SUM", numeric, types -> sum(types.getFirst())).says("Adds the values up."),
        both("avg", "AVG", numeric, types -> average(types.getFirst()))
            .says(
                "The arithmetic mean; of integers, without the fraction; of decimals, rounded to"
                    + " their scale."),
        both("min", "MIN", ordered, same).says("The least value."),
        both("max", "MAX", ordered, same).says("The greatest value."),
        both("any_value", "ANY_VALUE", ordered, same).says("Any one of the values."),
        both("stddev_samp", "STDDEV_SAMP", floating, wide)
            .says("The standard deviation of a sample."),
        both("stddev", "STDDEV_SAMP", floating, wide).says("The same as STDDEV_SAMP."),
        both("stddev_pop", "STDDEV_POP", floating, wide)
            .says("The standard deviation of a population."),
        both("var_samp", "VAR_SAMP", floating, wide).says("The variance of a sample."),
        both("variance", "VAR_SAMP", floating, wide).says("The same as VAR_SAMP."),
        both("var_pop", "VAR_POP", floating, wide).says("The variance of a population."),
        aggregate("bool_and", AggregateFunction.BOOL_AND, bool)
            .says("True if every value is true."),
        aggregate("bool_or", AggregateFunction.BOOL_OR, bool).says("True if some value is true."),
        aggregate("bit_and", AggregateFunction.BIT_AND, bits)
            .says("The bits that are set in every value."),
        aggregate("bit_or", AggregateFunction.BIT_OR, bits)
            .says("The bits that are set in some value."),
        sketch("hll_create_sketch", AggregateFunction.HLL_CREATE_SKETCH, AggregateTable::sketched)
            .says("A HyperLogLog sketch of the values, for HLL_CARDINALITY."),
        sketch(
                "hll_combine",
                AggregateFunction.HLL_COMBINE,
                type -> type.kind() == TypeKind.HLLSKETCH ? Optional.of(type) : Optional.empty())
            .says("The sketch of all values that the sketches have seen."));
  }

  private static List<AggregateSignature> orderedSets() {
    ResultRule interpolated = types -> interpolated(types.getFirst());
    return List.of(
        both(
                "median",
                "MEDIAN",
                arguments -> one(arguments, AggregateTable::interpolable),
                interpolated)
            .computeOnly("The middle of the values, between two if their number is even."),
        both("percentile_cont", "PERCENTILE_CONT", AggregateTable::percentile, interpolated)
            .computeOnly("The value below which a fraction lies, between two values if need be."),
        both("percentile_disc", "PERCENTILE_DISC", AggregateTable::percentile, ResultRule.sameAs(0))
            .computeOnly("The first value at or above a fraction of the rows."),
        both(
                "listagg",
                "LISTAGG",
                AggregateTable::listed,
                ResultRule.always(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES)))
            .computeOnly("The values joined into one string, with a delimiter between them."),
        new Draft(
                "st_collect",
                Optional.of(AggregateFunction.LISTAGG),
                Optional.empty(),
                AggregateTable::listed,
                ResultRule.always(SqlType.varchar(MAX_COLLECTED_BYTES)))
            .says(
                "The collection of all geometries, in an order if one is given; of two arguments,"
                    + " of both."));
  }

  private static List<AggregateSignature> windowFunctions() {
    ArgumentRule none =
        arguments -> arguments.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    ResultRule count = ResultRule.always(SqlType.BIGINT);
    ResultRule share = ResultRule.always(SqlType.DOUBLE);
    ResultRule same = ResultRule.sameAs(0);
    ArgumentRule any = arguments -> one(arguments, AggregateTable::ordered);
    return List.of(
        window("row_number", WindowFunction.ROW_NUMBER, none, count)
            .says("The number of the row in its partition, from 1."),
        window("rank", WindowFunction.RANK, none, count).says("The rank, with gaps after ties."),
        window("dense_rank", WindowFunction.DENSE_RANK, none, count)
            .says("The rank, without gaps."),
        window("percent_rank", WindowFunction.PERCENT_RANK, none, share)
            .says("The rank as a fraction of the partition, from 0 to 1."),
        window("cume_dist", WindowFunction.CUME_DIST, none, share)
            .says("The fraction of rows up to and including the row's peers."),
        window("ntile", WindowFunction.NTILE, AggregateTable::bucketCount, count)
            .says("The number of the row's bucket when the partition is cut into equal parts."),
        window("lag", WindowFunction.LAG, AggregateTable::offset, same)
            .says("The value some rows before this one."),
        window("lead", WindowFunction.LEAD, AggregateTable::offset, same)
            .says("The value some rows after this one."),
        window("first_value", WindowFunction.FIRST_VALUE, any, same)
            .says("The value in the frame's first row."),
        window("last_value", WindowFunction.LAST_VALUE, any, same)
            .says("The value in the frame's last row."),
        window("nth_value", WindowFunction.NTH_VALUE, AggregateTable::nth, same)
            .says("The value in the frame's n-th row."),
        window(
                "ratio_to_report",
                WindowFunction.RATIO_TO_REPORT,
                arguments -> one(arguments, type -> convert(type, SqlType.DOUBLE)),
                share)
            .says("The value as a fraction of the partition's sum."));
  }

  /// COUNT without an argument counts rows.
  static AggregateFunction aggregateOf(AggregateSignature signature, List<SqlType> arguments) {
    AggregateFunction function = signature.aggregate().orElseThrow();
    return function == AggregateFunction.COUNT && arguments.isEmpty()
        ? AggregateFunction.COUNT_STAR
        : function;
  }

  static WindowFunction windowOf(AggregateSignature signature, List<SqlType> arguments) {
    WindowFunction function = signature.window().orElseThrow();
    return function == WindowFunction.COUNT && arguments.isEmpty()
        ? WindowFunction.COUNT_STAR
        : function;
  }

  private static Draft both(
      String name, String constant, ArgumentRule arguments, ResultRule result) {
    return new Draft(
        name,
        Optional.of(AggregateFunction.valueOf(constant)),
        Optional.of(WindowFunction.valueOf(constant)),
        arguments,
        result);
  }

  private static Draft aggregate(String name, AggregateFunction function, ArgumentRule arguments) {
    return new Draft(
        name, Optional.of(function), Optional.empty(), arguments, ResultRule.sameAs(0));
  }

  private static Draft sketch(String name, AggregateFunction function, Conversion argument) {
    return new Draft(
        name,
        Optional.of(function),
        Optional.empty(),
        arguments -> one(arguments, argument),
        ResultRule.always(SqlType.of(TypeKind.HLLSKETCH)));
  }

  private static Draft window(
      String name, WindowFunction function, ArgumentRule arguments, ResultRule result) {
    return new Draft(name, Optional.empty(), Optional.of(function), arguments, result);
  }

  /// A signature that lacks its documentation.
  private record Draft(
      String name,
      Optional<AggregateFunction> aggregate,
      Optional<WindowFunction> window,
      ArgumentRule arguments,
      ResultRule result) {
    AggregateSignature says(String summary) {
      return new AggregateSignature(
          name, aggregate, window, arguments, result, Placement.ANYWHERE, summary);
    }

    AggregateSignature computeOnly(String summary) {
      return new AggregateSignature(
          name, aggregate, window, arguments, result, Placement.COMPUTE_ONLY, summary);
    }
  }

  /// What one argument is cast to, empty if it is not taken.
  @FunctionalInterface
  private interface Conversion {
    Optional<SqlType> of(SqlType type);
  }

  private static Optional<List<SqlType>> one(List<SqlType> arguments, Conversion conversion) {
    return arguments.size() == 1
        ? conversion.of(arguments.getFirst()).map(List::of)
        : Optional.empty();
  }

  private static Optional<List<SqlType>> two(
      List<SqlType> arguments, Conversion first, Conversion second) {
    if (arguments.size() != 2) {
      return Optional.empty();
    }
    Optional<SqlType> a = first.of(arguments.get(0));
    Optional<SqlType> b = second.of(arguments.get(1));
    return a.isPresent() && b.isPresent()
        ? Optional.of(List.of(a.get(), b.get()))
        : Optional.empty();
  }

  private static Optional<List<SqlType>> counted(List<SqlType> arguments) {
    return arguments.size() > 1 ? Optional.empty() : Optional.of(arguments);
  }

  private static Optional<List<SqlType>> percentile(List<SqlType> arguments) {
    return two(arguments, AggregateTable::interpolable, type -> convert(type, SqlType.DOUBLE));
  }

  private static Optional<List<SqlType>> listed(List<SqlType> arguments) {
    return arguments.size() == 1
        ? one(arguments, AggregateTable::text)
        : two(arguments, AggregateTable::text, AggregateTable::text);
  }

  private static Optional<List<SqlType>> bucketCount(List<SqlType> arguments) {
    return one(arguments, type -> convert(type, SqlType.BIGINT));
  }

  private static Optional<List<SqlType>> offset(List<SqlType> arguments) {
    return arguments.size() == 1 ? one(arguments, AggregateTable::ordered) : nth(arguments);
  }

  private static Optional<List<SqlType>> nth(List<SqlType> arguments) {
    return two(arguments, AggregateTable::ordered, type -> convert(type, SqlType.BIGINT));
  }

  private static Optional<SqlType> numeric(SqlType type) {
    if (type.kind().isNumeric()) {
      return Optional.of(type);
    }
    return type.kind() == TypeKind.UNKNOWN || type.kind().isString()
        ? Optional.of(SqlType.DOUBLE)
        : Optional.empty();
  }

  private static Optional<SqlType> convert(SqlType type, SqlType target) {
    return numeric(type).map(_ -> target);
  }

  private static Optional<SqlType> integer(SqlType type) {
    if (type.kind().isInteger()) {
      return Optional.of(type);
    }
    return numeric(type).map(_ -> SqlType.BIGINT);
  }

  private static Optional<SqlType> bool(SqlType type) {
    return type.kind() == TypeKind.BOOLEAN || type.kind() == TypeKind.UNKNOWN
        ? Optional.of(SqlType.BOOLEAN)
        : integer(type).map(_ -> SqlType.BOOLEAN);
  }

  private static Optional<SqlType> ordered(SqlType type) {
    return type.kind() == TypeKind.UNKNOWN ? text(type) : Optional.of(type);
  }

  private static Optional<SqlType> sketched(SqlType type) {
    return switch (type.kind()) {
      case HLLSKETCH, GEOMETRY, GEOGRAPHY, VARBYTE -> Optional.empty();
      default -> ordered(type);
    };
  }

  private static Optional<SqlType> text(SqlType type) {
    return ParameterType.STRING.cost(type) < ParameterType.REFUSED
        ? Optional.of(ParameterType.STRING.coerced(type))
        : Optional.empty();
  }

  private static Optional<SqlType> interpolable(SqlType type) {
    return type.kind().isDatetime() || type.kind().isInterval() ? Optional.of(type) : numeric(type);
  }

  private static SqlType sum(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER -> SqlType.BIGINT;
      case BIGINT, DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, type.scale());
      default -> SqlType.DOUBLE;
    };
  }

  private static SqlType average(SqlType type) {
    return type.kind().isInteger() ? SqlType.BIGINT : sum(type);
  }

  private static SqlType interpolated(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL ->
          SqlType.decimal(
              SqlType.MAX_DECIMAL_PRECISION, Math.max(INTERPOLATION_SCALE, type.scale()));
      case REAL -> SqlType.DOUBLE;
      default -> type;
    };
  }
}
