package io.redward.storage.objectstore.s3;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What a bucket's server is asked to do to an object before it is stored.
public sealed interface ServerEncryption {
  /// Nothing is asked: the bucket's own setting decides.
  record OfBucket() implements ServerEncryption {}

  /// With keys of the store itself (SSE-S3).
  record OfStore() implements ServerEncryption {}

  /// With a key of the key service (SSE-KMS).
  record OfKey(String keyId) implements ServerEncryption {}

  /// Says so in a request.
  default void apply(PutObjectRequest.Builder request) {
    switch (this) {
      case OfBucket _ -> {}
      case OfStore _ -> request.serverSideEncryption(ServerSideEncryption.AES256);
      case OfKey key ->
          request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(key.keyId());
    }
  }
}
