using Duplex.Configuration;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Maps;

/// <summary>Validates the options of a namespace of maps.</summary>
internal static class MapOptionRules
{
    public static void Check(HubOptions hub, NamespaceOptions options, string path, OptionFaults faults)
    {
        var map = options.Map;
        var mapPath = $"{path}:{nameof(options.Map)}";
        faults.CheckRanges(map, mapPath);
        CheckLifetimes(hub, options, mapPath, faults);
        if (map.MaxPageSize < map.MinPageSize)
            faults.Add($"{mapPath}:{nameof(map.MaxPageSize)}", map.MaxPageSize, $"at least {nameof(map.MinPageSize)}, which is {map.MinPageSize}");
        // A map's patches apply to the entry's last value, which a client that receives only the latest may not have.
        if (options is { BatchFlushLatest: true, AllowDelta: true })
            faults.Add($"{path}:{nameof(options.BatchFlushLatest)}", true, $"false where a map has {nameof(options.AllowDelta)}");
        string? stream = options switch
        {
            { HistorySize: not null } => nameof(options.HistorySize),
            { Recovery: true } => nameof(options.Recovery),
            { Positioning: true } => nameof(options.Positioning),
            { JoinLeave: true } => nameof(options.JoinLeave),
            { ForceJoinLeave: true } => nameof(options.ForceJoinLeave),
            _ => null,
        };
        if (stream is not null) faults.Add($"{path}:{stream}", "belongs to streams; Map:Mode decides what a map retains.");
    }

    private static void CheckLifetimes(HubOptions hub, NamespaceOptions options, string path, OptionFaults faults)
    {
        var map = options.Map;
        var ttl = $"{path}:{nameof(map.KeyTtl)}";
        if (options.SubscriptionType == SubscriptionType.Map)
        {
            if (map.Mode == MapMode.Persistent && map.KeyTtl is not null) faults.Add(ttl, map.KeyTtl, "null in a persistent map, whose entries do not expire");
            if (map.Mode != MapMode.Persistent && map.KeyTtl is null) faults.Add(ttl, null, "set unless the map is persistent");
            return;
        }

        if (map.Mode == MapMode.Persistent)
            faults.Add($"{path}:{nameof(map.Mode)}", map.Mode, "ephemeral or recoverable for presence: members lost with their node would stay for ever");
        if (map.KeyTtl <= hub.PresenceUpdateInterval)
        {
            // With a shorter lifetime members would expire between two updates.
            faults.Add(ttl, map.KeyTtl, $"longer than {nameof(hub.PresenceUpdateInterval)}, which is {TimeText.Constant(hub.PresenceUpdateInterval)}");
        }
    }
}
