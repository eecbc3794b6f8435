package io.redward.functions.spatial;

import static io.redward.functions.signature.ParameterType.GEOGRAPHY;
import static io.redward.functions.signature.ParameterType.GEOMETRY;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.List;

/// The spatial functions from and to texts.
final class SpatialTextTable {
  private static final SqlType SHAPE = SqlType.of(TypeKind.GEOMETRY);
  private static final SqlType EARTH = SqlType.of(TypeKind.GEOGRAPHY);
  private static final SqlType TEXT = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  private static final List<ParameterType> BOTH = List.of(GEOMETRY, GEOGRAPHY);
  private static final String LINE = "st_geomfromtext('LINESTRING(0 0,3 4)')";
  private static final String POINT = "st_point(1, 2)";

  private final Family f = new Family("spatial", SpatialTexts.class);

  private SpatialTextTable() {}

  static List<FunctionDefinition> definitions() {
    SpatialTextTable table = new SpatialTextTable();
    table.texts();
    table.inputs();
    return table.f.definitions();
  }

  private Family.Entry one(String name, SqlType result, Class<?> owner, String method) {
    return f.function(name).takes(GEOMETRY).gives(result).by(owner, method);
  }

  private Family.Entry more(
      String name, SqlType result, Class<?> owner, String method, ParameterType further) {
    return f.function(name).takes(GEOMETRY, further).gives(result).by(owner, method);
  }

  private void texts() {
    text("st_astext", "text", "Well-known text", "st_astext(" + POINT + ")", "POINT(1 2)");
    text(
        "st_asewkt",
        "ewkt",
        "Extended well-known text",
        "st_asewkt(st_setsrid(" + POINT + ", 4326))",
        "SRID=4326;POINT(1 2)");
    text(
        "st_asgeojson",
        "json",
        "A GeoJSON object",
        "st_asgeojson(" + LINE + ")",
        "{\"type\":\"LineString\",\"coordinates\":[[0,0],[3,4]]}");
    String bytes = "000000000000F03F0000000000000040";
    for (ParameterType type : BOTH) {
      f.function("st_asbinary", "st_aswkb", "st_ashexwkb")
          .takes(type)
          .gives(TEXT)
          .by(SpatialTexts.class, "wkb")
          .says("Well-known binary in hexadecimal digits.")
          .example("st_asbinary(" + POINT + ")", "0101000000" + bytes);
      f.function("st_asewkb", "st_ashexewkb")
          .takes(type)
          .gives(TEXT)
          .by(SpatialTexts.class, "ewkb")
          .says("Extended well-known binary in hexadecimal digits.")
          .example("st_asewkb(st_setsrid(" + POINT + ", 4326))", "0101000020E6100000" + bytes);
    }
    one("st_geometrytype", SqlType.varchar(32), SpatialTexts.class, "typeName")
        .says("The kind of geometry.")
        .example("st_geometrytype(" + LINE + ")", "ST_LineString");
    one("geometrytype", SqlType.varchar(32), SpatialTexts.class, "plainTypeName")
        .says("The kind of geometry in capitals.")
        .example("geometrytype(" + LINE + ")", "LINESTRING");
    one("st_geohash", SqlType.varchar(20), SpatialTexts.class, "hash")
        .nullable()
        .says("The geohash of a point, or of the middle of another geometry.")
        .example("st_geohash(st_point(-180, -90))", "00000000000000000000");
    more("st_geohash", SqlType.varchar(64), SpatialTexts.class, "hash", INTEGER)
        .nullable()
        .says("The geohash in some letters.")
        .example("st_geohash(st_point(-5.6, 42.6), 5)", "ezs42");
  }

  private void text(String name, String method, String what, String example, String answer) {
    for (ParameterType type : BOTH) {
      f.function(name)
          .takes(type)
          .gives(TEXT)
          .by(SpatialTexts.class, method)
          .says(what + ", numbers in 15 digits.")
          .example(example, answer);
      f.function(name)
          .takes(type, INTEGER)
          .gives(TEXT)
          .by(SpatialTexts.class, method)
          .says(what + ", numbers in some digits.")
          .example(example.substring(0, example.length() - 1) + ", 6)", answer);
    }
  }

  private void inputs() {
    String[][] entries = {
      {"st_geomfromtext", "parse", "POINT(1 2)", "well-known text"},
      {"st_geomfromewkt", "parse", "POINT(1 2)", "extended well-known text"},
      {"st_geomfromewkb", "parse", hexPoint(), "extended well-known binary"},
      {"st_geomfromwkb", "parse", hexPoint(), "well-known binary"}
    };
    for (String[] entry : entries) {
      f.function(entry[0])
          .takes(STRING)
          .gives(SHAPE)
          .by(SpatialTexts.class, entry[1])
          .says("The geometry of " + entry[3] + ".")
          .example("st_astext(" + entry[0] + "('" + entry[2] + "'))", "POINT(1 2)");
    }
    for (String[] entry : List.of(entries[0], entries[3])) {
      f.function(entry[0])
          .takes(STRING, INTEGER)
          .gives(SHAPE)
          .by(SpatialTexts.class, entry[1])
          .says("The same in a spatial reference system.")
          .example("st_asewkt(" + entry[0] + "('" + entry[2] + "', 4326))", "SRID=4326;POINT(1 2)");
    }
    for (String name : List.of("st_geogfromtext", "st_geogfromwkb")) {
      f.function(name)
          .takes(STRING)
          .gives(EARTH)
          .by(SpatialTexts.class, "geography")
          .says("The geography of a text, of WGS 84 unless the text says otherwise.")
          .example("st_asewkt(" + name + "('" + hexPoint() + "'))", "SRID=4326;POINT(1 2)");
    }
    f.function("st_geomfromgeojson")
        .takes(STRING)
        .gives(SHAPE)
        .by(SpatialTexts.class, "fromJson")
        .says("The geometry of a GeoJSON object.")
        .example(
            "st_asewkt(st_geomfromgeojson('{\"type\":\"Point\",\"coordinates\":[1,2]}'))",
            "SRID=4326;POINT(1 2)");
    hash(
        "st_geomfromgeohash",
        "cellOfHash",
        "The cell of a geohash",
        "POLYGON((0 0,0 45,45 45,45 0,0 0))");
    hash(
        "st_pointfromgeohash",
        "pointOfHash",
        "The point in the middle of a geohash's cell",
        "POINT(22.5 22.5)");
  }

  private void hash(String name, String method, String says, String answer) {
    f.function(name)
        .takes(STRING)
        .gives(SHAPE)
        .by(SpatialTexts.class, method)
        .says(says + ".")
        .example("st_astext(" + name + "('s'))", answer);
    f.function(name)
        .takes(STRING, INTEGER)
        .gives(SHAPE)
        .by(SpatialTexts.class, method)
        .says(says + ", by its first letters.")
        .example("st_astext(" + name + "('s00', 1))", answer);
  }

  private static String hexPoint() {
    return "0101000000000000000000F03F0000000000000040";
  }
}
