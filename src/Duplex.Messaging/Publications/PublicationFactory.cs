using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>Creates the publications of the hub with the current time. The caller has validated the data against the namespace's format.</summary>
internal sealed class PublicationFactory(HubClock clock)
{
    /// <summary>Creates a publication of a stream, or of an entry of a map. The caller has validated the data against the namespace's format.</summary>
    public Publication Create<TOptions>(ReadOnlyMemory<byte> data, bool isJson, string? key, TOptions options, ChannelNamespace ns)
        where TOptions : IPublicationOptions => new()
        {
            Data = data,
            IsJson = isJson,
            Key = key,
            Score = options.Score,
            Info = options.Info,
            Tags = options.Tags,
            Version = options.Version,
            Time = Now,
            IsDeltaAllowed = options.Delta || ns.Options.DeltaPublish,
        };

    /// <summary>Creates the entry of a client or user in a map of presence.</summary>
    public Publication CreatePresence(string key, ClientInfo? info) => new() { Data = default, Key = key, Info = info, Time = Now };

    /// <summary>Creates the removal of a map entry.</summary>
    public Publication CreateRemoval(string key, ClientInfo? info = null) => new() { Data = default, Key = key, IsRemoval = true, Info = info, Time = Now };

    private long Now => clock.UtcNow.ToUnixTimeMilliseconds();
}
