/// Objects in a bucket that speaks the S3 API: Amazon's, or any other's behind an endpoint of its
/// own. [io.redward.storage.objectstore.s3.S3ObjectStore] is an object store below a prefix of a
/// bucket; [io.redward.storage.objectstore.s3.S3Connection] says where the API is and holds the
/// clients, one that tries again what is safe to repeat and one that does not, for commits.
@NullMarked
package io.redward.storage.objectstore.s3;

import org.jspecify.annotations.NullMarked;
