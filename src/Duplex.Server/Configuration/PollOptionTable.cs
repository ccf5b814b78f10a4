using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;

namespace Duplex.Server.Configuration;

/// <summary>Every option of a namespace whose keys are polled.</summary>
internal static class PollOptionTable
{
    private static readonly PollOptions Defaults = new();

    public static IReadOnlyList<Option<NamespaceOptions>> All { get; } =
    [
        Option.Wait<NamespaceOptions>("shared_poll.refresh_interval", (n, v) => n.SharedPoll.RefreshInterval = v > TimeSpan.Zero ? v : Defaults.RefreshInterval),
        Option.NumberOrDefault<NamespaceOptions>("shared_poll.refresh_batch_size", 1_000_000, Defaults.RefreshBatchSize, (n, v) => n.SharedPoll.RefreshBatchSize = v),
        Option.NumberOrDefault<NamespaceOptions>("shared_poll.max_keys_per_connection", 1_000_000, Defaults.MaxKeysPerConnection, (n, v) => n.SharedPoll.MaxKeysPerConnection = v),
        Option.Choice<NamespaceOptions, bool>(
            "shared_poll.mode", (n, v) => n.SharedPoll.IsVersioned = v, ("versioned", true), ("versionless", false), ("", false)),
        Option.Text<NamespaceOptions>("shared_poll.hmac_secret_key", (n, v) => n.SharedPoll.HmacSecretKey = v.Length == 0 ? null : v),
        Option.Inert<NamespaceOptions>("shared_poll.publish_enabled", "the server API may always publish."),
    ];
}
