package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.FileFormat;
import io.redward.leader.sql.ast.CopyOption.Flag;
import io.redward.leader.sql.ast.CopyOption.TextParameter;
import io.redward.leader.sql.ast.DataStatement.UnloadStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.UnloadRequest;
import io.redward.spi.UnloadRequest.Existing;
import io.redward.spi.UnloadRequest.Format;
import io.redward.spi.UnloadRequest.Layout;
import io.redward.spi.UnloadRequest.Manifest;
import io.redward.spi.UnloadRequest.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// UNLOAD's options, checked against one another and turned into a request.
public final class UnloadRequests {
  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST_FILE_BYTES = 5 * MEGABYTE;
  private static final long LEAST_ROW_GROUP_BYTES = 32 * MEGABYTE;
  private static final long MOST_ROW_GROUP_BYTES = 128 * MEGABYTE;

  /// 6.2 GB, as documented.
  private static final long MOST_FILE_BYTES = 62 * 1024 * MEGABYTE / 10;

  private final UnloadStatement statement;
  private final List<String> columns;
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private final Map<TextParameter, String> texts = new EnumMap<>(TextParameter.class);
  private FileFormat format = FileFormat.DELIMITED;
  private Optional<String> widths = Optional.empty();
  private Compression compression = Compression.NONE;
  private boolean parallel = true;
  private long maxFileBytes = MOST_FILE_BYTES;
  private long rowGroupBytes = LEAST_ROW_GROUP_BYTES;
  private CopyOption.@Nullable PartitionOption partition;

  private UnloadRequests(UnloadStatement statement, List<String> columns) {
    this.statement = statement;
    this.columns = columns;
  }

  /// The request an UNLOAD statement makes.
  ///
  /// @param columns names of the query's columns
  /// @param anywhere whether its user may write files outside of the load roots
  public static UnloadRequest of(
      UnloadStatement statement, List<String> columns, boolean anywhere) {
    UnloadRequests requests = new UnloadRequests(statement, columns);
    statement.options().forEach(requests::take);
    return requests.build(anywhere);
  }

  private void take(CopyOption option) {
    switch (option) {
      case CopyOption.FormatOption o -> {
        format = o.format();
        widths = o.argument();
      }
      case CopyOption.CompressionOption o -> {
        compression = Compression.valueOf(o.compression().name());
        if (compression == Compression.LZOP) {
          throw notOfUnload("LZOP", o.position());
        }
      }
      case CopyOption.FlagOption o -> {
        switch (o.flag()) {
          case ADDQUOTES,
              ALLOWOVERWRITE,
              CLEANPATH,
              ENCRYPTED,
              ENCRYPTED_AUTO,
              ESCAPE,
              HEADER,
              MANIFEST,
              MANIFEST_VERBOSE ->
              flags.add(o.flag());
          default -> throw notOfUnload(o.flag().name(), o.position());
        }
      }
      case CopyOption.TextOption o -> {
        switch (o.parameter()) {
          case DELIMITER, EXTENSION, KMS_KEY_ID, NULL_AS, QUOTE, REGION ->
              texts.put(o.parameter(), o.value());
          default -> throw notOfUnload(o.parameter().name().replace('_', ' '), o.position());
        }
      }
      case CopyOption.NumberOption o -> {
        switch (o.parameter()) {
          case MAXFILESIZE -> maxFileBytes = o.value();
          case ROWGROUPSIZE -> rowGroupBytes = o.value();
          default -> throw notOfUnload(o.parameter().name(), o.position());
        }
      }
      case CopyOption.SwitchOption o -> {
        if (o.parameter() != CopyOption.Switch.PARALLEL) {
          throw notOfUnload(o.parameter().name(), o.position());
        }
        parallel = o.value() != CopyOption.SwitchValue.OFF;
      }
      case CopyOption.PartitionOption o -> partition = o;
      case CopyOption.SimplifyOption o -> throw notOfUnload("SIMPLIFY", o.position());
      case CopyOption.TemplateOption o -> throw notOfUnload("TEMPLATE", o.position());
      case CopyOption.IamRoleOption _, CopyOption.CredentialOption _ -> {}
    }
  }

  private UnloadRequest build(boolean anywhere) {
    if (flags.contains(Flag.ALLOWOVERWRITE) && flags.contains(Flag.CLEANPATH)) {
      throw conflict("ALLOWOVERWRITE and CLEANPATH cannot be used together");
    }
    if (maxFileBytes < LEAST_FILE_BYTES || maxFileBytes > MOST_FILE_BYTES) {
      throw conflict("MAXFILESIZE must be between 5 MB and 6.2 GB");
    }
    boolean header = flags.contains(Flag.HEADER);
    if (header && format != FileFormat.DELIMITED && format != FileFormat.CSV) {
      throw conflict("HEADER is not supported for UNLOAD to " + format);
    }
    if (format != FileFormat.DELIMITED) {
      refuse(Flag.ADDQUOTES);
      refuse(Flag.ESCAPE);
    }
    Existing existing =
        flags.contains(Flag.CLEANPATH)
            ? Existing.CLEAN
            : flags.contains(Flag.ALLOWOVERWRITE) ? Existing.OVERWRITE : Existing.REFUSE;
    Manifest manifest =
        flags.contains(Flag.MANIFEST_VERBOSE)
            ? Manifest.VERBOSE
            : flags.contains(Flag.MANIFEST) ? Manifest.PLAIN : Manifest.NONE;
    return new UnloadRequest(
        new Target(
            statement.target(),
            existing,
            anywhere,
            StoreKeys.of(statement.options()),
            Optional.ofNullable(texts.get(TextParameter.REGION)),
            new FileEncryption(flags, statement.options(), statement.position())
                .ofUnload(Optional.ofNullable(texts.get(TextParameter.KMS_KEY_ID)))),
        format(),
        header,
        compression,
        layout(),
        manifest);
  }

  private Layout layout() {
    List<Integer> partitions = new ArrayList<>();
    CopyOption.PartitionOption given = partition;
    if (given != null) {
      for (Identifier name : given.columns()) {
        int index = columns.indexOf(name.name());
        if (index < 0) {
          throw new SqlException(
                  SqlState.UNDEFINED_COLUMN,
                  "partition column \"" + name.name() + "\" is not in the query")
              .withPosition(name.position());
        }
        partitions.add(index);
      }
      if (!given.include() && partitions.size() == columns.size()) {
        throw conflict("at least one column must not be a partition column");
      }
    }
    return new Layout(
        parallel,
        maxFileBytes,
        partitions,
        given == null || given.include(),
        Optional.ofNullable(texts.get(TextParameter.EXTENSION)));
  }

  private Format format() {
    String nullText = texts.getOrDefault(TextParameter.NULL_AS, "");
    return switch (format) {
      case DELIMITED ->
          new Format.Delimited(
              singleByte(TextParameter.DELIMITER, "|"),
              flags.contains(Flag.ADDQUOTES),
              flags.contains(Flag.ESCAPE),
              nullText);
      case CSV ->
          new Format.Csv(
              singleByte(TextParameter.DELIMITER, ","),
              singleByte(TextParameter.QUOTE, "\""),
              nullText);
      case FIXEDWIDTH -> {
        refuse(TextParameter.DELIMITER);
        List<Integer> each = CopyRequests.widths(widths.orElse(""), statement.position());
        if (each.size() != columns.size()) {
          throw conflict(
              "FIXEDWIDTH has " + each.size() + " widths for " + columns.size() + " columns");
        }
        yield new Format.FixedWidth(each, nullText);
      }
      case JSON -> {
        refuse(TextParameter.DELIMITER);
        refuse(TextParameter.NULL_AS);
        yield new Format.Json();
      }
      case PARQUET -> {
        refuse(TextParameter.DELIMITER);
        refuse(TextParameter.NULL_AS);
        if (compression != Compression.NONE) {
          throw conflict(compression + " is not supported for UNLOAD to PARQUET");
        }
        if (rowGroupBytes < LEAST_ROW_GROUP_BYTES || rowGroupBytes > MOST_ROW_GROUP_BYTES) {
          throw conflict("ROWGROUPSIZE must be between 32 MB and 128 MB");
        }
        yield new Format.Parquet((int) rowGroupBytes);
      }
      case AVRO, ORC, SHAPEFILE ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED, "UNLOAD to " + format + " is not supported")
              .withHint("Unload to PARQUET, CSV, JSON, FIXEDWIDTH or delimited text.")
              .withPosition(statement.position());
    };
  }

  private byte singleByte(TextParameter parameter, String fallback) {
    String value = texts.getOrDefault(parameter, fallback);
    byte[] bytes = CopyRequests.character(value).getBytes(StandardCharsets.UTF_8);
    if (bytes.length != 1) {
      throw conflict(parameter.name().replace('_', ' ') + " must be a single ASCII character");
    }
    return bytes[0];
  }

  private void refuse(Flag flag) {
    if (flags.contains(flag)) {
      throw conflict(flag + " is not supported for UNLOAD to " + format);
    }
  }

  private void refuse(TextParameter text) {
    if (texts.containsKey(text)) {
      throw conflict(text.name().replace('_', ' ') + " is not supported for UNLOAD to " + format);
    }
  }

  private static SqlException notOfUnload(String what, int position) {
    return new SqlException(SqlState.SYNTAX_ERROR, what + " is not an option of UNLOAD")
        .withPosition(position);
  }

  private SqlException conflict(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message)
        .withPosition(statement.position());
  }
}
