/// The calls by which tools of AWS's find a warehouse and get a password for it, answered by this
/// one warehouse whatever name they ask for: `DescribeClusters`, `GetClusterCredentials` and
/// `GetClusterCredentialsWithIAM` ([io.redward.gateway.management.ClusterApi], the Query protocol,
/// in XML), and the serverless `GetWorkgroup`, `GetNamespace`, `GetCredentials` and lists
/// ([io.redward.gateway.management.ServerlessApi], JSON 1.1).
/// [io.redward.gateway.management.AwsCalls] tells them from the Data API's calls, with which they
/// share path and signatures.
@NullMarked
package io.redward.gateway.management;

import org.jspecify.annotations.NullMarked;
