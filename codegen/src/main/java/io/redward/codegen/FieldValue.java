package io.redward.codegen;

import io.redward.runtime.segment.SegmentContext;

/// What a field of a generated class is set to when a program is opened.
@FunctionalInterface
interface FieldValue {
  Object resolve(SegmentContext context);
}
