/** Tests of the lab; those named LiveTest make namespaces, and skip with a reason where that is not possible. */
package org.vrrp4j.linux.lab;
