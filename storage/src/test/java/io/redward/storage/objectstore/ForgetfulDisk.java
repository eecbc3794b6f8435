package io.redward.storage.objectstore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A disk in memory that loses power at its n-th step: every later operation fails. What it holds
/// afterwards is what was forced, and of the rest as much as [Survival] says. Thread-safe.
public final class ForgetfulDisk implements Disk {
  /// What survives a loss of power of what was not forced.
  public enum Survival {
    NOTHING,
    /// As after `kill -9`.
    EVERYTHING,
    /// Any names, any parts of files.
    ANY
  }

  /// Thrown at the step at which the power is lost, and ever after.
  public static final class PowerLoss extends IOException {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
      super("no power");
    }
  }

  private static final class File {
    private byte[] bytes = new byte[0];
    private byte[] forced = new byte[0];
  }

  private final Map<Path, File> names = new TreeMap<>();
  private final Map<Path, File> forcedNames = new TreeMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> forcedDirectories = new HashSet<>();
  private int stepsLeft;
  private int steps;

  /// @param lastStep number of the step at which the power is lost
  public ForgetfulDisk(int lastStep) {
    stepsLeft = lastStep;
    directories.add(Path.of("/"));
    forcedDirectories.add(Path.of("/"));
  }

  /// An object store on this disk.
  public ObjectStore openStore() {
    return LocalObjectStore.open(Path.of("/store"), this);
  }

  /// Steps taken.
  public synchronized int steps() {
    return steps;
  }

  /// The disk as it is found when the power is back; it does not fail any more.
  public synchronized ForgetfulDisk afterwards(Survival survival, long seed) {
    Random random = new Random(seed);
    ForgetfulDisk found = new ForgetfulDisk(Integer.MAX_VALUE);
    for (Path directory : survives(directories, forcedDirectories, survival, random)) {
      found.directories.add(directory);
      found.forcedDirectories.add(directory);
    }
    for (Path name : survives(names.keySet(), forcedNames.keySet(), survival, random)) {
      File now = names.get(name);
      File before = forcedNames.get(name);
      File kept = now == null || before != null && takesOld(survival, random) ? before : now;
      if (kept != null && found.directories.containsAll(parents(name))) {
        File file = new File();
        file.bytes = content(kept, survival, random);
        file.forced = file.bytes;
        found.names.put(name, file);
        found.forcedNames.put(name, file);
      }
    }
    return found;
  }

  /// The disk after the process was killed at the last step: all is there, and what was not forced
  /// still is not.
  ///
  /// @param lastStep number of the step, from now on, at which the power is lost
  public synchronized ForgetfulDisk afterKill(int lastStep) {
    ForgetfulDisk same = new ForgetfulDisk(lastStep);
    same.names.putAll(names);
    same.forcedNames.putAll(forcedNames);
    same.directories.addAll(directories);
    same.forcedDirectories.addAll(forcedDirectories);
    return same;
  }

  private static boolean takesOld(Survival survival, Random random) {
    return survival == Survival.NOTHING || survival == Survival.ANY && random.nextBoolean();
  }

  /// Names as they survive: one that was forced and deleted since may be there again.
  private static Set<Path> survives(
      Set<Path> now, Set<Path> forced, Survival survival, Random random) {
    Set<Path> found = new HashSet<>();
    switch (survival) {
      case NOTHING -> found.addAll(forced);
      case EVERYTHING -> found.addAll(now);
      case ANY -> {
        found.addAll(now);
        found.addAll(forced);
        found.removeIf(
            path -> !(now.contains(path) && forced.contains(path)) && random.nextBoolean());
      }
    }
    return found;
  }

  private static byte[] content(File file, Survival survival, Random random) {
    return switch (survival) {
      case NOTHING -> file.forced;
      case EVERYTHING -> file.bytes;
      case ANY ->
          Arrays.equals(file.bytes, file.forced) || random.nextBoolean()
              ? file.forced
              : Arrays.copyOf(file.bytes, random.nextInt(file.bytes.length + 1));
    };
  }

  private static List<Path> parents(Path path) {
    List<Path> parents = new ArrayList<>();
    for (@Nullable Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
      parents.add(parent);
    }
    return parents;
  }

  @Override
  public synchronized byte[] read(Path path) throws IOException {
    return file(path).bytes.clone();
  }

  @Override
  public synchronized byte[] read(Path path, long offset, int length) throws IOException {
    byte[] bytes = file(path).bytes;
    int from = (int) Math.min(offset, bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
  }

  @Override
  public synchronized long size(Path path) throws IOException {
    return file(path).bytes.length;
  }

  @Override
  public synchronized boolean isDirectory(Path path) {
    return directories.contains(path);
  }

  @Override
  public synchronized void makeDirectory(Path directory) throws IOException {
    step();
    directories.add(directory);
  }

  @Override
  public void writeForced(Path path, List<byte[]> parts) throws IOException {
    File file = new File();
    synchronized (this) {
      step();
      if (names.putIfAbsent(path, file) != null) {
        throw new FileAlreadyExistsException(path.toString());
      }
    }
    for (byte[] part : parts) {
      synchronized (this) {
        step();
        byte[] longer = Arrays.copyOf(file.bytes, file.bytes.length + part.length);
        System.arraycopy(part, 0, longer, file.bytes.length, part.length);
        file.bytes = longer;
      }
    }
    synchronized (this) {
      step();
      file.forced = file.bytes;
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    step();
    names.put(to, file(from));
    names.remove(from);
  }

  @Override
  public synchronized void link(Path path, Path name) throws IOException {
    step();
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name.toString());
    }
    names.put(name, file(path));
  }

  @Override
  public synchronized void deleteIfExists(Path path) throws IOException {
    step();
    names.remove(path);
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    step();
    forcedNames.keySet().removeIf(path -> directory.equals(path.getParent()));
    names.forEach(
        (path, file) -> {
          if (directory.equals(path.getParent())) {
            forcedNames.put(path, file);
          }
        });
    for (Path each : directories) {
      if (directory.equals(each.getParent())) {
        forcedDirectories.add(each);
      }
    }
  }

  @Override
  public synchronized List<Found> filesBelow(Path directory, Path except) throws IOException {
    checkPower();
    List<Found> found = new ArrayList<>();
    names.forEach(
        (path, file) -> {
          if (path.startsWith(directory)
              && (except.equals(directory)
                  || !path.startsWith(except)
                  || directory.startsWith(except))) {
            found.add(new Found(path, file.bytes.length, Instant.EPOCH));
          }
        });
    return found;
  }

  private File file(Path path) throws IOException {
    checkPower();
    File file = names.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  private void step() throws PowerLoss {
    checkPower();
    steps++;
    stepsLeft--;
    checkPower();
  }

  private void checkPower() throws PowerLoss {
    if (stepsLeft <= 0) {
      throw new PowerLoss();
    }
  }
}
