package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// COPY's options, checked against one another and turned into a request to the loader.
final class CopyRequests {
  private static final int MAX_ERRORS = 100_000;

  private final CopyStatement statement;
  private final Set<CopyOption.Flag> flags = EnumSet.noneOf(CopyOption.Flag.class);
  private final Map<CopyOption.TextParameter, CopyOption.TextOption> texts =
      new EnumMap<>(CopyOption.TextParameter.class);
  private final Map<CopyOption.NumberParameter, Long> numbers =
      new EnumMap<>(CopyOption.NumberParameter.class);
  private CopyOption.FileFormat format = CopyOption.FileFormat.DELIMITED;
  private Optional<String> formatArgument = Optional.empty();
  private Compression compression = Compression.NONE;
  private CopyOption.@Nullable SimplifyOption simplify;

  private CopyRequests(CopyStatement statement) {
    this.statement = statement;
  }

  /// The request a COPY statement makes.
  ///
  /// @param anywhere whether its user may read files outside of the load roots
  static CopyRequest of(CopyStatement statement, boolean anywhere) {
    CopyRequests requests = new CopyRequests(statement);
    if (statement.source().isEmpty()) {
      requests.beginAsPostgres();
    }
    statement.options().forEach(requests::take);
    return requests.build(anywhere);
  }

  /// What a client sends is in PostgreSQL's text form unless it says otherwise.
  private void beginAsPostgres() {
    flags.add(CopyOption.Flag.ESCAPE);
    texts.put(
        CopyOption.TextParameter.DELIMITER,
        new CopyOption.TextOption(CopyOption.TextParameter.DELIMITER, "\t", statement.position()));
  }

  private void take(CopyOption option) {
    if (!statement.source().isEmpty()) {
      CopyRules.requireKnown(option);
    }
    switch (option) {
      case CopyOption.FormatOption o -> {
        format = o.format();
        formatArgument = o.argument();
        if (statement.source().isEmpty() && format == CopyOption.FileFormat.CSV) {
          flags.remove(CopyOption.Flag.ESCAPE);
          flags.add(CopyOption.Flag.EMPTYASNULL);
          texts.remove(CopyOption.TextParameter.DELIMITER);
        }
      }
      case CopyOption.CompressionOption o ->
          compression =
              switch (o.compression()) {
                case GZIP -> Compression.GZIP;
                case BZIP2 -> Compression.BZIP2;
                case ZSTD -> Compression.ZSTD;
                case LZOP -> Compression.LZOP;
              };
      case CopyOption.FlagOption o when o.flag() == CopyOption.Flag.HEADER ->
          numbers.put(CopyOption.NumberParameter.IGNOREHEADER, 1L);
      case CopyOption.FlagOption o -> flags.add(o.flag());
      case CopyOption.TextOption o -> texts.put(o.parameter(), o);
      case CopyOption.NumberOption o -> numbers.put(o.parameter(), o.value());
      case CopyOption.SimplifyOption o -> simplify = o;
      // Local files need no credentials; statistics and encodings are kept up to date by
      // themselves.
      case CopyOption.SwitchOption _,
          CopyOption.TemplateOption _,
          CopyOption.PartitionOption _,
          CopyOption.IamRoleOption _,
          CopyOption.CredentialOption _ -> {}
    }
  }

  private CopyRequest build(boolean anywhere) {
    if (simplify != null && format != CopyOption.FileFormat.SHAPEFILE) {
      throw conflict(format + " is not compatible with SIMPLIFY");
    }
    new CopyRules(format, flags, texts.keySet(), numbers.keySet(), statement.position()).check();
    long errors = number(CopyOption.NumberParameter.MAXERROR, MAX_ERRORS);
    if (flags.contains(CopyOption.Flag.IGNOREALLERRORS)) {
      errors = Integer.MAX_VALUE;
    }
    long header = number(CopyOption.NumberParameter.IGNOREHEADER, Integer.MAX_VALUE);
    return new CopyRequest(
        new CopyRequest.Origin(
            statement.source(),
            listing(anywhere),
            anywhere,
            StoreKeys.of(statement.options()),
            text(CopyOption.TextParameter.REGION),
            new FileEncryption(flags, statement.options(), statement.position()).ofCopy()),
        format(),
        new CopyRequest.Reading(compression, encoding(), (int) header),
        conversion(),
        (int) errors,
        flags.contains(CopyOption.Flag.NOLOAD));
  }

  private CopyRequest.Listing listing(boolean superuser) {
    if (!flags.contains(CopyOption.Flag.SSH)) {
      return flags.contains(CopyOption.Flag.MANIFEST)
          ? CopyRequest.Listing.MANIFEST
          : CopyRequest.Listing.NONE;
    }
    if (!superuser) {
      throw new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to COPY from remote hosts")
          .withPosition(statement.position());
    }
    if (flags.contains(CopyOption.Flag.MANIFEST) || flags.contains(CopyOption.Flag.ENCRYPTED)) {
      throw conflict("SSH is not compatible with MANIFEST and ENCRYPTED");
    }
    return CopyRequest.Listing.SSH;
  }

  private long number(CopyOption.NumberParameter parameter, long limit) {
    long value = numbers.getOrDefault(parameter, 0L);
    if (value < 0 || value > limit) {
      throw conflict(parameter + " must be between 0 and " + limit);
    }
    return value;
  }

  private CopyRequest.Encoding encoding() {
    String name = text(CopyOption.TextParameter.ENCODING).orElse("utf8");
    return switch (name.toLowerCase(Locale.ROOT).replace("-", "")) {
      case "utf8" -> CopyRequest.Encoding.UTF8;
      case "utf16" -> CopyRequest.Encoding.UTF16;
      case "utf16le" -> CopyRequest.Encoding.UTF16LE;
      case "utf16be" -> CopyRequest.Encoding.UTF16BE;
      case "iso88591" -> CopyRequest.Encoding.ISO88591;
      default -> throw conflict("invalid ENCODING \"" + name + "\"");
    };
  }

  private Format format() {
    return switch (format) {
      case DELIMITED ->
          new Format.Delimited(
              singleByte(CopyOption.TextParameter.DELIMITER, '|'),
              flags.contains(CopyOption.Flag.ESCAPE),
              flags.contains(CopyOption.Flag.REMOVEQUOTES));
      case CSV ->
          new Format.Csv(
              singleByte(CopyOption.TextParameter.DELIMITER, ','),
              singleByte(CopyOption.TextParameter.QUOTE, '"'));
      case FIXEDWIDTH ->
          new Format.FixedWidth(widths(formatArgument.orElse(""), statement.position()));
      case JSON -> json(CopyRequest.Records.TEXT, formatArgument.orElse("auto"));
      case AVRO -> json(CopyRequest.Records.AVRO, formatArgument.orElse("auto"));
      case PARQUET -> new Format.Parquet(flags.contains(CopyOption.Flag.SERIALIZETOJSON));
      case ORC -> new Format.Orc(flags.contains(CopyOption.Flag.SERIALIZETOJSON));
      case SHAPEFILE -> new Format.Shapefile(simplify());
    };
  }

  private CopyRequest.Simplify simplify() {
    CopyOption.SimplifyOption given = simplify;
    if (given == null) {
      return new CopyRequest.Simplify.Not();
    }
    OptionalDouble tolerance =
        given
            .tolerance()
            .map(Double::parseDouble)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
    if (given.auto()) {
      return new CopyRequest.Simplify.Large(tolerance);
    }
    if (tolerance.isEmpty()) {
      throw conflict("SIMPLIFY needs AUTO or a tolerance");
    }
    return new CopyRequest.Simplify.All(tolerance.getAsDouble());
  }

  private Format json(CopyRequest.Records records, String argument) {
    return switch (argument.toLowerCase(Locale.ROOT)) {
      case "auto" -> new Format.Json(records, false, Optional.empty());
      case "auto ignorecase" -> new Format.Json(records, true, Optional.empty());
      case "noshred" -> {
        if (records == CopyRequest.Records.AVRO) {
          throw conflict("AVRO is not compatible with 'noshred'");
        }
        yield new Format.Json(CopyRequest.Records.WHOLE, false, Optional.empty());
      }
      default -> new Format.Json(records, false, Optional.of(argument));
    };
  }

  /// `'name:width,name:width'` or `'width,width'`.
  static List<Integer> widths(String specification, int position) {
    List<Integer> widths = new ArrayList<>();
    for (String part : specification.split(",")) {
      String width = part.substring(part.lastIndexOf(':') + 1).strip();
      try {
        widths.add(Integer.parseInt(width));
      } catch (NumberFormatException e) {
        throw invalidWidths(specification, position);
      }
      if (widths.getLast() <= 0) {
        throw invalidWidths(specification, position);
      }
    }
    return widths;
  }

  private static SqlException invalidWidths(String specification, int position) {
    return new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            "Invalid fixed-width specification \"" + specification + "\"")
        .withPosition(position);
  }

  private Conversion conversion() {
    Optional<Byte> replacement =
        texts.containsKey(CopyOption.TextParameter.ACCEPTINVCHARS)
            ? Optional.of(singleByte(CopyOption.TextParameter.ACCEPTINVCHARS, '?'))
            : Optional.empty();
    return new Conversion(
        text(CopyOption.TextParameter.NULL_AS).map(CopyRequests::octal),
        flags.contains(CopyOption.Flag.BLANKSASNULL),
        flags.contains(CopyOption.Flag.EMPTYASNULL),
        flags.contains(CopyOption.Flag.FILLRECORD),
        flags.contains(CopyOption.Flag.IGNOREBLANKLINES),
        flags.contains(CopyOption.Flag.TRIMBLANKS),
        flags.contains(CopyOption.Flag.TRUNCATECOLUMNS),
        flags.contains(CopyOption.Flag.ROUNDEC),
        replacement,
        flags.contains(CopyOption.Flag.ACCEPTANYDATE),
        text(CopyOption.TextParameter.DATEFORMAT).orElse(""),
        text(CopyOption.TextParameter.TIMEFORMAT).orElse(""));
  }

  private Optional<String> text(CopyOption.TextParameter parameter) {
    return Optional.ofNullable(texts.get(parameter)).map(CopyOption.TextOption::value);
  }

  private byte singleByte(CopyOption.TextParameter parameter, char fallback) {
    String value = text(parameter).orElse(Character.toString(fallback));
    byte[] bytes = character(value).getBytes(StandardCharsets.UTF_8);
    if (bytes.length != 1) {
      throw conflict(parameter.name().replace('_', ' ') + " must be a single ASCII character");
    }
    return bytes[0];
  }

  /// What an option that names a character means.
  static String character(String value) {
    return switch (value) {
      case "\\t" -> "\t";
      case "\\n" -> "\n";
      default -> octal(value);
    };
  }

  /// `\ddd` names a character by its octal code.
  private static String octal(String value) {
    return value.matches("\\\\[0-7]{1,3}")
        ? Character.toString(Integer.parseInt(value.substring(1), 8))
        : value;
  }

  private SqlException conflict(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message)
        .withPosition(statement.position());
  }
}
