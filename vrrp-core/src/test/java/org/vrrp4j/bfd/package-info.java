/** BFD sessions in virtual time, alone and in pairs, and their packets. */
package org.vrrp4j.bfd;
