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

  /// The geometry as it is to be stored; too large still if the tolerance does not allow for less.
  byte[] of(Shape shape) {
    return switch (simplify) {
      case Simplify.Not _ -> shape.wkb();
      case Simplify.All all -> shape.simplified(all.tolerance()).wkb();
      case Simplify.Large large -> {
        byte[] whole = shape.wkb();
        yield whole.length <= MOST_BYTES ? whole : fitted(shape, large.limit()).wkb();
      }
    };
  }

  private static Shape fitted(Shape shape, OptionalDouble limit) {
    double most = limit.orElse(MOST_TOLERANCE);
    double low = Math.min(LEAST_TOLERANCE, most);
    double high = low;
    Shape fitting = shape.simplified(high);
    while (isTooLarge(fitting)) {
      if (high >= most) {
        return shape;
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
    return fitting;
  }

  private static boolean isTooLarge(Shape shape) {
    return shape.wkb().length > MOST_BYTES;
  }
}
