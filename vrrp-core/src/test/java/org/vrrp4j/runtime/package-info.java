/** Tests of the runtime's parts, over small fakes of the event loop, the transport and the platform. */
package org.vrrp4j.runtime;
