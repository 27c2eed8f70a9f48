/** Trackers on virtual time. */
package org.vrrp4j.tracking;
