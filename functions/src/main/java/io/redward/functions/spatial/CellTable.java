package io.redward.functions.spatial;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.GEOMETRY;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.List;

/// The functions of grids: H3, and geosquares.
final class CellTable {
  private static final SqlType SHAPE = SqlType.of(TypeKind.GEOMETRY);
  private static final SqlType LIST = SqlType.of(TypeKind.SUPER);

  private final Family f = new Family("spatial", Cells.class);

  private CellTable() {}

  static List<FunctionDefinition> definitions() {
    CellTable table = new CellTable();
    table.cells();
    table.squares();
    table.cellsOfCells(BIGINT, "599686042433355775");
    table.cellsOfCells(STRING, "'85283473fffffff'");
    return table.f.definitions();
  }

  private void cells() {
    f.function("h3_fromlonglat")
        .takes(DOUBLE, DOUBLE, INTEGER)
        .gives(SqlType.BIGINT)
        .by("fromPosition")
        .says("The H3 cell of a longitude and a latitude at a resolution of 0 to 15.")
        .example("h3_fromlonglat(0, 0, 10)", "623560421467684863");
    f.function("h3_frompoint")
        .takes(GEOMETRY, INTEGER)
        .gives(SqlType.BIGINT)
        .nullable()
        .by("fromPoint")
        .says("The H3 cell of a point; NULL for an empty one.")
        .example("h3_frompoint(st_point(0, 0), 10)", "623560421467684863");
    f.function("h3_polyfill")
        .takes(GEOMETRY, INTEGER)
        .gives(LIST)
        .nullable()
        .by("fill")
        .says("The H3 cells whose centers are in a polygon; NULL for an empty one.")
        .example(
            "h3_polyfill(st_geomfromtext('POLYGON((0 0,0 1,1 1,1 0,0 0))'), 3)",
            "[592035265791393791]");
  }

  private void squares() {
    f.function("st_geosquare")
        .takes(GEOMETRY)
        .gives(SqlType.BIGINT)
        .by(GeoSquares.class, "of")
        .says("The number of the smallest geosquare around a longitude and a latitude.")
        .example("st_geosquare(st_point(0.5, 0.5), 2)", "12");
    f.function("st_geosquare")
        .takes(GEOMETRY, INTEGER)
        .gives(SqlType.BIGINT)
        .by(GeoSquares.class, "of")
        .says("The geosquare after 1 to 32 divisions of the world.")
        .example("st_geosquare(st_point(-100, 40), 3)", "35");
    f.function("st_geomfromgeosquare")
        .takes(BIGINT)
        .gives(SHAPE)
        .by(GeoSquares.class, "shape")
        .says("The polygon of a geosquare.")
        .example(
            "st_astext(st_geomfromgeosquare(3))", "POLYGON((0 -90,0 90,180 90,180 -90,0 -90))");
    f.function("st_geomfromgeosquare")
        .takes(BIGINT, INTEGER)
        .gives(SHAPE)
        .by(GeoSquares.class, "shape")
        .says("The polygon of the geosquare around it after so many divisions.")
        .example(
            "st_astext(st_geomfromgeosquare(35, 1))",
            "POLYGON((-180 -90,-180 90,0 90,0 -90,-180 -90))");
  }

  private void cellsOfCells(ParameterType type, String cell) {
    f.function("h3_isvalid")
        .takes(type)
        .gives(SqlType.BOOLEAN)
        .by("isValid")
        .says("True if a number, or its hexadecimal digits, is that of an H3 cell.")
        .example("h3_isvalid(" + cell + ")", "t");
    f.function("h3_resolution")
        .takes(type)
        .gives(SqlType.INTEGER)
        .by("resolution")
        .says("The resolution of an H3 cell, from 0, the coarsest, to 15.")
        .example("h3_resolution(" + cell + ")", "5");
    f.function("h3_center")
        .takes(type)
        .gives(SHAPE)
        .by("center")
        .says("The point in the middle of an H3 cell.")
        .example("st_astext(h3_center(" + cell + "), 6)", "POINT(-121.976 37.3458)");
    f.function("h3_boundary")
        .takes(type)
        .gives(SHAPE)
        .by("boundary")
        .says("The polygon of an H3 cell.")
        .example("st_npoints(h3_boundary(" + cell + "))", "7");
    f.function("h3_toparent")
        .takes(type, INTEGER)
        .gives(SqlType.BIGINT)
        .by("parent")
        .says("The H3 cell of a coarser resolution, or of the same, around a cell.")
        .example("h3_toparent(" + cell + ", 0)", "577199624117288959");
    f.function("h3_tochildren")
        .takes(type, INTEGER)
        .gives(LIST)
        .by("children")
        .says("The H3 cells of a finer resolution, or of the same, within a cell.")
        .example("get_array_length(h3_tochildren(" + cell + ", 7))", "49");
  }
}
