/**
 * Settings of the kernel that a host has while routers run ({@code HostSetting}): a {@link
 * org.vrrp4j.linux.settings.HostSettingsAddressBackend} sets them and puts back what was set before.
 *
 * <p>What was before is kept by the kernel, on the interface that the setting is of, so that it outlives this process
 * and its guard: as an alternative name such as {@code vrrp4j-promote_secondaries-was-0-on-2} ({@code ip link} shows
 * it; Linux 5.5 and newer). Not here: the settings below macvlans, which these keep themselves.
 */
package org.vrrp4j.linux.settings;
