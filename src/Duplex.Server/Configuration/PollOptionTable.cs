using Duplex.Messaging.Channels;

namespace Duplex.Server.Configuration;

/// <summary>Every option of a namespace whose keys are polled.</summary>
internal static class PollOptionTable
{
    public static IReadOnlyList<Option<NamespaceOptions>> All { get; } =
    [
        Option.Wait<NamespaceOptions>("shared_poll.refresh_interval", (n, v) => n.SharedPoll.RefreshInterval = v),
        Option.Number<NamespaceOptions>("shared_poll.refresh_batch_size", 1, 1_000_000, (n, v) => n.SharedPoll.RefreshBatchSize = v),
        Option.Number<NamespaceOptions>("shared_poll.max_keys_per_connection", 1, 1_000_000, (n, v) => n.SharedPoll.MaxKeysPerConnection = v),
        Option.Choice<NamespaceOptions, bool>(
            "shared_poll.mode", (n, v) => n.SharedPoll.IsVersioned = v, ("versioned", true), ("versionless", false), ("", false)),
        Option.Text<NamespaceOptions>("shared_poll.hmac_secret_key", (n, v) => n.SharedPoll.HmacSecretKey = v.Length == 0 ? null : v),
        Option.Inert<NamespaceOptions>("shared_poll.publish_enabled", "the server API may always publish."),
    ];
}
