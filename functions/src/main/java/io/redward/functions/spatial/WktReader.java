package io.redward.functions.spatial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/// Reads (extended) well-known text: `SRID=4326;POLYGON Z ((0 0 1, …))`. Points of a multipoint may
/// lack parentheses.
final class WktReader {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private final GeometryFactory factory = Geometries.FACTORY;
  private int at;

  private WktReader(String text) {
    this.text = text;
  }

  static Geometry read(String text) {
    WktReader reader = new WktReader(text);
    int srid = 0;
    if (text.toUpperCase(Locale.ROOT).startsWith("SRID=") && text.contains(";")) {
      reader.at = text.indexOf(';') + 1;
      try {
        srid = Integer.parseInt(text, 5, reader.at - 1, 10);
      } catch (NumberFormatException _) {
        throw reader.error();
      }
    }
    try {
      Geometry geometry = reader.geometry(0);
      reader.blanks();
      if (reader.at < text.length()) {
        throw reader.error();
      }
      return Geometries.withSrid(geometry, srid);
    } catch (IllegalArgumentException _) {
      throw reader.error();
    }
  }

  private RuntimeException error() {
    return Geometries.invalid("parse error - invalid geometry: \"" + text + "\"");
  }

  private Geometry geometry(int depth) {
    String type = word();
    String dimensions = "";
    int before = at;
    String next = word();
    if (next.equals("Z") || next.equals("M") || next.equals("ZM")) {
      dimensions = next;
    } else {
      at = before;
    }
    boolean measured = dimensions.endsWith("M");
    int size = 2 + dimensions.length();
    if (depth > MAX_DEPTH) {
      throw error();
    }
    boolean empty = isEmpty();
    return switch (type) {
      case "POINT" -> empty ? factory.createPoint() : point(size, measured, true);
      case "LINESTRING" -> empty ? factory.createLineString() : line(size, measured);
      case "POLYGON" -> empty ? factory.createPolygon() : polygon(size, measured);
      case "MULTIPOINT" -> {
        List<Point> points = new ArrayList<>();
        while (!empty && more(points.isEmpty())) {
          boolean none = isEmpty();
          points.add(none ? factory.createPoint() : point(size, measured, peek() == '('));
        }
        yield factory.createMultiPoint(points.toArray(Point[]::new));
      }
      case "MULTILINESTRING" -> {
        List<LineString> lines = new ArrayList<>();
        while (!empty && more(lines.isEmpty())) {
          lines.add(isEmpty() ? factory.createLineString() : line(size, measured));
        }
        yield factory.createMultiLineString(lines.toArray(LineString[]::new));
      }
      case "MULTIPOLYGON" -> {
        List<Polygon> polygons = new ArrayList<>();
        while (!empty && more(polygons.isEmpty())) {
          polygons.add(isEmpty() ? factory.createPolygon() : polygon(size, measured));
        }
        yield factory.createMultiPolygon(polygons.toArray(Polygon[]::new));
      }
      case "GEOMETRYCOLLECTION" -> {
        List<Geometry> all = new ArrayList<>();
        while (!empty && more(all.isEmpty())) {
          all.add(geometry(depth + 1));
        }
        yield factory.createGeometryCollection(all.toArray(Geometry[]::new));
      }
      default -> throw error();
    };
  }

  /// Steps over the opening parenthesis or a comma to the next part; false at the closing one.
  private boolean more(boolean first) {
    char letter = peek();
    at++;
    if (letter == (first ? '(' : ',')) {
      return true;
    }
    if (first || letter != ')') {
      throw error();
    }
    return false;
  }

  private Point point(int size, boolean measured, boolean enclosed) {
    if (!enclosed) {
      return factory.createPoint(sequence(List.of(numbers(size)), size, measured));
    }
    CoordinateSequence points = points(size, measured);
    if (points.size() != 1) {
      throw error();
    }
    return factory.createPoint(points);
  }

  private LineString line(int size, boolean measured) {
    return factory.createLineString(points(size, measured));
  }

  private Polygon polygon(int size, boolean measured) {
    List<LinearRing> rings = new ArrayList<>();
    while (more(rings.isEmpty())) {
      rings.add(factory.createLinearRing(points(size, measured)));
    }
    return factory.createPolygon(
        rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
  }

  private CoordinateSequence points(int size, boolean measured) {
    List<double[]> points = new ArrayList<>();
    while (more(points.isEmpty())) {
      points.add(numbers(size));
    }
    return sequence(points, size, measured);
  }

  private static CoordinateSequence sequence(List<double[]> points, int size, boolean measured) {
    int found = points.getFirst().length;
    int dimensions = Math.max(size, found);
    CoordinateArraySequence sequence =
        new CoordinateArraySequence(points.size(), dimensions, measured || found == 4 ? 1 : 0);
    for (int i = 0; i < points.size(); i++) {
      for (int j = 0; j < points.get(i).length; j++) {
        sequence.setOrdinate(i, j, points.get(i)[j]);
      }
    }
    return sequence;
  }

  private double[] numbers(int size) {
    List<Double> numbers = new ArrayList<>();
    for (char next = peek(); next != ',' && next != ')' && next != 0; next = peek()) {
      int begin = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      numbers.add(Double.parseDouble(text.substring(begin, at)));
    }
    if (numbers.size() < size || numbers.size() > 4) {
      throw error();
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private boolean isEmpty() {
    int before = at;
    boolean empty = word().equals("EMPTY");
    at = empty ? at : before;
    return empty;
  }

  private String word() {
    blanks();
    int begin = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at).toUpperCase(Locale.ROOT);
  }

  private char peek() {
    blanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
