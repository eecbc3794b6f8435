package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;
import org.locationtech.jts.linearref.LengthIndexedLine;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;

/// Geometries made of others. Results are of the first argument's spatial reference system.
public final class SpatialShapes {
  private static final GeometryFactory FACTORY = Geometries.FACTORY;

  private SpatialShapes() {}

  private static void answer(@Nullable Geometry made, int srid, ValueOut out) {
    out.isNull = made == null;
    if (made != null) {
      Geometries.put(Geometries.withSrid(made, srid), out);
    }
  }

  private static LineString line(Geometry geometry) {
    if (geometry instanceof LineString line) {
      return line;
    }
    throw Geometries.invalid("Argument to the function is not a linestring");
  }

  public static void point(double x, double y, ValueOut out) {
    answer(
        FACTORY.createPoint(
            new CoordinateArraySequence(
                new Coordinate[] {new org.locationtech.jts.geom.CoordinateXY(x, y)}, 2, 0)),
        0,
        out);
  }

  public static void point(double x, double y, double z, ValueOut out) {
    answer(FACTORY.createPoint(new Coordinate(x, y, z)), 0, out);
  }

  public static void point(double x, double y, double z, double m, ValueOut out) {
    answer(FACTORY.createPoint(new org.locationtech.jts.geom.CoordinateXYZM(x, y, z, m)), 0, out);
  }

  public static void box(double left, double bottom, double right, double top, ValueOut out) {
    box(left, bottom, right, top, 0, out);
  }

  public static void box(
      double left, double bottom, double right, double top, int srid, ValueOut out) {
    answer(box(left, bottom, right, top), srid, out);
  }

  private static Polygon box(double left, double bottom, double right, double top) {
    return FACTORY.createPolygon(
        new Coordinate[] {
          new Coordinate(left, bottom),
          new Coordinate(left, top),
          new Coordinate(right, top),
          new Coordinate(right, bottom),
          new Coordinate(left, bottom)
        });
  }

  public static void withSrid(byte[] p, int o, int l, int srid, ValueOut out) {
    answer(Geometries.read(p, o, l), srid, out);
  }

  /// Points and lines one after the other.
  public static void line(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    List<Coordinate> points = new ArrayList<>(Arrays.asList(pair[0].getCoordinates()));
    points.addAll(Arrays.asList(pair[1].getCoordinates()));
    answer(FACTORY.createLineString(points.toArray(Coordinate[]::new)), pair[0].getSRID(), out);
  }

  public static void lineOfPoints(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    if (!(geometry instanceof MultiPoint)) {
      throw Geometries.invalid("Argument to the function is not a multipoint");
    }
    answer(FACTORY.createLineString(geometry.getCoordinates()), geometry.getSRID(), out);
  }

  public static void polygon(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(polygon(line(geometry)), geometry.getSRID(), out);
  }

  public static void polygon(byte[] p, int o, int l, int srid, ValueOut out) {
    answer(polygon(line(Geometries.read(p, o, l))), srid, out);
  }

  /// With the lines of the second as holes.
  public static void polygon(byte[] p, int o, int l, byte[] h, int ho, int hl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(p, o, l, h, ho, hl);
    LinearRing[] holes = new LinearRing[pair[1].getNumGeometries()];
    for (int i = 0; i < holes.length; i++) {
      holes[i] = polygon(line(pair[1].getGeometryN(i))).getExteriorRing();
    }
    LinearRing shell = polygon(line(pair[0])).getExteriorRing();
    answer(FACTORY.createPolygon(shell, holes), pair[0].getSRID(), out);
  }

  private static Polygon polygon(LineString line) {
    try {
      return FACTORY.createPolygon(line.getCoordinateSequence());
    } catch (IllegalArgumentException _) {
      throw Geometries.invalid("The linestring is not closed");
    }
  }

  public static void points(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(FACTORY.createMultiPointFromCoords(geometry.getCoordinates()), geometry.getSRID(), out);
  }

  public static void multi(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    Geometry multi =
        switch (geometry) {
          case Point point -> FACTORY.createMultiPoint(new Point[] {point});
          case LineString line -> FACTORY.createMultiLineString(new LineString[] {line});
          case Polygon polygon -> FACTORY.createMultiPolygon(new Polygon[] {polygon});
          default -> geometry;
        };
    answer(multi, geometry.getSRID(), out);
  }

  public static void collect(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    int srid = pair[0].getSRID();
    answer(gathered(List.of(pair)), srid, out);
  }

  /// All geometries of a list of hexadecimal texts with commas between them.
  public static void collectAll(byte[] p, int o, int l, ValueOut out) {
    List<Geometry> all = new ArrayList<>();
    for (String text : Numbers.text(p, o, l).split(",")) {
      Geometry geometry = Geometries.fromHex(text);
      if (!all.isEmpty()) {
        SpatialTests.requireSameSpace(all.getFirst(), geometry);
      }
      all.add(geometry);
    }
    answer(gathered(all), all.getFirst().getSRID(), out);
  }

  /// A multi geometry of points, lines or polygons, a collection of everything else.
  private static Geometry gathered(List<Geometry> all) {
    Class<?> kind = all.getFirst().getClass();
    boolean alike = all.stream().allMatch(geometry -> geometry.getClass() == kind);
    return switch (all.getFirst()) {
      case Point _ when alike -> FACTORY.createMultiPoint(all.toArray(Point[]::new));
      case LineString _ when alike -> FACTORY.createMultiLineString(all.toArray(LineString[]::new));
      case Polygon _ when alike -> FACTORY.createMultiPolygon(all.toArray(Polygon[]::new));
      default -> FACTORY.createGeometryCollection(all.toArray(Geometry[]::new));
    };
  }

  public static void part(byte[] p, int o, int l, int number, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    boolean found = number >= 1 && number <= geometry.getNumGeometries();
    answer(found ? geometry.getGeometryN(number - 1).copy() : null, geometry.getSRID(), out);
  }

  public static void ring(byte[] p, int o, int l, int number, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    boolean found =
        geometry instanceof Polygon polygon
            && number >= 1
            && number <= polygon.getNumInteriorRing();
    answer(
        found ? open(((Polygon) geometry).getInteriorRingN(number - 1)) : null,
        geometry.getSRID(),
        out);
  }

  private static LineString open(LineString ring) {
    return FACTORY.createLineString(ring.getCoordinateSequence().copy());
  }

  public static void exterior(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(
        geometry instanceof Polygon polygon && !polygon.isEmpty()
            ? open(polygon.getExteriorRing())
            : null,
        geometry.getSRID(),
        out);
  }

  public static void start(byte[] p, int o, int l, ValueOut out) {
    pointAt(p, o, l, 1, out);
  }

  public static void end(byte[] p, int o, int l, ValueOut out) {
    pointAt(p, o, l, -1, out);
  }

  /// @param number from 1; a negative one counts from the end
  public static void pointAt(byte[] p, int o, int l, int number, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    int at = number < 0 ? geometry.getNumPoints() + number : number - 1;
    boolean found = geometry instanceof LineString && at >= 0 && at < geometry.getNumPoints();
    answer(found ? ((LineString) geometry).getPointN(at) : null, geometry.getSRID(), out);
  }

  private static void changed(Geometry geometry, List<Coordinate> points, ValueOut out) {
    answer(FACTORY.createLineString(points.toArray(Coordinate[]::new)), geometry.getSRID(), out);
  }

  public static void addPoint(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    addPoint(a, ao, al, b, bo, bl, -1, out);
  }

  /// @param index from 0; -1 for the end
  public static void addPoint(
      byte[] a, int ao, int al, byte[] b, int bo, int bl, int index, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    List<Coordinate> points = new ArrayList<>(Arrays.asList(line(pair[0]).getCoordinates()));
    int at = index == -1 ? points.size() : index;
    if (at < 0 || at > points.size()) {
      throw Geometries.invalid("Point index is out of range");
    }
    points.add(at, pair[1].getCoordinate());
    changed(pair[0], points, out);
  }

  public static void removePoint(byte[] p, int o, int l, int index, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    List<Coordinate> points = new ArrayList<>(Arrays.asList(line(geometry).getCoordinates()));
    if (index < 0 || index >= points.size()) {
      throw Geometries.invalid("Point index is out of range");
    }
    points.remove(index);
    changed(geometry, points, out);
  }

  public static void setPoint(
      byte[] a, int ao, int al, int index, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    Coordinate[] points = line(pair[0]).getCoordinates();
    int at = index < 0 ? points.length + index : index;
    if (at < 0 || at >= points.length) {
      throw Geometries.invalid("Point index is out of range");
    }
    points[at] = pair[1].getCoordinate();
    changed(pair[0], Arrays.asList(points), out);
  }

  public static void reverse(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(geometry.reverse(), geometry.getSRID(), out);
  }

  public static void simplify(byte[] p, int o, int l, double tolerance, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(DouglasPeuckerSimplifier.simplify(geometry, tolerance), geometry.getSRID(), out);
  }

  /// The smallest box; a point or a line where it has no area.
  public static void envelope(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    Envelope box = geometry.getEnvelopeInternal();
    boolean flat = geometry.isEmpty() || box.getWidth() == 0 || box.getHeight() == 0;
    answer(
        flat
            ? geometry.getEnvelope()
            : box(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()),
        geometry.getSRID(),
        out);
  }

  public static void buffer(byte[] p, int o, int l, double distance, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(geometry.buffer(distance).norm(), geometry.getSRID(), out);
  }

  public static void buffer(byte[] p, int o, int l, double distance, int segments, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    Geometry buffer = geometry.buffer(distance, Math.max(segments, 0));
    answer(buffer.norm(), geometry.getSRID(), out);
  }

  public static void centroid(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(geometry.getCentroid(), geometry.getSRID(), out);
  }

  public static void hull(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(geometry.convexHull().norm(), geometry.getSRID(), out);
  }

  public static void boundary(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(geometry.getBoundary(), geometry.getSRID(), out);
  }

  public static void interpolate(byte[] p, int o, int l, double fraction, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    if (fraction < 0 || fraction > 1) {
      throw Geometries.invalid("The fraction must be between 0 and 1");
    }
    double length = line(geometry).getLength();
    Coordinate point = new LengthIndexedLine(geometry).extractPoint(length * fraction);
    answer(FACTORY.createPoint(point), geometry.getSRID(), out);
  }

  /// Keeps the ordinates asked for and sets those that are missing to 0.
  ///
  /// @param z 1 to have z
  /// @param m 1 to have m
  public static void force(byte[] p, int o, int l, int z, int m, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    answer(forced(geometry, z == 1, m == 1), geometry.getSRID(), out);
  }

  private static Geometry forced(Geometry geometry, boolean z, boolean m) {
    return switch (geometry) {
      case Point point -> FACTORY.createPoint(forced(point.getCoordinateSequence(), z, m));
      case LineString line -> FACTORY.createLineString(forced(line.getCoordinateSequence(), z, m));
      case Polygon polygon -> {
        LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
        for (int i = 0; i < holes.length; i++) {
          CoordinateSequence ring = polygon.getInteriorRingN(i).getCoordinateSequence();
          holes[i] = FACTORY.createLinearRing(forced(ring, z, m));
        }
        CoordinateSequence shell = polygon.getExteriorRing().getCoordinateSequence();
        yield FACTORY.createPolygon(FACTORY.createLinearRing(forced(shell, z, m)), holes);
      }
      default -> {
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          parts.add(forced(geometry.getGeometryN(i), z, m));
        }
        yield collection(geometry, parts);
      }
    };
  }

  private static Geometry collection(Geometry like, List<Geometry> parts) {
    return switch (like.getGeometryType()) {
      case Geometry.TYPENAME_MULTIPOINT -> FACTORY.createMultiPoint(parts.toArray(Point[]::new));
      case Geometry.TYPENAME_MULTILINESTRING ->
          FACTORY.createMultiLineString(parts.toArray(LineString[]::new));
      case Geometry.TYPENAME_MULTIPOLYGON ->
          FACTORY.createMultiPolygon(parts.toArray(Polygon[]::new));
      default -> FACTORY.createGeometryCollection(parts.toArray(Geometry[]::new));
    };
  }

  private static CoordinateSequence forced(CoordinateSequence points, boolean z, boolean m) {
    int size = 2 + (z ? 1 : 0) + (m ? 1 : 0);
    CoordinateArraySequence forced = new CoordinateArraySequence(points.size(), size, m ? 1 : 0);
    for (int i = 0; i < points.size(); i++) {
      forced.setOrdinate(i, 0, points.getX(i));
      forced.setOrdinate(i, 1, points.getY(i));
      if (z) {
        forced.setOrdinate(i, 2, points.hasZ() ? zeroed(points.getZ(i)) : 0);
      }
      if (m) {
        forced.setOrdinate(i, size - 1, points.hasM() ? zeroed(points.getM(i)) : 0);
      }
    }
    return forced;
  }

  private static double zeroed(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
