using System.Net;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.WebSockets.Origins;

namespace Duplex.Server.Configuration;

/// <summary>Validates settings and returns the contradictions between options, each with its path.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<string> FaultsOf(ServerSettings settings) =>
        [.. OfListeners(settings), .. OfPaths(settings), .. OfClients(settings), .. settings.Hub.Namespaces.SelectMany(pair => OfNamespace(settings, pair.Key, pair.Value)), .. OfProxies(settings)];

    private static IEnumerable<string> OfListeners(ServerSettings settings)
    {
        if (!IsAddress(settings.Address)) yield return Address("http_server.address", settings.Address);
        if (settings.InternalAddress is { } address && !IsAddress(address)) yield return Address("http_server.internal_address", address);
        if (settings.InternalPort is { } port && port == settings.Port && settings.InternalAddress is { } other && other != settings.Address)
            yield return "http_server.internal_address: http_server.internal_port is http_server.port, which listens on http_server.address.";
        if (settings.Tls.IsEnabled && settings.Tls.Fault() is { } fault) yield return fault;

        static string Address(string path, string text) => $"{path}: an IP address, localhost or * is expected, not \"{text}\".";
    }

    private static bool IsAddress(string text) => text is "" or "localhost" or "*" || IPAddress.TryParse(text, out _);

    private static IEnumerable<string> OfPaths(ServerSettings settings)
    {
        var transport = settings.Transport;
        List<(string Option, string Path)> paths = [];
        foreach (var (option, endpoint) in ((string, ClientEndpointOptions)[])
            [
                ("websocket", transport.WebSocket), ("http_stream", transport.HttpStream), ("sse", transport.Sse),
                ("uni_websocket", transport.OneWayWebSocket), ("uni_http_stream", transport.OneWayHttpStream), ("uni_sse", transport.OneWaySse),
            ])
        {
            if (endpoint.IsEnabled) paths.Add((option, endpoint.Path));
        }

        if (transport.HttpStream.IsEnabled || transport.Sse.IsEnabled) paths.Add(("emulation", transport.Emulation.Path));
        if (settings.HasApi) paths.Add(("http_api", settings.ApiPath));
        if (settings.HasHealth) paths.Add(("health", settings.HealthPath));
        foreach (var same in paths.GroupBy(static pair => pair.Path, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(static pair => $"{pair.Option}.handler_prefix"))} are the same path, \"{same.Key}\".";
        }
    }

    private static IEnumerable<string> OfClients(ServerSettings settings)
    {
        foreach (var origin in settings.Transport.AllowedOrigins)
        {
            if (FaultOf(origin) is { } fault) yield return $"client.allowed_origins: {fault}";
        }

        var hub = settings.Hub;
        if (hub.PongTimeout > hub.PingInterval) yield return "client.pong_timeout: it must be at most client.ping_interval.";
        if (hub.PresenceUpdateInterval >= hub.PresenceTtl)
            yield return $"client.presence_update_interval: it must be less than {DurationText.Write(hub.PresenceTtl)}, after which presence expires.";
        var personal = hub.PersonalChannel;
        if (personal.IsEnabled && !settings.Hub.Namespaces.ContainsKey(personal.Namespace))
            yield return $"client.subscribe_to_user_personal_channel.personal_channel_namespace: channel.namespaces has no \"{personal.Namespace}\".";
        if (personal.IsEnabled && settings.Hub.Namespaces.TryGetValue(personal.Namespace, out var own) && own.SubscriptionType != SubscriptionType.Stream)
            yield return "client.subscribe_to_user_personal_channel.personal_channel_namespace: its subscription_type must be stream.";
    }

    private static string? FaultOf(string origin)
    {
        try
        {
            _ = new OriginPolicy([origin]);
            return null;
        }
        catch (ArgumentException exception)
        {
            // ArgumentException appends the parameter's name, which is removed.
            return exception.Message.Split(" (Parameter ")[0];
        }
    }

    private static IEnumerable<string> OfNamespace(ServerSettings settings, string name, NamespaceOptions ns)
    {
        var path = PathOf(name);
        var type = ns.SubscriptionType;
        if (ns.Recovery && (ns.HistorySize is null || ns.HistoryTtl is null)) yield return $"{path}force_recovery: history_size and history_ttl are missing.";
        if (ns.MaxBatchDelay is null && (ns.MaxBatchSize is not null || ns.BatchFlushLatest))
            yield return $"{path}batch_max_delay is missing: publications that do not fill a batch would never be sent.";
        if (ns.AllowPace && ns.MaxPaceDelay is null) yield return $"{path}pace_max_delay is missing: it bounds the pace that allow_pace_for_client lets clients choose.";
        if (ns.MaxPaceDelay < ns.MinPaceDelay) yield return $"{path}pace_max_delay: it is less than pace_min_delay, which is {DurationText.Write(ns.MinPaceDelay)}.";
        if (type == SubscriptionType.SharedPoll && ns.MaxPaceDelay is not null) yield return $"{path}pace_max_delay: subscription_type is shared_poll, which has a refresh interval: leave it out.";
        if (type == SubscriptionType.SharedPoll && ns is { HistorySize: not null, HistoryTtl: not null }) yield return $"{path}history_size: subscription_type is shared_poll, which has no history: leave it out.";
        if (IsMap(type) && OfMap(settings, ns) is { } fault) yield return path + fault;
        if (ns.MapClientsPresencePrefix is { } clients && !IsPresence(settings, clients + name, SubscriptionType.MapClients))
            yield return $"{path}map_clients_presence_channel_prefix: \"{clients}\" leads to no namespace whose subscription_type is map_clients.";
        if (ns.MapUsersPresencePrefix is { } users && !IsPresence(settings, users + name, SubscriptionType.MapUsers))
            yield return $"{path}map_users_presence_channel_prefix: \"{users}\" leads to no namespace whose subscription_type is map_users.";
    }

    private static string? OfMap(ServerSettings settings, NamespaceOptions ns)
    {
        var map = ns.Map;
        var isPresence = ns.SubscriptionType != SubscriptionType.Map;
        if (isPresence && map.Mode == MapMode.Persistent) return "map.mode: presence cannot be persistent.";
        if (isPresence && map.KeyTtl <= settings.Hub.PresenceUpdateInterval)
            return "map.key_ttl: it must be longer than client.presence_update_interval, or presence would expire between two updates.";
        if (map.Mode == MapMode.Persistent && map.KeyTtl is not null) return "map.key_ttl: entries of a persistent map do not expire: leave it out.";
        if (!isPresence && map.Mode != MapMode.Persistent && map.KeyTtl is null) return "map.key_ttl is missing, unless map.mode is persistent.";
        if (map.MaxPageSize < map.MinPageSize) return "map.max_page_size: it is less than map.min_page_size.";
        if (ns.BatchFlushLatest && ns.AllowDelta) return "batch_flush_latest: in maps it cannot be combined with allowed_delta_types.";
        string? stream = ns switch
        {
            { HistorySize: not null } => "history_size",
            { Recovery: true } => "force_recovery",
            { Positioning: true } => "force_positioning",
            { JoinLeave: true } => "join_leave",
            { ForceJoinLeave: true } => "force_push_join_leave",
            _ => null,
        };
        return stream is null ? null : $"{stream}: it applies to streams only; map.mode determines what a map retains: leave it out.";
    }

    private static bool IsPresence(ServerSettings settings, string channel, SubscriptionType type)
    {
        var boundary = channel.IndexOf(':', StringComparison.Ordinal);
        return settings.Hub.Namespaces.TryGetValue(boundary < 0 ? "" : channel[..boundary], out var ns) && ns.SubscriptionType == type;
    }

    private static IEnumerable<string> OfProxies(ServerSettings settings)
    {
        foreach (var (name, calls) in settings.Proxies.Channels)
        {
            var path = PathOf(name);
            var isMap = IsMap(settings.NamespaceOf(name).SubscriptionType);
            if (isMap && calls.Publish.IsEnabled) yield return $"{path}publish_proxy_enabled: maps have map.publish_proxy_enabled.";
            if (!isMap && calls.MapPublish.IsEnabled) yield return $"{path}map.publish_proxy_enabled: subscription_type is not a kind of map.";
            if (!isMap && calls.MapRemove.IsEnabled) yield return $"{path}map.remove_proxy_enabled: subscription_type is not a kind of map.";
        }

        if (settings.AnswersPing && settings.PingMethod.StartsWith("duplex.", StringComparison.Ordinal))
            yield return $"rpc.ping.method: \"{settings.PingMethod}\" has the prefix of the hub's own methods: choose another name.";
        foreach (var fault in settings.Proxies.Faults()) yield return fault;
    }

    private static bool IsMap(SubscriptionType type) => type is SubscriptionType.Map or SubscriptionType.MapClients or SubscriptionType.MapUsers;

    private static string PathOf(string name) => name.Length == 0 ? "channel.without_namespace." : $"channel.namespaces, \"{name}\": ";
}
