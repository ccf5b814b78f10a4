using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>What a test client says when it subscribes.</summary>
public sealed record TestSubscribeOptions
{
    /// <summary>A subscription token, for the application's verifier to check; empty, the default, for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Data for the application's subscribe handler: made JSON by its registered type information. Default null: none.</summary>
    public object? Data { get; init; }

    /// <summary>Where an earlier subscription was left, to recover from there. Default null: from now on.</summary>
    public StreamPosition? Since { get; init; }

    /// <summary>Asks for joins and leaves. Default false.</summary>
    public bool JoinLeave { get; init; }

    /// <summary>Asks for recovery, in namespaces that allow it. Default false.</summary>
    public bool Recoverable { get; init; }
}
