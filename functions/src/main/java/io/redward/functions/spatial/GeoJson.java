package io.redward.functions.spatial;

import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/// Geometries as GeoJSON objects, by way of well-known text when they are read.
final class GeoJson {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  private GeoJson(String text) {
    this.text = text;
  }

  static Geometry read(String text) {
    GeoJson reader = new GeoJson(text);
    Object value = reader.value(0);
    if (!(value instanceof Map<?, ?> object)) {
      throw reader.error();
    }
    StringBuilder wkt = new StringBuilder();
    reader.geometry(object, wkt);
    return WktReader.read(wkt.toString());
  }

  private RuntimeException error() {
    return Geometries.invalid("Invalid GeoJSON: \"" + text + "\"");
  }

  private void geometry(Map<?, ?> object, StringBuilder wkt) {
    String type = String.valueOf(object.get("type"));
    if (type.equals("GeometryCollection") && object.get("geometries") instanceof List<?> parts) {
      wkt.append("GEOMETRYCOLLECTION ").append(parts.isEmpty() ? "EMPTY" : "");
      for (int i = 0; i < parts.size(); i++) {
        wkt.append(i == 0 ? '(' : ',');
        if (!(parts.get(i) instanceof Map<?, ?> part)) {
          throw error();
        }
        geometry(part, wkt);
      }
      wkt.append(parts.isEmpty() ? "" : ")");
      return;
    }
    if (!(object.get("coordinates") instanceof List<?> coordinates)) {
      throw error();
    }
    int size = size(coordinates);
    wkt.append(type).append(size == 3 ? " Z " : size == 4 ? " ZM " : " ");
    if (coordinates.isEmpty()) {
      wkt.append("EMPTY");
    } else if (coordinates.getFirst() instanceof List) {
      parts(coordinates, Math.max(2, size), wkt);
    } else {
      parts(List.of(coordinates), Math.max(2, size), wkt);
    }
  }

  private static int size(List<?> coordinates) {
    int size = 0;
    for (Object each : coordinates) {
      size = Math.max(size, each instanceof List<?> inner ? size(inner) : coordinates.size());
    }
    return size;
  }

  /// Points with fewer numbers than others are filled up with zeros.
  private void parts(List<?> parts, int size, StringBuilder wkt) {
    for (int i = 0; i < parts.size(); i++) {
      wkt.append(i == 0 ? '(' : ',');
      if (!(parts.get(i) instanceof List<?> part) || part.isEmpty()) {
        throw error();
      }
      if (part.getFirst() instanceof List) {
        parts(part, size, wkt);
      } else {
        for (int j = 0; j < size; j++) {
          wkt.append(j == 0 ? "" : " ").append(j < part.size() ? part.get(j) : "0");
        }
      }
    }
    wkt.append(')');
  }

  private Object value(int depth) {
    blanks();
    if (at >= text.length() || depth > MAX_DEPTH) {
      throw error();
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> plain();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (!ends('}')) {
      String name = string();
      expect(':');
      object.put(name, value(depth + 1));
    }
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    at++;
    while (!ends(']')) {
      array.add(value(depth + 1));
    }
    return array;
  }

  /// Steps over a comma or the closing bracket; true for the latter.
  private boolean ends(char close) {
    blanks();
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
      blanks();
      return false;
    }
    boolean closed = at < text.length() && text.charAt(at) == close;
    at += closed ? 1 : 0;
    return closed;
  }

  private void expect(char wanted) {
    blanks();
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw error();
    }
    at++;
  }

  private String string() {
    blanks();
    int end = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
    if (end < 0) {
      throw error();
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private String plain() {
    int begin = at;
    while (at < text.length() && ",]} \n\t\r".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  static String write(Geometry geometry, int digits) {
    StringBuilder out = new StringBuilder();
    write(geometry, new MathContext(Math.clamp(digits, 1, 20)), out);
    return out.toString();
  }

  private static void write(Geometry geometry, MathContext digits, StringBuilder out) {
    boolean collection = geometry.getGeometryType().equals(Geometry.TYPENAME_GEOMETRYCOLLECTION);
    out.append("{\"type\":\"").append(geometry.getGeometryType()).append("\",\"");
    out.append(collection ? "geometries\":[" : "coordinates\":");
    if (collection) {
      for (int i = 0; i < geometry.getNumGeometries(); i++) {
        out.append(i == 0 ? "" : ",");
        write(geometry.getGeometryN(i), digits, out);
      }
      out.append(']');
    } else {
      coordinates(geometry, digits, out);
    }
    out.append('}');
  }

  private static void coordinates(Geometry geometry, MathContext digits, StringBuilder out) {
    switch (geometry) {
      case Point point -> {
        String points = points(point.getCoordinateSequence(), digits);
        out.append(point.isEmpty() ? "[]" : points.substring(1, points.length() - 1));
      }
      case LineString line -> out.append(points(line.getCoordinateSequence(), digits));
      case Polygon polygon -> {
        out.append('[');
        if (!polygon.isEmpty()) {
          coordinates(polygon.getExteriorRing(), digits, out);
        }
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          out.append(',');
          coordinates(polygon.getInteriorRingN(i), digits, out);
        }
        out.append(']');
      }
      default -> {
        out.append('[');
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          out.append(i == 0 ? "" : ",");
          coordinates(geometry.getGeometryN(i), digits, out);
        }
        out.append(']');
      }
    }
  }

  private static String points(CoordinateSequence points, MathContext digits) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < points.size(); i++) {
      out.append(i == 0 ? "[" : ",[").append(WktWriter.number(points.getX(i), digits));
      out.append(',').append(WktWriter.number(points.getY(i), digits));
      if (points.hasZ() && !Double.isNaN(points.getZ(i))) {
        out.append(',').append(WktWriter.number(points.getZ(i), digits));
      }
      out.append(']');
    }
    return out.append(']').toString();
  }
}
