package io.redward.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/// The terminal as results see it: those longer than the screen are paged as they arrive, so that
/// a result of any size is on the screen at once and needs no memory.
final class Screen {
  private static final int PIPED_BYTES = 1 << 16;

  private final Terminal terminal;
  private final Runnable cancel;
  private boolean paging = true;

  /// @param cancel ends what prints when its reader has seen enough
  Screen(Terminal terminal, Runnable cancel) {
    this.terminal = terminal;
    this.cancel = cancel;
  }

  Terminal terminal() {
    return terminal;
  }

  boolean paging() {
    return paging;
  }

  void paging(boolean paging) {
    this.paging = paging;
  }

  /// Shows what `printing` prints.
  void show(Consumer<PrintWriter> printing) {
    if (!paging || terminal.getHeight() <= 2) {
      printing.accept(terminal.writer());
      terminal.flush();
      return;
    }
    try (PipedInputStream in = new PipedInputStream(PIPED_BYTES)) {
      Held held = new Held(terminal.getHeight() - 2, new PipedOutputStream(in));
      Thread printer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (PrintWriter out = new PrintWriter(held)) {
                      printing.accept(out);
                    }
                  });
      if (held.fits.join()) {
        terminal.writer().print(held.text);
      } else {
        page(in);
        in.close();
        cancel.run();
      }
      printer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    terminal.flush();
  }

  private void page(InputStream in) throws IOException, InterruptedException {
    Less less = new Less(terminal, Path.of("").toAbsolutePath());
    less.chopLongLines = true;
    less.run(new Source.InputStreamSource(in, true, "result"));
  }

  /// Keeps what fits on the screen; from the first line on that does not, all goes to the pager.
  private static final class Held extends Writer {
    private final int lines;
    private final Writer pager;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Boolean> fits = new CompletableFuture<>();
    private int seen;

    Held(int lines, PipedOutputStream pager) {
      this.lines = lines;
      this.pager = new OutputStreamWriter(pager, StandardCharsets.UTF_8);
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
      if (seen > lines) {
        pager.write(chars, offset, length);
        return;
      }
      text.append(chars, offset, length);
      for (int i = offset; i < offset + length; i++) {
        seen += chars[i] == '\n' ? 1 : 0;
      }
      if (seen > lines) {
        fits.complete(false);
        pager.append(text);
      }
    }

    @Override
    public void flush() throws IOException {
      if (seen > lines) {
        pager.flush();
      }
    }

    @Override
    public void close() throws IOException {
      fits.complete(true);
      pager.close();
    }
  }
}
