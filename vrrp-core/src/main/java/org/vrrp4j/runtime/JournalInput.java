package org.vrrp4j.runtime;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;

/** The text of an input in a journal, there and back: its kind, then values as {@code name=value}, free text last. */
final class JournalInput {
    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";

    private JournalInput() {}

    static String encode(Input input, RouterConfig config) {
        StringBuilder text = new StringBuilder(input.getClass().getSimpleName());
        if (input instanceof Input.AdvertisementHeard heard) {
            encode(heard.received(), config, text);
        } else if (input instanceof Input.Started started
                && !started.hostDelay().isZero()) {
            text.append(" hostDelay=").append(started.hostDelay().toNanos()).append("ns");
        } else if (input instanceof Input.FaultRaised raised) {
            text.append(" fault=").append(raised.fault()).append(" detail=").append(line(raised.detail()));
        } else if (input instanceof Input.AcquireFailed failed) {
            text.append(" fault=").append(failed.fault()).append(" detail=").append(line(failed.detail()));
        } else if (input instanceof Input.FaultCleared cleared) {
            text.append(" fault=").append(cleared.fault());
        } else if (input instanceof Input.PriorityAdjusted adjusted) {
            text.append(" adjustment=").append(adjusted.adjustment());
        } else if (input instanceof Input.GroupGaveUp gaveUp) {
            text.append(" detail=").append(line(gaveUp.member()));
        } else if (input instanceof Input.SourceChanged changed) {
            text.append(" source=").append(changed.source().getHostAddress());
        } else if (input instanceof Input.AddressVanished vanished) {
            text.append(" address=").append(vanished.address().getHostAddress());
        } else if (input instanceof Input.RoutingVanished vanished) {
            text.append(" detail=").append(line(vanished.what()));
        } else if (input instanceof Input.OtherHolderHeard heard) {
            text.append(" address=").append(heard.address().getHostAddress());
            text.append(" holder=").append(heard.holder());
        } else if (input instanceof Input.Reconfigured reconfigured) {
            text.append(" detail=").append(line(reconfigured.config().toString()));
        }
        return text.toString();
    }

    private static void encode(ReceivedAdvertisement received, RouterConfig config, StringBuilder text) {
        Advertisement advertisement = received.advertisement();
        text.append(" source=").append(received.source().getHostAddress());
        text.append(" priority=").append(advertisement.priority());
        text.append(" interval=").append(advertisement.interval().toMillis()).append("ms");
        text.append(" version=").append(advertisement.version().number());
        text.append(" vrid=").append(advertisement.vrid());
        text.append(" authentication=").append(judge(advertisement.authentication(), config.authentication()));
        text.append(" checksum=").append(received.checksumForm());
        text.append(" addresses=");
        text.append(advertisement.addresses().stream()
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(",")));
    }

    private static String judge(Authentication found, Authentication expected) {
        if (found.equals(expected)) {
            return RIGHT;
        }
        return found.type() == expected.type() ? WRONG : "type" + found.type();
    }

    private static String line(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    /**
     * The input of a text.
     *
     * @param config the configuration at its time, which has the password
     * @param next the configuration that a Reconfigured led to
     * @throws IllegalArgumentException if the text is none of an input
     */
    static Input decode(String text, RouterConfig config, Supplier<RouterConfig> next) {
        Map<String, String> values = values(text);
        return switch (values.get("")) {
            case "Started" -> new Input.Started(hostDelay(values));
            case "Stopped" -> new Input.Stopped();
            case "TimePassed" -> new Input.TimePassed();
            case "AdvertisementHeard" -> new Input.AdvertisementHeard(received(values, config));
            case "FaultRaised" -> new Input.FaultRaised(fault(values), values.get("detail"));
            case "FaultCleared" -> new Input.FaultCleared(fault(values));
            case "PriorityAdjusted" -> new Input.PriorityAdjusted(Integer.parseInt(values.get("adjustment")));
            case "GroupJoined" -> new Input.GroupJoined();
            case "GroupPermitted" -> new Input.GroupPermitted();
            case "GroupLeft" -> new Input.GroupLeft();
            case "GroupGaveUp" -> new Input.GroupGaveUp(values.get("detail"));
            case "SourceChanged" -> new Input.SourceChanged(address(values.get("source")));
            case "AddressesAcquired" -> new Input.AddressesAcquired();
            case "AcquireFailed" -> new Input.AcquireFailed(fault(values), values.get("detail"));
            case "AddressesChanged" -> new Input.AddressesChanged();
            case "AddressesReleased" -> new Input.AddressesReleased();
            case "AddressVanished" -> new Input.AddressVanished(address(values.get("address")));
            case "RoutingVanished" -> new Input.RoutingVanished(values.get("detail"));
            case "MacChanged" -> new Input.MacChanged();
            case "OtherHolderHeard" ->
                new Input.OtherHolderHeard(address(values.get("address")), MacAddress.parse(values.get("holder")));
            case "SendFailed" -> new Input.SendFailed();
            case "SendRecovered" -> new Input.SendRecovered();
            case "HandedOver" -> new Input.HandedOver();
            case "Reconfigured" -> new Input.Reconfigured(next.get());
            default -> throw new IllegalArgumentException("no input of a journal: " + text);
        };
    }

    private static Duration hostDelay(Map<String, String> values) {
        String text = values.getOrDefault("hostDelay", "0ns");
        return Duration.ofNanos(Long.parseLong(text.substring(0, text.length() - 2)));
    }

    /** The kind under an empty name, and the values. */
    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        int detail = text.indexOf(" detail=");
        String words = detail < 0 ? text : text.substring(0, detail);
        if (detail >= 0) {
            values.put("detail", text.substring(detail + " detail=".length()));
        }
        for (String word : words.split(" ")) {
            int equals = word.indexOf('=');
            values.put(equals < 0 ? "" : word.substring(0, equals), word.substring(equals + 1));
        }
        return values;
    }

    private static ReceivedAdvertisement received(Map<String, String> values, RouterConfig config) {
        String interval = values.get("interval");
        List<InetAddress> addresses = values.get("addresses").isEmpty()
                ? List.of()
                : Arrays.stream(values.get("addresses").split(","))
                        .map(JournalInput::address)
                        .toList();
        Advertisement advertisement = new Advertisement(
                values.get("version").equals("2") ? VrrpVersion.V2 : VrrpVersion.V3,
                Integer.parseInt(values.get("vrid")),
                Integer.parseInt(values.get("priority")),
                Duration.ofMillis(Long.parseLong(interval.substring(0, interval.length() - 2))),
                addresses,
                authentication(values.get("authentication"), config.authentication()));
        return new ReceivedAdvertisement(
                advertisement, address(values.get("source")), ChecksumForm.valueOf(values.get("checksum")));
    }

    private static Authentication authentication(String judgement, Authentication expected) {
        return switch (judgement) {
            case RIGHT -> expected;
            case WRONG -> new Authentication(expected.type(), ~expected.data());
            default -> new Authentication(Integer.parseInt(judgement.substring("type".length())), 0);
        };
    }

    private static Fault fault(Map<String, String> values) {
        return Fault.valueOf(values.get("fault"));
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no address of a journal: " + text));
    }
}
