package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/// Geosquares: squares of longitude and latitude, each a quarter of the one around it, the
/// outermost two being the halves of the world. A number is the path to a square: a leading one, a
/// bit for the half (east is one), then for each quarter a bit that is one in the south and a bit
/// that is one in the east. Source: the examples of the public documentation of ST_GeoSquare.
public final class GeoSquares {
  private static final int DEEPEST = 32;

  private GeoSquares() {}

  public static long of(byte[] page, int offset, int length) {
    return of(page, offset, length, DEEPEST);
  }

  /// The square around a point after so many divisions; 0, which is no square, for an empty point.
  public static long of(byte[] page, int offset, int length, int depth) {
    Geometry geometry = Geometries.read(page, offset, length);
    if (!(geometry instanceof Point point)) {
      throw Geometries.invalid("ST_GeoSquare: geometry must be a point");
    }
    if (depth < 1 || depth > DEEPEST) {
      throw Geometries.invalid("ST_GeoSquare: maximum depth must be from 1 to 32");
    }
    if (point.isEmpty()) {
      return 0;
    }
    double x = point.getX();
    double y = point.getY();
    if (!(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) {
      throw Geometries.invalid(
          "ST_GeoSquare: coordinates must be within [-180, 180] and [-90, 90]");
    }
    long columns = 1L << depth;
    long rows = columns / 2;
    long column = Math.min(columns - 1, (long) ((x + 180) / 360 * columns));
    long row = Math.min(rows - 1, (long) ((y + 90) / 180 * rows));
    long square = 1L << 1 | column >> depth - 1;
    for (int level = depth - 2; level >= 0; level--) {
      square = square << 2 | (~(row >> level) & 1) << 1 | column >> level & 1;
    }
    return square;
  }

  public static void shape(long square, ValueOut out) {
    shape(square, Integer.MAX_VALUE, out);
  }

  /// The polygon of a square, or of the one around it after so many divisions.
  public static void shape(long square, int depth, ValueOut out) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(square);
    if (bits < 2 || bits % 2 != 0) {
      throw Geometries.invalid("ST_GeomFromGeoSquare: invalid geosquare");
    }
    if (depth < 1) {
      throw Geometries.invalid("ST_GeomFromGeoSquare: maximum depth must be at least 1");
    }
    int own = bits / 2;
    int shown = Math.min(own, depth);
    long column = square >>> bits - 2 & 1;
    long row = 0;
    for (int level = 1; level < shown; level++) {
      long quarter = square >>> bits - 2 - 2 * level;
      column = column << 1 | quarter & 1;
      row = row << 1 | (~(quarter >> 1) & 1);
    }
    double side = 360.0 / (1L << shown);
    double west = -180 + column * side;
    double south = -90 + row * side;
    double east = west + side;
    double north = south + side;
    Coordinate corner = new Coordinate(west, south);
    Geometries.put(
        Geometries.FACTORY.createPolygon(
            new Coordinate[] {
              corner,
              new Coordinate(west, north),
              new Coordinate(east, north),
              new Coordinate(east, south),
              corner.copy()
            }),
        out);
  }
}
