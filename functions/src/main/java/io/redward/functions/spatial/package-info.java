/// Spatial functions. A GEOMETRY or GEOGRAPHY value is its extended well-known binary form, little
/// endian; [Geometries] turns it into the objects of the geometry library and back. Lengths and
/// distances of geographies are those of the WGS 84 ellipsoid ([Ellipsoid]).
@NullMarked
package io.redward.functions.spatial;

import org.jspecify.annotations.NullMarked;
