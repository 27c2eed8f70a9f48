package org.vrrp4j.config;

/**
 * When a router announces its addresses as a master.
 *
 * @param onMaster after it became that
 * @param onConflict after it heard another one
 * @param alongAdvertisements whether along with its advertisements too
 * @param interfaces on the interfaces that these do not come from
 */
record AnnouncementSettings(
        AnnouncementSchedule onMaster,
        AnnouncementSchedule onConflict,
        boolean alongAdvertisements,
        InterfaceRefresh interfaces) {

    static AnnouncementSettings of(RouterConfigBuilder builder) {
        return new AnnouncementSettings(
                builder.announcements,
                builder.conflictAnnouncements,
                builder.announceWithAdvertisements,
                builder.interfaceRefresh);
    }

    void addTo(RouterConfigBuilder builder) {
        builder.announcements(onMaster)
                .conflictAnnouncements(onConflict)
                .announceWithAdvertisements(alongAdvertisements)
                .interfaceRefresh(interfaces);
    }
}
