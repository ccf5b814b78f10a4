using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>Options of a test client's connect command.</summary>
public sealed record TestConnectOptions
{
    /// <summary>The token, which the application's verifier validates. Default empty: no token.</summary>
    public string Token { get; init; } = "";

    /// <summary>The data for the application's connect handler, serialized to JSON by its registered type information. Default null: none.</summary>
    public object? Data { get; init; }

    /// <summary>The positions from which server-side subscriptions recover, by channel. Default: empty, no recovery.</summary>
    public IReadOnlyDictionary<string, StreamPosition> Recover { get; init; } = new Dictionary<string, StreamPosition>();

    /// <summary>Whether the client replies to pings. Default true; without replies the hub disconnects it with 3012.</summary>
    public bool AnswersPings { get; init; } = true;
}
