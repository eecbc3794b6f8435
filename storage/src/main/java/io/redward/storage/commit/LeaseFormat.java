package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;

/// What a process that shares a namespace says of itself in `leases/<id>.lease`, as bytes,
/// little-endian: `int` magic `RWLS`, `byte` version 1, `long` renewals so far, `long` the oldest
/// version that it uses, CRC-32C of all before. The object is overwritten by its process alone.
/// That the process is there at all is said by the entry `lease/<id>` in the log.
public final class LeaseFormat {
  /// Where the entries are.
  public static final String ENTRY = "lease/";

  private static final int MAGIC = 0x534C_5752;
  private static final int VERSION = 1;

  private LeaseFormat() {}

  /// @param renewal counted from 1
  /// @param oldestVersion no older state is in use in the process
  public record Lease(long renewal, long oldestVersion) {}

  public static String entry(String id) {
    return ENTRY + id;
  }

  public static String object(String id) {
    return "leases/" + id + ".lease";
  }

  public static byte[] write(Lease lease) {
    ByteWriter out = new ByteWriter(32);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(lease.renewal());
    out.writeLong(lease.oldestVersion());
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  /// @throws io.redward.storage.bytes.MalformedBytesException if it is damaged
  public static Lease read(byte[] bytes) {
    ByteReader in = CommitFormat.body(bytes, MAGIC, VERSION, "lease").in();
    Lease lease = new Lease(in.readLong(), in.readLong());
    in.expectEnd();
    return lease;
  }
}
