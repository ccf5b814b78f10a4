using System.Security.Cryptography;
using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;

namespace Showcase.Visitors;

/// <summary>Who is behind a connection, as all applications know them.</summary>
/// <param name="user">The user's id; empty for one without a key.</param>
/// <param name="name">The name shown to others.</param>
/// <param name="allowance">What the visitor may do.</param>
public sealed class Visitor(string user, string name, VisitorAllowance allowance)
{
    /// <summary>The user's id; empty for one without a key.</summary>
    public string User { get; } = user;

    /// <summary>The name shown to others.</summary>
    public string Name { get; } = name;

    /// <summary>The <see cref="AddressGroup"/> the visitor connects from.</summary>
    public string Address => allowance.Address;

    /// <summary>The visitor behind a client whose call, subscription or publication is counted.</summary>
    /// <exception cref="ClientException">429 when the person or the address calls too often.</exception>
    public static Visitor Of(ClientContext client)
    {
        var visitor = (Visitor)client.State!;
        visitor.Take(Act.Call);
        return visitor;
    }

    /// <summary>The user's id for a browser's key. The key cannot be found from it.</summary>
    public static string UserOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 12));

    /// <summary>Counts an act.</summary>
    /// <exception cref="ClientException">429 when the person or the address does it too often.</exception>
    public void Take(Act act, int amount = 1) => allowance.Take(act, amount);
}
