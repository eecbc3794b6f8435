/// Files encrypted on this side of the network, in the form of Amazon's S3 encryption client.
///
/// Each file has a key of its own; that key, wrapped by the user's master key, is in the object's
/// metadata beside what the cipher needs. [io.redward.load.envelope.Envelope] reads the forms of
/// the client's versions 1 to 3 and writes the first, as UNLOAD has always done.
@NullMarked
package io.redward.load.envelope;

import org.jspecify.annotations.NullMarked;
