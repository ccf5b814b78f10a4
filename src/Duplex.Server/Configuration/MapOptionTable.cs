using Duplex.Configuration;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;

namespace Duplex.Server.Configuration;

/// <summary>The table of the options of a namespace's maps.</summary>
internal static class MapOptionTable
{
    private static readonly MapOptions Defaults = new();

    public static IReadOnlyList<Option<NamespaceOptions>> All { get; } =
    [
        Option.Choice<NamespaceOptions, MapMode>(
            "map.mode",
            (n, v) => n.Map.Mode = v,
            ("ephemeral", MapMode.Ephemeral),
            ("recoverable", MapMode.Recoverable),
            ("durable", MapMode.Recoverable),
            ("persistent", MapMode.Persistent)),
        Option.DurationOrOff<NamespaceOptions>("map.key_ttl", OptionRange.OfTime<MapOptions>(nameof(MapOptions.KeyTtl)), (n, v) => n.Map.KeyTtl = v),
        Option.Bool<NamespaceOptions>("map.ordered", (n, v) => n.Map.Ordered = v),
        Option.NumberOrDefault<NamespaceOptions>("map.stream_size", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.StreamSize)), Defaults.StreamSize, (n, v) => n.Map.StreamSize = v),
        Option.DurationOrDefault<NamespaceOptions>("map.stream_ttl", OptionRange.OfTime<MapOptions>(nameof(MapOptions.StreamTtl)), Defaults.StreamTtl, (n, v) => n.Map.StreamTtl = v),
        Option.DurationOrOff<NamespaceOptions>("map.meta_ttl", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.HistoryMetaTtl)), (n, v) => n.HistoryMetaTtl = v),
        Option.Choice<NamespaceOptions, MapClientKey>(
            "map.client_key",
            (n, v) => n.Map.ClientKey = v,
            ("client_id", MapClientKey.ClientId),
            ("user_id", MapClientKey.UserId),
            ("", MapClientKey.Given)),
        Option.Bool<NamespaceOptions>("map.remove_client_on_unsubscribe", (n, v) => n.Map.RemoveClientOnUnsubscribe = v),
        Option.Bool<NamespaceOptions>("map.allow_publish_for_client", (n, v) => n.Map.AllowPublish = v),
        Option.Bool<NamespaceOptions>("map.allow_publish_for_subscriber", (n, v) => n.Map.AllowPublishForSubscriber = v),
        Option.Bool<NamespaceOptions>("map.allow_publish_for_anonymous", (n, v) => n.Map.AllowPublishForAnonymous = v),
        Option.Bool<NamespaceOptions>("map.allow_remove_for_client", (n, v) => n.Map.AllowRemove = v),
        Option.Bool<NamespaceOptions>("map.allow_remove_for_subscriber", (n, v) => n.Map.AllowRemoveForSubscriber = v),
        Option.Bool<NamespaceOptions>("map.allow_remove_for_anonymous", (n, v) => n.Map.AllowRemoveForAnonymous = v),
        Option.Number<NamespaceOptions>("map.max_keys", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.MaxKeys)), (n, v) => n.Map.MaxKeys = v),
        Option.Number<NamespaceOptions>("map.max_keys_per_client", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.MaxKeysPerClient)), (n, v) => n.Map.MaxKeysPerClient = v),
        Option.Number<NamespaceOptions>("map.max_channels", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.MaxChannels)), (n, v) => n.Map.MaxChannels = v),
        Option.NumberOrDefault<NamespaceOptions>("map.default_page_size", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.DefaultPageSize)), Defaults.DefaultPageSize, (n, v) => n.Map.DefaultPageSize = v),
        Option.NumberOrDefault<NamespaceOptions>("map.min_page_size", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.MinPageSize)), Defaults.MinPageSize, (n, v) => n.Map.MinPageSize = v),
        Option.NumberOrDefault<NamespaceOptions>("map.max_page_size", OptionRange.OfNumber<MapOptions>(nameof(MapOptions.MaxPageSize)), Defaults.MaxPageSize, (n, v) => n.Map.MaxPageSize = v),
        Option.DurationOrDefault<NamespaceOptions>(
            "map.subscribe_catch_up_timeout", OptionRange.OfTime<MapOptions>(nameof(MapOptions.CatchUpTimeout)), Defaults.CatchUpTimeout, (n, v) => n.Map.CatchUpTimeout = v),
    ];
}
