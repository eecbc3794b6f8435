/// What the APIs of AWS's form have in common: who calls, by the signature that the call carries
/// ([io.redward.gateway.aws.Callers]), the members of a JSON body, and errors in AWS's words.
@NullMarked
package io.redward.gateway.aws;

import org.jspecify.annotations.NullMarked;
