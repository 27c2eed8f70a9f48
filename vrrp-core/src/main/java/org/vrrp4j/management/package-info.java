/**
 * A node and its virtual routers for JMX tools (jconsole, a metrics agent): {@link
 * org.vrrp4j.management.NodeManagement} registers a bean for it and one for each of them. Nothing here is registered
 * unless asked for, and nothing of a node can be changed through it.
 *
 * @see javax.management.MXBean
 */
package org.vrrp4j.management;
