package io.redward.cluster.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which slice belongs to which node. A node's name and a slice's number alone decide how much the
/// node wants the slice; a slice goes to the node that wants it most among those that have not got
/// their fill. So a node that leaves gives its slices away and little else moves.
///
/// @param nodes names of nodes, in order
/// @param owners by slice: the place of its node in `nodes`
public record Slices(List<String> nodes, int[] owners) {
  /// Enough for 128 nodes to be even within a quarter.
  public static final int COUNT = 512;

  public static Slices of(List<String> names) {
    return of(names, COUNT);
  }

  /// @param count how many slices there are to give
  public static Slices of(List<String> names, int count) {
    List<String> nodes = names.stream().sorted().toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no nodes");
    }
    int fill = (count + nodes.size() - 1) / nodes.size();
    long[] seeds = new long[nodes.size()];
    for (int node = 0; node < seeds.length; node++) {
      seeds[node] = mix(hash(nodes.get(node)));
    }
    int[] owners = new int[count];
    Arrays.fill(owners, -1);
    int[] held = new int[nodes.size()];
    List<Wish> wishes = new ArrayList<>();
    for (int slice = 0; slice < count; slice++) {
      for (int node = 0; node < seeds.length; node++) {
        wishes.add(new Wish(mix(seeds[node] ^ mix(slice + 1L)), slice, node));
      }
    }
    wishes.sort(null);
    for (Wish wish : wishes) {
      if (owners[wish.slice()] < 0 && held[wish.node()] < fill) {
        owners[wish.slice()] = wish.node();
        held[wish.node()]++;
      }
    }
    return new Slices(nodes, owners);
  }

  private record Wish(long strength, int slice, int node) implements Comparable<Wish> {
    @Override
    public int compareTo(Wish other) {
      int strongest = Long.compareUnsigned(other.strength, strength);
      return strongest != 0 ? strongest : Integer.compare(slice, other.slice);
    }
  }

  /// The slice of a block of a rowset: those of one rowset follow each other, so that a table of a
  /// few blocks is spread over as many slices.
  public static int ofBlock(long tableId, int rowsetId, int block) {
    return Math.floorMod(mix(tableId * 31 + rowsetId) + block, COUNT);
  }

  /// The slice of a row whose keys hash to `hash`.
  public static int ofHash(long hash) {
    return (int) (mix(hash) >>> 55);
  }

  public int ownerOfBlock(long tableId, int rowsetId, int block) {
    return owners[ofBlock(tableId, rowsetId, block)];
  }

  /// Slices of a node.
  public int held(int node) {
    int count = 0;
    for (int owner : owners) {
      count += owner == node ? 1 : 0;
    }
    return count;
  }

  private static long hash(String name) {
    long hash = 0xCBF2_9CE4_8422_2325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x1_0000_01B3L;
    }
    return hash;
  }

  /// Spreads every bit over all others.
  public static long mix(long word) {
    long mixed = (word ^ word >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }
}
