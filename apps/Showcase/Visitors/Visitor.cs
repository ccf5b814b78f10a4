using System.Security.Cryptography;
using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;

namespace Showcase.Visitors;

/// <summary>Who is behind a connection, as all applications know them.</summary>
/// <param name="user">The user's id; empty for one without a key.</param>
/// <param name="name">The name shown to others.</param>
/// <param name="budget">How often the connection may call.</param>
public sealed class Visitor(string user, string name, RequestBudget budget)
{
    /// <summary>The user's id; empty for one without a key.</summary>
    public string User { get; } = user;

    /// <summary>The name shown to others.</summary>
    public string Name { get; } = name;

    /// <summary>The visitor behind a client, whose call is counted.</summary>
    /// <exception cref="ClientException">429 when the client calls too often.</exception>
    public static Visitor Of(ClientContext client)
    {
        var visitor = (Visitor)client.State!;
        return visitor.Budget.TryTake()
            ? visitor
            : throw new ClientException(429, "Too many calls: wait a second and try again.", isTemporary: true);
    }

    /// <summary>The user's id for a browser's key. The key cannot be found from it.</summary>
    public static string UserOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 12));

    private RequestBudget Budget { get; } = budget;
}
