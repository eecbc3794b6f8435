package io.redward.gateway.pgwire;

/// Text or binary, by column or parameter, as a Bind message gives it: none (all text), one for
/// all, or one each.
record FormatCodes(int[] codes) {
  static final FormatCodes TEXT = new FormatCodes(new int[0]);

  static FormatCodes read(MessageReader in) {
    int count = in.int16() & 0xFFFF;
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = in.int16();
    }
    return new FormatCodes(codes);
  }

  boolean binary(int index) {
    return switch (codes.length) {
      case 0 -> false;
      case 1 -> codes[0] == 1;
      default -> index < codes.length && codes[index] == 1;
    };
  }
}
