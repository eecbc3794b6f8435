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
import java.util.Set;

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

  private CopyRequests(CopyStatement statement) {
    this.statement = statement;
  }

  /// The request a COPY statement makes.
  static CopyRequest of(CopyStatement statement) {
    CopyRequests requests = new CopyRequests(statement);
    statement.options().forEach(requests::take);
    return requests.build();
  }

  private void take(CopyOption option) {
    switch (option) {
      case CopyOption.FormatOption o -> {
        format = o.format();
        formatArgument = o.argument();
      }
      case CopyOption.CompressionOption o ->
          compression =
              switch (o.compression()) {
                case GZIP -> Compression.GZIP;
                case BZIP2 -> Compression.BZIP2;
                case ZSTD -> Compression.ZSTD;
                case LZOP -> throw unsupported("LZOP", o.position());
              };
      case CopyOption.FlagOption o -> {
        switch (o.flag()) {
          case ENCRYPTED, MANIFEST, SSH -> throw unsupported(o.flag().name(), o.position());
          default -> flags.add(o.flag());
        }
      }
      case CopyOption.TextOption o -> texts.put(o.parameter(), o);
      case CopyOption.NumberOption o -> numbers.put(o.parameter(), o.value());
      case CopyOption.TemplateOption o -> throw unsupported("TEMPLATE", o.position());
      case CopyOption.SimplifyOption o -> throw unsupported("SIMPLIFY", o.position());
      // Local files need no credentials; statistics and encodings are kept up to date by
      // themselves.
      case CopyOption.SwitchOption _,
          CopyOption.PartitionOption _,
          CopyOption.IamRoleOption _,
          CopyOption.CredentialOption _ -> {}
    }
  }

  private CopyRequest build() {
    long errors = numbers.getOrDefault(CopyOption.NumberParameter.MAXERROR, 0L);
    if (errors < 0 || errors > MAX_ERRORS) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "MAXERROR must be between 0 and " + MAX_ERRORS)
          .withPosition(statement.position());
    }
    if (flags.contains(CopyOption.Flag.IGNOREALLERRORS)) {
      errors = Integer.MAX_VALUE;
    }
    long header = numbers.getOrDefault(CopyOption.NumberParameter.IGNOREHEADER, 0L);
    return new CopyRequest(
        statement.source(),
        format(),
        compression,
        Math.toIntExact(Math.clamp(header, 0, Integer.MAX_VALUE)),
        conversion(),
        (int) errors,
        flags.contains(CopyOption.Flag.NOLOAD));
  }

  private Format format() {
    return switch (format) {
      case DELIMITED ->
          new Format.Delimited(
              singleByte(CopyOption.TextParameter.DELIMITER, '|'),
              flags.contains(CopyOption.Flag.ESCAPE),
              flags.contains(CopyOption.Flag.REMOVEQUOTES));
      case CSV -> {
        for (CopyOption.Flag flag :
            new CopyOption.Flag[] {CopyOption.Flag.ESCAPE, CopyOption.Flag.REMOVEQUOTES}) {
          if (flags.contains(flag)) {
            throw conflict("CSV is not compatible with " + flag);
          }
        }
        yield new Format.Csv(
            singleByte(CopyOption.TextParameter.DELIMITER, ','),
            singleByte(CopyOption.TextParameter.QUOTE, '"'));
      }
      case FIXEDWIDTH -> new Format.FixedWidth(widths(formatArgument.orElse("")));
      case JSON -> json(formatArgument.orElse("auto"));
      case PARQUET -> new Format.Parquet();
      case AVRO, ORC, SHAPEFILE -> throw unsupported(format.name(), statement.position());
    };
  }

  private Format json(String argument) {
    return switch (argument.toLowerCase(Locale.ROOT)) {
      case "auto" -> new Format.Json(false);
      case "auto ignorecase" -> new Format.Json(true);
      default -> throw unsupported("JSON '" + argument + "'", statement.position());
    };
  }

  /// `'name:width,name:width'` or `'width,width'`.
  private List<Integer> widths(String specification) {
    List<Integer> widths = new ArrayList<>();
    for (String part : specification.split(",")) {
      String width = part.substring(part.lastIndexOf(':') + 1).strip();
      try {
        widths.add(Integer.parseInt(width));
      } catch (NumberFormatException e) {
        throw conflict("Invalid fixed-width specification \"" + specification + "\"");
      }
      if (widths.getLast() <= 0) {
        throw conflict("Invalid fixed-width specification \"" + specification + "\"");
      }
    }
    return widths;
  }

  private Conversion conversion() {
    Optional<Byte> replacement =
        texts.containsKey(CopyOption.TextParameter.ACCEPTINVCHARS)
            ? Optional.of(singleByte(CopyOption.TextParameter.ACCEPTINVCHARS, '?'))
            : Optional.empty();
    return new Conversion(
        text(CopyOption.TextParameter.NULL_AS),
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
    String character =
        switch (value) {
          case "\\t" -> "\t";
          case "\\n" -> "\n";
          default -> octal(value);
        };
    byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != 1) {
      throw conflict(parameter.name().replace('_', ' ') + " must be a single ASCII character");
    }
    return bytes[0];
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

  private static SqlException unsupported(String what, int position) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED, "COPY option " + what + " is not supported")
        .withPosition(position);
  }
}
