package io.redward.load.shapefile;

import com.esri.core.geometry.Geometry;
import com.esri.core.geometry.OperatorExportToWkb;
import com.esri.core.geometry.OperatorGeneralize;
import com.esri.core.geometry.OperatorImportFromESRIShape;
import com.esri.core.geometry.ShapeImportFlags;
import com.esri.core.geometry.WkbExportFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One geometry.
record Shape(Geometry geometry) {
  /// @param record what is in the file for it
  /// @throws RuntimeException of any class if the record is damaged or not of points, lines or
  ///     areas
  static Shape of(byte[] record) {
    return new Shape(
        OperatorImportFromESRIShape.local()
            .execute(
                ShapeImportFlags.ShapeImportNonTrusted,
                Geometry.Type.Unknown,
                ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN)));
  }

  /// Without points that are nearer than the tolerance to the line without them.
  Shape simplified(double tolerance) {
    return new Shape(OperatorGeneralize.local().execute(geometry, tolerance, true, null));
  }

  /// Well-known binary.
  byte[] wkb() {
    ByteBuffer wkb =
        OperatorExportToWkb.local().execute(WkbExportFlags.wkbExportDefaults, geometry, null);
    byte[] bytes = new byte[wkb.remaining()];
    wkb.get(bytes);
    return bytes;
  }
}
