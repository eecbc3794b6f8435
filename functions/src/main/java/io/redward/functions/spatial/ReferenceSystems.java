package io.redward.functions.spatial;

import io.redward.foundation.batch.ValueOut;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.proj4j.BasicCoordinateTransform;
import org.locationtech.proj4j.CRSFactory;
import org.locationtech.proj4j.CoordinateReferenceSystem;
import org.locationtech.proj4j.Proj4jException;
import org.locationtech.proj4j.ProjCoordinate;

/// Transformations between spatial reference systems, which are those of the EPSG registry by
/// number.
public final class ReferenceSystems {
  private static final Map<Integer, CoordinateReferenceSystem> KNOWN = new ConcurrentHashMap<>();

  private ReferenceSystems() {}

  public static void transform(byte[] p, int o, int l, int srid, ValueOut out) {
    Geometry geometry = Geometries.read(p, o, l);
    CoordinateReferenceSystem from = system(geometry.getSRID());
    CoordinateReferenceSystem to = system(srid);
    out.isNull = false;
    if (geometry.getSRID() != srid && !geometry.isEmpty()) {
      geometry.apply(new Projection(new BasicCoordinateTransform(from, to)));
      geometry.geometryChanged();
    }
    Geometries.put(Geometries.withSrid(geometry, srid), out);
  }

  private static CoordinateReferenceSystem system(int srid) {
    CoordinateReferenceSystem known = KNOWN.get(srid);
    if (known != null) {
      return known;
    }
    try {
      CoordinateReferenceSystem made = new CRSFactory().createFromName("EPSG:" + srid);
      KNOWN.put(srid, made);
      return made;
    } catch (Proj4jException | IllegalStateException _) {
      throw Geometries.invalid("Cannot find spatial reference system with SRID " + srid);
    }
  }

  /// Moves every point; z and m stay as they are.
  private static final class Projection implements CoordinateSequenceFilter {
    private final BasicCoordinateTransform transform;
    private final ProjCoordinate source = new ProjCoordinate();
    private final ProjCoordinate target = new ProjCoordinate();

    Projection(BasicCoordinateTransform transform) {
      this.transform = transform;
    }

    @Override
    public void filter(CoordinateSequence points, int index) {
      source.setValue(points.getX(index), points.getY(index));
      try {
        transform.transform(source, target);
      } catch (Proj4jException | IllegalStateException _) {
        throw Geometries.invalid("Transformation of a point failed");
      }
      points.setOrdinate(index, CoordinateSequence.X, target.x);
      points.setOrdinate(index, CoordinateSequence.Y, target.y);
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public boolean isGeometryChanged() {
      return true;
    }
  }
}
