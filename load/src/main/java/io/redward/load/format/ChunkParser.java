package io.redward.load.format;

import io.redward.load.source.Chunk;

/// Parses a chunk of whole records and gives its rows to a sink.
public interface ChunkParser {
  void parse(Chunk chunk, RowSink sink);
}
