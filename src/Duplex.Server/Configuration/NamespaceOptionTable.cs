using System.Text.RegularExpressions;
using Duplex.Configuration;
using Duplex.Messaging.Channels;

namespace Duplex.Server.Configuration;

/// <summary>The table of the options of a namespace.</summary>
internal static class NamespaceOptionTable
{
    public static IReadOnlyList<Option<NamespaceOptions>> All { get; } =
    [
        Option.Bool<NamespaceOptions>("presence", (n, v) => n.Presence = v),
        Option.Bool<NamespaceOptions>("join_leave", (n, v) => n.JoinLeave = v),
        Option.Bool<NamespaceOptions>("force_push_join_leave", (n, v) => n.ForceJoinLeave = v),
        Option.NumberOrOff<NamespaceOptions>("history_size", OptionRange.OfNumber<NamespaceOptions>(nameof(NamespaceOptions.HistorySize)), (n, v) => n.HistorySize = v),
        Option.DurationOrOff<NamespaceOptions>("history_ttl", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.HistoryTtl)), (n, v) => n.HistoryTtl = v),
        Option.DurationOrOff<NamespaceOptions>("history_meta_ttl", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.HistoryMetaTtl)), (n, v) => n.HistoryMetaTtl = v),
        Option.Number<NamespaceOptions>("history_max_channels", OptionRange.OfNumber<NamespaceOptions>(nameof(NamespaceOptions.MaxHistoryChannels)), (n, v) => n.MaxHistoryChannels = v),
        Option.Bool<NamespaceOptions>("force_positioning", (n, v) => n.Positioning = v),
        Option.Bool<NamespaceOptions>("allow_positioning", (n, v) => n.AllowPositioning = v),
        Option.Bool<NamespaceOptions>("force_recovery", (n, v) => n.Recovery = v),
        Option.Bool<NamespaceOptions>("allow_recovery", (n, v) => n.AllowRecovery = v),
        Option.Choice<NamespaceOptions, RecoveryMode>(
            "force_recovery_mode", (n, v) => n.RecoveryMode = v, ("stream", RecoveryMode.Stream), ("cache", RecoveryMode.Cache), ("", RecoveryMode.Stream)),
        Option.Bool<NamespaceOptions>("auto_cache_recover", (n, v) => n.AutoCacheRecover = v),
        Option.Bool<NamespaceOptions>("auto_cache_recovery", (n, v) => n.AutoCacheRecover = v),
        new Option<NamespaceOptions>("allowed_delta_types", "[\"fossil\"] or []", (n, v) =>
        {
            if (v.Texts() is not { } types || types.Any(type => type != "fossil")) return false;
            n.AllowDelta = types.Count > 0;
            return true;
        }),
        Option.Bool<NamespaceOptions>("delta_publish", (n, v) => n.DeltaPublish = v),
        Option.Bool<NamespaceOptions>("allow_tags_filter", (n, v) => n.AllowTagsFilter = v),
        Option.Bool<NamespaceOptions>("allow_subscribe_for_client", (n, v) => n.AllowSubscribe = v),
        Option.Bool<NamespaceOptions>("allow_subscribe_for_anonymous", (n, v) => n.AllowSubscribeForAnonymous = v),
        Option.Bool<NamespaceOptions>("allow_publish_for_client", (n, v) => n.AllowPublish = v),
        Option.Bool<NamespaceOptions>("allow_publish_for_subscriber", (n, v) => n.AllowPublishForSubscriber = v),
        Option.Bool<NamespaceOptions>("allow_publish_for_anonymous", (n, v) => n.AllowPublishForAnonymous = v),
        Option.Bool<NamespaceOptions>("allow_presence_for_client", (n, v) => n.AllowPresence = v),
        Option.Bool<NamespaceOptions>("allow_presence_for_subscriber", (n, v) => n.AllowPresenceForSubscriber = v),
        Option.Bool<NamespaceOptions>("allow_presence_for_anonymous", (n, v) => n.AllowPresenceForAnonymous = v),
        Option.Bool<NamespaceOptions>("allow_history_for_client", (n, v) => n.AllowHistory = v),
        Option.Bool<NamespaceOptions>("allow_history_for_subscriber", (n, v) => n.AllowHistoryForSubscriber = v),
        Option.Bool<NamespaceOptions>("allow_history_for_anonymous", (n, v) => n.AllowHistoryForAnonymous = v),
        Option.Bool<NamespaceOptions>("allow_user_limited_channels", (n, v) => n.AllowUserLimitedChannels = v),
        Option.Pattern<NamespaceOptions>(
            "channel_regex", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, (n, v) => n.ChannelPattern = v?.ToString()),
        Option.Bool<NamespaceOptions>("allow_channel_compaction", (n, v) => n.AllowChannelCompaction = v),
        Option.NumberOrOff<NamespaceOptions>("batch_max_size", OptionRange.OfNumber<NamespaceOptions>(nameof(NamespaceOptions.MaxBatchSize)), (n, v) => n.MaxBatchSize = v),
        Option.DurationOrOff<NamespaceOptions>("batch_max_delay", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.MaxBatchDelay)), (n, v) => n.MaxBatchDelay = v),
        Option.Bool<NamespaceOptions>("batch_flush_latest", (n, v) => n.BatchFlushLatest = v),
        Option.DurationOrOff<NamespaceOptions>("pace_max_delay", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.MaxPaceDelay)), (n, v) => n.MaxPaceDelay = v),
        Option.Duration<NamespaceOptions>("pace_min_delay", OptionRange.OfTime<NamespaceOptions>(nameof(NamespaceOptions.MinPaceDelay)), (n, v) => n.MinPaceDelay = v),
        Option.Bool<NamespaceOptions>("allow_pace_for_client", (n, v) => n.AllowPace = v),
        Option.Choice<NamespaceOptions, SlowConsumerPolicy>(
            "slow_consumers",
            (n, v) => n.SlowConsumers = v,
            ("disconnect", SlowConsumerPolicy.Disconnect),
            ("conflate", SlowConsumerPolicy.Conflate),
            ("drop_oldest", SlowConsumerPolicy.DropOldest),
            ("", SlowConsumerPolicy.Disconnect)),
        DataFormat<NamespaceOptions>("publication_data_format", (n, v) => n.DataFormat = v),
        Option.Choice<NamespaceOptions, SubscriptionType>(
            "subscription_type",
            (n, v) => n.SubscriptionType = v,
            ("stream", SubscriptionType.Stream),
            ("map", SubscriptionType.Map),
            ("map_clients", SubscriptionType.MapClients),
            ("map_users", SubscriptionType.MapUsers),
            ("shared_poll", SubscriptionType.SharedPoll),
            ("", SubscriptionType.Stream)),
        Option.Text<NamespaceOptions>("map_clients_presence_channel_prefix", (n, v) => n.MapClientsPresencePrefix = v.Length == 0 ? null : v),
        Option.Text<NamespaceOptions>("map_users_presence_channel_prefix", (n, v) => n.MapUsersPresencePrefix = v.Length == 0 ? null : v),
        .. MapOptionTable.All,
        .. PollOptionTable.All,
        .. RefusedOptionTable.Channels,
    ];

    /// <summary>Creates an option for the data format of publications; null: the format is not set.</summary>
    public static Option<T> DataFormat<T>(string name, Action<T, DataFormat?> set) => Option.Choice<T, Format>(
        name,
        (target, format) => set(target, format.Value),
        ("json", new Format(Messaging.Channels.DataFormat.Json)),
        ("json_object", new Format(Messaging.Channels.DataFormat.JsonObject)),
        ("any", new Format(Messaging.Channels.DataFormat.Any)),
        ("binary", new Format(Messaging.Channels.DataFormat.Binary)),
        ("", new Format(null)));

    private readonly record struct Format(DataFormat? Value);
}
