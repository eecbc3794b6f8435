/// The HTTP port: one server, and what lies behind it as pages.
///
/// [io.redward.gateway.http.HttpServer] listens and turns each request into an
/// [io.redward.gateway.http.HttpCall]; the [io.redward.gateway.http.HttpPage] of its path answers.
/// Pages know nothing of the web server's library. The Data API and the management API share the
/// path `/`, as AWS's services do; the console is under `/console/`.
@NullMarked
package io.redward.gateway.http;

import org.jspecify.annotations.NullMarked;
