/** What the doctor makes of hosts that are described by files and records. */
package org.vrrp4j.linux.doctor;
