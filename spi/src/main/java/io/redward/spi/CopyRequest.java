package io.redward.spi;

import io.redward.storage.objectstore.s3.S3Options;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// COPY's parameters, checked and typed.
///
/// @param origin which files
/// @param format of the files
/// @param reading how their bytes become text
/// @param conversion how fields become values
/// @param maxErrors bad rows to tolerate
/// @param analyzeOnly NOLOAD: check the files, append nothing
public record CopyRequest(
    Origin origin,
    Format format,
    Reading reading,
    Conversion conversion,
    int maxErrors,
    boolean analyzeOnly) {
  /// The same load of other files.
  public CopyRequest from(Origin other) {
    return new CopyRequest(other, format, reading, conversion, maxErrors, analyzeOnly);
  }

  /// Where the files are.
  ///
  /// @param location what stands behind FROM: an `s3:` or `file:` URL, possibly with a glob or a
  ///     directory
  /// @param listing what is at the location
  /// @param anywhere files outside of the load roots may be read
  /// @param keys for S3; empty for the server's own
  /// @param region of the bucket; empty for the server's own
  /// @param master the key of files that were encrypted before they were stored
  /// @param known names of files that are to be left out; if present, there may be no others
  public record Origin(
      String location,
      Listing listing,
      boolean anywhere,
      Optional<S3Options.Keys> keys,
      Optional<String> region,
      Optional<MasterKey> master,
      Optional<Set<String>> known) {
    /// All files that are there.
    public Origin(
        String location,
        Listing listing,
        boolean anywhere,
        Optional<S3Options.Keys> keys,
        Optional<String> region,
        Optional<MasterKey> master) {
      this(location, listing, anywhere, keys, region, master, Optional.empty());
    }

    /// Without keys of its own.
    public Origin(String location, boolean manifest, boolean anywhere) {
      this(
          location,
          manifest ? Listing.MANIFEST : Listing.NONE,
          anywhere,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /// Whether the location is that of a list, not of the files.
    public boolean manifest() {
      return listing != Listing.NONE;
    }

    /// Without those that are known.
    public Origin beyond(Set<String> known) {
      return new Origin(location, listing, anywhere, keys, region, master, Optional.of(known));
    }

    /// Whether a file is to be left out.
    public boolean isKnown(String name) {
      return known.isPresent() && known.get().contains(name);
    }

    /// The files at another place, under the same restrictions.
    public Origin at(String other) {
      return new Origin(other, Listing.NONE, anywhere, keys, region, master);
    }
  }

  /// What is at a location.
  public enum Listing {
    /// The files themselves.
    NONE,
    /// MANIFEST: their names.
    MANIFEST,
    /// SSH: hosts, and commands that print them.
    SSH
  }

  /// How the bytes of a file become text.
  ///
  /// @param ignoreHeader lines to skip at the start of each file
  public record Reading(Compression compression, Encoding encoding, int ignoreHeader) {
    public static final Reading PLAIN = new Reading(Compression.NONE, Encoding.UTF8, 0);
  }

  /// The files' character encoding.
  public enum Encoding {
    UTF8,
    /// With a byte order mark.
    UTF16,
    UTF16LE,
    UTF16BE,
    ISO88591
  }

  /// What objects are made of.
  public enum Records {
    /// JSON.
    TEXT,
    /// JSON, each object whole for the one column: `noshred`.
    WHOLE,
    /// Records of Avro files.
    AVRO
  }

  /// The files' form.
  public sealed interface Format {
    /// Fields between delimiters, not quoted.
    ///
    /// @param escape backslash escapes the next character
    /// @param removeQuotes surrounding quotes are dropped
    record Delimited(byte delimiter, boolean escape, boolean removeQuotes) implements Format {}

    /// Comma-separated by default, quoted where needed, quotes doubled inside.
    record Csv(byte delimiter, byte quote) implements Format {}

    /// Columns of fixed widths in bytes.
    record FixedWidth(List<Integer> widths) implements Format {}

    /// One JSON object a line or after another.
    ///
    /// @param ignoreCase whether names of members and columns may differ in case
    /// @param records how the objects are written
    /// @param paths a file of path expressions, one a column; empty to match members to columns by
    ///     name
    record Json(Records records, boolean ignoreCase, Optional<String> paths) implements Format {
      /// As text.
      public Json(boolean ignoreCase, Optional<String> paths) {
        this(Records.TEXT, ignoreCase, paths);
      }
    }

    /// Parquet files; columns by position.
    ///
    /// @param serializeToJson whether nested columns go into SUPER columns
    record Parquet(boolean serializeToJson) implements Format {}

    /// ORC files, likewise.
    record Orc(boolean serializeToJson) implements Format {}

    /// Shapefiles: the geometry, then the columns of the table beside it.
    record Shapefile(Simplify simplify) implements Format {}
  }

  /// Which geometries are made simpler.
  public sealed interface Simplify {
    record Not() implements Simplify {}

    /// All, by the tolerance.
    record All(double tolerance) implements Simplify {}

    /// Those that are too large, by as little as does, up to the limit.
    record Large(OptionalDouble limit) implements Simplify {}
  }

  /// How the files are packed.
  public enum Compression {
    NONE,
    GZIP,
    BZIP2,
    ZSTD,
    LZOP
  }

  /// How fields become values.
  ///
  /// @param nullAs the text that means NULL
  /// @param acceptInvalidChars what replaces bytes that are not UTF-8; empty refuses them
  /// @param dateFormat DATEFORMAT, empty for ISO or 'auto'
  /// @param timeFormat TIMEFORMAT, likewise; `epochsecs` and `epochmillisecs` too
  public record Conversion(
      Optional<String> nullAs,
      boolean blanksAsNull,
      boolean emptyAsNull,
      boolean fillRecord,
      boolean ignoreBlankLines,
      boolean trimBlanks,
      boolean truncateColumns,
      boolean roundDecimals,
      Optional<Byte> acceptInvalidChars,
      boolean acceptAnyDate,
      String dateFormat,
      String timeFormat) {}
}
