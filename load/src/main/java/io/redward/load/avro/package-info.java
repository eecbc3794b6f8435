/// Avro files for COPY: [io.redward.load.avro.AvroRecords] turns the records of a file into JSON
/// objects, which are then loaded as such, by name or by the paths of a jsonpaths file. Knows
/// nothing of tables. Source: the Apache Avro specification 1.12, "Object Container Files".
@NullMarked
package io.redward.load.avro;

import org.jspecify.annotations.NullMarked;
