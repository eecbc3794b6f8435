package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// COPY of shapefiles that the library pyshp has written, and of one too large that is made here.
class ShapefileTest {
  private static final String PLACES =
      "(shape geometry, id int, name varchar(40), area decimal(12,3), since date, open boolean)";

  @TempDir static Path directory;

  @AutoClose private static BucketWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new BucketWarehouse(directory);
    Path shapes = Files.createDirectories(directory.resolve("s3/warehouse/shapes"));
    Path packed = Files.createDirectories(directory.resolve("s3/warehouse/packed"));
    for (String name : List.of("places", "peaks", "ways")) {
      for (String ending : List.of(".shp", ".shx", ".dbf")) {
        byte[] bytes = resource(name + ending);
        Files.write(shapes.resolve(name + ending), bytes);
        try (OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(packed.resolve(name + ending + ".gz")))) {
          out.write(bytes);
        }
      }
    }
  }

  @Test
  void areasAndTheTableBesideThem() throws Exception {
    warehouse.execute(
        "create table places " + PLACES,
        "copy places from 's3://warehouse/shapes/places.shp' format shapefile",
        "copy places from 's3://warehouse/packed/places.shp.gz' format shapefile gzip");
    assertThat(
            warehouse.rows(
                "select id, name, area, since, open, geometrytype(shape), st_area(shape)::int,"
                    + " st_npoints(shape), count(*) from places where id < 4"
                    + " group by 1, 2, 3, 4, 5, 6, 7, 8 order by id"))
        .containsExactly(
            "1|Park with pond|96.000|1999-12-31|t|MULTIPOLYGON|96|10|2",
            "2|Grünes Doppel|2.500|NULL|f|MULTIPOLYGON|2|10|2",
            "3|None|NULL|NULL|NULL|NULL|NULL|NULL|2");
    assertThat(warehouse.rows("select distinct st_npoints(shape) from places where id = 4"))
        .containsExactly("2001");
  }

  @Test
  void pointsWithHeightsAndLinesOfSeveralParts() throws Exception {
    warehouse.execute(
        "create table peaks (shape geometry, name varchar(10))",
        "copy peaks from 'file://" + directory + "/s3/warehouse/shapes/peaks.shp' shapefile",
        "create table ways (name varchar(10), shape geometry)",
        "copy ways (shape, name) from 's3://warehouse/shapes/ways.shp' format shapefile");
    assertThat(warehouse.rows("select name, st_asewkt(shape) from peaks order by 1"))
        .containsExactly("Hill|POINT Z (-1 2 3.5)", "Peak|POINT Z (10.5 60.25 2469)");
    assertThat(warehouse.rows("select name, st_astext(shape) from ways order by 1"))
        .containsExactly(
            "one|MULTILINESTRING((0 0,1 1,2 0))", "two|MULTILINESTRING((0 0,1 0),(5 5,6 6))");
  }

  @Test
  void simplifyLeavesPointsOut() throws Exception {
    warehouse.execute(
        "create table simple " + PLACES,
        "copy simple from 's3://warehouse/shapes/places.shp' shapefile simplify 0.1",
        "create table automatic " + PLACES,
        "copy automatic from 's3://warehouse/shapes/places.shp' shapefile simplify auto");
    assertThat(
            warehouse.rows(
                "select st_npoints(shape) < 100, st_npoints(shape) > 8 from simple where id=4"))
        .containsExactly("t|t");
    assertThat(warehouse.rows("select st_npoints(shape) from automatic where id = 4"))
        .containsExactly("2001");
  }

  @Test
  void whatIsTooLargeIsABadRowUnlessItIsSimplified() throws Exception {
    Path folder = directory.resolve("large");
    writeLine(folder, 70_000);
    String copy = "copy large from 'file://" + folder + "/line.shp' format shapefile ";
    warehouse.execute("create table large (shape geometry, name varchar(4))");
    warehouse.refused(copy, "Load into table 'large' failed");
    assertThat(
            warehouse.rows(
                "select line_number, err_code, trim(err_reason) from stl_load_errors"
                    + " where filename like '%line.shp%'"))
        .containsExactly(
            "1|1224|Geometry size: 1120018 is larger than maximum supported size: 1048447");
    warehouse.refused(copy + "simplify auto 0.000001", "Load into table 'large' failed");
    warehouse.execute(copy + "maxerror 1");
    assertThat(warehouse.rows("select count(*) from large")).containsExactly("0");
    warehouse.execute(copy + "simplify auto");
    assertThat(warehouse.rows("select name, st_npoints(shape) between 40000 and 65527 from large"))
        .containsExactly("line|t");
    assertThat(
            warehouse.rows(
                "select line_number, maximum_tolerance, initial_size, simplified, final_size <="
                    + " 1048447 from svl_spatial_simplify where initial_size > 1048447 order by"
                    + " query"))
        .containsExactly("1|1e-06|1120018|f|f", "1|-1|1120018|t|t");
    assertThat(
            warehouse.rows(
                "select simplified, final_tolerance > 0 from sys_spatial_simplify"
                    + " where maximum_tolerance = -1"))
        .containsExactly("t|t");
  }

  @Test
  void textFilesHoldHexadecimalBinary() throws Exception {
    warehouse.execute(
        "create table shapes (n int, g geometry, h geography)",
        "insert into shapes select 1, st_geomfromtext('POINT(1 2)', 4326),"
            + " st_geogfromtext('POINT(3 4)')",
        "unload ('select * from shapes') to 's3://warehouse/hex/' csv",
        "copy shapes from 's3://warehouse/hex/' csv");
    assertThat(
            warehouse.rows("select st_asewkt(g), st_asewkt(h), count(*) from shapes group by 1, 2"))
        .containsExactly("SRID=4326;POINT(1 2)|SRID=4326;POINT(3 4)|2");
    Files.writeString(directory.resolve("s3/warehouse/text.csv"), "1,POINT(1 2),\n");
    warehouse.refused(
        "copy shapes from 's3://warehouse/text.csv' csv", "Load into table 'shapes' failed");
  }

  @Test
  void whatIsNoShapefileOrDoesNotFitIsNamed() throws Exception {
    warehouse.execute("create table narrow (shape geometry)");
    warehouse.refused(
        "copy narrow from 's3://warehouse/shapes/peaks.shp' shapefile",
        "Unmatched number of columns between table and file. Table columns: 1, Data columns: 2");
    warehouse.refused(
        "copy narrow from 's3://warehouse/shapes/peaks.dbf' shapefile", "is a shapefile");
    warehouse.refused(
        "copy narrow from 's3://warehouse/shapes/peaks.shp' csv simplify auto", "SIMPLIFY");
    warehouse.refused("copy narrow from 's3://nowhere/peaks.shp' shapefile", "nowhere");
    assertThat(
            warehouse.rows(
                "select trim(http_method), trim(bucket), trim(key), error like 'could not %'"
                    + " from stl_s3client_error"))
        .containsExactly("GET|nowhere|peaks.shp|t");
    Path folder = Files.createDirectories(directory.resolve("broken"));
    Files.writeString(folder.resolve("alone.shp"), "no shapes");
    warehouse.refused("copy narrow from 'file://" + folder + "/alone.shp' shapefile", "alone.dbf");
    Files.write(folder.resolve("alone.dbf"), resource("peaks.dbf"));
    warehouse.refused(
        "copy narrow from 'file://" + folder + "/alone.shp' shapefile", "not a valid shapefile");
    byte[] shapes = resource("peaks.shp");
    Files.write(folder.resolve("alone.shp"), Arrays.copyOf(shapes, shapes.length - 8));
    warehouse.execute("create table two (shape geometry, name varchar(10))");
    warehouse.refused(
        "copy two from 'file://" + folder + "/alone.shp' shapefile", "it ends within a record");
  }

  /// A line that wavers by more and by less, so that more is left out by a greater tolerance.
  private static void writeLine(Path folder, int points) throws IOException {
    Files.createDirectories(folder);
    int content = 48 + 16 * points;
    ByteBuffer shapes = ByteBuffer.allocate(108 + content);
    shapes.putInt(0, 9994).putInt(24, (108 + content) / 2);
    shapes.putInt(100, 1).putInt(104, content / 2).order(ByteOrder.LITTLE_ENDIAN);
    shapes.putInt(28, 1000).putInt(32, 3);
    shapes.position(108);
    shapes.putInt(3).putDouble(0).putDouble(0).putDouble(points).putDouble(points);
    shapes.putInt(1).putInt(points).putInt(0);
    Random random = new Random(7);
    for (int i = 0; i < points; i++) {
      shapes.putDouble(i).putDouble(Math.pow(random.nextDouble(), 4));
    }
    Files.write(folder.resolve("line.shp"), shapes.array());
    ByteBuffer table = ByteBuffer.allocate(32 + 32 + 1 + 5).order(ByteOrder.LITTLE_ENDIAN);
    table.put(0, (byte) 3).putInt(4, 1).putShort(8, (short) 65).putShort(10, (short) 5);
    table.put(32, "name".getBytes(StandardCharsets.US_ASCII)).put(43, (byte) 'C');
    table
        .put(48, (byte) 4)
        .put(64, (byte) 0x0D)
        .put(65, " line".getBytes(StandardCharsets.US_ASCII));
    Files.write(folder.resolve("line.dbf"), table.array());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ShapefileTest.class.getResourceAsStream("/shapefile/" + name))) {
      return in.readAllBytes();
    }
  }
}
