/** Tests of subcommands that need no network: their output, their errors and their exit codes. */
package org.vrrp4j.examples.cli;
