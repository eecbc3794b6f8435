package io.redward.functions.spatial;

import static io.redward.functions.signature.ParameterType.GEOGRAPHY;
import static io.redward.functions.signature.ParameterType.GEOMETRY;
import static io.redward.functions.signature.ParameterType.INTEGER;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import java.util.List;

/// The spatial functions that measure on the ellipsoid, change the spatial reference system, or
/// combine two geometries.
final class EarthTable {
  private static final SqlType SHAPE = SqlType.of(TypeKind.GEOMETRY);
  private static final String PLACE = "st_geogfromtext('POINT(4 5)')";

  private final Family f = new Family("spatial", SpatialNumbers.class);

  private EarthTable() {}

  static List<FunctionDefinition> definitions() {
    EarthTable table = new EarthTable();
    table.measures();
    table.shapes();
    table.holes();
    return table.f.definitions();
  }

  private void measures() {
    measure("st_area", "areaOnEllipsoid", "The area of polygons in square metres.");
    measure("st_length", "lengthOnEllipsoid", "The length of lines in metres.");
    measure(
        "st_perimeter", "perimeterOnEllipsoid", "The length of polygons' boundaries in metres.");
    f.function("st_distance")
        .takes(GEOGRAPHY, GEOGRAPHY)
        .gives(SqlType.DOUBLE)
        .by("distanceOnEllipsoid")
        .says("The distance of two points in metres.")
        .example("st_distance(" + PLACE + ", " + PLACE + ")", "0");
    f.function("st_angle")
        .takes(GEOMETRY, GEOMETRY, GEOMETRY, GEOMETRY)
        .gives(SqlType.DOUBLE)
        .nullable()
        .by("angle")
        .says("The angle from the way between the first two points to that between the last two.")
        .example("st_angle(st_point(0, 0), st_point(1, 0), st_point(2, 2), st_point(3, 2))", "0");
    count("st_npoints", "points", "The number of points.", "1");
    count("st_srid", "srid", "The number of the spatial reference system.", "4326");
  }

  private void measure(String name, String method, String says) {
    f.function(name)
        .takes(GEOGRAPHY)
        .gives(SqlType.DOUBLE)
        .by(method)
        .says(says)
        .example(name + "(" + PLACE + ")", "0");
  }

  private void count(String name, String method, String says, String answer) {
    f.function(name)
        .takes(GEOGRAPHY)
        .gives(SqlType.INTEGER)
        .by(method)
        .says(says)
        .example(name + "(" + PLACE + ")", answer);
  }

  private void shapes() {
    f.function("st_transform")
        .takes(GEOMETRY, INTEGER)
        .gives(SHAPE)
        .by(ReferenceSystems.class, "transform")
        .says("It in another spatial reference system of the EPSG registry.")
        .example("st_srid(st_transform(st_geomfromtext('POINT(0 0)', 4326), 3857))", "3857");
    combination(
        "st_intersection",
        "intersection",
        "The points in both.",
        "st_geomfromtext('POLYGON((0 0,2 0,2 2,0 2,0 0))'), st_point(1, 1)",
        "POINT(1 1)");
    combination(
        "st_union",
        "union",
        "The points in either.",
        "st_point(1, 2), st_point(3, 4)",
        "MULTIPOINT((1 2),(3 4))");
  }

  private void holes() {
    f.function("st_makepolygon")
        .takes(GEOMETRY, GEOMETRY)
        .gives(SHAPE)
        .nullable()
        .by(SpatialShapes.class, "polygon")
        .says("The polygon in a closed line, with holes in the closed lines of the second.")
        .example(
            "st_astext(st_makepolygon(st_geomfromtext('LINESTRING(0 0,9 0,0 9,0 0)'),"
                + " st_geomfromtext('LINESTRING(1 1,1 2,2 1,1 1)')))",
            "POLYGON((0 0,9 0,0 9,0 0),(1 1,1 2,2 1,1 1))");
  }

  private void combination(
      String name, String method, String says, String arguments, String answer) {
    f.function(name)
        .takes(GEOMETRY, GEOMETRY)
        .gives(SHAPE)
        .nullable()
        .by(Overlays.class, method)
        .says(says)
        .example("st_astext(" + name + "(" + arguments + "))", answer);
  }
}
