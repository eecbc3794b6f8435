/// What commands on other hosts print, as files to load: COPY … SSH. The manifest names the hosts
/// ([SshEntry]), the warehouse has a key pair of its own ([SshKey]), and [SshRun] runs a command.
@NullMarked
package io.redward.load.ssh;

import org.jspecify.annotations.NullMarked;
