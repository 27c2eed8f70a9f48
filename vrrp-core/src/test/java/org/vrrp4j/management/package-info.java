/** The beans, asked through a real MBean server. */
package org.vrrp4j.management;
