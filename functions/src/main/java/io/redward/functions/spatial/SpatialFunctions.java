package io.redward.functions.spatial;

import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.GEOGRAPHY;
import static io.redward.functions.signature.ParameterType.GEOMETRY;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.ArrayList;
import java.util.List;

/// The spatial functions as a table. Examples that say nothing of their own are left to the SQL
/// tests.
public final class SpatialFunctions {
  private static final SqlType SHAPE = SqlType.of(TypeKind.GEOMETRY);
  private static final SqlType EARTH = SqlType.of(TypeKind.GEOGRAPHY);
  private static final SqlType TEXT = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  private static final String SQUARE = "st_geomfromtext('POLYGON((0 0,2 0,2 2,0 2,0 0))')";
  private static final String LINE = "st_geomfromtext('LINESTRING(0 0,3 4)')";
  private static final String POINT = "st_point(1, 2)";

  private final Family f = new Family("spatial", SpatialShapes.class);

  private SpatialFunctions() {}

  public static List<FunctionDefinition> definitions() {
    SpatialFunctions table = new SpatialFunctions();
    table.tests();
    table.pairs();
    table.measures();
    table.ordinates();
    table.counts();
    table.made();
    table.boxes();
    table.parts();
    table.combined();
    table.conversions();
    List<FunctionDefinition> definitions = new ArrayList<>(SpatialTextTable.definitions());
    definitions.addAll(table.f.definitions());
    definitions.addAll(EarthTable.definitions());
    definitions.addAll(CellTable.definitions());
    return definitions;
  }

  private Family.Entry one(String name, SqlType result, Class<?> owner, String method) {
    return f.function(name).takes(GEOMETRY).gives(result).by(owner, method);
  }

  private Family.Entry more(
      String name, SqlType result, Class<?> owner, String method, ParameterType... further) {
    List<ParameterType> parameters = new ArrayList<>(List.of(GEOMETRY));
    parameters.addAll(List.of(further));
    return f.function(name)
        .takes(parameters.toArray(ParameterType[]::new))
        .gives(result)
        .by(owner, method);
  }

  private void tests() {
    test("st_isclosed", "isClosed", "its lines have no ends", SQUARE, "t");
    test("st_iscollection", "isCollection", "it is a collection or of a multi type", SQUARE, "f");
    test("st_isempty", "isEmpty", "it has no points", "st_geomfromtext('POINT EMPTY')", "t");
    test("st_isring", "isRing", "it is a closed simple line", LINE, "f");
    test("st_issimple", "isSimple", "it does not cross itself", LINE, "t");
    test("st_isvalid", "isValid", "it is well formed", SQUARE, "t");
    for (int turn = 0; turn < 2; turn++) {
      int wanted = turn;
      one(
              turn == 1 ? "st_ispolygonccw" : "st_ispolygoncw",
              SqlType.BOOLEAN,
              SpatialTests.class,
              "isTurned")
          .with(Physical.INT, _ -> ExtraArgument.of(wanted))
          .says("True if its polygons turn that way and their holes the other.")
          .example(
              (turn == 1 ? "st_ispolygonccw(" : "st_ispolygoncw(") + SQUARE + ")",
              turn == 1 ? "t" : "f");
    }
  }

  private void test(String name, String method, String what, String on, String answer) {
    one(name, SqlType.BOOLEAN, SpatialTests.class, method)
        .says("True if " + what + ".")
        .example(name + "(" + on + ")", answer);
  }

  private void pairs() {
    String[][] entries = {
      {"st_contains", "contains", "no point of the second is outside the first", "t"},
      {"st_containsproperly", "containsProperly", "all points of the second are inside", "t"},
      {"st_covers", "covers", "no point of the second is outside the first", "t"},
      {"st_coveredby", "coveredBy", "no point of the first is outside the second", "f"},
      {"st_crosses", "crosses", "they share some inner points, not all", "f"},
      {"st_disjoint", "disjoint", "they share no point", "f"},
      {"st_equals", "same", "they are the same set of points", "f"},
      {"st_intersects", "intersects", "they share a point", "t"},
      {"st_touches", "touches", "they share points of their boundaries only", "f"},
      {"st_within", "within", "no point of the first is outside the second", "f"}
    };
    for (String[] entry : entries) {
      more(entry[0], SqlType.BOOLEAN, SpatialTests.class, entry[1], GEOMETRY)
          .says("True if " + entry[2] + ".")
          .example(entry[0] + "(" + SQUARE + ", st_point(1, 1))", entry[3]);
    }
    more("st_dwithin", SqlType.BOOLEAN, SpatialTests.class, "isNear", GEOMETRY, DOUBLE)
        .says("True if they are no further apart than a distance.")
        .example("st_dwithin(" + SQUARE + ", st_point(5, 2), 3)", "t");
  }

  private void measures() {
    number("st_area", "area", "The area of polygons", SQUARE, "4");
    number("st_length", "length", "The length of lines", LINE, "5");
    number("st_length2d", "length", "The length of lines", LINE, "5");
    number("st_perimeter", "perimeter", "The length of polygons' boundaries", SQUARE, "8");
    number("st_perimeter2d", "perimeter", "The length of polygons' boundaries", SQUARE, "8");
    number("st_lengthsphere", "lengthOnSphere", "The length in metres", POINT, "0");
    more("st_distance", SqlType.DOUBLE, SpatialNumbers.class, "distance", GEOMETRY)
        .nullable()
        .says("The shortest distance.")
        .example("st_distance(" + SQUARE + ", st_point(5, 2))", "3");
    more("st_distancesphere", SqlType.DOUBLE, SpatialNumbers.class, "distanceOnSphere", GEOMETRY)
        .says("The distance of two points in metres on a sphere.")
        .example("st_distancesphere(" + POINT + ", " + POINT + ")", "0");
    more("st_angle", SqlType.DOUBLE, SpatialNumbers.class, "angle", GEOMETRY, GEOMETRY)
        .says("The angle at the second of three points, clockwise.")
        .example("st_angle(st_point(1, 0), st_point(0, 0), st_point(1, 0))", "0");
    more("st_azimuth", SqlType.DOUBLE, SpatialNumbers.class, "azimuth", GEOMETRY)
        .nullable()
        .says("The direction from one point to another, clockwise from north.")
        .example("st_azimuth(st_point(0, 0), st_point(0, 1))", "0");
  }

  private void number(String name, String method, String what, String on, String answer) {
    one(name, SqlType.DOUBLE, SpatialNumbers.class, method)
        .says(what + ".")
        .example(name + "(" + on + ")", answer);
  }

  private void ordinates() {
    String point = "st_makepoint(1, 2, 3, 4)";
    String[] names = {"x", "y", "z", "m"};
    for (int i = 0; i < names.length; i++) {
      int axis = i;
      String answer = Integer.toString(i + 1);
      one("st_" + names[i], SqlType.DOUBLE, SpatialNumbers.class, "ordinate")
          .nullable()
          .with(Physical.INT, _ -> ExtraArgument.of(axis))
          .says("The " + names[i] + " of a point.")
          .example("st_" + names[i] + "(" + point + ")", answer);
      for (int end = 0; end < 2; end++) {
        int greatest = end;
        String name = "st_" + names[i] + (end == 1 ? "max" : "min");
        one(name, SqlType.DOUBLE, SpatialNumbers.class, "extreme")
            .nullable()
            .with(Physical.INT, _ -> ExtraArgument.of(axis))
            .with(Physical.INT, _ -> ExtraArgument.of(greatest))
            .says("The " + (end == 1 ? "greatest " : "least ") + names[i] + " of all points.")
            .example(name + "(" + point + ")", answer);
      }
    }
  }

  private void counts() {
    count("st_dimension", "dimension", "0 for points, 1 for lines, 2 for polygons", "2");
    count("st_ndims", "dimensions", "The number of coordinates of a point", "2");
    count("st_srid", "srid", "The number of the spatial reference system", "0");
    count("st_npoints", "points", "The number of points", "5");
    count("st_nrings", "rings", "The number of rings of polygons", "1");
    count("st_numgeometries", "parts", "The number of geometries in it", "1");
    count("st_memsize", "bytes", "The size of the value in bytes", "93");
    one("st_numinteriorrings", SqlType.INTEGER, SpatialNumbers.class, "holes")
        .nullable()
        .says("The number of a polygon's holes.")
        .example("st_numinteriorrings(" + SQUARE + ")", "0");
    one("st_numpoints", SqlType.INTEGER, SpatialTests.class, "linePoints")
        .nullable()
        .says("The number of a line's points.")
        .example("st_numpoints(" + LINE + ")", "2");
  }

  private void count(String name, String method, String what, String answer) {
    one(name, SqlType.INTEGER, SpatialNumbers.class, method)
        .says(what + ".")
        .example(name + "(" + SQUARE + ")", answer);
  }

  private void made() {
    ParameterType[][] numbers = {
      {DOUBLE, DOUBLE}, {DOUBLE, DOUBLE, DOUBLE}, {DOUBLE, DOUBLE, DOUBLE, DOUBLE}
    };
    f.function("st_point", "st_makepoint")
        .takes(numbers[0])
        .gives(SHAPE)
        .nullable()
        .by("point")
        .says("A point.")
        .example("st_astext(st_point(5.0, 7.0))", "POINT(5 7)");
    f.function("st_makepoint")
        .takes(numbers[1])
        .gives(SHAPE)
        .nullable()
        .by("point")
        .says("A point with z.")
        .example("st_asewkt(st_makepoint(1, 2, 3))", "POINT Z (1 2 3)");
    f.function("st_makepoint")
        .takes(numbers[2])
        .gives(SHAPE)
        .nullable()
        .by("point")
        .says("A point with z and m.")
        .example("st_asewkt(st_makepoint(1, 2, 3, 4))", "POINT ZM (1 2 3 4)");
    f.function("st_makeenvelope")
        .takes(numbers[2])
        .gives(SHAPE)
        .nullable()
        .by("box")
        .says("The box of left, bottom, right and top.")
        .example("st_astext(st_makeenvelope(2, 4, 5, 7))", "POLYGON((2 4,2 7,5 7,5 4,2 4))");
    f.function("st_makeenvelope")
        .takes(DOUBLE, DOUBLE, DOUBLE, DOUBLE, INTEGER)
        .gives(SHAPE)
        .nullable()
        .by("box")
        .says("The same in a spatial reference system.")
        .example("st_srid(st_makeenvelope(2, 4, 5, 7, 4326))", "4326");
    made(
        "st_setsrid",
        "withSrid",
        "It in a spatial reference system",
        POINT + ", 1",
        "POINT(1 2)",
        INTEGER);
    made(
        "st_makepolygon",
        "polygon",
        "The polygon in a closed line",
        "st_exteriorring(" + SQUARE + ")",
        "POLYGON((0 0,2 0,2 2,0 2,0 0))");
    made(
        "st_polygon",
        "polygon",
        "The same in a spatial reference system",
        "st_exteriorring(" + SQUARE + "), 1",
        "POLYGON((0 0,2 0,2 2,0 2,0 0))",
        INTEGER);
    made(
        "st_linefrommultipoint",
        "lineOfPoints",
        "The line through points",
        "st_points(" + LINE + ")",
        "LINESTRING(0 0,3 4)");
    made("st_points", "points", "Its points", LINE, "MULTIPOINT((0 0),(3 4))");
    made("st_multi", "multi", "It as a multi type", POINT, "MULTIPOINT((1 2))");
    String[][] forced = {
      {"st_force2d", "00", "POINT(1 2)"},
      {"st_force3dz", "10", "POINT Z (1 2 0)"},
      {"st_force3d", "10", "POINT Z (1 2 0)"},
      {"st_force3dm", "01", "POINT M (1 2 0)"},
      {"st_force4d", "11", "POINT ZM (1 2 0 0)"}
    };
    for (String[] force : forced) {
      one(force[0], SHAPE, SpatialShapes.class, "force")
          .nullable()
          .with(Physical.INT, _ -> ExtraArgument.of(force[1].charAt(0) - '0'))
          .with(Physical.INT, _ -> ExtraArgument.of(force[1].charAt(1) - '0'))
          .says("It with these coordinates, 0 for those that it lacks.")
          .example("st_asewkt(" + force[0] + "(" + POINT + "))", force[2]);
    }
  }

  private void made(
      String name, String method, String what, String on, String answer, ParameterType... further) {
    more(name, SHAPE, SpatialShapes.class, method, further)
        .nullable()
        .says(what + ".")
        .example("st_astext(" + name + "(" + on + "))", answer);
  }

  private void boxes() {
    one("addbbox", SHAPE, SpatialTexts.class, "withBox")
        .says("It with its bounding box in the value.")
        .example("st_astext(addbbox(" + LINE + "))", "LINESTRING(0 0,3 4)");
    one("dropbbox", SHAPE, SpatialTexts.class, "withoutBox")
        .says("It without a bounding box in the value.")
        .example("st_astext(dropbbox(" + LINE + "))", "LINESTRING(0 0,3 4)");
    one("supportsbbox", SqlType.BOOLEAN, SpatialTexts.class, "hasBox")
        .says("True if the value has its bounding box.")
        .example("supportsbbox(addbbox(" + LINE + "))", "t")
        .example("supportsbbox(dropbbox(" + LINE + "))", "f");
  }

  private void parts() {
    made("st_geometryn", "part", "A part, from 1 on", POINT + ", 1", "POINT(1 2)", INTEGER);
    made(
        "st_interiorringn",
        "ring",
        "A hole's ring, from 1 on",
        "st_geomfromtext('POLYGON((0 0,9 0,0 9,0 0),(1 1,1 2,2 1,1 1))'), 1",
        "LINESTRING(1 1,1 2,2 1,1 1)",
        INTEGER);
    made(
        "st_exteriorring",
        "exterior",
        "A polygon's outer ring",
        SQUARE,
        "LINESTRING(0 0,2 0,2 2,0 2,0 0)");
    made("st_startpoint", "start", "A line's first point", LINE, "POINT(0 0)");
    made("st_endpoint", "end", "A line's last point", LINE, "POINT(3 4)");
    made("st_pointn", "pointAt", "A line's point, from 1 on", LINE + ", 2", "POINT(3 4)", INTEGER);
    made(
        "st_addpoint",
        "addPoint",
        "A line with a point more",
        LINE + ", " + POINT,
        "LINESTRING(0 0,3 4,1 2)",
        GEOMETRY);
    made(
        "st_addpoint",
        "addPoint",
        "A line with a point more at an index, from 0 on",
        LINE + ", " + POINT + ", 1",
        "LINESTRING(0 0,1 2,3 4)",
        GEOMETRY,
        INTEGER);
    made(
        "st_removepoint",
        "removePoint",
        "A line without the point at an index, from 0 on",
        "st_geomfromtext('LINESTRING(0 0,1 1,2 2)'), 1",
        "LINESTRING(0 0,2 2)",
        INTEGER);
    made(
        "st_setpoint",
        "setPoint",
        "A line with another point at an index, from 0 on",
        LINE + ", 1, " + POINT,
        "LINESTRING(0 0,1 2)",
        INTEGER,
        GEOMETRY);
    made(
        "st_lineinterpolatepoint",
        "interpolate",
        "The point at a fraction of a line",
        LINE + ", 0.5",
        "POINT(1.5 2)",
        DOUBLE);
  }

  private void combined() {
    made(
        "st_makeline",
        "line",
        "The line through the points of both",
        POINT + ", " + LINE,
        "LINESTRING(1 2,0 0,3 4)",
        GEOMETRY);
    made(
        "$collect_two",
        "collect",
        "A collection of both",
        POINT + ", st_point(3, 4)",
        "MULTIPOINT((1 2),(3 4))",
        GEOMETRY);
    f.function("$collect")
        .takes(STRING)
        .gives(SHAPE)
        .by("collectAll")
        .says("The collection of listed geometries; not for users.");
    made("st_reverse", "reverse", "It the other way round", LINE, "LINESTRING(3 4,0 0)");
    made(
        "st_simplify",
        "simplify",
        "It without points that matter less than a distance",
        "st_geomfromtext('LINESTRING(0 0,1 0.1,2 0)'), 1",
        "LINESTRING(0 0,2 0)",
        DOUBLE);
    made(
        "st_envelope",
        "envelope",
        "The smallest box around it",
        LINE,
        "POLYGON((0 0,0 4,3 4,3 0,0 0))");
    made(
        "st_buffer",
        "buffer",
        "All points no further from it than a distance",
        "st_geomfromtext('POINT EMPTY'), 1",
        "POLYGON EMPTY",
        DOUBLE);
    made(
        "st_buffer",
        "buffer",
        "The same, with a number of segments for a quarter of a circle",
        POINT + ", 1, 1",
        "POLYGON((0 2,1 3,2 2,1 1,0 2))",
        DOUBLE,
        INTEGER);
    made("st_centroid", "centroid", "Its middle", SQUARE, "POINT(1 1)");
    made(
        "st_convexhull",
        "hull",
        "The smallest convex geometry around it",
        LINE,
        "LINESTRING(0 0,3 4)");
    made("st_boundary", "boundary", "Its boundary", LINE, "MULTIPOINT((0 0),(3 4))");
  }

  /// Named as `FunctionCatalog.zonedCast` looks them up.
  private void conversions() {
    convert("$geometry", SHAPE, STRING, "parse");
    convert("$geometry", SHAPE, GEOGRAPHY, "same");
    convert("$geography", EARTH, STRING, "geography");
    convert("$geography", EARTH, GEOMETRY, "toGeography");
    convert("$text", TEXT, GEOMETRY, "ewkb");
    convert("$text", TEXT, GEOGRAPHY, "ewkb");
  }

  private void convert(String name, SqlType to, ParameterType from, String method) {
    f.function(name)
        .takes(from)
        .gives(to)
        .by(SpatialTexts.class, method)
        .says("A conversion, for the binder.");
  }
}
