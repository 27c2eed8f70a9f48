/** Sync groups, told what their routers do. */
package org.vrrp4j.group;
