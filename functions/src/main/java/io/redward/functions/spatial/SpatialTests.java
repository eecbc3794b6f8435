package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/// Yes or no about one geometry or two.
public final class SpatialTests {
  private SpatialTests() {}

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  /// Both geometries, of one spatial reference system.
  static Geometry[] pair(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry first = Geometries.read(a, ao, al);
    Geometry second = Geometries.read(b, bo, bl);
    requireSameSpace(first, second);
    return new Geometry[] {first, second};
  }

  static void requireSameSpace(Geometry first, Geometry second) {
    if (first.getSRID() != second.getSRID()) {
      throw Geometries.invalid("Operation on two geometries with different SRIDs");
    }
  }

  public static int contains(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].contains(pair[1]));
  }

  public static int containsProperly(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(PreparedGeometryFactory.prepare(pair[0]).containsProperly(pair[1]));
  }

  public static int covers(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].covers(pair[1]));
  }

  public static int coveredBy(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].coveredBy(pair[1]));
  }

  public static int crosses(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].crosses(pair[1]));
  }

  public static int disjoint(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].disjoint(pair[1]));
  }

  public static int same(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].equalsTopo(pair[1]));
  }

  public static int intersects(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].intersects(pair[1]));
  }

  public static int touches(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].touches(pair[1]));
  }

  public static int within(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].within(pair[1]));
  }

  public static int isNear(byte[] a, int ao, int al, byte[] b, int bo, int bl, double distance) {
    Geometry[] pair = pair(a, ao, al, b, bo, bl);
    return bit(pair[0].isWithinDistance(pair[1], distance));
  }

  /// True if no line in it has ends.
  public static int isClosed(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof LineString line && !line.isClosed()) {
        return 0;
      }
    }
    return bit(!geometry.isEmpty());
  }

  public static int isCollection(byte[] p, int o, int l) {
    String type = Geometries.read(p, o, l).getGeometryType();
    return bit(type.startsWith("Multi") || type.equals(Geometry.TYPENAME_GEOMETRYCOLLECTION));
  }

  public static int isEmpty(byte[] p, int o, int l) {
    return bit(Geometries.read(p, o, l).isEmpty());
  }

  public static int isRing(byte[] p, int o, int l) {
    return bit(Geometries.read(p, o, l) instanceof LineString line && line.isRing());
  }

  public static int isSimple(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return bit(
        !(geometry instanceof LineString || geometry instanceof MultiLineString)
            || geometry.isSimple());
  }

  public static int isValid(byte[] p, int o, int l) {
    return bit(Geometries.read(p, o, l).isValid());
  }

  /// @param wanted 1 for polygons whose exterior turns counterclockwise and whose holes do not
  public static int isTurned(byte[] p, int o, int l, int wanted) {
    Geometry geometry = Geometries.read(p, o, l);
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        boolean against = Orientation.isCCW(polygon.getExteriorRing().getCoordinateSequence());
        if (against != (wanted == 1)) {
          return 0;
        }
        for (int j = 0; j < polygon.getNumInteriorRing(); j++) {
          if (Orientation.isCCW(polygon.getInteriorRingN(j).getCoordinateSequence()) == against) {
            return 0;
          }
        }
      }
    }
    return 1;
  }

  /// The number of points of a line; NULL for other geometries.
  public static int linePoints(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    out.isNull = !(geometry instanceof LineString);
    return geometry.getNumPoints();
  }
}
