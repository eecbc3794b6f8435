package io.redward.storage.block.encoding;

import java.util.Locale;

/// What a column's `ENCODE` asks for.
public enum EncodingChoice {
  /// The cheapest, block by block.
  AUTO,
  RAW,
  PACKED,
  RUNLENGTH,
  DICTIONARY,
  ZSTD,
  LZ4;

  /// The layout that a declared encoding stands for. Encodings without a layout of their own get
  /// the nearest: the delta and mostly encodings the packed one, text255 and text32k a dictionary,
  /// lzo LZ4. Unknown names are as good as none; the leader has refused them.
  public static EncodingChoice of(String declared) {
    return switch (declared.toLowerCase(Locale.ROOT)) {
      case "raw", "none" -> RAW;
      case "az64", "delta", "delta32k", "mostly8", "mostly16", "mostly32" -> PACKED;
      case "runlength" -> RUNLENGTH;
      case "bytedict", "text255", "text32k" -> DICTIONARY;
      case "zstd" -> ZSTD;
      case "lzo" -> LZ4;
      default -> AUTO;
    };
  }
}
