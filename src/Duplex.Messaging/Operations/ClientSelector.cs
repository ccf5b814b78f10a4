namespace Duplex.Messaging.Operations;

/// <summary>Which of a user's clients an operation is about. The default is all of them.</summary>
public sealed record ClientSelector
{
    /// <summary>All clients of the user.</summary>
    public static ClientSelector All { get; } = new();

    /// <summary>Only the client with this id; null: any.</summary>
    public string? Client { get; init; }

    /// <summary>Only the client with this session; null: any.</summary>
    public string? Session { get; init; }

    /// <summary>Ids of clients to leave alone.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    internal bool Matches(Clients.Client client) =>
        (Client is null || Client == client.Id) && (Session is null || Session == client.Features.Session) && !Except.Contains(client.Id);
}
