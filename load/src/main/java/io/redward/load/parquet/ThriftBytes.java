package io.redward.load.parquet;

import java.io.ByteArrayInputStream;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/// Reads the Thrift structures of a file, which may claim no more than the bytes they are in.
final class ThriftBytes {
  private static final int NESTING = 64;

  private ThriftBytes() {}

  /// Fills `structure` from the first bytes of `bytes`.
  ///
  /// @return bytes it took
  static int read(byte[] bytes, TBase<?, ?> structure) throws TException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    TConfiguration limits = new TConfiguration(bytes.length, bytes.length, NESTING);
    structure.read(new TCompactProtocol(new TIOStreamTransport(limits, in)));
    return bytes.length - in.available();
  }
}
