using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>What a test client says when it connects.</summary>
public sealed record TestConnectOptions
{
    /// <summary>A token, for the application's verifier to check; empty, the default, for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Data for the application's connect handler: made JSON by its registered type information. Default null: none.</summary>
    public object? Data { get; init; }

    /// <summary>Where server-side subscriptions were left, by channel, for their recovery. Default: nothing to recover.</summary>
    public IReadOnlyDictionary<string, StreamPosition> Recover { get; init; } = new Dictionary<string, StreamPosition>();

    /// <summary>Whether the client answers pings. Default true; without answers the hub disconnects it with 3012.</summary>
    public bool AnswersPings { get; init; } = true;
}
