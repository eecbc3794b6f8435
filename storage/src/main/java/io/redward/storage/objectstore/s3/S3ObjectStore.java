package io.redward.storage.objectstore.s3;

import io.redward.foundation.base.SqlException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.StoreErrors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/// Objects below a prefix of a bucket.
///
/// `putIfAbsent` is one request with `If-None-Match: *`, never repeated here and never in parts:
/// that alone is what all servers that decide races at all decide rightly. `put` writes large
/// objects in parts; they appear when the last request completes them.
public final class S3ObjectStore implements ObjectStore {
  /// Objects larger than this are written in parts of this size.
  static final int PART_BYTES = 16 << 20;

  private static final String TYPE = "application/octet-stream";
  private static final int MISSING = 404;
  private static final int TAKEN = 412;
  private static final int BEYOND_THE_END = 416;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Connection connection;
  private final String bucket;
  private final String prefix;

  /// @param connection closed with the store
  /// @param prefix of all keys, ending in `/` or empty
  public S3ObjectStore(S3Connection connection, String bucket, String prefix) {
    this.connection = connection;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  @Override
  public Optional<byte[]> find(String key) {
    try {
      ResponseBytes<GetObjectResponse> response =
          connection.repeating().getObjectAsBytes(r -> r.bucket(bucket).key(prefix + key));
      return Optional.of(response.asByteArrayUnsafe());
    } catch (S3Exception e) {
      if (e.statusCode() == MISSING && !S3Failures.code(e).equals("NoSuchBucket")) {
        return Optional.empty();
      }
      throw failed("read", key, e);
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    if (length == 0) {
      return new byte[0];
    }
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    byte[] bytes;
    try {
      bytes =
          connection
              .repeating()
              .getObjectAsBytes(r -> r.bucket(bucket).key(prefix + key).range(range))
              .asByteArrayUnsafe();
    } catch (S3Exception e) {
      if (e.statusCode() == MISSING && !S3Failures.code(e).equals("NoSuchBucket")) {
        throw StoreErrors.missing(address(key));
      }
      if (e.statusCode() == BEYOND_THE_END) {
        throw StoreErrors.truncated(address(key), offset + length, size(key).orElse(0L));
      }
      throw failed("read", key, e);
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
    if (bytes.length != length) {
      throw StoreErrors.truncated(address(key), offset + length, offset + bytes.length);
    }
    return bytes;
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    long total = 0;
    for (byte[] part : parts) {
      total += part.length;
    }
    try {
      if (total <= PART_BYTES) {
        RequestBody body = body(parts, 0, total);
        connection.repeating().putObject(r -> r.bucket(bucket).key(prefix + key), body);
      } else {
        putInParts(key, parts, total);
      }
    } catch (SdkException e) {
      throw failed("write", key, e);
    }
  }

  /// Stores a file, of 5 GB at the most.
  ///
  /// @param metadata the object's own, by name
  public void putFile(
      String key, Path file, Map<String, String> metadata, ServerEncryption encryption) {
    try {
      connection
          .repeating()
          .putObject(
              r -> encryption.apply(r.bucket(bucket).key(prefix + key).metadata(metadata)),
              RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw failed("write", key, e);
    }
  }

  /// Writes an object into a file that is not there.
  ///
  /// @return the object's metadata, by names in lower case
  public Map<String, String> fetch(String key, Path file) {
    try {
      return connection
          .repeating()
          .getObject(r -> r.bucket(bucket).key(prefix + key), ResponseTransformer.toFile(file))
          .metadata();
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
  }

  /// What is to be asked so that an object is stored encrypted: the bucket's own key if it has one,
  /// else a key of the store.
  public ServerEncryption defaultEncryption() {
    try {
      return connection
          .repeating()
          .getBucketEncryption(r -> r.bucket(bucket))
          .serverSideEncryptionConfiguration()
          .rules()
          .stream()
          .map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault)
          .filter(rule -> rule != null && rule.kmsMasterKeyID() != null)
          .<ServerEncryption>map(rule -> new ServerEncryption.OfKey(rule.kmsMasterKeyID()))
          .findFirst()
          .orElse(new ServerEncryption.OfStore());
    } catch (S3Exception e) {
      if (e.statusCode() == MISSING && !S3Failures.code(e).equals("NoSuchBucket")
          || e.statusCode() == NOT_IMPLEMENTED) {
        return new ServerEncryption.OfStore();
      }
      throw failed("look up the encryption of", "", e);
    } catch (SdkException e) {
      throw failed("look up the encryption of", "", e);
    }
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    try {
      connection
          .single()
          .putObject(
              r -> r.bucket(bucket).key(prefix + key).ifNoneMatch("*"),
              body(List.of(bytes), 0, bytes.length));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == TAKEN) {
        return false;
      }
      throw failed("write", key, e);
    } catch (SdkException e) {
      throw failed("write", key, e);
    }
  }

  @Override
  public List<ObjectSummary> list(String keyPrefix) {
    List<ObjectSummary> found = new ArrayList<>();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix + keyPrefix).build();
    try {
      for (ListObjectsV2Response page : connection.repeating().listObjectsV2Paginator(request)) {
        for (S3Object object : page.contents()) {
          Instant modified = object.lastModified();
          found.add(
              new ObjectSummary(
                  object.key().substring(prefix.length()),
                  object.size(),
                  modified == null ? Instant.EPOCH : modified));
        }
      }
    } catch (SdkException e) {
      throw failed("list", keyPrefix, e);
    }
    return found;
  }

  @Override
  public void delete(String key) {
    try {
      connection.repeating().deleteObject(r -> r.bucket(bucket).key(prefix + key));
    } catch (SdkException e) {
      throw failed("delete", key, e);
    }
  }

  @Override
  public Optional<Long> size(String key) {
    try {
      return Optional.of(
          connection
              .repeating()
              .headObject(r -> r.bucket(bucket).key(prefix + key))
              .contentLength());
    } catch (S3Exception e) {
      if (e.statusCode() == MISSING) {
        return Optional.empty();
      }
      throw failed("read", key, e);
    } catch (SdkException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  private void putInParts(String key, List<byte[]> parts, long total) {
    String object = prefix + key;
    String upload =
        connection.repeating().createMultipartUpload(r -> r.bucket(bucket).key(object)).uploadId();
    try {
      List<CompletedPart> completed = new ArrayList<>();
      for (long from = 0; from < total; from += PART_BYTES) {
        int number = completed.size() + 1;
        RequestBody body = body(parts, from, Math.min(PART_BYTES, total - from));
        String tag =
            connection
                .repeating()
                .uploadPart(
                    r -> r.bucket(bucket).key(object).uploadId(upload).partNumber(number), body)
                .eTag();
        completed.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      }
      connection
          .repeating()
          .completeMultipartUpload(
              r ->
                  r.bucket(bucket)
                      .key(object)
                      .uploadId(upload)
                      .multipartUpload(all -> all.parts(completed)));
    } catch (SdkException e) {
      try {
        connection
            .repeating()
            .abortMultipartUpload(r -> r.bucket(bucket).key(object).uploadId(upload));
      } catch (SdkException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /// A range of the concatenation of `parts`, without copying it.
  private static RequestBody body(List<byte[]> parts, long from, long length) {
    ContentStreamProvider provider = () -> new PartsInputStream(parts, from, length);
    return RequestBody.fromContentProvider(provider, length, TYPE);
  }

  private String address(String key) {
    return "s3://" + bucket + "/" + prefix + key;
  }

  private SqlException failed(String action, String key, SdkException cause) {
    return S3Failures.describe(action, address(key), cause);
  }
}
