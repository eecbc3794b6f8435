package io.redward.gateway.observe;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/// Figures of the process: memory, collections, threads, processor time. Named as Prometheus's own
/// exporters name them, so that ready-made dashboards find them.
public final class ProcessMetrics {
  private ProcessMetrics() {}

  public static void register(WarehouseMetrics metrics) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Runtime runtime = Runtime.getRuntime();
    long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
    metrics.gauge(
        "jvm_memory_heap_used_bytes",
        "Heap in use.",
        () -> (double) runtime.totalMemory() - runtime.freeMemory());
    metrics.gauge("jvm_memory_heap_max_bytes", "Largest heap.", runtime::maxMemory);
    metrics.gauge(
        "jvm_memory_nonheap_used_bytes",
        "Memory of classes and code.",
        () -> memory.getNonHeapMemoryUsage().getUsed());
    metrics.gauge(
        "jvm_memory_direct_used_bytes",
        "Buffers outside of the heap.",
        () ->
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum());
    metrics.gauge(
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.total(
        "jvm_gc_collection_seconds_total", "Time in collections.", ProcessMetrics::gcSeconds);
    metrics.total(
        "process_cpu_seconds_total",
        "Processor time of the process.",
        () ->
            ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(taken -> taken.toNanos() / 1e9)
                .orElse(0.0));
    metrics.gauge(
        "process_start_time_seconds", "When it began, since 1970.", () -> startedAt / 1e3);
  }

  private static double gcSeconds() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .filter(millis -> millis > 0)
            .sum()
        / 1e3;
  }
}
