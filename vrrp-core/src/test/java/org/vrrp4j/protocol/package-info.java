/** Tests of the virtual router on virtual time; {@link org.vrrp4j.protocol.Rig} steps it and notes the effects. */
package org.vrrp4j.protocol;
