using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>Options of a test client's subscribe command.</summary>
public sealed record TestSubscribeOptions
{
    /// <summary>The subscription token, which the application's verifier validates. Default empty: no token.</summary>
    public string Token { get; init; } = "";

    /// <summary>The data for the application's subscribe handler, serialized to JSON by its registered type information. Default null: none.</summary>
    public object? Data { get; init; }

    /// <summary>The position of an earlier subscription from which to recover. Default null: no recovery.</summary>
    public StreamPosition? Since { get; init; }

    /// <summary>Whether the client requests joins and leaves. Default false.</summary>
    public bool JoinLeave { get; init; }

    /// <summary>Whether the client requests recovery, in namespaces that allow it. Default false.</summary>
    public bool Recoverable { get; init; }
}
