/** Tests of the platform. */
package org.vrrp4j.linux;
