/// JSON documents as values: manifests, jsonpaths files, and the objects that jsonpaths look into.
@NullMarked
package io.redward.load.json;

import org.jspecify.annotations.NullMarked;
