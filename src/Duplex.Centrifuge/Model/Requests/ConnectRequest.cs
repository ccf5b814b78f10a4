using System.Collections.ObjectModel;

namespace Duplex.Centrifuge.Model.Requests;

/// <summary>The first command of a connection.</summary>
public sealed class ConnectRequest : Request
{
    /// <summary>The connection token; empty when there is none.</summary>
    public string Token { get; init; } = "";

    /// <summary>The application's data, in the encoding of the connection; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Positions of server-side subscriptions to recover from, by channel. One-way clients name the channels they want here.</summary>
    public IReadOnlyDictionary<string, SubscribeRequest> Subs { get; init; } = ReadOnlyDictionary<string, SubscribeRequest>.Empty;

    /// <summary>The client library's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The client library's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Headers that a browser cannot set itself.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Features the client offers, as bits.</summary>
    public long Flag { get; init; }
}
