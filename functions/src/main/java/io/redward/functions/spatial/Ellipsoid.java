package io.redward.functions.spatial;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;

/// Distances on the WGS 84 ellipsoid by Andoyer's formula, whose digits are the documented ones,
/// and on the sphere of its mean radius.
final class Ellipsoid {
  private static final double MAJOR = 6_378_137;
  private static final double FLATTENING = 1 / 298.257223563;
  private static final double MINOR = MAJOR * (1 - FLATTENING);
  private static final double RADIUS = (2 * MAJOR + MINOR) / 3;

  private Ellipsoid() {}

  static double sphere(Coordinate a, Coordinate b) {
    double sinLatitude = Math.sin(Math.toRadians(b.y - a.y) / 2);
    double sinLongitude = Math.sin(Math.toRadians(b.x - a.x) / 2);
    double h =
        sinLatitude * sinLatitude
            + Math.cos(Math.toRadians(a.y))
                * Math.cos(Math.toRadians(b.y))
                * sinLongitude
                * sinLongitude;
    return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  static double length(CoordinateSequence points, boolean onSphere) {
    double sum = 0;
    for (int i = 1; i < points.size(); i++) {
      Coordinate a = points.getCoordinate(i - 1);
      Coordinate b = points.getCoordinate(i);
      sum += onSphere ? sphere(a, b) : distance(a, b);
    }
    return sum;
  }

  static double distance(Coordinate a, Coordinate b) {
    double sinA = Math.sin(Math.toRadians(a.y));
    double sinB = Math.sin(Math.toRadians(b.y));
    double cosA = Math.cos(Math.toRadians(a.y));
    double cosB = Math.cos(Math.toRadians(b.y));
    double cos = sinA * sinB + cosA * cosB * Math.cos(Math.toRadians(b.x - a.x));
    double arc = Math.acos(Math.clamp(cos, -1.0, 1.0));
    double sines = 3 * Math.sin(arc);
    double near = cos >= 1 ? 0 : (arc + sines) / (1 - cos);
    double far = cos <= -1 ? 0 : (arc - sines) / (1 + cos);
    double difference = (sinA - sinB) * (sinA - sinB);
    double sum = (sinA + sinB) * (sinA + sinB);
    return MAJOR * (arc - FLATTENING / 4 * (near * difference + far * sum));
  }
}
