using Microsoft.AspNetCore.WebUtilities;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Reads parameters of the query of a WebSocket handshake.</summary>
internal static class Query
{
    /// <summary>Returns the first value of a parameter; null if it is absent.</summary>
    public static string? Find(string query, string name)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name)) return pair.DecodeValue().ToString();
        }

        return null;
    }
}
