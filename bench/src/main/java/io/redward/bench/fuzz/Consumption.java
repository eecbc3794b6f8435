package io.redward.bench.fuzz;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;

/// What this process has used.
///
/// @param processorSeconds of all its threads
/// @param heapBytes alive at the last garbage collection
/// @param classes loaded at this moment
/// @param unloaded classes that have come and gone
record Consumption(double processorSeconds, long heapBytes, int classes, long unloaded) {
  static Consumption now() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long alive = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      alive += left == null ? 0 : left.getUsed();
    }
    return new Consumption(
        system.getProcessCpuTime() / 1e9,
        alive,
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount());
  }

  /// For a line of a report.
  String text(long statements) {
    return String.format(
        Locale.ROOT,
        "%.0f processor seconds (%.0f statements each), heap %d MB after the last collection,"
            + " %d classes, %d unloaded",
        processorSeconds,
        statements / Math.max(0.001, processorSeconds),
        heapBytes >> 20,
        classes,
        unloaded);
  }
}
