/// What is shown to those who watch a server: metrics for Prometheus
/// ([io.redward.gateway.observe.WarehouseMetrics]), health and readiness
/// ([io.redward.gateway.observe.Health]), and traces for a collector of OpenTelemetry's protocol
/// ([io.redward.gateway.observe.StatementTraces]). The figures come from the statements that the
/// leader reports and from whoever registers a gauge. Labels have few values each: never a user, a
/// table or a text.
@NullMarked
package io.redward.gateway.observe;

import org.jspecify.annotations.NullMarked;
