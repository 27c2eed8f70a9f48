/** Tests of bytes to value and back: golden vectors, damaged packets, headers and frames. */
package org.vrrp4j.packet;
