package io.redward.functions.spatial;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.Ordinate;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/// Values and their texts, read and written.
final class Geometries {
  static final GeometryFactory FACTORY = new GeometryFactory();
  static final int WGS84 = 4326;

  private Geometries() {}

  static Geometry read(byte[] page, int offset, int length) {
    try {
      return new WKBReader(FACTORY).read(Arrays.copyOfRange(page, offset, offset + length));
    } catch (ParseException | IllegalArgumentException _) {
      throw invalid("Invalid EWKB");
    }
  }

  static SqlException invalid(String message) {
    return SqlException.ofValue(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  /// The geometry of a text: hexadecimal EWKB or EWKT.
  static Geometry parse(byte[] page, int offset, int length) {
    String text = Numbers.text(page, offset, length).strip();
    return text.startsWith("0") && !text.contains("(") ? fromHex(text) : WktReader.read(text);
  }

  static Geometry fromHex(String text) {
    try {
      byte[] bytes = HexFormat.of().parseHex(text.strip());
      return read(bytes, 0, bytes.length);
    } catch (IllegalArgumentException _) {
      throw invalid("Compressed or invalid hexadecimal EWKB: \"" + text + "\"");
    }
  }

  static void put(Geometry geometry, ValueOut out) {
    byte[] bytes = bytes(geometry, geometry.getSRID() != 0);
    out.bytes(bytes, 0, bytes.length);
  }

  static byte[] bytes(Geometry geometry, boolean withSrid) {
    EnumSet<Ordinate> ordinates = ordinates(geometry);
    WKBWriter writer = new WKBWriter(ordinates.size(), ByteOrderValues.LITTLE_ENDIAN, withSrid);
    writer.setOutputOrdinates(ordinates);
    return writer.write(geometry);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
  }

  /// The dimensions of a geometry, by its first point.
  static EnumSet<Ordinate> ordinates(Geometry geometry) {
    EnumSet<Ordinate> found = EnumSet.of(Ordinate.X, Ordinate.Y);
    CoordinateSequence points = firstPoints(geometry);
    if (points.size() > 0) {
      if (points.hasZ() && !Double.isNaN(points.getZ(0))) {
        found.add(Ordinate.Z);
      }
      if (points.hasM() && !Double.isNaN(points.getM(0))) {
        found.add(Ordinate.M);
      }
    }
    return found;
  }

  private static CoordinateSequence firstPoints(Geometry geometry) {
    return switch (geometry) {
      case Point point -> point.getCoordinateSequence();
      case LineString line -> line.getCoordinateSequence();
      case Polygon polygon -> polygon.getExteriorRing().getCoordinateSequence();
      case GeometryCollection all -> {
        for (int i = 0; i < all.getNumGeometries(); i++) {
          CoordinateSequence points = firstPoints(all.getGeometryN(i));
          if (points.size() > 0) {
            yield points;
          }
        }
        yield FACTORY.getCoordinateSequenceFactory().create(0, 2);
      }
      default -> throw new IllegalStateException(geometry.getGeometryType());
    };
  }

  static boolean hasZ(Geometry geometry) {
    return ordinates(geometry).contains(Ordinate.Z);
  }

  static boolean hasM(Geometry geometry) {
    return ordinates(geometry).contains(Ordinate.M);
  }

  static Geometry withSrid(Geometry geometry, int srid) {
    geometry.setSRID(srid);
    return geometry;
  }
}
