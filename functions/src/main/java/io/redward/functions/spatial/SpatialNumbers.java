package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import org.locationtech.jts.algorithm.Angle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/// Measures and counts.
public final class SpatialNumbers {
  private static final int Z = 2;

  private SpatialNumbers() {}

  public static double area(byte[] p, int o, int l) {
    return Geometries.read(p, o, l).getArea();
  }

  public static double areaOnEllipsoid(byte[] p, int o, int l) {
    return GeodesicArea.of(Geometries.read(p, o, l));
  }

  private static boolean isLine(Geometry geometry) {
    return geometry.getDimension() == 1;
  }

  public static double length(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return isLine(geometry) ? geometry.getLength() : 0;
  }

  public static double perimeter(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return geometry.getDimension() == 2 ? geometry.getLength() : 0;
  }

  public static double lengthOnSphere(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return isLine(geometry) ? lines(geometry, true) : 0;
  }

  public static double lengthOnEllipsoid(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return isLine(geometry) ? lines(geometry, false) : 0;
  }

  public static double perimeterOnEllipsoid(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return geometry.getDimension() == 2 ? lines(geometry, false) : 0;
  }

  private static double lines(Geometry geometry, boolean onSphere) {
    return switch (geometry) {
      case Point _ -> 0;
      case LineString line -> Ellipsoid.length(line.getCoordinateSequence(), onSphere);
      case Polygon polygon -> {
        double sum = lines(polygon.getExteriorRing(), onSphere);
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          sum += lines(polygon.getInteriorRingN(i), onSphere);
        }
        yield sum;
      }
      default -> {
        double sum = 0;
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          sum += lines(geometry.getGeometryN(i), onSphere);
        }
        yield sum;
      }
    };
  }

  public static double distance(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    out.isNull = pair[0].isEmpty() || pair[1].isEmpty();
    return out.isNull ? 0 : pair[0].distance(pair[1]);
  }

  private static Coordinate[] points(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    if (!(pair[0] instanceof Point) || !(pair[1] instanceof Point)) {
      throw Geometries.invalid("Argument to the function is not a point");
    }
    return new Coordinate[] {pair[0].getCoordinate(), pair[1].getCoordinate()};
  }

  public static double distanceOnSphere(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Coordinate[] points = points(a, ao, al, b, bo, bl);
    return Ellipsoid.sphere(points[0], points[1]);
  }

  public static double distanceOnEllipsoid(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Coordinate[] points = points(a, ao, al, b, bo, bl);
    return Ellipsoid.distance(points[0], points[1]);
  }

  /// The angle from the first point by the second to the third, clockwise.
  public static double angle(
      byte[] a, int ao, int al, byte[] b, int bo, int bl, byte[] c, int co, int cl) {
    Coordinate first = Geometries.read(a, ao, al).getCoordinate();
    Coordinate corner = Geometries.read(b, bo, bl).getCoordinate();
    Coordinate last = Geometries.read(c, co, cl).getCoordinate();
    return Angle.normalizePositive(Angle.angle(corner, first) - Angle.angle(corner, last));
  }

  /// The angle from the way between the first two points to that between the last two, clockwise.
  public static double angle(
      byte[] a,
      int ao,
      int al,
      byte[] b,
      int bo,
      int bl,
      byte[] c,
      int co,
      int cl,
      byte[] d,
      int dO,
      int dl,
      ValueOut out) {
    Coordinate[] first = points(a, ao, al, b, bo, bl);
    Coordinate[] last = points(c, co, cl, d, dO, dl);
    out.isNull = first[0].equals2D(first[1]) || last[0].equals2D(last[1]);
    return Angle.normalizePositive(Angle.angle(first[0], first[1]) - Angle.angle(last[0], last[1]));
  }

  /// Clockwise from north; NULL for equal points.
  public static double azimuth(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Coordinate[] points = points(a, ao, al, b, bo, bl);
    out.isNull = points[0].equals2D(points[1]);
    return Angle.normalizePositive(Angle.PI_OVER_2 - Angle.angle(points[0], points[1]));
  }

  /// @param axis 0 to 3: x, y, z, m
  public static double ordinate(byte[] p, int o, int l, int axis, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    if (!(geometry instanceof Point point)) {
      throw Geometries.invalid("Argument to the function is not a point");
    }
    out.isNull = point.isEmpty() || !has(geometry, axis);
    return out.isNull ? 0 : value(point.getCoordinateSequence(), 0, axis);
  }

  private static boolean has(Geometry geometry, int axis) {
    return axis < Z || (axis == Z ? Geometries.hasZ(geometry) : Geometries.hasM(geometry));
  }

  private static double value(CoordinateSequence points, int index, int axis) {
    return switch (axis) {
      case 0 -> points.getX(index);
      case 1 -> points.getY(index);
      case Z -> points.getZ(index);
      default -> points.getM(index);
    };
  }

  /// @param axis 0 to 3: x, y, z, m
  /// @param greatest 1 for the greatest ordinate, 0 for the least
  public static double extreme(byte[] p, int o, int l, int axis, int greatest, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    out.isNull = geometry.isEmpty() || !has(geometry, axis);
    if (out.isNull) {
      return 0;
    }
    Extreme extreme = new Extreme(axis, greatest == 1);
    geometry.apply(extreme);
    return extreme.found;
  }

  private static final class Extreme implements CoordinateSequenceFilter {
    private final int axis;
    private final boolean greatest;
    private double found = Double.NaN;

    Extreme(int axis, boolean greatest) {
      this.axis = axis;
      this.greatest = greatest;
    }

    @Override
    public void filter(CoordinateSequence points, int index) {
      double next = value(points, index, axis);
      if (Double.isNaN(found) || (greatest ? next > found : next < found)) {
        found = next;
      }
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public boolean isGeometryChanged() {
      return false;
    }
  }

  public static int dimension(byte[] p, int o, int l) {
    return Math.max(0, Geometries.read(p, o, l).getDimension());
  }

  public static int dimensions(byte[] p, int o, int l) {
    return Geometries.ordinates(Geometries.read(p, o, l)).size();
  }

  public static int srid(byte[] p, int o, int l) {
    return Geometries.read(p, o, l).getSRID();
  }

  public static int points(byte[] p, int o, int l) {
    return Geometries.read(p, o, l).getNumPoints();
  }

  public static int parts(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return geometry.isEmpty() ? 0 : geometry.getNumGeometries();
  }

  public static int rings(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    int count = 0;
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        count += 1 + polygon.getNumInteriorRing();
      }
    }
    return count;
  }

  public static int holes(byte[] p, int o, int l, ValueOut out) {
    out.isNull = true;
    if (Geometries.read(p, o, l) instanceof Polygon polygon) {
      out.isNull = false;
      return polygon.getNumInteriorRing();
    }
    return 0;
  }

  public static int bytes(byte[] p, int o, int l) {
    return l;
  }
}
