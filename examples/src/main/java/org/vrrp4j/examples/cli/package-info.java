/** The command line {@code examples/bin/vrrp}: one class for each subcommand, and their exit codes. */
package org.vrrp4j.examples.cli;
