namespace Duplex.Messaging;

/// <summary>
/// Selects connected clients: those of a user, one client, or those of a session. A client is selected when it matches
/// every property that is set: <c>ClientSelector.ForUser("42") with { Except = [id] }</c>.
/// </summary>
public sealed record ClientSelector
{
    private ClientSelector()
    {
    }

    /// <summary>Selects all clients that have no user.</summary>
    public static ClientSelector Anonymous { get; } = new() { User = "" };

    /// <summary>The user's id, empty for anonymous clients; null: any user.</summary>
    public string? User { get; private init; }

    /// <summary>The client's id; null: any client.</summary>
    public string? Client { get; init; }

    /// <summary>The client's session; null: any session.</summary>
    public string? Session { get; init; }

    /// <summary>Ids of clients that are not selected. Default: none.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>Selects the clients of a user.</summary>
    /// <param name="user">The user's id, not empty: <see cref="Anonymous"/> selects clients without one.</param>
    public static ClientSelector ForUser(string user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return new ClientSelector { User = user };
    }

    /// <summary>Selects one client.</summary>
    /// <param name="client">The client's id.</param>
    public static ClientSelector ForClient(string client)
    {
        ArgumentException.ThrowIfNullOrEmpty(client);
        return new ClientSelector { Client = client };
    }

    /// <summary>Selects the clients of a session.</summary>
    /// <param name="session">The session's id.</param>
    public static ClientSelector ForSession(string session)
    {
        ArgumentException.ThrowIfNullOrEmpty(session);
        return new ClientSelector { Session = session };
    }

    internal bool Matches(Clients.Client client) =>
        (User is null || User == client.User)
        && (Client is null || Client == client.Id)
        && (Session is null || Session == client.Features.Session)
        && !Except.Contains(client.Id);
}
