using Duplex.Configuration;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;

namespace Duplex.Server.Configuration;

/// <summary>The table of the options of a shared poll namespace.</summary>
internal static class PollOptionTable
{
    private static readonly PollOptions Defaults = new();

    public static IReadOnlyList<Option<NamespaceOptions>> All { get; } =
    [
        Option.DurationOrDefault<NamespaceOptions>(
            "shared_poll.refresh_interval", OptionRange.OfTime<PollOptions>(nameof(PollOptions.RefreshInterval)), Defaults.RefreshInterval, (n, v) => n.SharedPoll.RefreshInterval = v),
        Option.NumberOrDefault<NamespaceOptions>("shared_poll.refresh_batch_size", OptionRange.OfNumber<PollOptions>(nameof(PollOptions.RefreshBatchSize)), Defaults.RefreshBatchSize, (n, v) => n.SharedPoll.RefreshBatchSize = v),
        Option.NumberOrDefault<NamespaceOptions>("shared_poll.max_keys_per_connection", OptionRange.OfNumber<PollOptions>(nameof(PollOptions.MaxKeysPerConnection)), Defaults.MaxKeysPerConnection, (n, v) => n.SharedPoll.MaxKeysPerConnection = v),
        Option.Choice<NamespaceOptions, bool>(
            "shared_poll.mode", (n, v) => n.SharedPoll.IsVersioned = v, ("versioned", true), ("versionless", false), ("", false)),
        Option.Text<NamespaceOptions>("shared_poll.hmac_secret_key", (n, v) => n.SharedPoll.HmacSecretKey = v.Length == 0 ? null : v),
        Option.Inert<NamespaceOptions>("shared_poll.publish_enabled", "the server API may always publish."),
    ];
}
