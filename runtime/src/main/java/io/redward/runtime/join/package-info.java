/// The hash side of joins. A [io.redward.runtime.join.JoinTable] keeps the build rows
/// ([io.redward.runtime.join.JoinLayout] says how) and, once sealed, a directory to find them:
///
/// - **direct**, for one integer key whose values lie close together: an `int` a possible key
///   value, no hashing, no comparing;
/// - **hashed** for all else: a `long` a bucket, whose lower half names the first row of a chain
///   and whose upper sixteen bits are a small Bloom filter of the chain's hashes, so that most
///   probes that find nothing touch no row.
///
/// Rows of a chain are linked through their header word. [io.redward.runtime.join.JoinKeyFilter]
/// lets scans ask early whether a value can find anything.
@NullMarked
package io.redward.runtime.join;

import org.jspecify.annotations.NullMarked;
