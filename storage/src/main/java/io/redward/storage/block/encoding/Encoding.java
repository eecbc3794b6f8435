package io.redward.storage.block.encoding;

import io.redward.storage.bytes.MalformedBytesException;

/// The layouts of a block's body, by the number that its header carries.
public enum Encoding {
  /// Values as they are; strings as lengths and bytes.
  RAW("raw"),
  /// One value for all rows.
  CONSTANT("runlength"),
  /// Frame of reference or deltas, bit-packed, with exceptions.
  PACKED("az64"),
  /// Values and where their runs end.
  RUNLENGTH("runlength"),
  /// Distinct values and bit-packed codes.
  DICTIONARY("bytedict"),
  /// Doubles that are decimal fractions, as packed integers and a power of ten.
  SCALED("az64"),
  /// 128-bit integers that all fit 64 bits, as a body of those; doubles that are all `float`s, as
  /// those.
  NARROWED("az64"),
  /// Strings cut into the symbols of a table of 255 that was learned from them.
  SYMBOLS("text32k"),
  /// Doubles cut in two: codes into a dictionary of left bits, and bit-packed right ones.
  SPLIT("az64");

  private final String reportedName;

  Encoding(String reportedName) {
    this.reportedName = reportedName;
  }

  /// The Redshift-compatible name nearest to it.
  public String reportedName() {
    return reportedName;
  }

  public static Encoding of(int id) {
    Encoding[] all = values();
    if (id >= all.length) {
      throw new MalformedBytesException("unknown encoding " + id);
    }
    return all[id];
  }
}
