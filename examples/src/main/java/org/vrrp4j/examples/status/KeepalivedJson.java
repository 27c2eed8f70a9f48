package org.vrrp4j.examples.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.NotifySettings.Occasion;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.ReloadStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.RouterStatus;

/**
 * A node in the format that keepalived 2.2.7 writes with {@code kill -s $(keepalived --signum=JSON)}: an array with an
 * object for each instance, of {@code data} and {@code stats} with keepalived's field names. What has no equal here is
 * left out: the figures of its gratuitous ARP (other than {@code garp_refresh}), routes and rules, and {@code
 * auth_data}, which is the password. What keepalived does not know is in {@code vrrp4j}.
 */
public final class KeepalivedJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private KeepalivedJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The array, without an end of line.
     *
     * @param node the status
     * @param config the configuration that a router of a name runs with
     * @param nextReload when the configuration is read again, if that is known
     */
    public static String text(NodeStatus node, Function<String, RouterConfig> config, Optional<Instant> nextReload) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            KeepalivedJson writer = new KeepalivedJson(generator);
            generator.writeStartArray();
            for (RouterStatus router : node.routers()) {
                writer.write(router, config.apply(router.name()), node.lastReload(), nextReload);
            }
            generator.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be written", e);
        }
        return text.toString();
    }

    private void write(
            RouterStatus router, RouterConfig config, Optional<ReloadStatus> reload, Optional<Instant> nextReload)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("data");
        writeIdentity(router, config);
        writeElection(router, config);
        writeNotification(config.notification());
        String device = config.virtualMac()
                .map(mac -> mac.interfaceOf(router.router()))
                .orElse(router.router().interfaceName());
        writeAddresses("vips", config.addresses(), router, device);
        if (!config.excludedAddresses().isEmpty()) {
            writeAddresses("evips", config.excludedAddresses(), router, device);
        }
        json.writeNumberField("auth_type", config.authentication().type());
        json.writeEndObject();
        writeStatistics(router);
        writeOwn(router, reload, nextReload);
        json.writeEndObject();
    }

    private void writeAddresses(String field, List<VirtualAddress> addresses, RouterStatus router, String device)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (VirtualAddress address : addresses) {
            json.writeString(address(address, router, device));
        }
        json.writeEndArray();
    }

    private void writeIdentity(RouterStatus router, RouterConfig config) throws IOException {
        json.writeStringField("iname", router.name());
        json.writeNumberField("dont_track_primary", config.linkTracking().state() ? 0 : 1);
        json.writeNumberField("skip_check_adv_addr", config.addressListCheck() == AddressListCheck.DROP ? 0 : 1);
        json.writeNumberField("strict_mode", config.strict() ? 1 : 0);
        json.writeStringField(
                "vmac_ifname",
                config.virtualMac().map(mac -> mac.interfaceOf(router.router())).orElse(""));
        json.writeStringField("ifp_ifname", router.router().interfaceName());
        json.writeNumberField("master_priority", router.masterPriority());
        double micros = router.since().getEpochSecond() + router.since().getNano() / 1000 / 1e6;
        json.writeNumberField("last_transition", micros);
        json.writeNumberField("garp_refresh", config.announcements().refresh().toSeconds());
        json.writeNumberField("lower_prio_no_advert", 0);
        json.writeNumberField("higher_prio_send_advert", 1);
        json.writeNumberField("vrid", router.router().vrid());
    }

    private void writeElection(RouterStatus router, RouterConfig config) throws IOException {
        json.writeNumberField("base_priority", config.priority());
        json.writeNumberField("effective_priority", router.priority());
        json.writeBooleanField("vipset", router.addressesHeld());
        json.writeBooleanField("promote_secondaries", false);
        writeSeconds("adver_int", config.advertisementInterval().toMillis());
        writeSeconds("master_adver_int", router.advertisementInterval().toMillis());
        json.writeNumberField("accept", config.acceptMode() ? 1 : 0);
        json.writeBooleanField("nopreempt", !config.preempt());
        json.writeNumberField("preempt_delay", config.preemptDelay().toSeconds());
        json.writeNumberField("state", number(router.role()));
        json.writeNumberField("wantstate", number(router.role() == Role.FAULT ? Role.BACKUP : router.role()));
        json.writeNumberField("version", config.version().number());
    }

    /** The numbers of keepalived. */
    private static int number(Role role) {
        return switch (role) {
            case INIT -> 0;
            case BACKUP -> 1;
            case MASTER -> 2;
            case FAULT -> 3;
            default -> throw new IllegalStateException("unknown role " + role);
        };
    }

    private void writeSeconds(String field, long millis) throws IOException {
        if (millis % 1000 == 0) {
            json.writeNumberField(field, millis / 1000);
        } else {
            json.writeNumberField(field, millis / 1000.0);
        }
    }

    private void writeNotification(NotifySettings settings) throws IOException {
        json.writeBooleanField("smtp_alert", settings.mail());
        json.writeBooleanField("notify_deleted", settings.deletion());
        writeScript("script_backup", settings.script(Occasion.BACKUP));
        writeScript("script_master", settings.script(Occasion.MASTER));
        writeScript("script_fault", settings.script(Occasion.FAULT));
        writeScript("script_stop", settings.script(Occasion.STOP));
        writeScript("script", settings.script(Occasion.ANY));
    }

    private void writeScript(String field, Optional<Command> command) throws IOException {
        if (command.isPresent()) {
            List<String> words =
                    command.get().words().stream().map(word -> "'" + word + "'").toList();
            json.writeStringField(field, String.join(" ", words));
        }
    }

    private static String address(VirtualAddress address, RouterStatus router, String device) {
        StringBuilder text = new StringBuilder(address.address().getHostAddress());
        if (address.prefixLength() < address.address().getAddress().length * Byte.SIZE) {
            text.append('/').append(address.prefixLength());
        }
        text.append(" dev ").append(address.device().orElse(device));
        text.append(" scope ").append(scope(address.scope()));
        address.label().ifPresent(label -> text.append(" label ").append(label));
        return text.append(router.addressesHeld() ? " set" : "").toString();
    }

    private static String scope(int number) {
        return switch (number) {
            case VirtualAddress.SCOPE_GLOBAL -> "global";
            case 200 -> "site";
            case 253 -> "link";
            case 254 -> "host";
            default -> Integer.toString(number);
        };
    }

    private void writeStatistics(RouterStatus router) throws IOException {
        RouterStatistics counted = router.statistics();
        json.writeObjectFieldStart("stats");
        json.writeNumberField("advert_rcvd", counted.advertisementsReceived());
        json.writeNumberField("advert_sent", counted.advertisementsSent());
        json.writeNumberField("become_master", counted.becameMaster());
        json.writeNumberField("release_master", counted.becameMaster() - (router.role() == Role.MASTER ? 1 : 0));
        writeSum("packet_len_err", counted, RejectionReason.TRUNCATED, RejectionReason.LENGTH);
        writeSum("advert_interval_err", counted, RejectionReason.INTERVAL_MISMATCH, RejectionReason.INTERVAL_ZERO);
        writeSum("ip_ttl_err", counted, RejectionReason.TTL, RejectionReason.PEER_TTL);
        writeSum("invalid_type_rcvd", counted, RejectionReason.TYPE);
        writeSum("addr_list_err", counted, RejectionReason.ADDRESS_LIST, RejectionReason.NO_ADDRESSES);
        writeSum("invalid_authtype", counted);
        writeSum("authtype_mismatch", counted, RejectionReason.AUTHENTICATION_TYPE);
        writeSum("auth_failure", counted, RejectionReason.AUTHENTICATION_FAILED);
        json.writeNumberField("pri_zero_rcvd", counted.releasesReceived());
        json.writeNumberField("pri_zero_sent", counted.releasesSent());
        json.writeEndObject();
    }

    private void writeSum(String field, RouterStatistics counted, RejectionReason... reasons) throws IOException {
        long sum = 0;
        for (RejectionReason reason : reasons) {
            sum += counted.rejections().getOrDefault(reason, 0L);
        }
        json.writeNumberField(field, sum);
    }

    private void writeOwn(RouterStatus router, Optional<ReloadStatus> reload, Optional<Instant> nextReload)
            throws IOException {
        json.writeObjectFieldStart("vrrp4j");
        json.writeStringField("role", router.role().name());
        json.writeStringField("cause", router.cause().name());
        json.writeStringField("since", router.since().toString());
        json.writeNumberField("epoch", router.epoch());
        if (router.master().isPresent()) {
            json.writeStringField(
                    "master", router.master().map(InetAddress::getHostAddress).get());
        }
        json.writeArrayFieldStart("faults");
        for (String fault : router.faults().stream().map(Enum::name).sorted().toList()) {
            json.writeString(fault);
        }
        json.writeEndArray();
        if (reload.isPresent()) {
            json.writeStringField("last_reload", reload.get().time().toString());
            json.writeBooleanField("last_reload_done", reload.get().done());
            json.writeStringField("last_reload_text", reload.get().text());
        }
        if (nextReload.isPresent()) {
            json.writeStringField("next_reload", nextReload.get().toString());
        }
        json.writeNumberField("announcements", router.statistics().announcements());
        json.writeNumberField("send_failures", router.statistics().sendFailures());
        json.writeNumberField("stalls", router.statistics().stalls());
        json.writeObjectFieldStart("rejections");
        TreeMap<RejectionReason, Long> sorted =
                new TreeMap<>(router.statistics().rejections());
        for (RejectionReason reason : sorted.keySet()) {
            json.writeNumberField(reason.name(), sorted.get(reason));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
