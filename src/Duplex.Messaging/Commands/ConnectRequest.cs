using System.Collections.ObjectModel;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>The first command of a connection.</summary>
internal sealed class ConnectRequest : Request
{
    /// <summary>The connection token; empty when there is none.</summary>
    public string Token { get; set; } = "";

    /// <summary>Custom data for the connect handler, in the encoding of the connection; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Positions from which server-side subscriptions recover, by channel. The keys are also the channels that a one-way client requests.</summary>
    public IReadOnlyDictionary<string, SubscribeRequest> Subs { get; set; } = ReadOnlyDictionary<string, SubscribeRequest>.Empty;

    /// <summary>The name of the client library.</summary>
    public string Name { get; set; } = "";

    /// <summary>The version of the client library.</summary>
    public string Version { get; set; } = "";

    /// <summary>Emulated header fields, which a browser cannot set on a WebSocket itself. Names ignore case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Features that the client offers, as bits.</summary>
    public long Flag { get; set; }

    /// <summary>The position from which a server-side subscription recovers; null: it starts at the top.</summary>
    internal StreamPosition? RecoverSince(string channel) => Subs.TryGetValue(channel, out var sub) ? sub.RecoverSince : null;
}
