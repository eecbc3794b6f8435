package io.redward.functions.sandbox;

/// A string in which every look at a character counts: what patterns are matched against, because
/// some patterns look for ever.
record CountedText(String text, JavaCode code) implements CharSequence {
  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    code.tick();
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
