package io.redward.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Where a process spent its time, as a picture: a box a method, callers below, as wide as its
/// share of the samples. Boxes tell their method and share where the pointer rests on them.
public final class FlameGraph {
  private static final String EVENT = "jdk.ExecutionSample";
  private static final int WIDTH = 1200;
  private static final int ROW = 16;
  private static final double NARROWEST = 1.5;
  private static final double LETTER = 6.2;

  private final Node root = new Node();
  private final StringBuilder svg = new StringBuilder();

  /// A method in one way of having been called.
  private static final class Node {
    private final Map<String, Node> callees = new TreeMap<>();
    private long samples;

    int depth() {
      return 1 + callees.values().stream().mapToInt(Node::depth).max().orElse(0);
    }
  }

  /// Adds a sample.
  ///
  /// @param stack methods, the outermost first
  void add(List<String> stack) {
    Node node = root;
    node.samples++;
    for (String frame : stack) {
      node = node.callees.computeIfAbsent(frame, _ -> new Node());
      node.samples++;
    }
  }

  /// Draws the Java samples of a flight recording.
  ///
  /// @return how many samples there are
  public static long write(Path recording, Path svg) throws IOException {
    FlameGraph graph = new FlameGraph();
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (event.getEventType().getName().equals(EVENT) && event.getStackTrace() != null) {
          graph.add(stack(event));
        }
      }
    }
    Files.writeString(svg, graph.svg());
    return graph.root.samples;
  }

  private static List<String> stack(RecordedEvent event) {
    List<String> stack = new ArrayList<>();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      stack.add(type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName());
    }
    Collections.reverse(stack);
    return stack;
  }

  String svg() {
    int height = root.depth() * ROW + 10;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + height)
        .append("\" font-family=\"monospace\" font-size=\"10\">\n");
    draw("all", root, 0, height - ROW, (double) WIDTH / Math.max(1, root.samples));
    return svg.append("</svg>\n").toString();
  }

  private void draw(String name, Node node, double x, int y, double scale) {
    double width = node.samples * scale;
    if (width < NARROWEST) {
      return;
    }
    String label = HtmlReport.escaped(name);
    svg.append(
        "<g><title>%s: %d of %d samples, %.1f %%</title>\n"
            .formatted(label, node.samples, root.samples, 100.0 * node.samples / root.samples));
    svg.append(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"1\" fill=\"%s\"/>\n"
            .formatted(x, y, width - 0.5, ROW - 1, color(name)));
    int letters = (int) ((width - 6) / LETTER);
    if (letters >= 3) {
      String shown = name.length() <= letters ? name : name.substring(0, letters - 1) + "\u2026";
      svg.append(
          "<text x=\"%.1f\" y=\"%d\">%s</text>"
              .formatted(x + 3, y + ROW - 5, HtmlReport.escaped(shown)));
    }
    svg.append("</g>\n");
    double at = x;
    for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
      draw(callee.getKey(), callee.getValue(), at, y - ROW, scale);
      at += callee.getValue().samples * scale;
    }
  }

  /// A class's methods share a color.
  private static String color(String name) {
    int hash = name.replaceFirst("\\.[^.]*$", "").hashCode();
    return "hsl(%d,%d%%,%d%%)"
        .formatted(10 + Math.floorMod(hash, 45), 70, 62 + Math.floorMod(hash >> 8, 15));
  }
}
