using System.Security.Cryptography;
using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;

namespace Showcase.Visitors;

/// <summary>The visitor of a connection, shared by all applications.</summary>
/// <param name="user">The user's id; empty for a visitor without a key.</param>
/// <param name="name">The name displayed to other visitors.</param>
/// <param name="allowance">The visitor's allowance.</param>
public sealed class Visitor(string user, string name, VisitorAllowance allowance)
{
    /// <summary>The user id of messages that the showcase wrote. No key has it, because ids of visitors are hexadecimal.</summary>
    public const string Showcase = "showcase";

    /// <summary>The user's id; empty for a visitor without a key.</summary>
    public string User { get; } = user;

    /// <summary>The name displayed to other visitors. It may change at any time.</summary>
    public string Name
    {
        get => Volatile.Read(ref name);
        internal set => Volatile.Write(ref name, value);
    }

    /// <summary>The <see cref="AddressGroup"/> of the visitor's connection.</summary>
    public string Address => allowance.Address;

    /// <summary>Returns the visitor of a client and counts one call, subscription or publication.</summary>
    /// <exception cref="ClientException">429 when the user or the address exceeds its rate limit.</exception>
    public static Visitor Of(ClientContext client)
    {
        var visitor = (Visitor)client.State!;
        visitor.Take(Act.Call);
        return visitor;
    }

    /// <summary>Returns the visitor of a client who has a key, and counts one call.</summary>
    /// <param name="client">The client.</param>
    /// <param name="purpose">What the key is for, in the message for a visitor without one.</param>
    /// <exception cref="ClientException">401 without a key; 429 when the user or the address exceeds its rate limit.</exception>
    public static Visitor WithKey(ClientContext client, string purpose = "write") => Of(client) is { User.Length: > 0 } visitor ? visitor
        : throw new ClientException(401, $"Connect with a key to {purpose}.");

    /// <summary>Returns this visitor when a channel of a user is its own.</summary>
    /// <exception cref="ClientException">403 when the channel belongs to another user.</exception>
    public Visitor Owning(string user) => User == user ? this : throw new ClientException(403, "This channel belongs to another user.");

    /// <summary>Derives the user's id from a browser's key. The key cannot be derived from the id.</summary>
    public static string UserOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 12));

    /// <summary>Counts an act.</summary>
    /// <exception cref="ClientException">429 when the user or the address exceeds its rate limit.</exception>
    public void Take(Act act, int amount = 1) => allowance.Take(act, amount);
}
