package io.redward.load.shapefile;

import io.redward.spi.CopyRequest.Simplify;
import java.util.OptionalDouble;

/// SIMPLIFY, by the algorithm of Ramer, Douglas and Peucker.
record Simplification(Simplify simplify) {
  /// A geometry may have no more bytes.
  static final int MOST_BYTES = 1_048_447;

  private static final double LEAST_TOLERANCE = 1e-9;
  private static final double MOST_TOLERANCE = 1e9;

  /// How near the tolerance of AUTO comes to the least that does.
  private static final double NEAR = 1.1;

  /// A geometry as it is to be stored; too large still if the tolerance does not allow for less.
  ///
  /// @param before bytes that it had
  /// @param tolerance that it was made simpler by; 0 if it was not
  /// @param asked whether it was to be made simpler
  record Result(byte[] wkb, int before, double tolerance, boolean asked) {}

  Result of(Shape shape) {
    byte[] whole = shape.wkb();
    return switch (simplify) {
      case Simplify.Not _ -> new Result(whole, whole.length, 0, false);
      case Simplify.All all ->
          new Result(shape.simplified(all.tolerance()).wkb(), whole.length, all.tolerance(), true);
      case Simplify.Large large ->
          whole.length <= MOST_BYTES
              ? new Result(whole, whole.length, 0, false)
              : fitted(shape, whole, large.limit());
    };
  }

  /// The greatest tolerance that is allowed; -1 if any is.
  double limit() {
    return switch (simplify) {
      case Simplify.Not _ -> 0;
      case Simplify.All all -> all.tolerance();
      case Simplify.Large large -> large.limit().orElse(-1);
    };
  }

  private static Result fitted(Shape shape, byte[] whole, OptionalDouble limit) {
    double most = limit.orElse(MOST_TOLERANCE);
    double low = Math.min(LEAST_TOLERANCE, most);
    double high = low;
    Shape fitting = shape.simplified(high);
    while (isTooLarge(fitting)) {
      if (high >= most) {
        return new Result(whole, whole.length, 0, true);
      }
      low = high;
      high = Math.min(most, high * 8);
      fitting = shape.simplified(high);
    }
    while (high / low > NEAR) {
      double middle = Math.sqrt(low * high);
      Shape tried = shape.simplified(middle);
      if (isTooLarge(tried)) {
        low = middle;
      } else {
        high = middle;
        fitting = tried;
      }
    }
    return new Result(fitting.wkb(), whole.length, high, true);
  }

  private static boolean isTooLarge(Shape shape) {
    return shape.wkb().length > MOST_BYTES;
  }
}
