/// Shapefiles: `.shp` holds the geometries, `.dbf` beside it the other columns, row by row. What
/// is in a geometry's record is read by Esri's own library; the index, `.shx`, is not needed by who
/// reads everything.
@NullMarked
package io.redward.load.shapefile;

import org.jspecify.annotations.NullMarked;
