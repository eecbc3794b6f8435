package io.redward.functions.spatial;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/// The cells of the H3 grid, whose numbers are also written in hexadecimal digits. The grid's own
/// library is native code: it is unpacked and loaded by the first call, and every argument is
/// checked before it gets there. Later versions than 4.1 of the library differ from the documented
/// results in the last digit.
public final class Cells {
  private static final int FINEST = 15;
  private static final int HEXADECIMAL = 16;

  /// The digits of a cell's number and a comma.
  private static final int TEXT_BYTES = 20;

  private static final int MAX_LIST_BYTES = 16 * 1024 * 1024;

  private Cells() {}

  /// Loads the native library when it is first asked for.
  private static final class Grid {
    static final H3Core CORE = load();

    private static H3Core load() {
      try {
        return H3Core.newInstance();
      } catch (IOException | UnsatisfiedLinkError failure) {
        throw SqlException.ofValue(
                SqlState.FEATURE_NOT_SUPPORTED, "H3 functions do not run on this system")
            .withDetail(String.valueOf(failure.getMessage()));
      }
    }
  }

  public static long fromPosition(double longitude, double latitude, int resolution) {
    requireResolution(resolution, 0, FINEST);
    if (!Double.isFinite(longitude) || !Double.isFinite(latitude)) {
      throw Geometries.invalid("Longitude and latitude must be finite numbers");
    }
    return Grid.CORE.latLngToCell(latitude, longitude, resolution);
  }

  public static long fromPoint(byte[] p, int o, int l, int resolution, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    if (!(geometry instanceof Point point)) {
      throw Geometries.invalid("H3_FromPoint: geometry must be a point");
    }
    requireResolution(resolution, 0, FINEST);
    out.isNull = point.isEmpty();
    return out.isNull ? 0 : fromPosition(point.getX(), point.getY(), resolution);
  }

  public static int isValid(long cell) {
    return Grid.CORE.isValidCell(cell) ? 1 : 0;
  }

  public static int isValid(byte[] p, int o, int l) {
    return isValid(number(p, o, l));
  }

  public static int resolution(long cell) {
    return Grid.CORE.getResolution(valid(cell));
  }

  public static int resolution(byte[] p, int o, int l) {
    return resolution(number(p, o, l));
  }

  public static void center(long cell, ValueOut out) {
    LatLng center = Grid.CORE.cellToLatLng(valid(cell));
    Geometries.put(Geometries.FACTORY.createPoint(coordinate(center)), out);
  }

  public static void center(byte[] p, int o, int l, ValueOut out) {
    center(number(p, o, l), out);
  }

  public static void boundary(long cell, ValueOut out) {
    List<LatLng> corners = Grid.CORE.cellToBoundary(valid(cell));
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = coordinate(corners.get(i % corners.size()));
    }
    Geometries.put(Geometries.FACTORY.createPolygon(ring), out);
  }

  public static void boundary(byte[] p, int o, int l, ValueOut out) {
    boundary(number(p, o, l), out);
  }

  public static long parent(long cell, int resolution) {
    requireResolution(resolution, 0, resolution(cell));
    return Grid.CORE.cellToParent(cell, resolution);
  }

  public static long parent(byte[] p, int o, int l, int resolution) {
    return parent(number(p, o, l), resolution);
  }

  public static void children(long cell, int resolution, ValueOut out) {
    requireResolution(resolution, resolution(cell), FINEST);
    if (Grid.CORE.cellToChildrenSize(cell, resolution) > MAX_LIST_BYTES / TEXT_BYTES) {
      throw tooMany();
    }
    put(Grid.CORE.cellToChildren(cell, resolution), out);
  }

  public static void children(byte[] p, int o, int l, int resolution, ValueOut out) {
    children(number(p, o, l), resolution, out);
  }

  /// The cells whose centers a polygon holds.
  public static void fill(byte[] p, int o, int l, int resolution, ValueOut out) {
    if (!(Geometries.read(p, o, l) instanceof Polygon polygon)) {
      throw Geometries.invalid("H3_Polyfill: geometry must be a polygon");
    }
    requireResolution(resolution, 0, FINEST);
    out.isNull = polygon.isEmpty();
    if (out.isNull) {
      return;
    }
    double radians = Math.toRadians(1);
    double cells = polygon.getArea() * radians * radians / cellArea(resolution);
    if (cells > MAX_LIST_BYTES / (double) TEXT_BYTES * 2) {
      throw tooMany();
    }
    List<List<LatLng>> holes = new ArrayList<>();
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      holes.add(corners(polygon.getInteriorRingN(i)));
    }
    put(Grid.CORE.polygonToCells(corners(polygon.getExteriorRing()), holes, resolution), out);
  }

  /// What part of the unit sphere's surface a cell covers on average.
  private static double cellArea(int resolution) {
    return 4 * Math.PI / Grid.CORE.getNumCells(resolution);
  }

  private static List<LatLng> corners(LinearRing ring) {
    List<LatLng> corners = new ArrayList<>();
    for (Coordinate corner : ring.getCoordinates()) {
      corners.add(new LatLng(corner.y, corner.x));
    }
    return corners;
  }

  private static Coordinate coordinate(LatLng position) {
    return new Coordinate(position.lng, position.lat);
  }

  /// The number that hexadecimal digits stand for; zero, which is no cell's, of anything else.
  private static long number(byte[] p, int o, int l) {
    try {
      return Long.parseUnsignedLong(Numbers.text(p, o, l).strip(), HEXADECIMAL);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static long valid(long cell) {
    if (!Grid.CORE.isValidCell(cell)) {
      throw Geometries.invalid("Invalid H3 index");
    }
    return cell;
  }

  private static void requireResolution(int resolution, int least, int greatest) {
    if (resolution < least || resolution > greatest) {
      throw Geometries.invalid(
          "Invalid H3 resolution %d: must be between %d and %d"
              .formatted(resolution, least, greatest));
    }
  }

  private static SqlException tooMany() {
    return SqlException.ofValue(
        SqlState.PROGRAM_LIMIT_EXCEEDED, "The H3 cells are more than a SUPER value can hold");
  }

  private static void put(List<Long> cells, ValueOut out) {
    StringBuilder text = new StringBuilder("[");
    for (long cell : cells) {
      text.append(text.length() > 1 ? "," : "").append(cell);
    }
    if (text.length() >= MAX_LIST_BYTES) {
      throw tooMany();
    }
    byte[] bytes = text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    out.bytes(bytes, 0, bytes.length);
  }
}
