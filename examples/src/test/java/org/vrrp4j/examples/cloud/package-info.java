/** Tests of the cloud example against a cloud of their own. */
package org.vrrp4j.examples.cloud;
