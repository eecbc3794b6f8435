package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryTransformer;

/// Unions and intersections. Rings have no points on the straight way between their neighbours.
public final class Overlays {
  private Overlays() {}

  public static void intersection(
      byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    answer(pair[0].intersection(pair[1]), pair[0].getSRID(), out);
  }

  public static void union(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    Geometry[] pair = SpatialTests.pair(a, ao, al, b, bo, bl);
    answer(pair[0].union(pair[1]), pair[0].getSRID(), out);
  }

  private static void answer(Geometry made, int srid, ValueOut out) {
    out.isNull = false;
    Geometry straight = made.getDimension() == 2 ? new Straightener().transform(made) : made;
    Geometries.put(Geometries.withSrid(straight.norm(), srid), out);
  }

  private static final class Straightener extends GeometryTransformer {
    @Override
    protected Geometry transformLinearRing(LinearRing ring, Geometry parent) {
      if (!(parent instanceof Polygon) || ring.isEmpty()) {
        return ring;
      }
      Coordinate[] points = ring.getCoordinates();
      int size = points.length - 1;
      List<Coordinate> corners = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Coordinate before = points[(i + size - 1) % size];
        if (Orientation.index(before, points[i], points[i + 1]) != Orientation.COLLINEAR) {
          corners.add(points[i]);
        }
      }
      corners.add(corners.getFirst());
      return Geometries.FACTORY.createLinearRing(corners.toArray(Coordinate[]::new));
    }
  }
}
