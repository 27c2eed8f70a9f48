/**
 * The virtual routers of a node for JMX tools (jconsole, a metrics agent): {@link
 * org.vrrp4j.management.NodeManagement} registers a bean for each. Nothing here is registered unless asked for, and
 * nothing of a node can be changed through it.
 *
 * @see javax.management.MXBean
 */
package org.vrrp4j.management;
