/** Programs that are run for a node. */
package org.vrrp4j.linux.process;
