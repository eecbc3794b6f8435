package io.redward.functions.spatial;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/// Areas on the WGS 84 ellipsoid, in square metres.
///
/// The area under an edge is that on the sphere of the same area, from the azimuths at the edge's
/// ends, and a correction for the ellipsoid. Source: Karney, "Algorithms for geodesics", 2013,
/// section 6, with the series cut after the first order. **Differs:** azimuths are Andoyer's, whose
/// digits are the documented ones.
final class GeodesicArea {
  private static final double MAJOR = 6_378_137;
  private static final double FLATTENING = 1 / 298.257223563;
  private static final double THIRD_FLATTENING = FLATTENING / (2 - FLATTENING);
  private static final double MINOR = MAJOR * (1 - FLATTENING);
  private static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);
  private static final double SECOND_ECCENTRICITY_SQUARED =
      ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED);
  private static final double AUTHALIC_SQUARED = authalicSquared();

  private GeodesicArea() {}

  /// The square of the radius of the sphere with the ellipsoid's surface.
  private static double authalicSquared() {
    double e = Math.sqrt(ECCENTRICITY_SQUARED);
    double inverse = Math.log((1 + e) / (1 - e)) / 2;
    return MAJOR * MAJOR / 2 + MINOR * MINOR / 2 * (inverse / e);
  }

  /// The area of all polygons in a geometry.
  static double of(Geometry geometry) {
    return switch (geometry) {
      case Polygon polygon -> {
        double area = ring(polygon.getExteriorRing());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          area -= ring(polygon.getInteriorRingN(i));
        }
        yield area;
      }
      case GeometryCollection all -> {
        double sum = 0;
        for (int i = 0; i < all.getNumGeometries(); i++) {
          sum += of(all.getGeometryN(i));
        }
        yield sum;
      }
      default -> 0;
    };
  }

  private static double ring(LineString ring) {
    CoordinateSequence points = ring.getCoordinateSequence();
    double sum = 0;
    double turn = 0;
    for (int i = 1; i < points.size(); i++) {
      double step = Math.toRadians(points.getX(i) - points.getX(i - 1));
      double across = Math.IEEEremainder(step, 2 * Math.PI);
      turn += across;
      sum += edge(across, Math.toRadians(points.getY(i - 1)), Math.toRadians(points.getY(i)));
    }
    // A ring that goes around the globe has a pole inside.
    boolean around = Math.abs(turn) > Math.PI;
    return around ? 2 * Math.PI * AUTHALIC_SQUARED - Math.abs(sum) : Math.abs(sum);
  }

  /// The area between an edge and the equator, positive eastwards in the north.
  private static double edge(double across, double from, double to) {
    if (across == 0) {
      return 0;
    }
    double[] azimuths = azimuths(across, from, to);
    double first = Math.atan(Math.tan(from) * (1 - FLATTENING));
    double last = Math.atan(Math.tan(to) * (1 - FLATTENING));
    double excess = Math.IEEEremainder(azimuths[1] - azimuths[0], 2 * Math.PI);
    double sin = Math.sin(azimuths[0]) * Math.cos(first);
    double cos = Math.sqrt(Math.max(0, 1 - sin * sin));
    double start = Math.atan2(Math.sin(first), Math.cos(azimuths[0]) * Math.cos(first));
    double end = Math.atan2(Math.sin(last), Math.cos(azimuths[1]) * Math.cos(last));
    double root = Math.sqrt(1 + cos * cos * SECOND_ECCENTRICITY_SQUARED);
    double epsilon = (root - 1) / (root + 1);
    double correction = sin * cos * (integral(end, epsilon) - integral(start, epsilon));
    return AUTHALIC_SQUARED * excess + ECCENTRICITY_SQUARED * MAJOR * MAJOR * correction;
  }

  private static double integral(double arc, double epsilon) {
    double zeroth = (10 - 4 * THIRD_FLATTENING) / 15 - epsilon / 5;
    return zeroth * Math.cos(arc) + epsilon / 45 * Math.cos(3 * arc);
  }

  /// The directions of an edge at its two ends, clockwise from north.
  private static double[] azimuths(double across, double from, double to) {
    double sinA = Math.sin(from);
    double cosA = Math.cos(from);
    double sinB = Math.sin(to);
    double cosB = Math.cos(to);
    double cos = sinA * sinB + cosA * cosB * Math.cos(across);
    double arc = Math.acos(Math.clamp(cos, -1.0, 1.0));
    double sin = Math.sin(across);
    double ahead = Math.atan2(sin * cosB, cosA * sinB - sinA * cosB * Math.cos(across));
    double back = Math.atan2(sin * cosA, cosB * sinA - sinB * cosA * Math.cos(across));
    double u = FLATTENING / 2 * cosA * cosA * Math.sin(2 * ahead);
    double v = FLATTENING / 2 * cosB * cosB * Math.sin(2 * back);
    double stretch = Math.sin(arc) == 0 ? 0 : arc / Math.sin(arc);
    double reversed = (back >= 0 ? Math.PI : -Math.PI) - back + u * stretch - v;
    return new double[] {ahead - (v * stretch - u), reversed};
  }
}
