/** Tests of the ranges, defaults and derived values of a configuration. */
package org.vrrp4j.config;
