package io.redward.storage.block.encoding;

/// Strings side by side in pages, with a view a row, ready to be handed out.
record StringBytes(byte[][] pages, long[] views) implements BytesBody {
  @Override
  public long heldBytes() {
    long bytes = views.length * 8L;
    for (byte[] page : pages) {
      bytes += page.length;
    }
    return bytes;
  }

  @Override
  public void decode(int from, int count, long[] out) {
    System.arraycopy(views, from, out, 0, count);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = views[from + selection[i]];
    }
  }
}
