/// The certificate that every encrypted port of the server shows. It comes from one of two places:
/// a PKCS #12 file in the data directory, which is signed by itself and made when it is first
/// wanted, or PEM files that the operator names, as certificate authorities hand them out.
@NullMarked
package io.redward.gateway.tls;

import org.jspecify.annotations.NullMarked;
