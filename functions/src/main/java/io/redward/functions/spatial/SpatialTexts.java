package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.nio.charset.StandardCharsets;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/// Spatial values from texts and as texts.
public final class SpatialTexts {
  private static final String BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int USUAL_HASH = 20;
  private static final int MAX_HASH = 64;

  /// Cells of geohashes of more than 22 letters are this small.
  private static final double POINT_DEGREES = 1e-14;

  private SpatialTexts() {}

  private static void put(String text, ValueOut out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  public static void text(byte[] p, int o, int l, ValueOut out) {
    text(p, o, l, WktWriter.DIGITS, out);
  }

  public static void text(byte[] p, int o, int l, int digits, ValueOut out) {
    put(WktWriter.write(Geometries.read(p, o, l), digits), out);
  }

  public static void ewkt(byte[] p, int o, int l, ValueOut out) {
    ewkt(p, o, l, WktWriter.DIGITS, out);
  }

  public static void ewkt(byte[] p, int o, int l, int digits, ValueOut out) {
    put(WktWriter.extended(Geometries.read(p, o, l), digits), out);
  }

  public static void wkb(byte[] p, int o, int l, ValueOut out) {
    put(Geometries.hex(Geometries.bytes(Geometries.read(p, o, l), false)), out);
  }

  public static void ewkb(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    put(Geometries.hex(Geometries.bytes(geometry, geometry.getSRID() != 0)), out);
  }

  public static void json(byte[] p, int o, int l, ValueOut out) {
    json(p, o, l, WktWriter.DIGITS, out);
  }

  public static void json(byte[] p, int o, int l, int digits, ValueOut out) {
    put(GeoJson.write(Geometries.read(p, o, l), digits), out);
  }

  public static void parse(byte[] p, int o, int l, ValueOut out) {
    Geometries.put(Geometries.parse(p, o, l), out);
  }

  public static void parse(byte[] p, int o, int l, int srid, ValueOut out) {
    Geometries.put(Geometries.withSrid(Geometries.parse(p, o, l), srid), out);
  }

  /// A geography: of WGS 84 unless the text says otherwise.
  public static void geography(byte[] p, int o, int l, ValueOut out) {
    asGeography(Geometries.parse(p, o, l), out);
  }

  public static void toGeography(byte[] p, int o, int l, ValueOut out) {
    asGeography(Geometries.read(p, o, l), out);
  }

  private static void asGeography(Geometry geometry, ValueOut out) {
    int srid = geometry.getSRID() == 0 ? Geometries.WGS84 : geometry.getSRID();
    Geometries.put(Geometries.withSrid(geometry, srid), out);
  }

  public static void same(byte[] p, int o, int l, ValueOut out) {
    out.bytes(p, o, l);
  }

  public static void fromJson(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = GeoJson.read(Numbers.text(p, o, l));
    Geometries.put(Geometries.withSrid(geometry, Geometries.WGS84), out);
  }

  /// The cell of a geohash; its middle where it is too small to have corners.
  public static void cellOfHash(byte[] p, int o, int l, ValueOut out) {
    fromHash(p, o, l, l, false, out);
  }

  public static void cellOfHash(byte[] p, int o, int l, int letters, ValueOut out) {
    fromHash(p, o, l, letters < 0 ? l : letters, false, out);
  }

  /// The middle of the cell.
  public static void pointOfHash(byte[] p, int o, int l, ValueOut out) {
    fromHash(p, o, l, l, true, out);
  }

  public static void pointOfHash(byte[] p, int o, int l, int letters, ValueOut out) {
    fromHash(p, o, l, letters < 0 ? l : letters, true, out);
  }

  private static void fromHash(byte[] p, int o, int l, int letters, boolean point, ValueOut out) {
    double[] low = {-180, -90};
    double[] high = {180, 90};
    int axis = 0;
    for (int i = 0; i < Math.min(l, letters); i++) {
      int value = BASE32.indexOf(Character.toLowerCase(p[o + i]));
      if (value < 0) {
        throw Geometries.invalid("Invalid GeoHash: \"" + Numbers.text(p, o, l) + "\"");
      }
      for (int bit = 4; bit >= 0; bit--) {
        double middle = (low[axis] + high[axis]) / 2;
        ((value >> bit & 1) == 1 ? low : high)[axis] = middle;
        axis = 1 - axis;
      }
    }
    boolean precise = Math.max(high[0] - low[0], high[1] - low[1]) < POINT_DEGREES;
    Geometries.put(
        point || precise
            ? Geometries.FACTORY.createPoint(
                new Coordinate((low[0] + high[0]) / 2, (low[1] + high[1]) / 2))
            : cell(low, high),
        out);
  }

  private static Geometry cell(double[] low, double[] high) {
    Coordinate corner = new Coordinate(low[0], low[1]);
    return Geometries.FACTORY.createPolygon(
        new Coordinate[] {
          corner,
          new Coordinate(low[0], high[1]),
          new Coordinate(high[0], high[1]),
          new Coordinate(high[0], low[1]),
          corner
        });
  }

  public static void hash(byte[] p, int o, int l, ValueOut out) {
    hash(p, o, l, USUAL_HASH, out);
  }

  public static void hash(byte[] p, int o, int l, int letters, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    out.isNull = geometry.isEmpty();
    if (out.isNull) {
      return;
    }
    Coordinate point =
        geometry instanceof Point
            ? geometry.getCoordinate()
            : geometry.getEnvelopeInternal().centre();
    double[] low = {-180, -90};
    double[] high = {180, 90};
    double[] at = {point.x, point.y};
    int axis = 0;
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < Math.clamp(letters, 1, MAX_HASH); i++) {
      int value = 0;
      for (int bit = 4; bit >= 0; bit--) {
        double middle = (low[axis] + high[axis]) / 2;
        boolean above = at[axis] >= middle;
        (above ? low : high)[axis] = middle;
        value |= above ? 1 << bit : 0;
        axis = 1 - axis;
      }
      hash.append(BASE32.charAt(value));
    }
    put(hash.toString(), out);
  }

  public static void typeName(byte[] p, int o, int l, ValueOut out) {
    put("ST_" + Geometries.read(p, o, l).getGeometryType(), out);
  }

  public static void plainTypeName(byte[] p, int o, int l, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    boolean measured = Geometries.hasM(geometry) && !Geometries.hasZ(geometry);
    String name = geometry.getGeometryType().toUpperCase(java.util.Locale.ROOT);
    put(measured ? name + "M" : name, out);
  }

  /// A value with a bounding box has a byte more than its binary form. Points need none.
  public static void withBox(byte[] p, int o, int l, ValueOut out) {
    byte[] bytes = plain(p, o, l);
    boolean point = Geometries.read(p, o, l) instanceof Point;
    byte[] boxed = java.util.Arrays.copyOf(bytes, point ? bytes.length : bytes.length + 1);
    out.bytes(boxed, 0, boxed.length);
  }

  public static void withoutBox(byte[] p, int o, int l, ValueOut out) {
    byte[] bytes = plain(p, o, l);
    out.bytes(bytes, 0, bytes.length);
  }

  public static int hasBox(byte[] p, int o, int l) {
    return l > plain(p, o, l).length ? 1 : 0;
  }

  private static byte[] plain(byte[] p, int o, int l) {
    Geometry geometry = Geometries.read(p, o, l);
    return Geometries.bytes(geometry, geometry.getSRID() != 0);
  }
}
