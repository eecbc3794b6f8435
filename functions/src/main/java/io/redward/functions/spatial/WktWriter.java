package io.redward.functions.spatial;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumSet;
import java.util.Locale;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.Ordinate;

/// Writes well-known text with a number of significant digits.
final class WktWriter {
  static final int DIGITS = 15;

  private final StringBuilder out = new StringBuilder();
  private final MathContext digits;
  private EnumSet<Ordinate> ordinates = EnumSet.of(Ordinate.X, Ordinate.Y);

  private WktWriter(int digits) {
    this.digits = new MathContext(Math.clamp(digits, 1, 20));
  }

  static String write(Geometry geometry, int digits) {
    WktWriter writer = new WktWriter(digits);
    writer.geometry(geometry);
    return writer.out.toString();
  }

  static String extended(Geometry geometry, int digits) {
    String text = write(geometry, digits);
    return geometry.getSRID() == 0 ? text : "SRID=" + geometry.getSRID() + ";" + text;
  }

  private void geometry(Geometry geometry) {
    out.append(
        geometry.getGeometryType().toUpperCase(Locale.ROOT).replace("LINEARRING", "LINESTRING"));
    ordinates = Geometries.ordinates(geometry);
    boolean z = ordinates.contains(Ordinate.Z);
    boolean m = ordinates.contains(Ordinate.M);
    if (z || m) {
      out.append(' ').append(z ? "Z" : "").append(m ? "M" : "").append(' ');
    }
    if (geometry.getNumGeometries() == 0 || isSingle(geometry) && geometry.isEmpty()) {
      out.append(z || m ? "EMPTY" : " EMPTY");
    } else {
      body(geometry);
    }
  }

  private static boolean isSingle(Geometry geometry) {
    return geometry instanceof Point
        || geometry instanceof LineString
        || geometry instanceof Polygon;
  }

  private void body(Geometry geometry) {
    if (isSingle(geometry) && geometry.isEmpty()) {
      out.append("EMPTY");
      return;
    }
    switch (geometry) {
      case Point point -> points(point.getCoordinateSequence());
      case LineString line -> points(line.getCoordinateSequence());
      case Polygon polygon -> {
        out.append('(');
        points(polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          out.append(',');
          points(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
        out.append(')');
      }
      default -> {
        boolean named = geometry.getGeometryType().equals(Geometry.TYPENAME_GEOMETRYCOLLECTION);
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          out.append(i == 0 ? '(' : ',');
          if (named) {
            geometry(geometry.getGeometryN(i));
          } else {
            body(geometry.getGeometryN(i));
          }
        }
        out.append(')');
      }
    }
  }

  private void points(CoordinateSequence points) {
    for (int i = 0; i < points.size(); i++) {
      out.append(i == 0 ? '(' : ',');
      out.append(number(points.getX(i))).append(' ').append(number(points.getY(i)));
      if (ordinates.contains(Ordinate.Z)) {
        out.append(' ').append(number(points.getZ(i)));
      }
      if (ordinates.contains(Ordinate.M)) {
        out.append(' ').append(number(points.getM(i)));
      }
    }
    out.append(')');
  }

  private String number(double value) {
    return number(value, digits);
  }

  static String number(double value, MathContext digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
    BigDecimal rounded = new BigDecimal(value).round(digits);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
