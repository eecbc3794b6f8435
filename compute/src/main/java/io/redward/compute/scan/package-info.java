/// Scans of stored tables: blocks in, batches of filtered rows out. A scan is cut into work units,
/// one a block that zone maps could not rule out; workers take units from a shared queue and go
/// through them in chunks of a batch's size: columns with predicates first, the others only for
/// rows that are left. Entry type: [io.redward.compute.scan.TableScanSource].
@NullMarked
package io.redward.compute.scan;

import org.jspecify.annotations.NullMarked;
